"""What a file carries out, and what is read from it when it comes back: plain values, whatever the file's format.

A file says which round, state and questionnaire it belongs to, and beside each answer the version that it was made
from. So what came back is compared with what stands today: same, filled in, changed, or changed on both sides.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from endocsea.questionnaires.form import Choice, Question, Texts

from ..answers.given import Given
from ..offering.offers import Offer


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an answer and is a record of its own: what shows it, in words; who may read it."""

    proof: str = ""
    confidentiality: str = ""  # a `support.classes.Confidentiality`; nothing: nobody has said


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the sheet. ``before``: what the state said a round ago; ``seen``: the version of ``given``."""

    path: str
    section: Texts
    question: Question
    choices: tuple[Choice, ...] = ()
    given: Given = field(default_factory=Given)
    seen: int = 0
    before: Given | None = None
    beside: Beside = field(default_factory=Beside)
    offers: tuple[Offer, ...] = ()  # what public sources say there, and the state has not judged yet


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes out. Without ``institution`` it is the whole reply; ``digest`` names the wording."""

    round: str
    round_name: Texts
    state: str
    state_name: Texts
    institution: str
    language: str
    digest: str
    made_on: datetime.date
    due_on: datetime.date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a file that could not be read: where (sheet and cell, or heading and field), what, what to do."""

    where: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: by path the answer and the version that it was made from. ``troubles`` were not taken.

    ``beside`` holds, by path, what somebody wrote there; whoever takes the answers records it as what it is.
    """

    round: str
    state: str
    institution: str
    digest: str
    answers: Mapping[str, tuple[Given, int]]
    troubles: tuple[Trouble, ...] = ()
    beside: Mapping[str, Beside] = field(default_factory=dict)


class How(StrEnum):
    SAME = "same"
    FILLED = "filled"  # there was nothing
    CHANGED = "changed"  # on the sheet alone
    BOTH = "both"  # on the sheet and here, differently
    EMPTIED = "emptied"  # there was an answer, and the sheet has none: never taken by itself


@dataclass(frozen=True, slots=True)
class Difference:
    """One question where something came back. ``fields`` are those of `Given` that differ from what stands here."""

    path: str
    how: How
    here: Given
    back: Given
    seen: int
    fields: tuple[str, ...]


def compare(
    returned: Returned, here: Mapping[str, tuple[Given, int]], sent: Mapping[str, Mapping[int, Given]]
) -> tuple[Difference, ...]:
    """What came back beside what stands here, in the order of the file.

    ``here`` holds answers with their versions, ``sent`` every version of them that was ever kept, by number.
    """
    found = []
    for path, (came, seen) in returned.answers.items():
        standing, number = here.get(path, (Given(), 0))
        back = replace(came, language=came.language or standing.language)
        fields = tuple(name for name in FIELDS if getattr(standing, name) != getattr(back, name))
        found.append(
            Difference(
                path,
                _how(back, standing, sent.get(path, {}).get(seen), fields, moved=number != seen),
                standing,
                back,
                number,
                fields,
            )
        )
    return tuple(found)


def new_proofs(returned: Returned, here: Mapping[str, Collection[str]]) -> tuple[tuple[str, str], ...]:
    """What somebody wrote as proof and was never given here: (path, words) of each line, in the order of the file.

    ``here`` holds by path what was given, in the words of a sheet.
    """
    found = dict.fromkeys(
        (path, " ".join(line.split()))
        for path, beside in returned.beside.items()
        for line in beside.proof.splitlines()
    )
    known = {(path, " ".join(words.split())) for path, lines in here.items() for words in lines}
    return tuple(each for each in found if each[1] and each not in known)


FIELDS = ("status", "value", "other", "reason", "explanation", "respondent")


def _how(back: Given, standing: Given, sent: Given | None, fields: tuple[str, ...], *, moved: bool) -> How:
    if not fields:
        return How.SAME
    if moved and sent is not None and not _differs(sent, back):
        return How.SAME  # the sheet says what it was sent with, and the answer here has moved on since
    if not standing.texts():
        return How.FILLED
    if not back.texts():
        return How.EMPTIED
    return How.BOTH if moved else How.CHANGED


def _differs(one: Given, other: Given) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in FIELDS)
