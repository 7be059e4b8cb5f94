"""What a page or a PDF says, as text alone: no pictures, no scripts, nothing of who made it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from endocsea.support.guard.texts import suspicions

MEDIA: Final = frozenset({"text/html", "application/pdf"})
LONGEST: Final = 200_000  # characters that are kept
LONGEST_TITLE: Final = 300
LEFT_OUT: Final = "[…]"
SECONDS: Final = 60
_SCRIPT: Final = Path(__file__).with_name("pdf_wording.py")
_UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "math", "object", "iframe", "head"}
)
_ON_A_LINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "label", "mark", "q", "s", "small",
     "span", "strong", "sub", "sup", "time", "u", "var"}
)  # fmt: skip
_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wording:
    title: str = ""
    text: str = ""


def wording_of(content: bytes, media: str) -> Wording:
    """What stands in an answer of the given media type; nothing where it cannot be read.

    What looks like case data is left out: a copy is kept to see whether a source says what is claimed, and no person
    has looked at what it says.
    """
    kind = media.partition(";")[0].strip().lower()
    found = _of_pdf(content) if kind == "application/pdf" else _of_page(content, media)
    return Wording(_harmless(found.title)[:LONGEST_TITLE], _harmless(found.text[:LONGEST]))


class _Reader(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self._within: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._in_title = tag == "title"
        if tag in _UNSEEN:
            self._within.append(tag)
        elif tag == "body":
            self._within.clear()  # many pages forget to end what stands before
        if tag not in _ON_A_LINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._within:
            del self._within[self._within.index(tag) :]
        if tag not in _ON_A_LINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._within:
            self.parts.append(data.replace("\n", " "))


def _of_page(content: bytes, media: str) -> Wording:
    reader = _Reader()
    reader.feed(_decoded(content, media))
    reader.close()
    return Wording(_line("".join(reader.title)), _lines("".join(reader.parts)))


def _decoded(content: bytes, media: str) -> str:
    said = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", media, re.IGNORECASE)
    written = _CHARSET.search(content[:4096])
    for name in (said[1] if said else "", written[1].decode("ascii") if written else "", "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _of_pdf(content: bytes) -> Wording:
    """In a process of its own, with limits: see there."""
    try:
        # our own script, by this very interpreter; the bytes go in as input, not as arguments
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_SCRIPT)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Wording()
    return Wording(text=_lines(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else "")


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _lines(text: str) -> str:
    """Lines without empty ones and without runs of blanks."""
    return "\n".join(line for each in text.splitlines() if (line := _line(each)))


def _harmless(text: str) -> str:
    """The text without what looks like case data."""
    kept, after = [], 0
    for each in suspicions(text):
        kept += [text[after : each.start], LEFT_OUT]
        after = each.end
    return "".join([*kept, text[after:]])
