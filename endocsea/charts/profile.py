"""The capabilities of one state: how far each has come, how sure that is, and where it is weakest.

A row's dot is its level, the thick bar its 90 % interval, the hairline the exact bounds (if all
that is unknown were 0, or 4). A row without a level has no dot: its strip is hatched. A row in
which nothing applies is white with a dash. No number is ever formed across the rows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .chart import Chart
from .markup import Markup, element, join
from .palette import INK, LEVELS, LINE, PAPER, SLATE
from .scales import (
    NAME,
    NARROW,
    SMALL,
    Axis,
    Sign,
    block,
    check_frame,
    height_of,
    legend,
    level_text,
    not_applicable_box,
    not_applicable_sign,
    picture,
    ribbon_band,
    title_block,
    unknown_box,
    unknown_sign,
    wrap,
)
from .tables import Cell, Column, Table, Value

CAP = 11.0  # the strip reaches this far beyond 0 and 4, so that a dot at either end lies on it
STRIP = 26.0
TINT = "0.55"  # of a level's colour under a dot
NAMED = 2  # so many of the weakest indicators stand in the picture; the table has all


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of the scale: from ``start`` up to the next band's."""

    start: float
    words: str


@dataclass(frozen=True, slots=True)
class Weakest:
    """An indicator that holds its capability back."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One capability. Levels, interval and bounds run from 0 to 4; counts are indicators.

    ``asked`` is the number that apply: 0 means that nothing does. ``verdict`` is a whole phrase.
    """

    number: str
    name: str
    known: int
    asked: int
    level: float | None = None
    interval: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    verdict: str = ""
    weakest: tuple[Weakest, ...] = ()
    href: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.known <= self.asked:
            raise ValueError(f"{self.name}: {self.known} known of {self.asked} asked cannot be")
        pairs = [pair for pair in (self.interval, self.bounds) if pair is not None]
        values = [value for pair in pairs for value in pair] + ([] if self.level is None else [self.level])
        if any(not math.isfinite(value) or not 0 <= value <= 4 for value in values):
            raise ValueError(f"{self.name}: levels, intervals and bounds lie between 0 and 4, not {values}")
        if any(low > high for low, high in pairs):
            raise ValueError(f"{self.name}: the lower end of an interval comes first")
        if values and not self.asked:
            raise ValueError(f"{self.name}: nothing applies, so there is no level and no bound")


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """The words of the chart. ``known`` and ``no_level`` hold ``{known}`` and ``{asked}``, ``span`` ``{low}``
    and ``{high}``, ``more`` ``{count}``."""

    capability: str
    level: str
    band: str
    interval: str
    bounds: str
    known_heading: str
    verdict: str
    weakest: str  # "Weakest indicators", a heading
    weakest_lead: str  # "Weakest:", before the names
    more: str  # "and {count} more, in the table"
    span: str  # "{low} to {high}"
    known: str  # "{known} of {asked} known"
    no_level: str  # "no level: {known} of {asked} known"
    unknown: str
    not_applicable: str
    gap: str  # "gap below 2"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns stand. On a phone name, strip and facts stand under each other."""

    width: float
    name_room: float
    axis: Axis
    facts_x: float
    facts_room: float
    stacked: bool


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is the same for every row."""

    key: str
    layout: _Layout
    bands: Sequence[Band]
    words: ProfileWords
    gap_below: float
    decimal: str


def _layout(width: float) -> _Layout:
    if width < NARROW:
        return _Layout(width, width, Axis(0, 4, CAP + 1, width - CAP - 1), 0, width, stacked=True)
    name_room, facts_room = width * 0.31, width * 0.25
    start, end = name_room + 20 + CAP, width - facts_room - 20 - CAP
    return _Layout(width, name_room, Axis(0, 4, start, end), width - facts_room, facts_room, stacked=False)


def profile(
    *,
    key: str,
    title: str,
    caption: str,
    description: str,
    rows: Sequence[ProfileRow],
    bands: Sequence[Band],
    words: ProfileWords,
    gap_below: float = 2.0,
    width: int = 720,
    decimal: str = ".",
    ribbon: str | None = None,
) -> Chart:
    """The profile of one state, rows in the order given.

    ``bands`` are one to five, the first from 0. Below a width of 560 the parts of a row stand
    under each other. Raises :class:`ValueError` without rows, or for bands that do not rise from 0.
    """
    check_frame(key, width)
    if not rows:
        raise ValueError("a profile needs at least one capability")
    starts = [band.start for band in bands]
    if (
        not 1 <= len(bands) <= len(LEVELS)
        or starts[0] != 0
        or starts != sorted(set(starts))
        or starts[-1] > 4
    ):
        raise ValueError(f"bands rise from 0 to at most 4, one to five of them, not {starts}")
    setting = _Setting(key, _layout(width), bands, words, gap_below, decimal)
    mark, y = ribbon_band(ribbon, width)
    head, used = _head(setting, y)
    y += used
    parts = [mark, head]
    for index, row in enumerate(rows):
        if index:
            rule = element(
                "line", x1=0, y1=y, x2=width, y2=y, class_="grid", stroke=LINE, stroke_opacity="0.45"
            )
            parts.append(rule)
            y += 12
        drawn, used = _row(setting, row, y)
        parts.append(drawn)
        y += used + 12
    foot = element("line", x1=0, y1=y, x2=width, y2=y, class_="grid", stroke=LINE, stroke_width=1.5)
    signs, used = legend(_signs(key, words), width, y + 12)
    links = any(row.href for row in rows)
    svg = picture(
        key, title, description, [*parts, foot, signs], width=width, height=y + 12 + used + 4, links=links
    )
    return Chart(key, title, caption, svg, _table(setting, title, rows))


def _head(setting: _Setting, top: float) -> tuple[Markup, float]:
    """Words at the ends of the axis, its digits, and what the thin line says."""
    axis, bands = setting.layout.axis, setting.bands
    left, right = axis.start - CAP, axis.end + CAP
    room = (right - left) / 2 - 8
    low, high = wrap(bands[0].words, room, SMALL), wrap(bands[-1].words, room, SMALL)
    ends = max(height_of(low, SMALL), height_of(high, SMALL))
    parts = [
        block(low, left, top + ends - height_of(low, SMALL)),
        block(high, right, top + ends - height_of(high, SMALL), anchor="end"),
    ]
    y = top + ends + 4
    parts += [block([str(digit)], axis.at(digit), y, NAME, anchor="middle", bold=True) for digit in range(5)]
    if not setting.layout.stacked:
        parts.append(block(wrap(setting.words.capability, setting.layout.name_room, SMALL), 0, y + 1))
        parts.append(
            block(wrap(setting.words.level, setting.layout.facts_room, SMALL), setting.layout.facts_x, y + 1)
        )
    y += NAME * 1.3 + 3
    x = axis.at(setting.gap_below)
    left_room, right_room = x - 6 - left, right - x - 6
    before = left_room >= right_room
    gap = wrap(setting.words.gap, max(left_room, right_room), SMALL)
    parts.append(block(gap, x - 6 if before else x + 6, y, anchor="end" if before else "start"))
    parts.append(_gap_line(x, y + 2, y + height_of(gap, SMALL) + 4))
    return element("g", join(parts), class_="axis"), y + height_of(gap, SMALL) + 4 - top


def _gap_line(x: float, top: float, bottom: float) -> Markup:
    return element("line", x1=x, y1=top, x2=x, y2=bottom, class_="ink-line gap", stroke=INK, stroke_width=1.5)


def _row(setting: _Setting, row: ProfileRow, top: float) -> tuple[Markup, float]:
    layout = setting.layout
    name = wrap(f"{row.number}\u00a0\u00a0{row.name}", layout.name_room, NAME, bold=True)
    facts, facts_height = _facts(setting, row)
    if layout.stacked:
        strip_top = top + height_of(name, NAME) + 10
        facts_top = strip_top + STRIP + 9
        used = facts_top + facts_height - top
    else:
        strip_top, facts_top = top + 2, top
        used = max(height_of(name, NAME), STRIP + 7, facts_height)
    weakest, weakest_height = _weakest(setting, row, top + used + 6)
    parts = [
        title_block(name, 0, top, href=row.href),
        _strip(setting, row, strip_top),
        *(block(lines, layout.facts_x, facts_top + y, size, bold=bold) for lines, y, size, bold in facts),
        weakest,
    ]
    return element("g", join(parts), class_="row"), used + (6 + weakest_height if row.weakest else 0)


def _weakest(setting: _Setting, row: ProfileRow, top: float) -> tuple[Markup, float]:
    """What holds a row back: beside its name's column, or on a phone below its own heading."""
    if not row.weakest:
        return Markup(""), 0.0
    layout, words = setting.layout, setting.words
    lead = wrap(words.weakest_lead, layout.name_room, SMALL, bold=True)
    left = 0.0 if layout.stacked else layout.axis.start - CAP
    names = [f"{weak.words} ({weak.code})" for weak in row.weakest[:NAMED]]
    if len(row.weakest) > NAMED:
        names.append(words.more.format(count=len(row.weakest) - NAMED))
    y = top + (height_of(lead, SMALL) if layout.stacked else 0)
    parts = [block(lead, 0, top, bold=True)]
    for name in names:
        lines = wrap(name, layout.width - left, SMALL)
        parts.append(block(lines, left, y))
        y += height_of(lines, SMALL) + 2
    return join(parts), max(height_of(lead, SMALL), y - top)


