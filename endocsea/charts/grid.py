"""Europe as 47 equal squares: one fact for each state, small states as large as the rest.

The other view of the map, and the better one for comparing. Where a state stands is data, laid out by
hand: roughly where it lies, no two on one square. What a square looks like is data too, passed in as
a table of paints; :class:`Paint` serves the map as well, so that both views speak one language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .chart import Chart
from .markup import Markup, element, join
from .palette import FONT
from .scales import check_frame, text_width, wrap
from .tables import Cell, Column, Table, Value

LAYOUT: Final = """
ISL  .   .   .  NOR SWE FIN  .   .   .
 .   .   .   .   .   .  EST  .   .   .
IRL GBR  .   .  DNK  .  LVA RUS  .   .
 .   .   .  NLD DEU POL LTU  .   .   .
 .   .  BEL LUX CZE SVK UKR  .   .   .
 .  FRA CHE LIE AUT HUN ROU MDA  .   .
 .  AND MCO ITA SVN HRV SRB BGR GEO AZE
PRT ESP  .  SMR  .  BIH MNE MKD TUR ARM
 .   .   .  MLT  .   .  ALB GRC CYP  .
"""
SQUARES: Final[Mapping[str, tuple[int, int]]] = {
    code: (column, row)
    for row, line in enumerate(LAYOUT.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != "."
}

PITCH: Final = 100  # units from one square to the next
GAP: Final = 6  # units between two squares
SIDE: Final = PITCH - GAP
EDGE: Final = 3  # units around the whole, so that the outline of a focused square is not cut
CODE: Final = 30.0  # type size of the code
NAME: Final = 14  # largest type size of the name
SMALLEST: Final = 6
LINES: Final = 3
ROOM: Final = SIDE - 4  # units for a line of the name
SEMIBOLD: Final = 600
HATCH: Final = 7  # units from one line of a hatching to the next
SWATCH_LINES: Final = "M0 8L8 0M0 18L18 0M9 18L26 1M19 18L26 11"


@dataclass(frozen=True, slots=True)
class Paint:
    """How a kind of state is drawn. ``ink`` is text on ``fill``; the hatching is what is left without colour.

    ``class_`` and ``ink_class`` are what the page's style sheet recolours in the dark scheme.
    """

    fill: str
    ink: str
    class_: str
    ink_class: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One state: ``code`` (ISO 3166 alpha-3) finds its square, ``short`` is shown there above the name.

    ``kind`` is a key of the table of paints. ``sentence`` is the tooltip. ``facts`` are its cells in
    the table, one for each column after the name.
    """

    code: str
    short: str
    name: str
    kind: str
    href: str
    sentence: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridWords:
    """The words around the squares. ``columns`` heads the table: the state, then each fact."""

    title: str
    description: str
    caption: str
    columns: tuple[str, ...]


def draw_grid(*, key: str, tiles: Sequence[Tile], paints: Mapping[str, Paint], words: GridWords) -> Chart:
    """The squares as a chart; links stand in the order given, and ``key`` begins every id.

    ``ValueError`` for a key that cannot begin an id, a state without a square, a kind without a paint,
    or a state given twice.
    """
    columns, rows = (max(place) + 1 for place in zip(*SQUARES.values(), strict=True))
    width, height = columns * PITCH + 2 * EDGE - GAP, rows * PITCH + 2 * EDGE - GAP
    check_frame(key, width)
    if len({tile.code for tile in tiles}) < len(tiles):
        raise ValueError("a state is in the grid twice")
    names = {kind: f"{key}-{index}" for index, kind in enumerate(paints)}
    hatched = [hatching(names[kind], paint) for kind, paint in paints.items() if paint.hatched]
    svg = element(
        "svg",
        join(
            [
                element("title", words.title, id=f"{key}-title"),
                element("desc", words.description, id=f"{key}-desc"),
                element("defs", join(hatched)),
                *(_square(tile, paints, names) for tile in tiles),
            ]
        ),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{-EDGE} {-EDGE} {width} {height}",
        class_="grid",
        role="group",  # not "img", which would hide the links inside it
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        font_family=FONT,
        font_weight=SEMIBOLD,
        text_anchor="middle",
    )
    cells: list[tuple[Value, ...]] = [(Cell(tile.name, href=tile.href), *tile.facts) for tile in tiles]
    table = Table(words.title, tuple(Column(name) for name in words.columns), cells)
    return Chart(key=key, title=words.title, caption=words.caption, svg=svg, table=table)


