"""What was given to a question: plain values that pages, sheets and workbooks all carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """*Not answered*, *not applicable*, *not known* and *withheld* are different, and none of them is a zero."""

    NOT_ANSWERED = "not_answered"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"
    WITHHELD = "withheld"
    PREFILLED = "prefilled"  # from a public source, and nobody of the state has confirmed it


WITH_A_VALUE = frozenset({Status.ANSWERED, Status.PREFILLED})
NEED_A_REASON = frozenset({Status.NOT_APPLICABLE, Status.WITHHELD})


class Origin(StrEnum):
    """How an answer came in."""

    TYPED = "typed"
    LETTER = "letter"  # entered for an institution, by its letter
    LINK = "link"  # without an account
    SHEET = "sheet"  # the institution's sheet in Word
    WORKBOOK = "workbook"
    CARRIED = "carried"  # confirmed from the round before
    SOURCES = "sources"  # drafted from public sources for a state that stays silent
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as somebody gave it. ``value`` is written as `questionnaires.form.Kind` says."""

    status: Status = Status.NOT_ANSWERED
    value: str = ""
    other: str = ""  # written in beside the choices
    reason: str = ""  # why it does not apply, or is withheld
    explanation: str = ""  # what there is to say beside it
    respondent: str = ""  # the institution or function that answers, never a name
    language: str = ""  # of what is written freely; nothing: nobody has said

    def texts(self) -> tuple[str, ...]:
        """What somebody wrote freely: the guard reads it."""
        return tuple(
            text for text in (self.value, self.other, self.reason, self.explanation, self.respondent) if text
        )
