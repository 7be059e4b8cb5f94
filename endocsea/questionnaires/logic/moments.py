"""Days and times as numbers (days since 1 January 1970) and as text, as ODK's functions take and give them."""

from __future__ import annotations

import datetime
import math
import re

from django.utils import dates, translation

FIRST = datetime.datetime(1970, 1, 1)  # noqa: DTZ001  answers are of a wall clock
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?", re.ASCII)
_ZONE = re.compile(r"(?:Z|[+-]\d{2}(?::?\d{2})?)$")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_MARKS = re.compile(r"%(.)", re.DOTALL)


def looks_like_day(text: str) -> bool:
    return _DAY.match(text.strip()) is not None


def moment_of(text: str) -> datetime.datetime | None:
    """The moment that a text names: a day, a day with a time, a number of days, or none of these.

    A zone is left out: the clock of the place where the answer was given counts, as it is shown to people.
    """
    text = text.strip()
    day = _DAY.match(text)
    if day is None:
        return _moment_of_number(text)
    rest = _ZONE.sub("", text[day.end() :])
    hours = _TIME.fullmatch(rest[1:]) if rest[:1] in ("T", " ") else None
    if rest and hours is None:
        return None
    try:
        found = datetime.datetime(int(day[1]), int(day[2]), int(day[3]))  # noqa: DTZ001
        return found if hours is None else found + _span(hours)
    except (ValueError, OverflowError):
        return None


def _span(hours: re.Match[str]) -> datetime.timedelta:
    if int(hours[1]) > 23 or int(hours[2]) > 59 or int(hours[3] or 0) > 59:
        raise ValueError(hours[0])
    return datetime.timedelta(
        hours=int(hours[1]),
        minutes=int(hours[2]),
        seconds=int(hours[3] or 0),
        microseconds=int((hours[4] or "0").ljust(6, "0")),
    )


def _moment_of_number(text: str) -> datetime.datetime | None:
    try:
        return FIRST + datetime.timedelta(days=float(text)) if _NUMBER.fullmatch(text) else None
    except OverflowError:
        return None


def days_of(text: str) -> float:
    """Days since 1970 of a day or a moment; the share of a day of a time; a number as it is; else not a number."""
    if looks_like_day(text):
        moment = moment_of(text)
        return math.nan if moment is None else (moment - FIRST) / datetime.timedelta(days=1)
    share = share_of_day(text)
    if not math.isnan(share):
        return share
    return float(text) if _NUMBER.fullmatch(text.strip()) else math.nan


def share_of_day(text: str) -> float:
    """The share of a day that has passed at a time: 0.5 at noon."""
    hours = _TIME.fullmatch(_ZONE.sub("", text.strip()))
    try:
        return math.nan if hours is None else _span(hours) / datetime.timedelta(days=1)
    except ValueError:
        return math.nan


def day_text(text: str) -> str:
    moment = moment_of(text)
    return "" if moment is None else moment.date().isoformat()


def moment_text(text: str) -> str:
    moment = moment_of(text)
    return "" if moment is None else moment.isoformat(timespec="milliseconds")


def formatted(text: str, pattern: str, language: str) -> str:
    """A day or moment by ODK's marks; nothing if it is neither. Names of months and days are in the language."""
    moment = moment_of(text)
    if moment is None:
        return ""
    with translation.override(language or None):
        return _MARKS.sub(lambda mark: _marked(moment, mark), pattern)


def _marked(at: datetime.datetime, mark: re.Match[str]) -> str:
    plain = {
        "Y": f"{at.year:04}",
        "y": f"{at.year % 100:02}",
        "m": f"{at.month:02}",
        "n": str(at.month),
        "d": f"{at.day:02}",
        "e": str(at.day),
        "H": f"{at.hour:02}",
        "h": str(at.hour),
        "M": f"{at.minute:02}",
        "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}",
        "%": "%",
    }
    if mark[1] == "b":
        return str(dates.MONTHS_3[at.month]).capitalize()
    if mark[1] == "a":
        return str(dates.WEEKDAYS_ABBR[at.weekday()])
    return plain.get(mark[1], mark[0])
