"""The list of destroyed texts outside the database: a file in the data folder, beside the journal's head.

A database that comes back from a backup knows nothing of what was destroyed since. The file does: it grows only,
and each line is a salt, a digest and a day. Nobody can read a text in it.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from .models import Destroyed
from .refusals import ListUnreadable

FILE: Final = "destroyed-texts"

log = logging.getLogger(__name__)


class Line(NamedTuple):
    """A destroyed text, as it is remembered."""

    salt: str
    digest: str
    on: datetime.date


def file() -> Path:
    return Path(settings.DATA) / FILE


def read(source: Path) -> set[Line]:
    """The lines of a list; none where there is no file. Raises `ListUnreadable`."""
    try:
        return {_line(text) for text in source.read_text().splitlines()}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ListUnreadable(file=source, why=str(error)) from error


def in_database() -> set[Line]:
    return {Line(*row) for row in Destroyed.objects.values_list("salt", "digest", "on")}


def keep(lines: Iterable[Line]) -> None:
    """Let the file know what was destroyed. What goes wrong is logged: the deed itself has been done."""
    try:
        _add(set(lines), file())
    except (OSError, ListUnreadable) as error:
        log.error("The list of destroyed texts could not be kept in the data folder: %s", error)


def _add(lines: set[Line], target: Path) -> None:
    with target.with_name(f"{FILE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read(target)
        if lines <= known:
            return
        part = target.with_name(f"{FILE}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            for line in sorted(known | lines):
                stream.write(json.dumps({**line._asdict(), "on": line.on.isoformat()}) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)


def _line(text: str) -> Line:
    found = json.loads(text)
    salt, digest = found["salt"], found["digest"]
    if not isinstance(salt, str) or not isinstance(digest, str):
        raise ValueError("salt and digest are not what they should be")
    return Line(salt, digest, datetime.date.fromisoformat(found["on"]))
