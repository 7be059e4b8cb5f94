"""What a state said the last time that it was asked: content with its age, never its "done"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from endocsea.questionnaires.models import Round
from endocsea.states.models import State

from ..models import Answer
from .given import Given, Status

NOTHING_TO_SAY_AGAIN = frozenset({Status.NOT_ANSWERED, Status.PREFILLED})  # the latter nobody confirmed then


@dataclass(frozen=True, slots=True)
class Before:
    """An answer of the round before; the day is not known where nobody wrote it down."""

    given: Given
    answered_on: datetime.date | None = None

    @property
    def says_something(self) -> bool:
        """Whether the state itself answered then, in one of the ways there are."""
        return self.given.status not in NOTHING_TO_SAY_AGAIN


def last_time(round: Round, state: State, *, drafts: bool = True) -> dict[str, Before]:
    """By indicator, what a state said in the last round that was over before this one began. Two statements.

    What it never signed and sent then is still a draft: without ``drafts`` it is left out.
    """
    earlier = (
        Round.objects.filter(
            states=state, training=round.training, closes_on__lt=round.opens_on, retired_on=None
        )
        .order_by("-closes_on")
        .first()
    )
    if earlier is None:
        return {}
    answers = Answer.objects.of_indicators().filter(round=earlier, state=state).select_related("indicator")
    if not drafts:
        answers = answers.sent()
    return {
        each.indicator.code: Before(each.given, each.answered_on)
        for each in answers
        if each.indicator is not None
    }
