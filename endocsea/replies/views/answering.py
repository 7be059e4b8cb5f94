"""The page of a section, and the address that takes one answer: from the page by itself, or by its button."""

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
from endocsea.questionnaires.form import Group

from .. import actions
from ..reading import Desk, asking, desk, fields
from . import one_answer
from .one_answer import Typed


@login_required
def section(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    seen = desk(person_of(request), round=round, state=state, at=now(), on=localdate())
    return _page(request, seen, section)


@require_POST
@login_required
def answer(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    path, _question = one_answer.asked_in(request, seen)
    section = path.split("/", 1)[0]
    return one_answer.take(
        request,
        seen,
        save=partial(actions.save, round=seen.reply.round, state=seen.reply.state, by=person, at=at),
        page=lambda typed: _page(request, seen, section, typed),
        where=reverse("replies:section", args=[round, state, section]),
    )


def _page(request: HttpRequest, seen: Desk, section: str, typed: Typed | None = None) -> HttpResponse:
    only_mine = bool(seen.mine) and "all" not in request.GET
    shown = fields(seen, section, only_mine=only_mine)
    if not shown:
        raise Http404
    sections = _sections(seen)
    place = [each.name for each in sections].index(section)
    return render(
        request,
        "replies/section.html",
        {
            **one_answer.shown(shown, typed),
            "desk": seen,
            "section": sections[place],
            "number": place + 1,
            "of": len(sections),
            "earlier": sections[place - 1] if place else None,
            "later": sections[place + 1] if place + 1 < len(sections) else None,
            "only_mine": only_mine,
        },
        status=typed.status if typed else HTTPStatus.OK,
    )


def _sections(seen: Desk) -> list[Group]:
    """Those with a question that the reader may see."""
    return [
        each
        for each in seen.form.items
        if isinstance(each, Group) and any(seen.may_read(*asked) for asked in asking(each))
    ]