_Fact = tuple[tuple[str, ...], float, float, bool]  # lines, their top below the row's, size, whether bold


def _facts(setting: _Setting, row: ProfileRow) -> tuple[list[_Fact], float]:
    """The row in words: level and band, verdict, how much is known; and the height of it all."""
    words = setting.words
    counts = {"known": row.known, "asked": row.asked}
    known = ""
    if not row.asked:
        headline = words.not_applicable
    elif row.level is None:
        headline = words.no_level.format(**counts)
    else:
        headline = f"{level_text(row.level, setting.decimal)} · {_band(row.level, setting.bands).words}"
        known = words.known.format(**counts)
    facts: list[_Fact] = []
    y = 0.0
    for text, size, bold in ((headline, NAME, True), (row.verdict, SMALL, True), (known, SMALL, False)):
        lines = wrap(text, setting.layout.facts_room, size, bold=bold)
        facts.append((lines, y, size, bold))
        y += height_of(lines, size)
    return facts, y


def _band(level: float, bands: Sequence[Band]) -> Band:
    """The last band whose start is not above the level; a sum of floats may miss it by a hair."""
    return [band for band in bands if band.start <= level + 1e-9][-1]


def _strip(setting: _Setting, row: ProfileRow, top: float) -> Markup:
    axis, bands = setting.layout.axis, setting.bands
    left, right, middle = axis.start - CAP, axis.end + CAP, top + STRIP / 2
    if not row.asked:
        return not_applicable_box(left, top, right - left, STRIP)
    if row.level is None:
        parts = [unknown_box(setting.key, left, top, right - left, STRIP)]
    else:
        edges = [left, *(axis.at(band.start) for band in bands[1:]), right]
        parts = [
            element(
                "rect",
                x=edges[index],
                y=top,
                width=edges[index + 1] - edges[index],
                height=STRIP,
                class_=f"lv-{index}",
                fill=LEVELS[index],
                fill_opacity=TINT,
            )
            for index in range(len(bands))
        ]
        parts += [
            element("line", x1=x, y1=top, x2=x, y2=top + STRIP, class_="paper-line", stroke=PAPER)
            for x in edges[1:-1]
        ]
    parts.append(_gap_line(axis.at(setting.gap_below), top - 5, top + STRIP + 5))
    if row.bounds is not None:
        parts.append(_bounds(axis.at(row.bounds[0]), axis.at(row.bounds[1]), middle, row.level is None))
    if row.interval is not None and row.level is not None:
        parts.append(_interval(axis.at(row.interval[0]), axis.at(row.interval[1]), middle))
    if row.level is not None:
        parts.append(_dot(axis.at(row.level), middle))
    return element("g", join(parts), class_="strip")


