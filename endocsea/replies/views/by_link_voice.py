"""What the bearer of a link sees who answers for an organisation: all sections, one of them, and what was given."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from ..answers.given import Given
from ..links import finding as links
from ..models import Link, Voice
from ..reading import Desk, asking, field_of
from ..voices.desk import VoiceDesk
from . import voice_pages
from .one_answer import Typed
from .voice_pages import Ways


def whole(request: HttpRequest, link: Link) -> HttpResponse:
    context = voice_pages.whole(_seen(link), ways(link))
    return render(request, "replies/by_link_voice.html", context | _told(link))


def part(
    request: HttpRequest, link: Link, section: str, typed: Typed | None = None, seen: Desk | None = None
) -> HttpResponse:
    """Raises Http404 where the section asks organisations nothing."""
    assert seen is None or isinstance(seen, VoiceDesk)
    context = voice_pages.part(seen or _seen(link), section, ways(link), typed)
    status = typed.status if typed else HTTPStatus.OK
    return render(request, "replies/by_link_voice_section.html", context | _told(link), status=status)


def door(request: HttpRequest, link: Link) -> HttpResponse:
    """It names no organisation: whoever opens the letter by mistake need not know whom it was for."""
    return render(request, "replies/by_link_voice_door.html", _told(link))


def thanks(request: HttpRequest, link: Link) -> HttpResponse:
    """What was given, as it stood when it was handed in."""
    given = links.handed_in(link)
    seen = replace(_seen(link), answers=given)
    fields = [
        field_of(seen, path, question)
        for each in seen.form.items
        for path, question in asking(each)
        if given.get(path, Given()) != Given()
    ]
    return render(request, "replies/by_link_voice_thanks.html", _told(link) | {"fields": fields})


def ways(link: Link) -> Ways:
    return Ways(
        whole=reverse("replies:by-link", args=[link.key]),
        answer=reverse("replies:answer-by-link", args=[link.key]),
        section=lambda name: reverse("replies:by-link-section", args=[link.key, name]),
    )


def _seen(link: Link) -> VoiceDesk:
    seen = links.desk_of(link, at=now())
    assert isinstance(seen, VoiceDesk)
    return seen


def _told(link: Link) -> dict[str, Any]:
    voice: Voice | None = link.voice
    assert voice is not None
    return {"link": link, "voice": voice, "due": voice.round.answers_until, "by_link": True}
