"""The data folder: everything that an installation keeps, in one place.

It holds the database, the log, what is made from packages (fonts, static files), the secret for
signing, and a lock: one server at a time uses a folder. No Django here: settings need it first.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from endocsea.support.refusals import Refusal


class FolderNotWritable(Refusal):
    code = "data.not-writable"
    sentence = "The data folder %(folder)s cannot be written: %(why)s."
    remedy = "Choose another one with --data FOLDER, or ask for the right to write there."


class FolderInUse(Refusal):
    code = "data.in-use"
    sentence = "Another endocsea server is using the data folder %(folder)s."
    remedy = "Stop that one first, or give this one a folder of its own with --data FOLDER."


class DiskFull(Refusal):
    code = "data.disk-full"
    sentence = "The disk or its quota is full: %(folder)s could not be written whole."
    remedy = "Free some space (100 MB are plenty) and start again; nothing half-written was kept."


def folder(chosen: str | None) -> Path:
    """The data folder: as chosen, else as the environment says, else in the user's own place for data."""
    chosen = chosen or os.environ.get("ENDOCSEA_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    from platformdirs import user_data_path

    return user_data_path("endocsea", appauthor=False)


def prepare(place: Path) -> None:
    """Make the folder and see that it can be written."""
    try:
        for part in (place, place / "log"):
            part.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place) as trial:
            trial.write(b"endocsea")
    except OSError as error:
        raise refusal_for(error, place) from error


def refusal_for(error: OSError, place: Path) -> Refusal:
    """The sentence for what the system said about writing there."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return DiskFull(folder=place)
    return FolderNotWritable(folder=place, why=(error.strerror or str(error)).lower())


def secret(place: Path) -> str:
    """The installation's secret, made at the first start; one for this process alone before that."""
    file = place / "secret"
    try:
        return file.read_text()
    except OSError:
        return secrets.token_urlsafe(48)


def make_secret(place: Path) -> None:
    file = place / "secret"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it however the process ends.

    Raises:
        FolderInUse: another process holds it.
    """
    with (place / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUse(folder=place) from error
        os.set_inheritable(lock.fileno(), False)
        yield
