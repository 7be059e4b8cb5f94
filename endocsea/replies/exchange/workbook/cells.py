"""What a cell says, as text that is kept, whatever type it has by now. What could mean two things is nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.utils import translation

from endocsea.questionnaires.form import Choice, Kind, Question

from ...answers.fitting import NUMBER
from .. import values
from ..sheet_texts import normal
from . import words

_DECIMALS: Final = 12  # of a number that can be kept
_MOMENTS: Final = frozenset({Kind.DAY, Kind.TIME, Kind.MOMENT})
_NUMBERED: Final = re.compile(r"(?:[^\W\d]+\s+)?(\d{1,3})(?:[.,]0+)?(?:\s*[-:.)]\s*(\D.*)?)?")
_CUT: Final = re.compile(r"\s*(?:\.{2,}|…)$")
_TICKS: Final = frozenset({"x", "✓", "✔", "☒", "☑", "✗", "✘", "1", "ok", "true"})
_NO_TICKS: Final = frozenset({"", "0", "false", "-", "☐"})
_TRUE: Final = {True: "true", False: "false"}


def text_of(cell: object) -> str:
    """Numbers and days as they are kept; texts without the spaces around them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _TRUE[cell]
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, datetime.date | datetime.time):
        return _moment(cell)
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _moment(cell: datetime.date | datetime.time) -> str:
    if isinstance(cell, datetime.time):
        return f"{cell:%H:%M:%S}" if cell.second else f"{cell:%H:%M}"
    if isinstance(cell, datetime.datetime) and cell.time() != datetime.time():
        return f"{cell:%Y-%m-%dT%H:%M}"
    return f"{cell:%Y-%m-%d}"


def number_text(number: float, *, decimals: int = 30) -> str:
    """With the 15 digits that a spreadsheet keeps, and never with an exponent."""
    if not abs(number) < 1e30:
        return str(number)
    said = f"{Decimal(format(number, '.15g')):.{decimals}f}"
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return "0" if said == "-0" else said


def number_in(value: str) -> float | None:
    """A kept number as a cell that gives back the very same text; nothing where a number would change it."""
    if not NUMBER.fullmatch(value):
        return None
    number = float(value)
    return number if number_text(number) == value else None


def typed(question: Question, cell: object) -> str | None:
    """What is kept of a cell for a question without a list; nothing where it is unclear."""
    if cell is None:
        return ""
    if question.kind is Kind.TEXT:
        return text_of(cell)
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        # for a day it is a count of days that nobody sees
        return None if question.kind in _MOMENTS else number_text(cell, decimals=_DECIMALS)
    if isinstance(cell, datetime.date | datetime.time) and question.kind not in _MOMENTS:
        return None  # "3/4" became a day while it was typed
    return values.typed(question, text_of(cell))


def chosen(question: Question, choices: tuple[Choice, ...], cell: object) -> str | None:
    """The name of what a cell says of a list, in any language, with or without words; nothing where it is unclear."""
    if isinstance(cell, datetime.date | datetime.time | bool):
        return None
    said = normal(text_of(cell))
    if not said:
        return ""
    by_words = in_words(question, choices)
    if said in by_words:
        return by_words[said]
    found = _NUMBERED.fullmatch(said)
    if question.kind is not Kind.LEVEL or found is None:
        return None
    names = {choice.name for choice in choices}
    number, rest = found[1], _CUT.sub("", found[2] or "").strip()
    name = number if number in names else str(int(number))
    meant = {each for words_, each in by_words.items() if rest and words_.startswith(rest)}
    if name not in names or (meant and name not in meant):
        return None
    return name


def in_words(question: Question, choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """The names of a list by all words for them; what two share says nothing."""
    found: dict[str, set[str]] = {}
    for language in sorted(
        {*(language for each in choices for language in each.label), *dict(settings.LANGUAGES)}
    ):
        with translation.override(language):
            for name, said in words.options_of(question, choices).items():
                found.setdefault(normal(said), set()).add(name)
            for each in choices:
                found.setdefault(normal(each.label.get(language, "")), set()).add(each.name)
    for name in {name for names in found.values() for name in names}:
        found.setdefault(normal(name), set()).add(name)
    return {said: names.pop() for said, names in found.items() if said and len(names) == 1}


def marked(cell: object) -> bool | None:
    """Whether a cell is ticked; nothing where it says something else."""
    said = normal(text_of(cell))
    if said in _TICKS:
        return True
    return False if said in _NO_TICKS else words.yes_or_no().get(said)
