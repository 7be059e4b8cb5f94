"""What one answer has changed, for the script of a page that stays as it was."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime, now

from .consequences import NOTHING, matters, what_follows
from .given import Given
from .reading import Desk


def follow_up(desk: Desk, path: str, given: Given) -> dict[str, Any]:
    """``contradicts``: sentences about this answer; ``follows``: something else in the page is not as it was.

    Nothing where nothing hangs on the answer: saving it then costs no more. Nothing at a desk that does not see all
    answers either, as what follows is unknown there.
    """
    if desk.follows is NOTHING or not matters(desk.form, path):
        return {}
    after = what_follows(desk.form, {**desk.answers, path: given}, at=localtime(now()))
    found: dict[str, Any] = {}
    if contradicts := after.contradictions(desk.form, path):
        found["contradicts"] = " ".join(contradicts)
    before = desk.follows
    moved = before.off.keys() ^ after.off.keys() or before.offered != after.offered or before.gone != after.gone
    if moved or before.broken - {path} != after.broken - {path}:
        found["follows"] = True
    return found
