"""Drafting an answer from a public source for a state that stays silent: a draft, and never more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from endocsea.questionnaires.models import Round
from endocsea.sources.models import Citation, Source
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import refusals
from ..given import Given, Origin, Status
from ..models import Answer, Evidence
from .answering import save


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

    Raises `refusals.NoCitation`, `EmptyDraft`, and what `save` raises for a draft.
    """
    if not (cited.title.strip() or cited.address.strip()) or cited.seen_on is None:
        raise refusals.NoCitation
    if not (given.value.strip() or given.other.strip()):
        raise refusals.EmptyDraft
    guard.check([cited.title, cited.locator], harmless)
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
    source, _new = Source.objects.get_or_create(address=cited.address.strip(), title=cited.title.strip())
    citation, _new = Citation.objects.get_or_create(
        source=source, locator=cited.locator.strip(), seen_on=cited.seen_on
    )
    Evidence.objects.get_or_create(answer=saved, citation=citation)
    return saved
