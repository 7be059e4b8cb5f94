"""How the site was started last: ``endocsea up`` notes it in the data folder, ``endocsea check public`` reads it.

What differs between installations is told to ``endocsea up`` by options and variables, and is gone when somebody
looks from another shell. No password is in the note.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from endocsea.config import database, mail, writing

FILE: Final = "started"


@dataclass(frozen=True, slots=True)
class Start:
    """``mail``: letters go to a mail server, and not only into the outbox. ``database``: as sentences name it."""

    site: str
    public: bool
    training: bool
    mail: bool
    sender: str
    database: str


def of(settings: Any) -> Start:
    """What Django's settings say of this start."""
    return Start(
        site=settings.SITE,
        public=not settings.PREVIEW,
        training=settings.WITH_TRAINING,
        mail=settings.EMAIL_BACKEND != mail.OUTBOX,
        sender=settings.DEFAULT_FROM_EMAIL,
        database=database.called(settings.DATABASES["default"]),
    )


def note(place: Path, start: Start) -> None:
    writing.put({place / FILE: json.dumps(asdict(start), ensure_ascii=False, indent=2).encode()})


def read(place: Path) -> Start | None:
    """The last start from a data folder; nothing where none is noted, or what is noted is none. Raises ``OSError``."""
    try:
        found = json.loads((place / FILE).read_bytes())
        start = Start(**{field.name: found[field.name] for field in fields(Start)})
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    right = all(type(getattr(start, field.name)).__name__ == field.type for field in fields(Start))
    return start if right else None
