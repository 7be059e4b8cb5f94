"""Answering without an account: the pages behind a one-time link.

A link in a letter is followed by programmes that look for danger, too: nothing but the button on its page opens it.
From then on a cookie of that browser, sent to these pages alone, stands for it, and no address holds it any more.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Final
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from endocsea.people.middleware import WORKSPACE
from endocsea.support.refusals import Refusal

from .. import actions, refusals
from ..answers.readiness import is_ready
from ..links import finding as links
from ..models import Link
from ..reading import Desk, field_of, fields_at
from . import by_link_voice, one_answer
from .one_answer import Typed

ATTEMPTS: Final = {"open": "60/m/ip"}  # an institution may come from one address
HERE: Final = f"{WORKSPACE}by-link/"
REMEMBERED: Final = datetime.timedelta(days=30)  # after its time: the page can say that it is over
WHAT_IT_MEANS: Final = {
    refusals.LinkUnknown: HTTPStatus.NOT_FOUND,
    refusals.LinkNotOfThisBrowser: HTTPStatus.NOT_FOUND,
    refusals.LinkOpenedElsewhere: HTTPStatus.CONFLICT,
}


def door(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link itself: it says what is asked, and its button opens the questions."""
    if not ratelimit.consume(request, app="replies", action="open", config=ATTEMPTS, limit_get=True):
        refused: HttpResponse = ratelimit.respond_429(request)
        return refused
    at = now()
    try:
        link = links.link_behind(token)
        if links.is_here(link, _secret(request, link.key)):
            return redirect("replies:by-link", link.key)
        if request.method == "POST":
            link, secret = actions.open_link(token=token, at=at)
            answer = redirect("replies:by-link", link.key)
            _hand_over(answer, link, secret)
            return answer
        links.see_that_it_is_open(link, at=at)
        if link.browser_digest:
            raise refusals.LinkOpenedElsewhere
    except Refusal as refusal:
        return _not_open(request, refusal)
    if link.voice is not None:
        return by_link_voice.door(request, link)
    seen = links.desk_of(link, at=at)
    return render(request, "replies/by_link_door.html", {"desk": seen, "link": link, "share": link.share})


def questions(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        link = links.link_of_browser(key, _secret(request, key))
        if link.done_at is not None and not (link.voice and link.voice.withdrawn_at):
            return _thanks(request, link) if link.voice is None else by_link_voice.thanks(request, link)
        links.see_that_it_is_open(link, at=now())
    except Refusal as refusal:
        return _not_open(request, refusal)
    return _page(request, link) if link.voice is None else by_link_voice.whole(request, link)


def section(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
    """A section, where the link leads to all questions of an organisation."""
    try:
        link = links.link_of_browser(key, _secret(request, key))
        links.see_that_it_is_open(link, at=now())
    except Refusal as refusal:
        return _not_open(request, refusal)
    if link.voice is None:
        raise Http404
    return by_link_voice.part(request, link, section)


@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    at = now()
    try:
        link = links.link_of_browser(key, _secret(request, key))
        links.see_that_it_is_open(link, at=at)
    except Refusal as refusal:
        if one_answer.by_itself(request):
            told = one_answer.told(refusal)
            told.status_code = _status(refusal)
            return told
        return _not_open(request, refusal)
    return one_answer.take(
        request,
        lambda: links.desk_of(link, at=at),
        save=partial(actions.answer_by_link, link=link, at=at),
        page=lambda seen, typed: _again(request, link, seen, typed),
        where=lambda path: _where(link, path),
    )


@require_POST
def hand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        link = links.link_of_browser(key, _secret(request, key))
        if link.done_at is None:
            actions.hand_in(link=link, at=now())
    except Refusal as refusal:
        return _not_open(request, refusal)
    return redirect("replies:by-link", key)


def _again(request: HttpRequest, link: Link, seen: Desk, typed: Typed) -> HttpResponse:
    """The page from which an answer was sent that is not taken."""
    if link.voice is None:
        return _page(request, link, typed)
    return by_link_voice.part(request, link, typed.field.path.partition("/")[0], typed, seen)


def _where(link: Link, path: str) -> str:
    """The page on which a question stands."""
    if link.voice is None:
        return reverse("replies:by-link", args=[link.key])
    return by_link_voice.ways(link).section(path.partition("/")[0])


def _page(request: HttpRequest, link: Link, typed: Typed | None = None) -> HttpResponse:
    seen = links.desk_of(link, at=now())
    share = link.share
    assert share is not None
    counted = seen.counted
    asked = [path for path in share.questions if counted is None or path in counted]
    context = {
        **one_answer.shown(fields_at(seen, share.questions), typed),
        "desk": seen,
        "link": link,
        "share": share,
        "by_link": True,
        "answer_at": reverse("replies:answer-by-link", args=[link.key]),
        "asked": len(asked),
        "ready": sum(is_ready(seen.answers.get(path)) for path in asked),
    }
    return render(request, "replies/by_link.html", context, status=typed.status if typed else HTTPStatus.OK)


def _thanks(request: HttpRequest, link: Link) -> HttpResponse:
    """What was given, as it stood then: what is changed later is not for this reader."""
    share = link.share
    assert share is not None
    seen = replace(links.desk_of(link, at=now()), answers=links.handed_in(link))
    asked = seen.form.by_path()
    fields = [field_of(seen, path, asked[path]) for path in share.questions if path in asked]
    context = {"desk": seen, "link": link, "share": share, "fields": fields, "by_link": True}
    return render(request, "replies/by_link_thanks.html", context)


def _not_open(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Why there are no questions here; and what was typed, which nobody may lose."""
    typed = one_answer.given_in(request.POST).texts() if request.method == "POST" else ()
    context = {"refusal": refusal, "typed": typed}
    return render(request, "replies/by_link_closed.html", context, status=_status(refusal))


def _status(refusal: Refusal) -> HTTPStatus:
    return WHAT_IT_MEANS.get(type(refusal), HTTPStatus.GONE)


def _cookie(key: UUID) -> str:
    return f"{'__Secure-' if settings.SESSION_COOKIE_SECURE else ''}link-{key.hex}"


def _secret(request: HttpRequest, key: UUID) -> str:
    return request.COOKIES.get(_cookie(key), "")


def _hand_over(answer: HttpResponse, link: Link, secret: str) -> None:
    answer.set_cookie(
        _cookie(link.key),
        secret,
        expires=link.ends_at + REMEMBERED,
        path=HERE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",  # the link is often followed from a page of a mail programme
    )
