"""Keeping a file that the guard took in: once for a state, however often it is sent."""

from __future__ import annotations

import datetime

from endocsea.states.models import State
from endocsea.support.guard.uploads import Accepted

from ..models import File


def keep(file: Accepted, state: State, *, at: datetime.datetime) -> File:
    """The file of this state with this content. In the transaction of the deed that names it."""
    kept, _made = File.objects.get_or_create(
        state=state,
        digest=file.digest,
        defaults={
            "name": file.safe_name,
            "kind": file.kind.value,
            "size": file.size,
            "content": file.content,
            "added_at": at,
        },
    )
    return kept
