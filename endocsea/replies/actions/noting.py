"""The note that somebody of the review read restricted answers, made before they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from endocsea.journal.actions import record_reading

from ..reading import Desk
from .answering import key_of


def note_reading(desk: Desk, paths: Iterable[str], *, at: datetime.datetime) -> None:
    """Of the questions with these paths, those that are restricted and were answered: an entry each.

    A state's own people are not noted: what they read is theirs.
    """
    if desk.reader.speaks_for(on=desk.on):
        return
    asked = desk.form.by_path()
    for path in paths:
        if asked[path].restricted and path in desk.answers:
            record_reading(by=desk.reader, at=at, about=("answer", key_of(desk.reply, path)))
