"""The parts of a document, from a word to the whole.

Every text is plain and says its language where it is not the document's own (``lang``), so that it is
hyphenated and read aloud rightly. Nothing here knows where a text came from, or how it will be printed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from endocsea.charts.chart import Chart


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. ``href`` makes it a link to an address, ``to`` a link to the ``key`` of a part."""

    text: str
    lang: str | None = None
    strong: bool = False
    emphasis: bool = False
    quiet: bool = False  # smaller, in the second colour
    href: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """A reference to an entry of the document's ``notes``, printed as its number."""

    key: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph or cell."""


Inline = str | Text | Cite | Break
Line = Sequence[Inline]  # what stands in a row: a paragraph, an item, a cell


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; it enters the bookmarks, and never ends a page. ``key``: what ``to`` names.

    The first is of level 1, and none leaves a level out: a reader who listens goes by them.
    """

    level: int
    text: str
    key: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    lead: bool = False  # larger: the most important sentence


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[Line]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; its share of the width; whether it holds numbers (set right)."""

    name: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its heading is repeated on every page, and no row is cut. ``caption`` stands above it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Line]]
    key: str | None = None
    empty_column_height: float | None = None  # in cm: rows at least so high, for writing by hand


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption; ``alt`` says in words what is seen."""

    chart: Chart
    alt: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A framed remark: what a reader must not miss. ``warm`` for training material and cautions."""

    title: str
    blocks: Sequence[Paragraph | Bullets]
    warm: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Grid | Picture | Panel | NewPage


@dataclass(frozen=True, slots=True)
class Words:
    """The printed frame's own words, in the document's language."""

    contents: str
    notes: str  # heading of the end notes
    page: str  # "Page {page} of {pages}"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``day`` is the day that it speaks of; ``running`` stands on every page (what the document is, and is
    not); ``ribbon`` (training material) on every page too. ``facts`` stand on the cover as pairs. ``notes``
    (key to line) are printed at the end, those that are cited, numbered in the order of their first
    citation. ``contents``: whether its headings are listed after the cover.
    """

    title: str
    subtitle: str
    language: str
    day: datetime.date
    running: str
    facts: Sequence[tuple[str, str]]
    cover: Sequence[Block]
    blocks: Sequence[Block]
    words: Words
    notes: Mapping[str, Line] = field(default_factory=dict)
    contents: bool = True
    ribbon: str = ""
    author: str = ""
    keywords: Sequence[str] = ()
    byline: str = "from standards to results"  # under the name on the cover; part of the name, so English
