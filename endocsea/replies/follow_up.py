"""What one answer has changed, for the script of a page that stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localtime, now

from .consequences import NOTHING, matters, what_follows
from .given import Given
from .models import Answer, VoiceAnswer
from .reading import Desk


def follow_up(see: Callable[[], Desk], saved: Answer | VoiceAnswer) -> dict[str, Any]:
    """``contradicts``: sentences about this answer; ``follows``: something else in the page is not as it was.

    Nothing where nothing hangs on the answer: then not even the reply is read. Nothing at a desk that does not see all
    answers either, as what follows is unknown there, and of an organisation's answer.
    """
    path = saved.question
    if isinstance(saved, VoiceAnswer) or (version := saved.round.version) is None:
        return {}
    if not matters(version.form, path):
        return {}
    desk = see()
    if desk.follows is NOTHING:
        return {}
    earlier = saved.versions.filter(number=saved.number - 1).first()
    stood = {**desk.answers, path: earlier.given if earlier else Given()}
    before, after = what_follows(desk.form, stood, at=localtime(now())), desk.follows
    found: dict[str, Any] = {}
    if contradicts := after.contradictions(desk.form, path):
        found["contradicts"] = " ".join(contradicts)
    moved = (
        before.off.keys() ^ after.off.keys() or before.offered != after.offered or before.gone != after.gone
    )
    if moved or before.broken - {path} != after.broken - {path}:
        found["follows"] = True
    return found
