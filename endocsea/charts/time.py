"""Published figures over the years: one small panel for each series.

Every panel starts at zero and has the same years. Nothing is filled in: a year without a figure is
hatched under the axis, a line joins neighbouring years only, and where unit, source or definition change
the line is cut.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .chart import Chart
from .markup import Markup, element, join
from .palette import BRAND, INK, LINE, MUTED, PAPER
from .scales import (
    LEADING,
    NAME,
    NARROW,
    SMALL,
    Axis,
    Separators,
    Sign,
    block,
    check_frame,
    height_of,
    legend,
    not_applicable_box,
    not_applicable_sign,
    picture,
    plain_number,
    ribbon_band,
    round_step,
    text_width,
    title_block,
    unknown_box,
    unknown_sign,
    wrap,
)
from .tables import Cell, Column, Table, Value

_Box = tuple[float, float, float, float]  # left, top, right, bottom

PLOT = 150.0  # the height of a panel's plot, labels of the years apart
GUTTER = 32.0  # between two panels side by side
ABOVE = 24.0  # room over the highest value for its label
LABEL = SMALL * 1.2  # the height of a value's label
TILE = 11.0  # the height of the mark under the axis for a year without a figure


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. ``value`` is ``None`` where none is known, or (``applies`` false) none can be."""

    year: int
    value: float | None
    unit: str
    source: str
    href: str | None = None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one panel, years rising. ``breaks``: the first year after a break, and its reason.

    A change of unit is a break by itself. Raises :class:`ValueError` for years that do not rise, for
    a value that is negative or no finite number, and for a value where none applies.
    """

    title: str
    figures: tuple[Figure, ...]
    caveat: str = ""
    breaks: Mapping[int, str] = field(default_factory=dict)
    href: str | None = None

    def __post_init__(self) -> None:
        years = [figure.year for figure in self.figures]
        if not years or years != sorted(set(years)):
            raise ValueError(f"{self.title}: years rise and occur once, not {years}")
        for figure in self.figures:
            if figure.value is not None and not (math.isfinite(figure.value) and figure.value >= 0):
                raise ValueError(f"{self.title}: {figure.value} in {figure.year} cannot be drawn from zero")
            if figure.value is not None and not figure.applies:
                raise ValueError(f"{self.title}: {figure.year} has a value although none applies")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The words of the chart. ``new_unit`` holds ``{unit}``, ``note`` ``{year}`` and ``{reason}``."""

    series: str
    year: str
    value: str
    unit: str
    source: str
    line: str  # "published figure"
    broken: str  # "break in the series"
    new_unit: str  # "unit from here: {unit}"
    note: str  # "{year}: {reason}"
    unknown: str
    not_applicable: str


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    x: float
    y: float
    figure: Figure
    label: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is the same for every panel: its width, the room for the numbers of its axis, the years."""

    key: str
    words: TimeWords
    separators: Separators
    first: int
    last: int
    room: float
    gutter: float


def time(
    *,
    key: str,
    title: str,
    caption: str,
    description: str,
    panels: Sequence[Series],
    words: TimeWords,
    separators: Separators | None = None,
    width: int = 720,
    ribbon: str | None = None,
) -> Chart:
    """Small multiples of published figures, two side by side where there is room.

    Raises :class:`ValueError` without a panel.
    """
    check_frame(key, width)
    if not panels:
        raise ValueError("a chart over time needs at least one series")
    years = [figure.year for panel in panels for figure in panel.figures]
    columns = 2 if width >= NARROW and len(panels) > 1 else 1
    room = (width - GUTTER * (columns - 1)) / columns
    marks = separators or Separators()
    numbers = [plain_number(tick, marks) for panel in panels for tick in _ticks(panel)]
    gutter = max(text_width(number, SMALL) for number in numbers) + 10
    setting = _Setting(key, words, marks, min(years), max(years), room, gutter)
    mark, y = ribbon_band(ribbon, width)
    parts = [mark]
    for start in range(0, len(panels), columns):
        group = panels[start : start + columns]
        heads = [_head_lines(panel, room) for panel in group]
        head = max(height_of(name, NAME) + height_of(unit, SMALL) for name, unit in heads)
        tiles = TILE + 3 if any(_empty_years(panel) for panel in group) else 0.0
        used = 0.0
        for index, panel in enumerate(group):
            drawn, high = _panel(setting, panel, index * (room + GUTTER), y, head=head, tiles=tiles)
            parts.append(drawn)
            used = max(used, high)
        y += used + 26
    signs, used = legend(_signs(key, words), width, y)
    links = any(panel.href for panel in panels)
    svg = picture(key, title, description, [*parts, signs], width=width, height=y + used + 4, links=links)
    return Chart(key, title, caption, svg, _table(setting, title, panels))


def _ticks(panel: Series) -> list[float]:
    """Zero and round steps up to the highest value; zero alone where nothing is above it."""
    most = max((figure.value for figure in panel.figures if figure.value is not None), default=0)
    step = round_step(most)
    return [round(index * step, 12) for index in range(math.ceil(most / step - 1e-9) + 1)]


def _head_lines(panel: Series, room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return wrap(panel.title, room, NAME, bold=True), wrap(panel.figures[0].unit, room, SMALL)


def _panel(
    setting: _Setting, panel: Series, left: float, top: float, *, head: float, tiles: float
) -> tuple[Markup, float]:
    """One series. Its plot begins ``head`` below its top, its years ``tiles`` below its axis, as beside it."""
    room, marks = setting.room, setting.separators
    name, unit = _head_lines(panel, room)
    ticks = _ticks(panel)
    plot = top + head + ABOVE
    # Every year has a slot with its point in the middle, so that one year alone stands in the middle too.
    across = Axis(setting.first - 0.5, setting.last + 0.5, left + setting.gutter, left + room)
    up = Axis(0, ticks[-1] or 1, plot + PLOT, plot)
    points = [
        _Point(across.at(figure.year), up.at(figure.value), figure, plain_number(figure.value, marks))
        for figure in panel.figures
        if figure.value is not None
    ]
    breaks = _breaks(panel, setting.words)
    segments = [
        (one, two)
        for one, two in pairwise(points)
        if two.figure.year == one.figure.year + 1 and two.figure.year not in breaks
    ]
    floor = plot + PLOT
    parts = [
        title_block(name, left, top, href=panel.href),
        block(unit, left, top + height_of(name, NAME)),
        *_grid(ticks, up, across, marks),
        _year_labels(setting, across, floor + tiles + 5),
        *(
            _tile(setting.key, across, year, floor + 3, applies=applies)
            for year, applies in _empty_years(panel)
        ),
        *(_break_line(across.at(year - 0.5), plot - 6, floor) for year in breaks),
        *(_line(one, two) for one, two in segments),
        *(_dot(point.x, point.y) for point in points),
        *_value_labels(points, segments, across, floor),
        block(
            [] if points else [setting.words.unknown],
            (across.start + across.end) / 2,
            plot + PLOT / 2,
            anchor="middle",
        ),
    ]
    y = floor + tiles + SMALL * LEADING + 11
    notes = [setting.words.note.format(year=year, reason=reason) for year, reason in breaks.items()]
    for note in [*notes, panel.caveat]:
        lines = wrap(note, room, SMALL)
        parts.append(block(lines, left, y))
        y += height_of(lines, SMALL) + 2
    return element("g", join(parts), class_="panel"), y - top


def _grid(ticks: Sequence[float], up: Axis, across: Axis, marks: Separators) -> list[Markup]:
    """A line for each tick with its number to the left; the line at zero is the heaviest."""
    parts = []
    for tick in ticks:
        y = up.at(tick)
        weight: dict[str, object] = {"class_": "grid", "stroke": LINE, "stroke_opacity": "0.4"}
        if tick == 0:
            weight = {"class_": "muted-line", "stroke": MUTED, "stroke_width": 1.5}
        parts.append(element("line", x1=across.start, y1=y, x2=across.end, y2=y, **weight))
        parts.append(block([plain_number(tick, marks)], across.start - 6, y - SMALL * 0.67, anchor="end"))
    return parts


def _year_labels(setting: _Setting, across: Axis, top: float) -> Markup:
    """The first year and the last, and as many between as stand apart, at even steps from the last."""
    first, last = setting.first, setting.last
    slot = across.at(1) - across.at(0)
    every = max(1, math.ceil(text_width("0000", SMALL) * 1.4 / slot))
    between = [year for year in range(last, first, -every) if year - first >= every]
    shown = sorted({first, last, *between})
    half = text_width("0000", SMALL) / 2
    return join(
        block([str(year)], min(across.at(year), across.end - half), top, anchor="middle") for year in shown
    )


def _breaks(panel: Series, words: TimeWords) -> dict[int, str]:
    """The breaks that lie between the panel's figures, by year, each with its reasons."""
    reasons: dict[int, list[str]] = {}
    for one, two in pairwise(panel.figures):
        found = [panel.breaks[year] for year in range(one.year + 1, two.year + 1) if year in panel.breaks]
        if one.unit != two.unit:
            found.append(words.new_unit.format(unit=two.unit))
        if found:
            reasons[two.year] = found
    return {year: "; ".join(found) for year, found in reasons.items()}


