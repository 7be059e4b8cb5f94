"""Writing a file that a person asked for: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
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
    try:
        put({file: content})
    except OSError as error:
        refusal = data.refusal_for(error, file.parent)
        if isinstance(refusal, DiskFull):
            raise refusal from error
        raise FileNotWritable(file=file, why=(error.strerror or str(error)).lower()) from error


def put(contents: Mapping[Path, bytes]) -> None:
    """Write files: all of them whole, or none. Raises ``OSError``."""
    parts = {file: file.with_name(f".{file.name}.{os.getpid()}.part") for file in contents}
    try:
        for file, content in contents.items():
            with parts[file].open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for file, part in parts.items():
            part.replace(file)
    except OSError:
        for part in parts.values():
            with contextlib.suppress(OSError):  # where the folder cannot be written, nothing was
                part.unlink()
        raise
