"""The pages on which an organisation answers beside a state: its sections, and one answer at a time."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Group, Texts

from .. import actions, policies
from ..given import Status
from ..reading import asking, field_of
from ..voices import VoiceDesk, voice_desk, voices_of
from . import one_answer
from .one_answer import Typed


class Section(NamedTuple):
    name: str
    label: Texts
    asked: int
    answered: int


@login_required
def voices(request: HttpRequest) -> HttpResponse:
    """For whom the person answers."""
    person = person_of(request)
    if not policies.may_find_voices(person.standing(on=localdate()), on=localdate()):
        raise Http404
    return render(request, "replies/voices.html", {"voices": voices_of(person, on=localdate())})


@login_required
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    seen = voice_desk(person_of(request), pk, at=now(), on=localdate())
    return render(request, "replies/voice.html", {"desk": seen, "sections": _sections(seen)})


@login_required
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    seen = voice_desk(person_of(request), pk, at=now(), on=localdate())
    return _page(request, seen, section)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen = voice_desk(person, pk, at=at, on=localdate(at))
    path, _question = one_answer.asked_in(request, seen)
    section = path.split("/", 1)[0]
    return one_answer.take(
        request,
        lambda: seen,
        save=partial(actions.speak, voice=seen.voice, by=person, at=at),
        page=lambda _seen, typed: _page(request, seen, section, typed),
        where=lambda _path: reverse("replies:voice-section", args=[pk, section]),
    )


def _page(request: HttpRequest, seen: VoiceDesk, section: str, typed: Typed | None = None) -> HttpResponse:
    sections = _sections(seen)
    place = next((number for number, each in enumerate(sections) if each.name == section), None)
    group = next((each for each in seen.form.items if each.name == section), None)
    if place is None or group is None:
        raise Http404
    fields = [field_of(seen, *asked) for asked in asking(group) if seen.may_read(*asked)]
    return render(
        request,
        "replies/voice_section.html",
        {
            **one_answer.shown(fields, typed),
            "desk": seen,
            "section": sections[place],
            "number": place + 1,
            "of": len(sections),
            "earlier": sections[place - 1] if place else None,
            "later": sections[place + 1] if place + 1 < len(sections) else None,
        },
        status=typed.status if typed else HTTPStatus.OK,
    )


def _sections(seen: VoiceDesk) -> list[Section]:
    """Those that ask organisations something."""
    found = []
    for each in seen.form.items:
        asked = [path for path, question in asking(each) if seen.may_read(path, question)]
        if isinstance(each, Group) and asked:
            answered = sum(
                path in seen.answers and seen.answers[path].status is not Status.NOT_ANSWERED
                for path in asked
            )
            found.append(Section(each.name, each.label, len(asked), answered))
    return found
