"""How records of several kinds are made up: a bar for each kind, its parts in one fixed order.

Every bar has the same length, so parts compare within a bar; how many records a bar stands for is
written beside its name and never drawn. Each part is written out under its bar: no part stands by its
fill alone, and the fills differ in print without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .chart import Chart
from .markup import Markup, element, join
from .palette import INK, LINE, PAPER, SLATE, STONE
from .scales import (
    LEADING,
    NAME,
    SMALL,
    Separators,
    Sign,
    block,
    check_frame,
    height_of,
    legend,
    picture,
    plain_number,
    text_width,
    title_block,
    unknown_box,
    wrap,
)
from .tables import Cell, Column, Table, Value

BAR = 16.0  # the height of a bar
BETWEEN = 18.0  # from one kind of record to the next

Draw = Callable[[str, float, float, float, float], Markup]  # key, x, top, width, height


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, and how many of its records belong to each part."""

    name: str
    counts: tuple[int, ...]
    href: str | None = None

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SharesWords:
    """The words of the chart. ``part`` holds ``{part}`` and ``{count}``."""

    kind: str  # heading: "Records"
    total: str  # heading: "All"
    part: str  # "{part}: {count}"
    none: str  # said of a kind without records


def shares(
    *,
    key: str,
    title: str,
    caption: str,
    description: str,
    kinds: Sequence[Kind],
    parts: Sequence[str],
    words: SharesWords,
    separators: Separators | None = None,
    width: int = 720,
) -> Chart:
    """Bars under each other. There are at most as many ``parts`` as fills.

    Raises :class:`ValueError` for more parts than fills, or a kind with another number of counts.
    """
    check_frame(key, width)
    if len(parts) > len(_FILLS):
        raise ValueError(f"there are {len(_FILLS)} fills, not {len(parts)}")
    marks = separators or Separators()
    y = 0.0
    drawn: list[Markup] = []
    for kind in kinds:
        if len(kind.counts) != len(parts):
            raise ValueError(f"{kind.name}: {len(parts)} parts, but {len(kind.counts)} counts")
        bar, used = _bar(key, kind, parts, words, marks, y, width)
        drawn.append(bar)
        y += used + BETWEEN
    used_parts = [index for index in range(len(parts)) if any(kind.counts[index] for kind in kinds)]
    signs, used = legend([Sign(_FILLS[i](key, 1, 2, 28, 14), parts[i]) for i in used_parts], width, y)
    links = any(kind.href for kind in kinds)
    svg = picture(key, title, description, [*drawn, signs], width=width, height=y + used + 4, links=links)
    return Chart(key, title, caption, svg, _table(title, kinds, parts, words))


def _bar(
    key: str,
    kind: Kind,
    parts: Sequence[str],
    words: SharesWords,
    marks: Separators,
    top: float,
    width: float,
) -> tuple[Markup, float]:
    total = plain_number(kind.total, marks)
    name = wrap(kind.name, width - text_width(total, NAME, bold=True) - 16, NAME, bold=True)
    under = top + height_of(name, NAME) + 4
    x = 0.0
    boxes = []
    for draw, count in zip(_FILLS, kind.counts, strict=False):
        if count:
            room = count / kind.total * width
            boxes.append(draw(key, x, under, room, BAR))
            x += room
    told = "; ".join(
        words.part.format(count=plain_number(count, marks), part=part)
        for count, part in zip(kind.counts, parts, strict=True)
        if count
    )
    lines = wrap(told or words.none, width, SMALL)
    drawn = [
        title_block(name, 0, top, href=kind.href),
        block([total], width, top, NAME, anchor="end", bold=True),
        *boxes,
        block(lines, 0, under + BAR + 4),
    ]
    return element("g", join(drawn), class_="kind"), under + BAR + 4 + len(lines) * SMALL * LEADING - top


def _table(title: str, kinds: Sequence[Kind], parts: Sequence[str], words: SharesWords) -> Table:
    columns = (
        Column(words.kind),
        *(Column(part, "number") for part in parts),
        Column(words.total, "number"),
    )
    rows: list[list[Value]] = [[Cell(kind.name, href=kind.href), *kind.counts, kind.total] for kind in kinds]
    return Table(title, columns, rows)


def _box(x: float, top: float, width: float, height: float, fill: str, class_: str) -> Markup:
    return element(
        "rect", x=x, y=top, width=width, height=height, fill=fill, stroke=SLATE, stroke_width=1, class_=class_
    )


def _dark(key: str, x: float, top: float, width: float, height: float) -> Markup:
    return _box(x, top, width, height, SLATE, "known")


def _light(key: str, x: float, top: float, width: float, height: float) -> Markup:
    return _box(x, top, width, height, STONE, "stone")


def _crossed(key: str, x: float, top: float, width: float, height: float) -> Markup:
    """A box with a line through it: two that do not agree."""
    line = element(
        "line", x1=x, y1=top + height, x2=x + width, y2=top, stroke=INK, stroke_width=1.5, class_="ink-line"
    )
    return join((_box(x, top, width, height, PAPER, "later"), line))


def _empty(key: str, x: float, top: float, width: float, height: float) -> Markup:
    return element(
        "rect", x=x, y=top, width=width, height=height, fill=PAPER, stroke=LINE, stroke_width=1, class_="later"
    )  # fmt: skip


_FILLS: tuple[Draw, ...] = (_dark, _light, unknown_box, _crossed, _empty)
