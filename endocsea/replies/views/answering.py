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
from ..offering.on_pages import OfferRefused, offers_on, unconfirmed
from ..reading import Desk, asked_of, asking, desk, fields
from ..signing_off import SigningRefused, signing_off
from . import one_answer
from .one_answer import Typed


@login_required
def section(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    seen = desk(person_of(request), round=round, state=state, at=now(), on=localdate())
    return page_of(request, seen, section)


@require_POST
@login_required
def answer(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    asked = asked_of(round, state)
    return one_answer.take(
        request,
        lambda: desk(person, round=round, state=state, at=at, on=localdate(at)),
        save=partial(actions.save, round=asked.round, state=asked.state, by=person, at=at),
        page=lambda seen, typed: page_of(request, seen, _section_of(typed.field.path), typed),
        where=lambda path: reverse("replies:section", args=[round, state, _section_of(path)]),
    )


def _section_of(path: str) -> str:
    return path.partition("/")[0]


def page_of(
    request: HttpRequest,
    seen: Desk,
    section: str,
    typed: Typed | None = None,
    offer: OfferRefused | None = None,
    signing: SigningRefused | None = None,
) -> HttpResponse:
    """A section, with what was typed and not taken: an answer, a word on what public sources say, a signature."""
    only_mine = "all" not in request.GET and any(path.startswith(f"{section}/") for path in seen.mine)
    shown = fields(seen, section, only_mine=only_mine)
    if not shown:
        raise Http404
    actions.note_reading(seen, [each.path for each in shown], at=now())
    sections = _sections(seen)
    place = [each.name for each in sections].index(section)
    offers = offers_on(seen, section, shown)
    answers = one_answer.shown(shown, typed)
    refused = typed or offer or signing
    return render(
        request,
        "replies/section.html",
        {
            **answers,
            "fields": unconfirmed(answers["fields"], offers),
            "offers_above": offers.above,
            "signing": signing_off(seen, section, signing),
            "back": "whole" if seen.mine and not only_mine else "section",
            "offer_refused": offer,
            "last_time": any(each.editable and each.before for each in shown),
            "desk": seen,
            "section": sections[place],
            "number": place + 1,
            "of": len(sections),
            "earlier": sections[place - 1] if place else None,
            "later": sections[place + 1] if place + 1 < len(sections) else None,
            "only_mine": only_mine,
        },
        status=refused.status if refused else HTTPStatus.OK,
    )


def _sections(seen: Desk) -> list[Group]:
    """Those with a question that the reader may see."""
    return [
        each
        for each in seen.form.items
        if isinstance(each, Group) and any(seen.may_read(*asked) for asked in asking(each))
    ]