def grid_key(*, paints: Mapping[str, Paint], labels: Mapping[str, str]) -> Markup:
    """The key to the paints, as an HTML list: every paint with its words, in the order of the table."""
    items = (element("li", join([swatch(paint), labels[kind]], " ")) for kind, paint in paints.items())
    return element("ul", join(items), class_="grid-key")


def swatch(paint: Paint) -> Markup:
    """A paint as a small picture for a key, 26 by 18 pixels. It says nothing by itself: words follow."""
    parts = [element("rect", width=26, height=18, fill=paint.fill, class_=paint.class_)]
    if paint.hatched:
        parts.append(_lines(SWATCH_LINES, paint))
    return small_picture(26, 18, *parts)


def hatching(name: str, paint: Paint) -> Markup:
    """The pattern ``url(#name)``: fine lines over a paint's own colour."""
    ground = element("rect", width=HATCH, height=HATCH, fill=paint.fill, class_=paint.class_)
    return pattern(name, HATCH, "rotate(45)", ground, _lines(f"M0 0V{HATCH}", paint))


def pattern(name: str, step: float, turned: str, *parts: Markup) -> Markup:
    """A pattern of square pieces, ``step`` units wide, turned as a whole."""
    return element(
        "pattern",
        join(parts),
        id=name,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
        patternTransform=turned,
    )


def small_picture(width: float, height: float, *parts: Markup) -> Markup:
    """A picture beside words that already say the same: hidden from screen readers."""
    return element(
        "svg",
        join(parts),
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        aria_hidden="true",
        font_family=FONT,
        font_weight=SEMIBOLD,
        text_anchor="middle",
        class_="swatch",
    )


def label(
    text: object,
    paint: Paint,
    *,
    x: float,
    y: float,
    size: float,
    class_: str,
    halo: bool,
    dy: str | None = None,
) -> Markup:
    """Text on a paint, ``dy`` below ``y``. A halo keeps hatching and borders clear of the letters."""
    return element(
        "text",
        text,
        x=x,
        y=y,
        dy=dy,
        font_size=size,
        fill=paint.ink,
        stroke=paint.fill if halo else None,
        stroke_width=3 + size / 10 if halo else None,
        stroke_linejoin="round" if halo else None,
        paint_order="stroke" if halo else None,
        class_=f"{class_} {paint.ink_class} map-halo" if halo else f"{class_} {paint.ink_class}",
    )


def fit(name: str) -> tuple[int, tuple[str, ...]]:
    """The largest type size at which a name fits under its code without a word broken, and its lines.

    A name that no size can hold is cut, and ends in "…": link, tooltip and table keep it whole.
    """
    pieces = re.split(r"[ ]|(?<=-)", name)
    for size in range(NAME, SMALLEST - 1, -1):
        lines = wrap(name, ROOM, size, bold=True)
        if len(lines) <= LINES and all(text_width(piece, size, bold=True) <= ROOM for piece in pieces):
            return size, lines
    lines = wrap(name, ROOM - text_width("…", SMALLEST), SMALLEST, bold=True)
    return SMALLEST, lines if len(lines) <= LINES else (*lines[: LINES - 1], lines[LINES - 1] + "…")


def _lines(d: str, paint: Paint) -> Markup:
    return element(
        "path", d=d, fill="none", stroke=paint.ink, stroke_width=1.8, opacity=0.5, class_="map-line"
    )


def _square(tile: Tile, paints: Mapping[str, Paint], patterns: Mapping[str, str]) -> Markup:
    if tile.code not in SQUARES:
        raise ValueError(f"{tile.code}: the grid has no square for this state")
    if tile.kind not in paints:
        raise ValueError(f"{tile.code}: the grid has no paint for {tile.kind!r}")
    paint = paints[tile.kind]
    column, row = SQUARES[tile.code]
    left, top = column * PITCH, row * PITCH
    middle = left + SIDE / 2
    square = element(
        "rect",
        x=left,
        y=top,
        width=SIDE,
        height=SIDE,
        rx=5,
        fill=f"url(#{patterns[tile.kind]})" if paint.hatched else paint.fill,
        class_=None if paint.hatched else paint.class_,
    )
    size, lines = fit(tile.name)
    parts = [
        element("title", tile.sentence),
        square,
        label(tile.short, paint, x=middle, y=top + 37, size=CODE, class_="grid-code", halo=paint.hatched),
    ]
    first = top + 63 - (len(lines) - 1) * 3  # one line hangs in the middle of its space, three fill it
    parts += [
        label(
            line,
            paint,
            x=middle,
            y=first + index * (size + 1),
            size=size,
            class_="grid-name",
            halo=paint.hatched,
        )
        for index, line in enumerate(lines)
    ]
    return element("a", join(parts), href=tile.href, aria_label=tile.name)