def _empty_years(panel: Series) -> list[tuple[int, bool]]:
    """Years between the panel's first and last that have no figure, and whether one could be had."""
    given = {figure.year: figure for figure in panel.figures}
    none = [
        year for year in range(min(given), max(given) + 1) if year not in given or given[year].value is None
    ]
    return [(year, year not in given or given[year].applies) for year in none]


def _tile(key: str, across: Axis, year: int, top: float, *, applies: bool) -> Markup:
    wide = (across.at(1) - across.at(0)) - 2
    left = across.at(year) - wide / 2
    if applies:
        return unknown_box(key, left, top, wide, TILE)
    return not_applicable_box(left, top, wide, TILE)


def _break_line(x: float, top: float, bottom: float) -> Markup:
    return element(
        "line",
        x1=x,
        y1=top,
        x2=x,
        y2=bottom,
        class_="ink-line break",
        stroke=INK,
        stroke_width=1.5,
        stroke_dasharray="2 4",
    )


def _line(one: _Point, two: _Point) -> Markup:
    return element(
        "line", x1=one.x, y1=one.y, x2=two.x, y2=two.y, class_="brand-line", stroke=BRAND, stroke_width=2.5
    )


def _dot(x: float, y: float) -> Markup:
    return element(
        "circle", cx=x, cy=y, r=4.5, class_="brand-fill", fill=BRAND, stroke=PAPER, stroke_width=1.5
    )


