"""One-time links of an organisation that answers beside a state, for the secretariat: made, told once, sent, ended."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.views.decorators.http import require_POST

from endocsea.people.models import Person
from endocsea.people.signing_in import person_of
from endocsea.states.models import State
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..links.letters import address_of
from ..models import Link, Voice
from ..voices.desk import answers_with_an_account, called
from .linking import Line, NewLink, lines


class NewVoiceLink(NewLink):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = say(
            "An address of the organisation. It is used once and kept nowhere."
        )


class Row(NamedTuple):
    """An organisation as the list shows it; ``speaks``: somebody answers for it with an account."""

    voice: Voice
    name: str
    links: list[Line]
    speaks: bool


@login_required
def links(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    person, at = invites(request), now()
    voice = _voice(code, pk)
    form = NewVoiceLink(request.POST or None, initial={"language": get_language()})
    context: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            made, token = actions.make_voice_link(voice=voice, by=person, at=at)
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
            form = NewVoiceLink(initial={"language": get_language()})
    context |= {
        "round": voice.round,
        "voice": voice,
        "name": called([voice], person, on=localdate(at))[voice.pk],
        "takes_answers": voice.round.takes_answers(at=at),
        "speaks": answers_with_an_account(voice, on=localdate(at)),
        "form": form,
        "lines": lines(voice.links.all(), at=at),
    }
    return render(request, "replies/voice_links.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def end(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    person = invites(request)
    found = get_object_or_404(Link, key=key, voice__round__code=code, voice__withdrawn_at=None)
    try:
        actions.end_link(link=found, by=person, at=now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, say("The link works no longer; what was answered by it stays."))
    return redirect("replies:voices-of-round", code)


def with_links(
    rows: Sequence[tuple[State, list[tuple[Voice, str]]]], *, at: datetime.datetime
) -> list[tuple[State, list[Row]]]:
    """Organisations by state, with what became of their links."""
    prefetch_related_objects([each for _state, voices in rows for each, _name in voices], "links")
    return [
        (
            state,
            [
                Row(
                    each,
                    name,
                    lines(each.links.all(), at=at),
                    answers_with_an_account(each, on=localdate(at)),
                )
                for each, name in voices
            ],
        )
        for state, voices in rows
    ]


def _voice(code: str, pk: int) -> Voice:
    asked = Voice.objects.select_related("round", "state", "member__person")
    return get_object_or_404(
        asked,
        pk=pk,
        round__code=code,
        round__retired_on=None,
        round__version__isnull=False,
        withdrawn_at=None,
    )


def invites(request: HttpRequest) -> Person:
    """The person, if organisations are theirs to add; otherwise there is no such page."""
    person = person_of(request)
    if not policies.may_invite_voices(person, on=localdate()):
        raise Http404
    return person
