"""Writing a file that a person asked for: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from endocsea.config.data import DiskFull
from endocsea.support.refusals import Refusal

from . import data


class FileNotWritable(Refusal):
    code = "files.not-writable"
    sentence = "%(file)s cannot be written: %(why)s."
    remedy = "Name another file with --out, in a folder in which you may write."


def check(file: Path) -> None:
    """See that the file could be written, before long work begins. Raises `FileNotWritable`."""
    if file.is_dir():
        raise FileNotWritable(file=file, why="it is a folder")
    folder = file.parent
    if not folder.is_dir():
        raise FileNotWritable(file=file, why="there is no such folder")
    if not os.access(folder, os.W_OK):
        raise FileNotWritable(file=file, why="the folder may not be written")


def write(file: Path, content: bytes) -> None:
    """Put the whole content in place of the file. Raises `FileNotWritable` or `data.DiskFull`."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        refusal = data.refusal_for(error, file.parent)
        if isinstance(refusal, DiskFull):
            raise refusal from error
        raise FileNotWritable(file=file, why=(error.strerror or str(error)).lower()) from error
