"""Numbers and days as people type them, turned into what is kept. Pure; what could mean two things means nothing."""

from __future__ import annotations

import datetime
import re
from typing import Final

from endocsea.questionnaires.form import Kind, Question

_SPACES: Final = re.compile(r"(?<=[0-9])[\s\u00a0\u202f\u2009'’](?=[0-9]{3}(?![0-9]))")
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}([.,])[0-9]{3}")  # 1.200 is 1200 to some and 1.2 to others
_DAY: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_WORDED: Final = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th|\.)?\s+([^\W\d]+)\.?,?\s+([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d]+)\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb février fevrier févr", "march mar mars",
            "april apr avril avr", "may mai", "june jun juin", "july jul juillet juil",
            "august aug août aout", "september sep sept septembre", "october oct octobre",
            "november nov novembre", "december dec décembre decembre déc",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def typed(question: Question, text: str) -> str | None:
    """The text as it is kept for a question of numbers or days; nothing where it could mean two things, or nothing."""
    said = " ".join(text.split())
    if not said:
        return ""
    if question.kind in (Kind.NUMBER, Kind.WHOLE, Kind.RANGE):
        return number(said)
    if question.kind is Kind.DAY:
        return day(said)
    if question.kind is Kind.TIME:
        return said.replace("h", ":").replace(".", ":")
    return said if question.kind in (Kind.MOMENT, Kind.RANKED) else text


def number(said: str) -> str | None:
    """ "12,5" and "12.5" are the same; "1 200" is 1200; "1.200" is nothing, as it is read in two ways."""
    bare = _SPACES.sub("", said)
    if _THOUSANDS.fullmatch(bare):
        return None
    bare = bare.replace(",", ".")
    return bare if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?", bare) else None


def day(said: str) -> str | None:
    """Year first, or day first with points, or the month in words; "3/4/2020" is nothing, as it is read in two ways."""
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?", said):
        return _written(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(said):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        if second > 12:
            first, second = second, first
        return _written(year, second, first)
    if found := _WORDED.fullmatch(said):
        return _written(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(said):
        return _written(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def _written(year: int, month: int, date: int) -> str | None:
    try:
        return datetime.date(year, month, date).isoformat()
    except ValueError:
        return None
