"""Which reminder is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def latest_reminder(reminders: Iterable[int], left: int, gone: Iterable[int]) -> int | None:
    """Which reminder is to go now, in days before the due day; nothing where none is.

    ``left`` are the days until the due day (below zero: it has passed). Of those whose day has come only the latest
    counts, and it does not go where a letter went that day or later: ``gone`` says how many days before.
    """
    came = [days for days in reminders if days >= left]
    if not came or any(days <= min(came) for days in gone):
        return None
    return min(came)
