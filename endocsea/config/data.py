"""The data folder: everything that an installation keeps, in one place.

It holds the database, the log, what is made from packages (fonts, static files), the secret for
signing, and a lock: one server at a time uses a folder. Only the account that runs endocsea can read it.
No Django here: settings need it first.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from endocsea.support.refusals import Refusal

KEY_FILE: Final = "secret"
FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
KEPT: Final = (  # the names of what we keep in the folder
    "endocsea.sqlite3*",
    "journal-head*",
    "destroyed-texts*",
    "engine-*",
    "started",
    KEY_FILE,
    "lock",
    "log",
    "outbox",
    "cache",
    "made",
    "static",
    ".*.part",
)


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
    """Make the folder, see that it can be written, and close to others what an earlier version left open."""
    try:
        for part in (place, place / "log"):
            part.mkdir(parents=True, exist_ok=True, mode=0o700)
        _close_to_others(place)
        with tempfile.TemporaryFile(dir=place) as trial:
            trial.write(b"endocsea")
    except OSError as error:
        raise refusal_for(error, place) from error


def refusal_for(error: OSError, place: Path) -> Refusal:
    """The sentence for what the system said about writing there."""
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return DiskFull(folder=place)
    return FolderNotWritable(folder=place, why=(error.strerror or str(error)).lower())


@contextmanager
def for_the_owner_only() -> Iterator[None]:
    """What is made meanwhile can be read by this account only."""
    usual = os.umask(FOR_OTHERS)
    try:
        yield
    finally:
        os.umask(usual)


def open_to_others(place: Path) -> list[Path]:
    """The folder, and what we keep in it, as far as other accounts of the machine have a right to it."""
    return [found for found in (place, *_kept(place)) if _mode(found) & FOR_OTHERS]


def _close_to_others(place: Path) -> None:
    for found in open_to_others(place):
        if found == place and not _is_for_us_alone(place):
            continue
        # gone meanwhile, or somebody else's: endocsea check public tells
        with suppress(FileNotFoundError, PermissionError):
            found.chmod(_mode(found) & ~FOR_OTHERS)


def _is_for_us_alone(place: Path) -> bool:
    """Whether nothing else lives there: a home or /tmp that was named as data folder must stay open."""
    return not _mode(place) & stat.S_ISVTX and all(map(_is_ours, place.iterdir()))


def _is_ours(file: Path) -> bool:
    return any(fnmatchcase(file.name, name) for name in KEPT)


def _kept(place: Path) -> Iterator[Path]:
    for top in place.iterdir():
        if _is_ours(top) and not top.is_symlink():
            yield top
            for folder, folders, files in os.walk(top):
                yield from (
                    found for name in (*folders, *files) if not (found := Path(folder, name)).is_symlink()
                )


def _mode(file: Path) -> int:
    try:
        return stat.S_IMODE(file.lstat().st_mode)
    except FileNotFoundError:  # SQLite's side files come and go
        return 0


def secret(place: Path) -> str:
    """The installation's secret, made at the first start; one for this process alone before that."""
    file = place / KEY_FILE
    try:
        return file.read_text()
    except OSError:
        return secrets.token_urlsafe(48)


def make_secret(place: Path) -> None:
    file = place / KEY_FILE
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
