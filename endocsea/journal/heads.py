"""The head of the journal outside the database: a file in the data folder.

A chain shows what was changed inside it, and not what was cut off its end. For that somebody outside has
to know how far it had come. After each deed the number and link of its entry go into ``journal-head``.
The file moves forward only, along the chain that it knows: if the entry that it names is no longer there,
or is another one, it stays as it is, and the check of the journal says what is wrong.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from pathlib import Path

from django.conf import settings

from .models import Entry
from .rules import Head

FILE = "journal-head"

log = logging.getLogger(__name__)


class NotAHead(ValueError):
    """A file that does not hold the head of a journal."""


def file() -> Path:
    return Path(settings.DATA) / FILE


def read(source: Path) -> Head | None:
    """The head in a file, None where there is no file. Raises `NotAHead`.

    A file without a byte is none: some file systems leave that after a power cut, as nothing waits for the disk here.
    The deed itself is on the disk, and the next one brings the head up to it.
    """
    try:
        if not (written := source.read_bytes()):
            return None
        found = json.loads(written)
        number, link, at = found["number"], found["link"], found["at"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotAHead(str(error)) from error
    if type(number) is not int or number < 1 or not isinstance(link, str) or not isinstance(at, str):
        raise NotAHead("number, link and at are not what they should be")
    return Head(number, link, at, where=str(source))


def move_forward(head: Head, previous: str = "") -> None:
    """Let the file know a new head, and the link of the entry before it where the writer has just read that one.

    What goes wrong is logged: the deed itself has been done.
    """
    try:
        _move(head, previous, file())
    except OSError as error:
        log.error("The head of the journal (entry %s) could not be kept: %s.", head.number, error)
    except NotAHead as error:
        log.error("%s holds no head of a journal (%s) and was left as it is.", file(), error)


def _move(head: Head, previous: str, target: Path) -> None:
    with open(target.with_name(f"{FILE}.lock"), "w", opener=_for_the_owner_only) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read(target)
        follows = known is not None and (known.number, known.link) == (head.number - 1, previous)
        if known and not follows and not _is_in_the_chain(known):
            log.error("Entry %s of the journal is not the one that %s knows.", known.number, target)
            return
        if known and known.number >= head.number:
            return  # another process was quicker with a later entry
        part = target.with_name(f"{FILE}.part")
        with open(part, "w", opener=_for_the_owner_only) as stream:
            json.dump({"number": head.number, "link": head.link, "at": head.at}, stream)
        part.replace(target)


def _for_the_owner_only(file: str, flags: int) -> int:
    return os.open(file, flags, 0o600)


def _is_in_the_chain(head: Head) -> bool:
    return Entry.objects.filter(number=head.number, link=head.link).exists()
