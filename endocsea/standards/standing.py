"""How instruments stand with every state on a day: in force for it, not in force, or we cannot tell.

In force is less than binding: whether a provision binds depends on reservations too, and those
may be unchecked. Real states and made-up ones never stand in one picture.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from endocsea.states.models import State
from endocsea.support.texts import collation, plain

from .applicability import Law, laws_of
from .rules import Applicability, Reason, Verdict


class Standing(StrEnum):
    IN_FORCE = "in force"
    NOT_IN_FORCE = "not in force"
    CANNOT_TELL = "cannot tell"


# What has a date that was read, or that follows from one that was read.
_IN_FORCE = frozenset({Reason.IN_FORCE, Reason.RESERVATIONS_UNCHECKED, Reason.UNION_MEMBER})


def standing(verdict: Applicability) -> Standing:
    """The standing that a verdict on an instrument as a whole implies."""
    if verdict.reason in _IN_FORCE:
        return Standing.IN_FORCE
    return Standing.NOT_IN_FORCE if verdict.verdict is Verdict.DOES_NOT_BIND else Standing.CANNOT_TELL


class Named(NamedTuple):
    pk: int
    slug: str
    code: str
    name: str  # in the page's language


@dataclass(frozen=True, slots=True)
class Everywhere:
    """All states by name, with the law of each on a day."""

    on: datetime.date
    states: tuple[Named, ...]
    laws: dict[int, Law]

    def standings(self, instrument: int) -> Counter[Standing]:
        return Counter(standing(self.laws[state.pk].verdicts[instrument]) for state in self.states)

    def by_verdict(self, instrument: int, article: str) -> dict[Verdict, list[tuple[Named, Applicability]]]:
        """For one provision, the states of each verdict by name, with the reason."""
        groups: dict[Verdict, list[tuple[Named, Applicability]]] = {verdict: [] for verdict in Verdict}
        for state in self.states:
            found = self.laws[state.pk].of_provision(instrument, article)
            groups[found.verdict].append((state, found))
        return groups


def everywhere(*, on: datetime.date, training: bool, instrument: int | None = None) -> Everywhere:
    """The law of all real states, or of all made-up ones; of one instrument, where one is given.

    Four statements, whatever the number of states.
    """
    shown = State.objects.for_training() if training else State.objects.real()
    states = sorted(
        (Named(pk, slug, code, plain(name)) for pk, slug, code, name in shown.values_list(*_STATE)),
        key=lambda state: collation(state.name),
    )
    laws = laws_of([state.pk for state in states], on=on, training=training, instrument=instrument)
    return Everywhere(on, tuple(states), laws)


_STATE = ("pk", "slug", "iso3", "name")
