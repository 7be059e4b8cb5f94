"""May a file come in? What it is decides, not its name, and it is kept cleaned.

``inspect`` reads a file within the limit, finds out what it is by its content, refuses what may run,
reach out or hide something, and gives back what may be kept: the content cleaned, a name to show, and
its digest. ``serving`` says how it is given back: always as a download, never as a page.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from endocsea.support.guard import packages, pdfs, refused, written
from endocsea.support.guard.kinds import MEDIA_TYPES, PACKAGE, PDF, Kind, refusal_by_signature
from endocsea.support.guard.names import safe_name
from endocsea.support.guard.texts import suspicions

MEGABYTES = 25
LIMIT = MEGABYTES * 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept, as it may be kept."""

    kind: Kind
    safe_name: str
    size: int
    digest: str  # SHA-256 of what is kept
    content: bytes = field(repr=False)


def inspect(source: BinaryIO | Path, name: str, size: int | None = None) -> Accepted:
    """The file cleaned, or a refusal. ``size`` is what the sender says; what is read counts."""
    if size is not None and size > LIMIT:
        raise refused.TooLarge(limit=MEGABYTES)
    if suspicions(_spoken(name)):
        raise refused.NameLooksLikeCaseData
    if isinstance(source, Path):
        with source.open("rb") as stream:
            received = _read(stream)
    else:
        received = _read(source)
    kind, content = _cleaned(received)
    if len(content) > LIMIT:
        raise refused.TooLarge(limit=MEGABYTES)
    return Accepted(kind, safe_name(name, kind), len(content), hashlib.sha256(content).hexdigest(), content)


def serving(kind: Kind, name: str) -> dict[str, str]:
    """The headers with which a kept file is given back: a download of a fixed type that can do nothing."""
    ascii_name = re.sub(r"[^A-Za-z0-9 ._()-]", "_", name)
    return {
        "Content-Type": MEDIA_TYPES[kind],
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def _read(stream: BinaryIO) -> bytes:
    """What the stream holds, if that is within the limit; no more of it is read."""
    chunks: list[bytes] = []
    total = 0
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > LIMIT:
            raise refused.TooLarge(limit=MEGABYTES)
        chunks.append(chunk)
    return b"".join(chunks)


def _cleaned(content: bytes) -> tuple[Kind, bytes]:
    if not content:
        raise refused.Empty
    if content.startswith(PDF):
        return pdfs.cleaned(content)
    if content.startswith(PACKAGE):
        return packages.cleaned(content)
    try:
        return written.cleaned(content)
    except (refused.Unknown, refused.NotText) as unknown:
        raise (refusal_by_signature(content[:512]) or type(unknown)) from None


def _spoken(name: str) -> str:
    """The name as people read it: what stands for spaces is one."""
    return name.replace("_", " ")
