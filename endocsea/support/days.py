"""Days as people write them, and dates that are known to the month or year only."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language


def long_day(day: datetime.date | None) -> str:
    """``1 January 2021``, ``1er janvier 2021``; nothing for no day."""
    if day is None:
        return ""
    text = date_format(day, "j F Y")
    return text.replace("1 ", "1er ", 1) if day.day == 1 and get_language() == "fr" else text


def fuzzy(written: str | None) -> str:
    """A day, month or year as sources give it (``2019-11-05``, ``2019-11``, ``2019``), in words."""
    if not written:
        return ""
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return long_day(datetime.date(parts[0], parts[1], parts[2]))
    if len(parts) == 2:
        return date_format(datetime.date(parts[0], parts[1], 1), "F Y")
    return written