def _value_labels(
    points: Sequence[_Point], segments: Sequence[tuple[_Point, _Point]], across: Axis, floor: float
) -> list[Markup]:
    """Values at their points, clear of each other, of points, of the line and of what is under the axis.

    Where they do not all find room, only the ends and the turns of the line are named, rather than a
    choice by chance; the table has all. The last always stands there.
    """
    if not points:
        return []
    turns = [
        point
        for before, point, after in zip(points, points[1:], points[2:], strict=False)
        if (point.y - before.y) * (after.y - point.y) < 0
    ]
    first = list(dict.fromkeys([points[-1], points[0], *sorted(turns, key=lambda point: point.y)]))
    taken = [
        (across.start, floor, across.end, floor + ABOVE),
        *((point.x - 5, point.y - 5, point.x + 5, point.y + 5) for point in points),
    ]
    placed: dict[_Point, _Box] = {}
    for point in [*first, *(point for point in points if point not in first)]:
        boxes = _places(point, across)
        free = (
            box
            for box in boxes
            if not any(_overlap(box, other) for other in [*taken, *placed.values()])
            and not any(_crosses(box, one, two) for one, two in segments)
        )
        box = next(free, boxes[0] if point is points[-1] else None)
        if box is not None:
            placed[point] = box
    shown = points if len(placed) == len(points) else [point for point in first if point in placed]
    return [_value_label(point.label, placed[point]) for point in shown]


def _value_label(label: str, box: _Box) -> Markup:
    """A value on paper of its own, so that no line of the grid strikes it out."""
    left, top, right, bottom = box
    paper = element(
        "rect", x=left, y=top, width=right - left, height=bottom - top, class_="paper", fill=PAPER
    )
    return join([paper, block([label], left, top, bold=True)])


def _places(point: _Point, across: Axis) -> list[_Box]:
    """Where a point's label may stand, the best first: above, below, and aside of both."""
    wide = text_width(point.label, SMALL, bold=True)
    above, below = point.y - 8 - LABEL, point.y + 7
    centred, before, after = point.x - wide / 2, point.x - wide + 3, point.x - 3
    wanted = [
        (centred, above),
        (centred, below),
        (before, above),
        (after, above),
        (after, below),
        (before, below),
        (point.x - wide - 8, point.y - LABEL - 1),
        (point.x + 8, point.y - LABEL - 1),
    ]
    boxes = []
    for x, top in wanted:
        left = min(max(x, across.start), across.end - wide)
        boxes.append((left, top, left + wide, top + LABEL))
    return boxes


def _overlap(one: _Box, two: _Box) -> bool:
    return one[0] - 3 < two[2] and two[0] - 3 < one[2] and one[1] < two[3] and two[1] < one[3]


def _crosses(box: _Box, one: _Point, two: _Point) -> bool:
    """Whether the line between two points enters the box: compared over the width that both share."""
    low, high = max(box[0], one.x), min(box[2], two.x)
    if low > high:
        return False
    line = Axis(one.x, two.x, one.y, two.y)
    ends = sorted((line.at(low), line.at(high)))
    return ends[0] < box[3] + 1 and ends[1] > box[1] - 1


def _signs(key: str, words: TimeWords) -> list[Sign]:
    sample = element("line", x1=1, y1=9, x2=29, y2=9, class_="brand-line", stroke=BRAND, stroke_width=2.5)
    return [
        Sign(join([sample, _dot(15, 9)]), words.line),
        Sign(_break_line(3, 0, 18), words.broken, 6),
        unknown_sign(key, words.unknown),
        not_applicable_sign(words.not_applicable),
    ]


def _table(setting: _Setting, title: str, panels: Sequence[Series]) -> Table:
    words = setting.words
    columns = (
        Column(words.series),
        Column(words.year, "number"),
        Column(words.value, "number"),
        Column(words.unit),
        Column(words.source),
    )
    rows: list[list[Value]] = []
    for panel in panels:
        for figure in panel.figures:
            empty = words.unknown if figure.applies else words.not_applicable
            value = empty if figure.value is None else plain_number(figure.value, setting.separators)
            source = Cell(figure.source, href=figure.href)
            rows.append([panel.title, figure.year, value, figure.unit, source])
    return Table(title, columns, rows)
