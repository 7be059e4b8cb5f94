"""What one answer has changed, for the script of a page that stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localtime, now

from ..models import Answer, VoiceAnswer
from ..reading import Desk
from .consequences import NOTHING, left_out_beside, matters, what_follows
from .given import Given


def follow_up(see: Callable[[], Desk], saved: Answer | VoiceAnswer) -> dict[str, Any]:
    """``contradicts``: sentences about this answer; ``follows``: something else in the page is not as it was.

    Nothing where nothing hangs on the answer: then not even the reply is read. Nothing at a desk that does not see all
    answers either, as what follows is unknown there.
    """
    path = saved.question
    version = saved.voice.round.version if isinstance(saved, VoiceAnswer) else saved.round.version
    if version is None or not matters(version.form, path):
        return {}
    desk = see()
    if desk.follows is NOTHING:
        return {}
    think = left_out_beside if isinstance(saved, VoiceAnswer) else what_follows
    stood = {**desk.answers, path: _earlier(saved)}
    before, after = think(desk.form, stood, at=localtime(now())), desk.follows
    found: dict[str, Any] = {}
    if contradicts := after.contradictions(desk.form, path):
        found["contradicts"] = " ".join(contradicts)
    moved = (
        before.off.keys() ^ after.off.keys() or before.offered != after.offered or before.gone != after.gone
    )
    if moved or before.broken - {path} != after.broken - {path}:
        found["follows"] = True
    return found


def _earlier(saved: Answer | VoiceAnswer) -> Given:
    """What stood there before."""
    if isinstance(saved, VoiceAnswer):
        spoken = VoiceAnswer.objects.filter(voice=saved.voice_id, question=saved.question)
        before = spoken.filter(number=saved.number - 1).first()
        return before.given if before else Given()
    kept = saved.versions.filter(number=saved.number - 1).first()
    return kept.given if kept else Given()
