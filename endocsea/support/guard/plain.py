"""A text as a person reads it, whatever characters it was written with.

Full-width and other digits become 0 to 9, accents go, no-break spaces become spaces, dashes become
hyphens, and what shows nothing (zero-width characters, marks of direction) is left out: so a
pattern of the table is written once, in plain letters, and nothing gets past it in disguise. The
browser's script makes the same text from the same two tables, ``SAME`` and ``ZEROS``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

# Characters that Unicode does not take apart and that people write for one another.
SAME = {
    "\t": "\n",  # the cells of a pasted table don't belong to one number
    "\n": "\n",
    "\v": "\n",
    "\f": "\n",
    "\r": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u2800": " ",
    "\u115f": "",
    "\u1160": "",
    "°": "o",
    "·": ".",
    "•": ".",
    "‧": ".",
    "∙": ".",
    "。": ".",
    "۔": ".",
    "−": "-",
    "⁄": "/",
    "∕": "/",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "ı": "i",
    "ə": "e",
    "Ə": "E",
    "ß": "ss",
}

# The zero of each script that has digits of its own.
ZEROS = "".join(chr(code) for code in range(0x20000) if unicodedata.decimal(chr(code), None) == 0)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain; ``places`` tells where its parts come from."""

    written: str
    text: str

    def places(self, found: Iterable[tuple[int, int, T]]) -> Iterator[tuple[tuple[int, int], T]]:
        """Where each ``text[start:end]`` stands in the text as written."""
        if not self._shifted():
            yield from (((start, end), what) for start, end, what in found)
            return
        origin = [index for index, char in enumerate(self.written) for _part in _plain(char)]
        yield from (((origin[start], origin[end - 1] + 1), what) for start, end, what in found)

    def _shifted(self) -> bool:
        return any(len(_plain(char)) != 1 for char in set(self.written))


def plain(written: str) -> Plain:
    """The text as a person reads it."""
    changed = {ord(char): plainly for char in set(written) if (plainly := _plain(char)) != char}
    return Plain(written, written.translate(changed))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    return "".join(_part(part) for part in unicodedata.normalize("NFKD", char))


def _part(char: str) -> str:
    if char in SAME:
        return SAME[char]
    match unicodedata.category(char):
        case "Mn" | "Me" | "Cf" | "Cc":
            return ""
        case "Zs":
            return " "
        case "Pd":
            return "-"
        case "Nd":
            return str(unicodedata.decimal(char))
    return char
