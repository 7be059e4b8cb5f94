"""The law of one state on one day: the rules of this chapter, asked with what the records hold."""

from __future__ import annotations

import datetime
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
    """The law of a state (by id) on a day. Three statements. The made-up states' membership of the Union
    counts as checked, as their treaties are.
    """
    statuses = {
        row["instrument_id"]: row
        for row in TreatyStatus.objects.filter(state_id=state, retired_on=None).values(*_FIELDS)
    }
    union = (
        Membership.objects.filter(state_id=state, body=Membership.Body.EUROPEAN_UNION)
        .on(on)
        .values("since")
        .first()
    )
    verdicts = {}
    for pk, kind, opened in Instrument.objects.filter(retired_on=None).values_list("pk", "kind", "opened"):
        if kind == "treaty":
            known = _status(statuses[pk]) if pk in statuses else None
            verdicts[pk] = treaty_applies(known, opened=opened, on=on)
        elif kind == "EU law":
            since = union["since"] if union else None
            verdicts[pk] = union_law_applies(union is not None, checked=training, since=since)
        else:
            verdicts[pk] = NOT_LAW
    return Law(verdicts, statuses)


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
