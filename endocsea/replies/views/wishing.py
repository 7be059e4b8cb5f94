"""Support that a state asks for with its reply, and what came of it: on the reply's page, and on one of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..actions.wishing import MOST_CHARACTERS
from ..models import Wish
from ..reading import Desk, desk


class Wished(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Support that you ask for"),
        help_text=gettext_lazy("One sentence for each kind of support; it stands in the file for clearance."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Given(forms.Form):
    given = forms.CharField(
        label=gettext_lazy("What was given"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def part(seen: Desk) -> dict[str, Any]:
    """What the part of the page needs: the wishes that the reader may see, and what may be done with them."""
    may_wish = seen.coordinates and seen.open
    if not may_read(seen):
        return {"wishes": [], "may_wish": False, "may_give": False}
    found = seen.reply.wishes.filter(withdrawn_at=None).order_by("pk") if seen.reply.pk else []
    return {"wishes": list(found), "may_wish": may_wish, "may_give": _may_give(seen)}


def may_read(seen: Desk) -> bool:
    place = policies.Place(seen.reply.state.iso3, sent=seen.reply.is_sent)
    return policies.may_read(seen.reader, place, on=seen.on)


@login_required
def wishes(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, seen = _reader(request, round, state)
    context = part(seen)
    form = Wished(request.POST or None)
    if request.method == "POST" and not context["may_wish"]:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            actions.wish(
                round=seen.reply.round,
                state=seen.reply.state,
                text=form.cleaned_data["text"],
                language=get_language() or "",
                harmless=request.POST.get("not_case_data") or None,
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            return _page(request, seen, form=form, refusal=refusal)
        messages.success(request, _("It is noted: it stands in the file for clearance."))
        return redirect("replies:reply", round, state)
    return _page(request, seen, form=form)


@login_required
def given(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, seen = _reader(request, round, state)
    found = _wish(seen, pk)
    if not _may_give(seen):
        raise Http404
    form = Given(request.POST or None, initial={"given": found.given})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_what_was_given(
                wish=found,
                given=form.cleaned_data["given"],
                harmless=request.POST.get("not_case_data") or None,
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            return _page(request, seen, giving=form, wish=found, refusal=refusal)
        messages.success(request, _("The state sees what was given."))
        return redirect("replies:reply", round, state)
    return _page(request, seen, giving=form, wish=found)


@require_POST
@login_required
def withdraw(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, seen = _reader(request, round, state)
    found = _wish(seen, pk)
    if not seen.coordinates:
        raise Http404
    try:
        actions.withdraw_wish(wish=found, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is no longer asked for."))
    return redirect("replies:reply", round, state)


def _page(request: HttpRequest, seen: Desk, refusal: Refusal | None = None, **context: Any) -> HttpResponse:
    case_data = refusal if isinstance(refusal, LooksLikeCaseData) else None
    shown: forms.Form = context["giving"] if "giving" in context else context["form"]
    if refusal is not None and case_data is None:
        shown.add_error(None, str(refusal))
    more = {"desk": seen, "case_data": case_data, "reason": request.POST.get("not_case_data", "")}
    status = 422 if refusal is not None else 400 if shown.errors else 200
    return render(request, "replies/wishes.html", {**part(seen), **context, **more}, status=status)


def _wish(seen: Desk, pk: int) -> Wish:
    return get_object_or_404(
        Wish.objects.select_related("reply__round", "reply__state"),
        pk=pk,
        reply__round=seen.reply.round,
        reply__state=seen.reply.state,
        withdrawn_at=None,
    )


def _may_give(seen: Desk) -> bool:
    place = policies.Place(seen.reply.state.iso3, sent=seen.reply.is_sent)
    return policies.may_say_what_was_given(seen.reader, place, on=seen.on)


def _reader(request: HttpRequest, round: str, state: str) -> tuple[Any, Desk]:
    """Whoever may read what the state says."""
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not may_read(seen):
        raise Http404
    return person, seen
