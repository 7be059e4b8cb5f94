"""When two texts are the same, how a destroyed one is remembered, and what a value is without it.

A destroyed text is remembered as a salted digest: nobody can read it there, and a copy of the text that comes back
from a backup or a content pack is known again. Whoever holds salt and digest can still confirm a guess of the
whole text. So short texts, which could be guessed one by one, and which others may enter rightly ("yes", a level),
are destroyed and not remembered.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from typing import Any, Final

REMEMBERED_FROM: Final = 8  # characters, once spaces are counted as one

Hit = Callable[[str], bool]


def same(text: str) -> str:
    """A text in the form in which it is compared: however its letters are encoded and its lines broken."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def long_enough(text: str) -> bool:
    """Whether a text is remembered, and may be looked for in every record."""
    return len(same(text)) >= REMEMBERED_FROM


def digest_of(salt: str, scope: tuple[str, str], text: str) -> str:
    """A text as it is remembered: for one record (its kind and key), or for every one."""
    return hashlib.sha256(json.dumps([salt, *scope, same(text)]).encode()).hexdigest()


def without(value: Any, hit: Hit, mark: str) -> Any:
    """The value with ``mark`` in place of each text that is hit."""
    if isinstance(value, str):
        return mark if hit(value) else value
    if isinstance(value, dict):
        return {name: without(inner, hit, mark) for name, inner in value.items()}
    if isinstance(value, list):
        return [without(inner, hit, mark) for inner in value]
    return value
