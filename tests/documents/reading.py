"""What stands in a finished PDF: its text as a reader gets it, its structure, its fonts, its links."""

from __future__ import annotations

import functools
import html
import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf


def pages(made: bytes) -> list[str]:
    """The text of each page, as laid out; soft hyphens and invisible break places left out."""
    out = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=made,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout.decode("utf-8")
    return out.replace("\u200b", "").replace("\u00ad", "").split("\f")[:-1]


def words(made: bytes) -> str:
    """The whole text with single blanks between words."""
    return re.sub(r"\s+", " ", " ".join(pages(made)))


def lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points from the upper left corner of its page."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def placed(made: bytes) -> list[Word]:
    out = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],
        input=made,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    ).stdout.decode("utf-8")
    return [
        Word(html.unescape(text).replace("\u200b", ""), number, *map(float, sides))
        for number, page in enumerate(out.split("<page ")[1:], start=1)
        for *sides, text in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
        )
    ]


@functools.lru_cache(maxsize=16)  # what was taken from a closed file cannot be read any more
def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def parts(made: bytes) -> list[tuple[str, Any]]:
    """Every element of the structure tree with its role, in the order of reading."""
    return list(_parts(opened(made).Root.StructTreeRoot.K))


def _parts(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from _parts(part)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).removeprefix("/"), node
        if "/K" in node:
            yield from _parts(node.K)


def bookmarks(made: bytes) -> list[tuple[int, str]]:
    """Level (from 1) and text."""

    def walk(entry: Any, level: int) -> Iterator[tuple[int, str]]:
        while entry is not None:
            yield level, str(entry.Title)
            if "/First" in entry:
                yield from walk(entry.First, level + 1)
            entry = entry.get("/Next")

    root = opened(made).Root
    return list(walk(root.Outlines.First, 1)) if "/Outlines" in root else []


def fonts(made: bytes) -> dict[str, bool]:
    """Every font by name (without the mark of its subset), and whether it is embedded."""
    found: dict[str, bool] = {}
    for each in opened(made).objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            name = str(each.FontName).removeprefix("/").partition("+")[2]
            found[name] = any(f"/FontFile{kind}" in each for kind in ("", "2", "3"))
    return found


def links(made: bytes) -> tuple[list[str], int]:
    """The addresses that links lead to, and how many links lead to a place in the document."""
    addresses: list[str] = []
    inside = 0
    for page in opened(made).pages:
        for note in page.get("/Annots", []):
            if "/A" in note and "/URI" in note.A:
                addresses.append(str(note.A.URI))
            elif "/Dest" in note or ("/A" in note and "/D" in note.A):
                inside += 1
    return addresses, inside