def _bounds(low: float, high: float, y: float, on_hatch: bool) -> Markup:
    """A hairline with end ticks. On the hatch it lies on white, or its own colour would drown."""
    path = f"M{low:.2f} {y - 8:.2f}v16M{low:.2f} {y:.2f}H{high:.2f}M{high:.2f} {y - 8:.2f}v16"
    line = element("path", d=path, class_="ink-line bounds", stroke=INK, stroke_width=1.5, fill="none")
    if not on_hatch:
        return line
    under = element("path", d=path, class_="paper-line", stroke=PAPER, stroke_width=6, fill="none")
    return join([under, line])


def _interval(low: float, high: float, y: float) -> Markup:
    return element(
        "rect",
        x=low,
        y=y - 4,
        width=max(high - low, 0.5),
        height=8.0,
        rx=2,
        class_="slate interval",
        fill=SLATE,
    )


def _dot(x: float, y: float) -> Markup:
    return element(
        "circle", cx=x, cy=y, r=7.5, class_="ink-fill dot", fill=INK, stroke=PAPER, stroke_width=2.5
    )


def _signs(key: str, words: ProfileWords) -> list[Sign]:
    return [
        Sign(_dot(9, 9), words.level, 18),
        Sign(_interval(1, 29, 9), words.interval),
        Sign(_bounds(1, 29, 9, on_hatch=False), words.bounds),
        Sign(_gap_line(3, 0, 18), words.gap, 6),
        unknown_sign(key, words.unknown),
        not_applicable_sign(words.not_applicable),
    ]


def _table(setting: _Setting, title: str, rows: Sequence[ProfileRow]) -> Table:
    words = setting.words
    columns = (
        Column(words.capability),
        Column(words.level, "number"),
        Column(words.band),
        Column(words.interval, "number"),
        Column(words.bounds, "number"),
        Column(words.known_heading),
        Column(words.verdict),
        Column(words.weakest),
    )
    return Table(title, columns, [_cells(setting, row) for row in rows])


def _cells(setting: _Setting, row: ProfileRow) -> list[Value]:
    words, decimal = setting.words, setting.decimal
    empty = words.unknown if row.asked else words.not_applicable
    weakest = "; ".join(f"{weak.words} ({weak.code})" for weak in row.weakest)

    def span(pair: tuple[float, float] | None) -> str:
        if pair is None:
            return empty
        return words.span.format(low=level_text(pair[0], decimal), high=level_text(pair[1], decimal))

    return [
        Cell(f"{row.number} {row.name}", href=row.href),
        empty if row.level is None else level_text(row.level, decimal),
        empty if row.level is None else _band(row.level, setting.bands).words,
        span(row.interval),
        span(row.bounds),
        words.known.format(known=row.known, asked=row.asked) if row.asked else empty,
        row.verdict or empty,
        weakest or empty,
    ]
