"""Drafting an answer from a public source for a state that stays silent: a draft, and never more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from endocsea.questionnaires.models import Round
from endocsea.sources.models import Source
from endocsea.sources.refusals import NotAnAddress
from endocsea.sources.register import place_in, source_of
from endocsea.sources.rules import may_be_cited
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import refusals
from ..answers.given import Given, Origin, Status
from ..models import Answer
from .answering import save
from .attaching import attach


@dataclass(frozen=True, slots=True)
class Cited:
    """Where it stands: a source by title or address, the place in it, and the day on which it was seen."""

    title: str
    address: str
    locator: str
    seen_on: datetime.date | None


@transaction.atomic
def draft(
    *,
    round: Round,
    state: State,
    question: str,
    given: Given,
    cited: Cited,
    seen: int,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Answer:
    """Save a draft with its source, whatever status it was given: it counts as unconfirmed until the state says more.

    Raises `refusals.NoCitation`, `EmptyDraft`, `NotAnAddress` of the sources, and what `save` raises for a draft;
    ValidationError where a title, an address or a place is longer than its column.
    """
    if not (cited.title.strip() or cited.address.strip()) or cited.seen_on is None:
        raise refusals.NoCitation
    if not (given.value.strip() or given.other.strip()):
        raise refusals.EmptyDraft
    if cited.address.strip() and not may_be_cited(cited.address):
        raise NotAnAddress(address=cited.address)
    guard.check([cited.title, cited.address, cited.locator], harmless)
    saved = save(
        round=round,
        state=state,
        question=question,
        given=replace(given, status=Status.PREFILLED, reason="", respondent=""),
        seen=seen,
        origin=Origin.SOURCES,
        harmless=harmless,
        by=by,
        at=at,
    )
    # what the state cited elsewhere may be a draft of its own: the secretariat does not search there
    source = source_of(cited.address, cited.title, known=Source.objects.none())
    attach(saved, place_in(source, cited.locator, seen_on=cited.seen_on))
    return saved
