"""Names of files: what a person is shown, and what the disk is given.

A name is shown and offered when the file is given back, so it keeps the letters of every script and
nothing that could lead elsewhere, hide its end or trouble a file system. On the disk a file has a
name by chance, without an extension: nothing that an uploader chose.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from endocsea.support.guard.kinds import Kind

LONGEST = 100  # characters
_BYTES = 200  # a file system takes 255, with the extension

_PATH = re.compile(r"[/\\]")
_UNSAFE = re.compile(r'[<>:"|?*%;&$`^~#!{}\x00-\x1f]')
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$", re.IGNORECASE)
NAMELESS = "document"


def safe_name(name: str, kind: Kind) -> str:
    """The name as it is kept and shown, with the extension of what the file is."""
    last = next(
        (part for part in reversed(_PATH.split(unicodedata.normalize("NFC", name))) if part.strip()), ""
    )
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = _trimmed(_UNSAFE.sub("_", " ".join(seen.split())))
    stem = _trimmed(_short(_EXTENSION.sub("", stem)))
    if not stem.strip("_") or _RESERVED.match(stem):
        stem = f"{NAMELESS}_{stem}" if stem.strip("_") else NAMELESS
    return f"{stem}.{kind}"


def storage_name() -> str:
    """A name by chance for the disk."""
    return secrets.token_hex(16)


def _trimmed(stem: str) -> str:
    return stem.strip(" .-")


def _short(stem: str) -> str:
    return stem[:LONGEST].encode()[:_BYTES].decode(errors="ignore")
