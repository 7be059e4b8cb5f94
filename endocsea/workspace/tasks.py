"""One thing to do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence, where to do it, and by when (None: no day is set); ``late``: that day has passed."""

    what: str
    href: str
    due: datetime.date | None = None
    late: bool = False
