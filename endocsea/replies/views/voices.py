"""The pages on which an organisation answers beside a state: its sections, and one answer at a time."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of

from .. import actions, policies
from ..voices.desk import VoiceDesk, voice_desk, voices_of
from . import one_answer, voice_pages
from .one_answer import Typed
from .voice_pages import Ways


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
    return render(request, "replies/voice.html", voice_pages.whole(seen, _ways(pk)))


@login_required
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    seen = voice_desk(person_of(request), pk, at=now(), on=localdate())
    return _page(request, seen, section)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    see = partial(voice_desk, person, pk, at=at, on=localdate(at))
    seen = see()
    path, _question = one_answer.asked_in(request, seen)
    section = path.partition("/")[0]
    return one_answer.take(
        request,
        see,
        save=partial(actions.speak, voice=seen.voice, by=person, at=at),
        page=lambda _seen, typed: _page(request, see(), section, typed),
        where=lambda _path: _ways(pk).section(section),
    )


def _page(request: HttpRequest, seen: VoiceDesk, section: str, typed: Typed | None = None) -> HttpResponse:
    context = voice_pages.part(seen, section, _ways(seen.voice.pk), typed)
    status = typed.status if typed else HTTPStatus.OK
    return render(request, "replies/voice_section.html", context, status=status)


def _ways(pk: int) -> Ways:
    return Ways(
        whole=reverse("replies:voice", args=[pk]),
        answer=reverse("replies:voice-answer", args=[pk]),
        section=lambda name: reverse("replies:voice-section", args=[pk, name]),
    )
