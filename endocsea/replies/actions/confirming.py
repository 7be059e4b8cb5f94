"""Confirming what was not said in this round yet: the answer of last time, or a draft of the secretariat."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction

from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor

from .. import refusals
from ..answers.given import Given, Origin, Status
from ..answers.last_time import last_time
from ..models import Answer
from .answering import save


@transaction.atomic
def confirm_last_time(
    *,
    round: Round,
    state: State,
    question: str,
    seen: int,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Answer:
    """It is still so: save what the state said the last time on top of the version that was seen.

    Raises `refusals.NothingLastTime`, and what `save` raises.
    """
    given = said_last_time(round, state, question)
    return save(
        round=round,
        state=state,
        question=question,
        given=given,
        seen=seen,
        origin=Origin.CARRIED,
        harmless=harmless,
        by=by,
        at=at,
    )


@transaction.atomic
def confirm_draft(
    *,
    round: Round,
    state: State,
    question: str,
    seen: int,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Answer:
    """What the secretariat drafted holds: from now on it is the state's own answer.

    Raises `refusals.NothingDrafted`, and what `save` raises.
    """
    given = drafted_at(round, state, question)
    return save(
        round=round,
        state=state,
        question=question,
        given=replace(given, status=Status.ANSWERED),
        seen=seen,
        harmless=harmless,
        by=by,
        at=at,
    )


def said_last_time(round: Round, state: State, question: str) -> Given:
    """Raises `refusals.NothingLastTime`."""
    asked = round.version.form.by_path().get(question) if round.version else None
    before = last_time(round, state).get(asked.indicator) if asked and asked.indicator else None
    if before is None or not before.says_something:
        raise refusals.NothingLastTime(question=question.rsplit("/", 1)[-1])
    return before.given


def drafted_at(round: Round, state: State, question: str) -> Given:
    """Raises `refusals.NothingDrafted`."""
    answer = Answer.objects.filter(round=round, state=state, question=question, retired_on=None).first()
    if answer is None or answer.given.status is not Status.PREFILLED:
        raise refusals.NothingDrafted(question=question.rsplit("/", 1)[-1])
    return answer.given
