"""What is known and what is not: a square for each question of each capability.

For states without a reviewed round. A filled square is a question that a public source says
something about; a hatched one is unknown. A square is no level and no mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chart import Chart
from .markup import Markup, element, join
from .palette import FONT, INK, LINE, MUTED, PAPER, SLATE
from .tables import Cell, Column, Table

SIDE, GAP = 17, 4
ROW = 54


@dataclass(frozen=True, slots=True)
class Row:
    """One capability: its name, and for each of its questions whether a source says something."""

    name: str
    href: str
    questions: tuple[tuple[str, bool], ...]  # the question, whether something is known

    @property
    def known(self) -> int:
        return sum(known for _, known in self.questions)


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    description: str
    caption: str
    capability: str  # heading of the column
    with_source: str  # "with a public source"
    questions: str  # heading: "questions"
    known: str  # legend
    unknown: str  # legend
    of: str  # "{known} of {asked}"


def coverage(key: str, rows: Sequence[Row], words: Words, *, width: int = 720) -> Chart:
    """Squares row by row; ``width`` 720 for a page, 360 for a phone (units of the viewBox)."""
    per_line = (width - 8) // (SIDE + GAP)
    y = 0.0
    drawn: list[Markup] = []
    for row in rows:
        lines = -(-len(row.questions) // per_line)
        count = words.of.format(known=row.known, asked=len(row.questions))
        drawn.append(
            element("a", _text(0, y + 16, row.name, weight=600, class_="ink"), href=row.href)
        )
        drawn.append(_text(width, y + 16, count, anchor="end", class_="ink"))
        for index, (question, known) in enumerate(row.questions):
            line, place = divmod(index, per_line)
            drawn.append(_square(key, place * (SIDE + GAP), y + 25 + line * (SIDE + GAP), question, known=known))
        y += ROW + (lines - 1) * (SIDE + GAP)
    drawn.append(_legend(key, words, y + 8))
    body = join(
        (
            element("title", words.title, id=f"{key}-title"),
            element("desc", words.description, id=f"{key}-desc"),
            element("defs", _hatch(key)),
            *drawn,
        )
    )
    svg = element(
        "svg",
        body,
        viewBox=f"0 0 {width} {y + 34:.0f}",
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )
    table = Table(
        words.title,
        (Column(words.capability), Column(words.with_source, "number"), Column(words.questions, "number")),
        [[Cell(row.name, href=row.href), row.known, len(row.questions)] for row in rows],
    )
    return Chart(key, words.title, words.caption, svg, table)


def _square(key: str, x: float, y: float, question: str, *, known: bool) -> Markup:
    return element(
        "rect",
        element("title", question),
        x=x,
        y=y,
        width=SIDE,
        height=SIDE,
        rx=2,
        fill=SLATE if known else f"url(#{key}-hatch)",
        stroke=SLATE if known else LINE,
        class_="known" if known else "unknown",
    )


def _hatch(key: str) -> Markup:
    return element(
        "pattern",
        join(
            (
                element("rect", width=6, height=6, fill=PAPER, class_="paper"),
                element("path", d="M0 6L6 0", stroke=LINE, stroke_width=1, class_="hatch"),
            )
        ),
        id=f"{key}-hatch",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )


def _legend(key: str, words: Words, y: float) -> Markup:
    half = 24 + 9 * len(words.known)
    return join(
        (
            _square(key, 0, y, words.known, known=True),
            _text(SIDE + 8, y + 14, words.known, class_="muted", fill=MUTED),
            _square(key, half, y, words.unknown, known=False),
            _text(half + SIDE + 8, y + 14, words.unknown, class_="muted", fill=MUTED),
        )
    )


def _text(
    x: float, y: float, text: str, *, weight: int = 400, anchor: str | None = None, class_: str, fill: str = INK
) -> Markup:
    return element(
        "text",
        text,
        x=x,
        y=y,
        fill=fill,
        font_family=FONT,
        font_size=15,
        font_weight=weight if weight != 400 else None,
        text_anchor=anchor,
        class_=class_,
    )
