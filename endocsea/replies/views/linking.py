"""One-time links of an institution, for the coordinator: made, told once, sent by letter, ended."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.models import Share
from endocsea.questionnaires.policies import may_share
from endocsea.support.days import long_day
from endocsea.support.refusals import Refusal

from .. import actions
from ..links.letters import address_of
from ..models import Link
from ..reading import Desk, desk


class NewLink(forms.Form):
    """Where the letter with a link goes, if there is to be one."""

    address = forms.EmailField(
        label=_("Send it by letter to"),
        required=False,
        help_text=_("An address of the institution. It is used once and kept nowhere."),
        widget=forms.EmailInput(attrs={"data-unguarded": "", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)


class Line(NamedTuple):
    """A link as a list shows it: its key, what became of it in words, and whether it can be ended."""

    key: UUID
    said: str
    open: bool


def lines(found: Iterable[Link], *, at: datetime.datetime) -> list[Line]:
    """The newest first."""
    newest = sorted(found, key=lambda link: link.made_at, reverse=True)
    return [Line(link.key, _became(link, at), link.is_open(at=at)) for link in newest]


@login_required
def links(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen, share = sheet_for(request, round, state, pk, at=at)
    if share.member_id is not None:
        raise Http404
    form = NewLink(request.POST or None, initial={"language": get_language()})
    context: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            made, token = actions.make_link(share=share, by=person, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {"made": made, "address": address_of(token), "sent": False}
            if form.cleaned_data["address"]:
                try:
                    actions.send_link(link=made, token=token, **form.cleaned_data, by=person, at=at)
                    context["sent"] = True
                except Refusal as refusal:
                    context["refusal"] = refusal
            form = NewLink(initial={"language": get_language()})
    context |= {"desk": seen, "share": share, "form": form, "lines": lines(share.links.all(), at=at)}
    return render(request, "replies/links.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def end(request: HttpRequest, round: str, state: str, key: UUID) -> HttpResponse:
    person, at = person_of(request), now()
    found = get_object_or_404(
        Link.objects.select_related("share__round", "share__state"),
        key=key,
        share__round__code=round,
        share__state__slug=state,
    )
    sheet_for(request, round, state, found.share_id or 0, at=at)
    try:
        actions.end_link(link=found, by=person, at=at)
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, say("The link works no longer; what was answered by it stays."))
    return redirect("replies:shares", round, state)


def sheet_for(
    request: HttpRequest, round: str, state: str, pk: int, *, at: datetime.datetime
) -> tuple[Desk, Share]:
    """What an institution answers, for whoever may share a state's questions out; Http404 otherwise."""
    seen = desk(person_of(request), round=round, state=state, at=at, on=localdate(at))
    if not may_share(seen.reader, seen.reply.state.iso3, on=seen.on):
        raise Http404
    found = Share.objects.select_related("round__version", "state").filter(withdrawn_at=None)
    return seen, get_object_or_404(found, pk=pk, round=seen.reply.round, state=seen.reply.state)


def _became(link: Link, at: datetime.datetime) -> str:
    if link.done_at is not None:
        return say("handed in on %(day)s") % {"day": long_day(localdate(link.done_at))}
    if link.ended_at is not None:
        return say("ended on %(day)s") % {"day": long_day(localdate(link.ended_at))}
    until = long_day(link.last_day)
    if not link.is_open(at=at):
        return say("its time was over on %(day)s") % {"day": until}
    if link.opened_at is None:
        return say("not opened yet; works until %(day)s") % {"day": until}
    opened = long_day(localdate(link.opened_at))
    return say("opened on %(opened)s; works until %(day)s") % {"opened": opened, "day": until}
