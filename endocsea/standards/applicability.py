"""The law of one state on one day: the rules of this chapter, asked with what the records hold."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from endocsea.states.models import Membership

from .models import Instrument, TreatyStatus
from .rules import (
    NOT_LAW,
    Applicability,
    Status,
    provision_applies,
    treaty_applies,
    union_law_applies,
)


@dataclass(frozen=True, slots=True)
class Law:
    """What each instrument is to a state on a day, by the instrument's id.

    ``statuses`` are the records as they stand (column → value), for pages that show dates.
    """

    verdicts: dict[int, Applicability]
    statuses: dict[int, dict[str, Any]]

    def of_provision(self, instrument: int, article: str) -> Applicability:
        """Whether one provision binds the state that day."""
        reservations = self.statuses[instrument]["reservations"] if instrument in self.statuses else ""
        return provision_applies(self.verdicts[instrument], article=article, reservations=reservations)


def law_of(state: int, *, on: datetime.date, training: bool) -> Law:
    """The law of a state (by id) on a day. Three statements."""
    return laws_of([state], on=on, training=training)[state]


def laws_of(
    states: Collection[int], *, on: datetime.date, training: bool, instrument: int | None = None
) -> dict[int, Law]:
    """The law of several states on a day, by their ids; of one instrument, where one is given.

    Three statements, however many states. The made-up states' membership of the Union counts as
    checked, as their treaties are.
    """
    statuses: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    held = TreatyStatus.objects.filter(state_id__in=states, retired_on=None)
    instruments = Instrument.objects.filter(retired_on=None)
    if instrument is not None:
        held, instruments = held.filter(instrument_id=instrument), instruments.filter(pk=instrument)
    for row in held.values("state_id", *_FIELDS):
        statuses[row.pop("state_id")][row["instrument_id"]] = row
    union = dict(
        Membership.objects.filter(state_id__in=states, body=Membership.Body.EUROPEAN_UNION)
        .on(on)
        .values_list("state_id", "since")
    )
    asked = list(instruments.values_list("pk", "kind", "opened"))
    laws = {}
    for state in states:
        verdicts = {}
        for pk, kind, opened in asked:
            if kind == "treaty":
                row = statuses[state].get(pk)
                verdicts[pk] = treaty_applies(_status(row) if row else None, opened=opened, on=on)
            elif kind == "EU law":
                verdicts[pk] = union_law_applies(state in union, checked=training, since=union.get(state))
            else:
                verdicts[pk] = NOT_LAW
        laws[state] = Law(verdicts, statuses[state])
    return laws


_FIELDS = (
    "pk", "instrument_id", "status", "signed_on", "ratified_on", "in_force_on", "ended_on", "reservations", "as_of",
    "verified", "known_by", "checked_on", "checked_by", "note",
)  # fmt: skip


def _status(row: dict[str, Any]) -> Status:
    return Status(
        status=row["status"],
        in_force_on=row["in_force_on"],
        ended_on=row["ended_on"],
        reservations=row["reservations"],
        as_of=row["as_of"],
        verified=row["verified"],
        known_by=row["known_by"],
        checked_on=row["checked_on"],
    )
