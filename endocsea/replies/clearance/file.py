"""What stands in a clearance file, and which answers a superior has to decide on. Pure: it knows no records.

A decision is asked for where an answer carries a risk for the state: the table `Risk` says which, the gravest first.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from endocsea.charts.tables import Table
from endocsea.questionnaires.form import Texts

from ..answers.given import Given, Status
from ..answers.readiness import is_ready
from .differing import checksum_of

MOST_DECISIONS: Final = 10
CLAIMS: Final = 3  # a level from which something dated has to show it


class Risk(StrEnum):
    """Why a superior has to look at an answer, the gravest first."""

    WITHHELD = "withheld"
    DISPUTED = "disputed"  # a comment or question at it is not settled
    STEP_BACK = "step_back"  # a lower level than the last time
    WITHOUT_PROOF = "without_proof"  # level 3 or 4, and nothing that shows it
    UNCONFIRMED = "unconfirmed"  # from public sources, and nobody of the state has confirmed it
    OPEN = "open"  # no answer


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer. ``said`` and ``before`` are the answers in words, by language; ``cleared`` is all
    of the answer in English, with its reason and its explanation, as a signature covers it.
    """

    path: str
    code: str
    section: Texts
    question: Texts
    given: Given
    said: Texts
    cleared: str
    before: Texts
    level: int | None  # where the answer is one
    level_before: int | None
    proof: str
    confidentiality: str
    restricted: bool  # its wording is public, its answer is for named persons
    institution: str  # nothing: nobody has it, so the coordinator answers
    disputed: bool = False
    translated: tuple[str, ...] = ()  # by whom, and the texts in English; nothing: there is no translation


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is proposed for publication about the state, word by word as it will appear. ``key`` names it for good."""

    key: str
    text: str
    source: str  # in words: who says so, where, of when


@dataclass(frozen=True, slots=True)
class Wanted:
    """Support that the state asks for, and what came of it; ``given`` is empty as long as nothing was."""

    text: str
    language: str
    given: str = ""
    given_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    asked: int
    ready: int
    disputed: int
    without_proof: int
    withheld: int


@dataclass(frozen=True, slots=True)
class Decision:
    entry: Entry
    risk: Risk


@dataclass(frozen=True, slots=True)
class ClearanceFile:
    """``obligations``: what binds the state, treaty by treaty. ``languages``: that of the file, and the one beside.

    ``closes_on``: the day on which the round closes.
    """

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
    sentences: Sequence[Sentence] = ()
    wishes: Sequence[Wanted] = ()
    closes_on: datetime.date | None = None

    def count(self) -> Count:
        return Count(
            asked=len(self.entries),
            ready=sum(is_ready(each.given) for each in self.entries),
            disputed=sum(each.disputed for each in self.entries),
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

    def cleared(self) -> dict[str, str]:
        """What a signature covers: each answer by its path, each sentence by its key, in English.

        Not the day, who answered, what shows it: a file that was printed last week can be signed today.
        """
        return {each.path: each.cleared for each in self.entries} | {
            each.key: each.text for each in self.sentences
        }

    def checksum(self) -> str:
        return checksum_of(self.cleared())


def risk_of(entry: Entry) -> Risk | None:
    """The gravest one."""
    return next((risk for risk, runs in _RUNS.items() if runs(entry)), None)


def _answered(entry: Entry) -> bool:
    return entry.given.status is Status.ANSWERED


def _steps_back(entry: Entry) -> bool:
    return entry.level is not None and entry.level_before is not None and entry.level < entry.level_before


_RUNS: Final[Mapping[Risk, Callable[[Entry], bool]]] = {
    Risk.WITHHELD: lambda entry: entry.given.status is Status.WITHHELD,
    Risk.DISPUTED: lambda entry: entry.disputed,
    Risk.STEP_BACK: _steps_back,
    Risk.WITHOUT_PROOF: lambda entry: (
        _answered(entry) and entry.level is not None and entry.level >= CLAIMS and not entry.proof
    ),
    Risk.UNCONFIRMED: lambda entry: entry.given.status is Status.PREFILLED,
    Risk.OPEN: lambda entry: not is_ready(entry.given),
}
