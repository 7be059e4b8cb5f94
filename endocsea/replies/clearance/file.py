"""What stands in a clearance file, and which answers a superior has to decide on. Pure: it knows no records.

A decision is asked for where an answer carries a risk for the state: the table `Risk` says which, the gravest first.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from endocsea.charts.tables import Table
from endocsea.questionnaires.form import Texts

from ..given import Given, Status
from ..readiness import is_ready

MOST_DECISIONS: Final = 10
CLAIMS: Final = 3  # a level from which something dated has to show it


class Risk(StrEnum):
    """Why a superior has to look at an answer, the gravest first."""

    WITHHELD = "withheld"
    STEP_BACK = "step_back"  # a lower level than the last time
    WITHOUT_PROOF = "without_proof"  # level 3 or 4, and nothing that shows it
    UNCONFIRMED = "unconfirmed"  # from public sources, and nobody of the state has confirmed it
    OPEN = "open"  # no answer


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer. ``said`` and ``before`` are the answers in words, by language."""

    code: str
    section: Texts
    question: Texts
    given: Given
    said: Texts
    before: Texts
    level: int | None  # where the answer is one
    level_before: int | None
    proof: str
    confidentiality: str
    restricted: bool  # its wording is public, its answer is for named persons
    institution: str  # nothing: nobody has it, so the coordinator answers


@dataclass(frozen=True, slots=True)
class Count:
    asked: int
    ready: int
    without_proof: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Decision:
    entry: Entry
    risk: Risk


@dataclass(frozen=True, slots=True)
class ClearanceFile:
    """``obligations``: what binds the state, treaty by treaty. ``languages``: that of the file, and the one beside."""

    state: Texts
    round: Texts
    questionnaire: Texts
    asked_by: str
    due_on: datetime.date | None
    made_on: datetime.date
    training: bool
    languages: tuple[str, ...]
    entries: Sequence[Entry]
    obligations: Table

    def count(self) -> Count:
        return Count(
            asked=len(self.entries),
            ready=sum(is_ready(each.given) for each in self.entries),
            without_proof=sum(_answered(each) and not each.proof for each in self.entries),
            withheld=sum(each.given.status is Status.WITHHELD for each in self.entries),
        )

    def decisions(self) -> tuple[Decision, ...]:
        """Every answer that carries a risk, the gravest first, else in the order of the questionnaire."""
        found = [Decision(each, risk) for each in self.entries if (risk := risk_of(each)) is not None]
        order = list(Risk)
        return tuple(sorted(found, key=lambda each: order.index(each.risk)))

    def institutions(self) -> dict[str, tuple[Entry, ...]]:
        """The answers of each institution by its name, what nobody has last."""
        names = sorted(
            {each.institution for each in self.entries}, key=lambda name: (not name, name.casefold())
        )
        return {name: tuple(each for each in self.entries if each.institution == name) for name in names}

    def checksum(self) -> str:
        """Of everything that the file says: the same contents have the same."""
        said = json.dumps(dataclasses.asdict(self), default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def risk_of(entry: Entry) -> Risk | None:
    """The gravest one."""
    return next((risk for risk, runs in _RUNS.items() if runs(entry)), None)


def _answered(entry: Entry) -> bool:
    return entry.given.status is Status.ANSWERED


def _steps_back(entry: Entry) -> bool:
    return entry.level is not None and entry.level_before is not None and entry.level < entry.level_before


_RUNS: Final[Mapping[Risk, Callable[[Entry], bool]]] = {
    Risk.WITHHELD: lambda entry: entry.given.status is Status.WITHHELD,
    Risk.STEP_BACK: _steps_back,
    Risk.WITHOUT_PROOF: lambda entry: (
        _answered(entry) and entry.level is not None and entry.level >= CLAIMS and not entry.proof
    ),
    Risk.UNCONFIRMED: lambda entry: entry.given.status is Status.PREFILLED,
    Risk.OPEN: lambda entry: not is_ready(entry.given),
}
