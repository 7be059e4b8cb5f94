"""Which reminder is due, and how the days of reminders are written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from . import refusals

MOST_DAYS: Final = 365  # before the due day
MOST_REMINDERS: Final = 12


def days_in(text: str) -> tuple[int, ...]:
    """The days before the due day that a text like "14, 3, 0" names, the farthest first; none in an empty one.

    Raises `refusals.UnclearReminders`.
    """
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise refusals.UnclearReminders(text=text.strip()[:80], most=MOST_DAYS)
    return in_order(int(part) for part in parts)


def in_order(days: Iterable[int]) -> tuple[int, ...]:
    """Each once, the farthest first. Raises `refusals.UnclearReminders` for days that no round has."""
    found = sorted(set(days), reverse=True)
    if len(found) > MOST_REMINDERS or not all(0 <= each <= MOST_DAYS for each in found):
        raise refusals.UnclearReminders(text=", ".join(map(str, found))[:80], most=MOST_DAYS)
    return tuple(found)


def latest_reminder(reminders: Iterable[int], left: int, gone: Iterable[int]) -> int | None:
    """Which reminder is to go now, in days before the due day; nothing where none is.

    ``left`` are the days until the due day (below zero: it has passed). Of those whose day has come only the latest
    counts, and it does not go where a letter went that day or later: ``gone`` says how many days before.
    """
    came = [days for days in reminders if days >= left]
    if not came or any(days <= min(came) for days in gone):
        return None
    return min(came)
