"""What is known and what is not: a square for each question of each capability.

For states without a reviewed round. A filled square is a question that a public source says
something about on the day of the picture; an open one with a dot is a question on which sources
speak of a later time only; a hatched one is unknown. A square is no level and no mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .chart import Chart
from .markup import Markup, element, join
from .palette import FONT, INK, LINE, MUTED, PAPER, SLATE
from .scales import text_width
from .tables import Cell, Column, Table

SIDE, GAP = 17, 4
ROW = 54


class Known(Enum):
    """What public sources say of a question."""

    YES = "known"
    LATER = "later"
    NO = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One capability: its name, and each of its questions with what is known of it."""

    name: str
    href: str | None
    questions: tuple[tuple[str, Known], ...]

    def count(self, known: Known) -> int:
        return sum(found is known for _, found in self.questions)


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    description: str
    caption: str
    capability: str  # heading of the column
    questions: str  # heading: "questions"
    known: str  # legend, and heading of the count
    later: str
    unknown: str
    of: str  # "{known} of {asked}"


def coverage(key: str, rows: Sequence[Row], words: Words, *, width: int = 720) -> Chart:
    """Squares row by row; ``width`` 720 for a page, 360 for a phone (units of the viewBox)."""
    per_line = (width - 8) // (SIDE + GAP)
    y = 0.0
    drawn: list[Markup] = []
    for row in rows:
        lines = -(-len(row.questions) // per_line)
        count = words.of.format(known=row.count(Known.YES), asked=len(row.questions))
        name = _text(0, y + 16, row.name, weight=600, class_="ink")
        drawn.append(element("a", name, href=row.href) if row.href else name)
        drawn.append(_text(width, y + 16, count, anchor="end", class_="ink"))
        for index, (question, known) in enumerate(row.questions):
            line, place = divmod(index, per_line)
            drawn.append(_square(key, place * (SIDE + GAP), y + 25 + line * (SIDE + GAP), question, known))
        y += ROW + (lines - 1) * (SIDE + GAP)
    legend, height = _legend(key, words, y + 8, width)
    drawn.append(legend)
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
        viewBox=f"0 0 {width} {y + 8 + height:.0f}",
        role="group",  # "img" would hide its links
        aria_labelledby=f"{key}-title {key}-desc",
        xmlns="http://www.w3.org/2000/svg",
    )
    table = Table(
        words.title,
        (
            Column(words.capability),
            Column(words.known, "number"),
            Column(words.later, "number"),
            Column(words.unknown, "number"),
            Column(words.questions, "number"),
        ),
        [
            [Cell(row.name, href=row.href), *(row.count(known) for known in Known), len(row.questions)]
            for row in rows
        ],
    )
    return Chart(key, words.title, words.caption, svg, table)


def _square(key: str, x: float, y: float, question: str, known: Known) -> Markup:
    fill = {Known.YES: SLATE, Known.LATER: PAPER, Known.NO: f"url(#{key}-hatch)"}[known]
    square = element(
        "rect",
        element("title", question),
        x=x,
        y=y,
        width=SIDE,
        height=SIDE,
        rx=2,
        fill=fill,
        stroke=LINE if known is Known.NO else SLATE,
        class_=known.value,
    )
    if known is not Known.LATER:
        return square
    dot = element("circle", cx=x + SIDE / 2, cy=y + SIDE / 2, r=3.5, fill=SLATE, class_="known")
    return join((square, dot))


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


def _legend(key: str, words: Words, top: float, width: int) -> tuple[Markup, float]:
    """The three signs with their words, one under the other on a narrow chart; and the height used."""
    drawn, x, y = [], 0.0, top
    for known, name in zip(Known, (words.known, words.later, words.unknown), strict=True):
        needed = SIDE + 8 + text_width(name, 15)
        if x and x + needed > width:
            x, y = 0.0, y + SIDE + 8
        drawn.append(_square(key, x, y, name, known))
        drawn.append(_text(x + SIDE + 8, y + 14, name, class_="muted", fill=MUTED))
        x += needed + 24
    return join(drawn), y - top + SIDE + 4


def _text(
    x: float,
    y: float,
    text: str,
    *,
    weight: int = 400,
    anchor: str | None = None,
    class_: str,
    fill: str = INK,
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
