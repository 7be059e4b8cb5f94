"""Where states stand: over the bands of one capability, or over the levels of one question.

A column for each level, one for what is not known and one for what does not apply; a mark for
each state, in the order given (alphabetical, never a rank). States without a reviewed round are one line of
text. Made-up training states have another mark and a strip of their own, and are never counted with the rest.
Where columns would be too narrow for their headings, the same chart lies on its side: a row for each level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chart import Chart
from .markup import Markup, element, join
from .palette import APRICOT, INK, LEVELS, LINE, MIST, ON_LEVELS, SLATE
from .scales import (
    NAME,
    NARROW,
    SMALL,
    Sign,
    block,
    check_frame,
    height_of,
    legend,
    not_applicable_box,
    not_applicable_sign,
    picture,
    ribbon_band,
    text_width,
    unknown_box,
    unknown_sign,
    wrap,
)
from .tables import Cell, Column, Table, Value

Place = int | str  # the index of a level, or one of the two below
UNKNOWN = "unknown"
NOT_APPLICABLE = "not applicable"

GAP = 6.0  # between columns
PITCH = 26.0  # from one mark to the next: a finger needs 24
CHIP = 30.0
TALLEST = 12  # states in a column; more of them lie better in lines
HEADING_LINES = 4  # longer headings lay the chart on its side


@dataclass(frozen=True, slots=True)
class Level:
    """A column: its digit and its words."""

    digit: str
    words: str


@dataclass(frozen=True, slots=True)
class State:
    """A state and where it stands: the index of its level, ``UNKNOWN`` or ``NOT_APPLICABLE``.

    ``own`` marks the reader's own state, for its own people only.
    """

    name: str
    place: Place
    href: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class SpreadWords:
    """The words of the chart. ``count`` and ``not_reviewed`` hold ``{count}``."""

    state: str
    place: str
    kind: str
    reviewed: str  # of a real state, in the table
    training: str  # "Training states (made up)"
    unknown: str  # "no level: too little known"
    not_applicable: str
    own: str
    count: str  # "states: {count}"
    not_reviewed: str  # "{count} states: not reviewed"
    not_reviewed_cell: str  # "not reviewed"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A column or row: its heading, and who stands in it."""

    place: Place
    digit: str
    words: str
    states: tuple[State, ...]
    training: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every part of the picture needs, and where its columns stand if it is upright."""

    key: str
    slots: Sequence[_Slot]
    words: SpreadWords
    width: float

    @property
    def column(self) -> float:
        return (self.width - GAP * (len(self.slots) - 1)) / len(self.slots)

    @property
    def lefts(self) -> list[float]:
        return [index * (self.column + GAP) for index in range(len(self.slots))]

    @property
    def anyone(self) -> bool:
        """Whether a real state stands anywhere."""
        return any(slot.states for slot in self.slots)


def spread(
    *,
    key: str,
    title: str,
    caption: str,
    description: str,
    levels: Sequence[Level],
    states: Sequence[State],
    training: Sequence[State],
    not_reviewed: Sequence[str],
    words: SpreadWords,
    width: int = 720,
    ribbon: str | None = None,
) -> Chart:
    """The spread of ``states`` (real, reviewed), of ``training`` states, and who is ``not_reviewed``.

    ``levels`` are one to five. Raises :class:`ValueError` for a state that stands at no level
    of the chart, and for a state that occurs twice.
    """
    check_frame(key, width)
    slots = _slots(levels, states, training, words)
    names = [*(state.name for state in (*states, *training)), *not_reviewed]
    if len(set(names)) < len(names):
        raise ValueError(
            f"a state occurs twice: {sorted(name for name in names if names.count(name) > 1)[0]}"
        )
    mark, y = ribbon_band(ribbon, width)
    setting = _Setting(key, slots, words, width)
    draw = _columns if _fits_upright(setting) else _rows
    body, used = draw(setting, y)
    y += used
    line, used = _not_reviewed(not_reviewed, words, width, y)
    y += used
    signs, used = legend(_signs(key, states, training, words), width, y)
    links = any(state.href for state in (*states, *training))
    svg = picture(
        key, title, description, [mark, body, line, signs], width=width, height=y + used + 4, links=links
    )
    return Chart(key, title, caption, svg, _table(setting, title, states, not_reviewed, training))


def _slots(
    levels: Sequence[Level], states: Sequence[State], training: Sequence[State], words: SpreadWords
) -> list[_Slot]:
    if not 1 <= len(levels) <= len(LEVELS):
        raise ValueError(f"a spread has one to five levels, not {len(levels)}")
    headings = [(index, level.digit, level.words) for index, level in enumerate(levels)]
    places: list[tuple[Place, str, str]] = [
        *headings,
        (UNKNOWN, "", words.unknown),
        (NOT_APPLICABLE, "", words.not_applicable),
    ]
    known = {place for place, _, _ in places}
    for state in (*states, *training):
        if state.place not in known:
            raise ValueError(f"{state.name} stands at {state.place!r}, which is no column of this chart")
    return [
        _Slot(
            place,
            digit,
            heading,
            tuple(state for state in states if state.place == place),
            tuple(state for state in training if state.place == place),
        )
        for place, digit, heading in places
    ]


# Marks


def _chip(key: str, slot: _Slot, x: float, top: float, width: float) -> Markup:
    """The head of a level: its digit on its colour."""
    if slot.place == UNKNOWN:
        return unknown_box(key, x, top, width, CHIP)
    if slot.place == NOT_APPLICABLE:
        return not_applicable_box(x, top, width, CHIP)
    index = int(slot.place)
    box = element(
        "rect", x=x, y=top, width=width, height=CHIP, rx=2, class_=f"lv-{index}", fill=LEVELS[index]
    )
    digit = block(
        [slot.digit],
        x + width / 2,
        top + 3,
        18.0,
        anchor="middle",
        bold=True,
        fill=ON_LEVELS[index],
        class_=f"on-lv-{index}",
    )
    return join([box, digit])


def _mark(own: bool, training: bool, x: float, y: float) -> Markup:
    """A dot; a diamond for a training state; a ring around the reader's own."""
    if training:
        path = f"M{x:.2f} {y - 7.5:.2f}l7.5 7.5l-7.5 7.5l-7.5 -7.5z"
        mark = element(
            "path", d=path, class_="apricot training-mark", fill=APRICOT, stroke=INK, stroke_width=1.5
        )
    else:
        mark = element("circle", cx=x, cy=y, r=5.5, class_="slate state-mark", fill=SLATE)
    if own:
        ring = element(
            "circle", cx=x, cy=y, r=8.5, class_="ink-line own", stroke=INK, stroke_width=2, fill="none"
        )
        mark = join([mark, ring])
    return mark


def _entry(
    state: State, slot: _Slot, at: tuple[float, float], lines: Sequence[str] = (), *, training: bool
) -> Markup:
    """A mark with its name beside it where there are lines; the name is its title in any case."""
    x, y = at
    where = " · ".join(part for part in (state.name, f"{slot.digit} {slot.words}".strip()) if part)
    size = height_of(lines, SMALL)
    text = block(lines, x + 13, y - size / 2)
    content = join([element("title", where), _mark(state.own, training, x, y), text])
    name = "state training" if training else "state"
    if state.href is None:
        return element("g", content, class_=name)
    return element("a", content, href=state.href, class_=name)


# Upright: a column for each level


def _fits_upright(setting: _Setting) -> bool:
    """Whether columns are wide enough for their headings, and short enough to be taken in."""
    headings = max(len(wrap(slot.words, setting.column - 2, SMALL)) for slot in setting.slots)
    tallest = max(len(group) for slot in setting.slots for group in (slot.states, slot.training))
    return setting.width >= NARROW and headings <= HEADING_LINES and tallest <= TALLEST


def _columns(setting: _Setting, top: float) -> tuple[Markup, float]:
    slots, column, lefts, words = setting.slots, setting.column, setting.lefts, setting.words
    headings = [wrap(slot.words, column - 2, SMALL) for slot in slots]
    y = top + CHIP + 5
    parts = [_chip(setting.key, slot, x, top, column) for slot, x in zip(slots, lefts, strict=True)]
    parts += [block(lines, x + 1, y) for lines, x in zip(headings, lefts, strict=True)]
    y += max(height_of(lines, SMALL) for lines in headings) + 6
    if setting.anyone:
        counts = [words.count.format(count=len(slot.states)) for slot in slots]
        wrapped = [wrap(count, column - 2, SMALL, bold=True) for count in counts]
        tallest = max(height_of(lines, SMALL) for lines in wrapped)
        parts += [block(lines, x + 1, y, bold=True) for lines, x in zip(wrapped, lefts, strict=True)]
        y += tallest + 4
        drawn, used = _stacks(setting, y, training=False)
        parts.append(drawn)
        y += used + 10
    if any(slot.training for slot in slots):
        drawn, used = _training_columns(setting, y + 4)
        parts.append(drawn)
        y += used + 18
    return join(parts), y - top


def _stacks(setting: _Setting, top: float, *, training: bool) -> tuple[Markup, float]:
    """States under each other in their columns, each with its name."""
    parts: list[Markup] = []
    bottom = top
    for slot, left in zip(setting.slots, setting.lefts, strict=True):
        y = top
        for state in slot.training if training else slot.states:
            lines = wrap(state.name, setting.column - 22, SMALL)
            pitch = max(PITCH, height_of(lines, SMALL) + 8)
            parts.append(_entry(state, slot, (left + 9, y + pitch / 2), lines, training=training))
            y += pitch
        bottom = max(bottom, y)
    return join(parts), bottom - top


def _training_columns(setting: _Setting, top: float) -> tuple[Markup, float]:
    head, used = _strip_head(setting, top)
    stacks, high = _stacks(setting, top + used, training=True)
    return join([_panel(setting.width, top, used + high + 8), head, stacks]), used + high + 8


def _panel(width: float, top: float, height: float) -> Markup:
    box = element("rect", x=0, y=top, width=width, height=height, class_="mist", fill=MIST)
    edge = element("rect", x=0, y=top, width=width, height=4, class_="apricot", fill=APRICOT)
    return join([box, edge])


def _strip_head(setting: _Setting, top: float) -> tuple[Markup, float]:
    lines = wrap(setting.words.training, setting.width - 16, NAME, bold=True)
    return block(lines, 8, top + 9, NAME, bold=True), height_of(lines, NAME) + 15


# On its side: a row for each level, names running on


def _rows(setting: _Setting, top: float) -> tuple[Markup, float]:
    """Every level with its states; where no real state is reviewed, the training strip alone."""
    parts: list[Markup] = []
    y = top
    trained = [slot for slot in setting.slots if slot.training]
    for slot in setting.slots if setting.anyone or not trained else []:
        count = setting.words.count.format(count=len(slot.states)) if setting.anyone else ""
        drawn, used = _lane(setting, slot, count, y, training=False)
        y += used + 7
        rule = element(
            "line", x1=0, y1=y, x2=setting.width, y2=y, class_="grid", stroke=LINE, stroke_opacity="0.45"
        )
        parts += [drawn, rule]
        y += 8
    if not trained:
        return join(parts), y + 4 - top
    y += 4 if parts else 0
    panel_top = y
    head, used = _strip_head(setting, y)
    y += used
    lanes: list[Markup] = []
    for slot in trained:
        drawn, used = _lane(setting, slot, "", y, training=True)
        lanes.append(drawn)
        y += used + 8
    parts += [_panel(setting.width, panel_top, y - panel_top), head, *lanes]
    return join(parts), y + 14 - top


def _lane(setting: _Setting, slot: _Slot, count: str, top: float, *, training: bool) -> tuple[Markup, float]:
    """A level, its words and its states: beside each other where there is room, else under each other."""
    edge = 8.0 if training else 0.0
    words_x, right = edge + CHIP + 16, setting.width - edge
    split = setting.width * 0.42 if setting.width >= NARROW else 0.0
    room = (split - 14 if split else right) - words_x
    heading = wrap(slot.words, room, SMALL, bold=True)
    counted = wrap(count, room, SMALL)
    label = height_of([*heading, *counted], SMALL)
    y = top + max(0.0, (CHIP - label) / 2)
    flow_top = top + (CHIP - PITCH) / 2 if split else max(top + CHIP, y + label) + 1
    flow, used = _flow(slot, (split or words_x - 3, flow_top), right, training=training)
    parts = [
        _chip(setting.key, slot, edge, top, CHIP + 6),
        block(heading, words_x, y, bold=True),
        block(counted, words_x, y + height_of(heading, SMALL)),
        flow,
    ]
    return join(parts), max(CHIP, y + label - top, flow_top + used - top if used else 0)


def _flow(slot: _Slot, start: tuple[float, float], right: float, *, training: bool) -> tuple[Markup, float]:
    """Marks with their names, one after the other, in lines; and how high they are."""
    left, top = start
    x, y, tallest = left, top, 0.0
    parts: list[Markup] = []
    for state in slot.training if training else slot.states:
        lines = wrap(state.name, right - left - 22, SMALL)
        room = 22 + max(text_width(line, SMALL) for line in lines)
        if x > left and x + room > right:
            x, y, tallest = left, y + tallest, 0.0
        tallest = max(tallest, PITCH, height_of(lines, SMALL) + 8)
        parts.append(_entry(state, slot, (x + 9, y + tallest / 2), lines, training=training))
        x += room + 16
    return join(parts), y + tallest - top


# Below the picture


def _not_reviewed(names: Sequence[str], words: SpreadWords, width: float, top: float) -> tuple[Markup, float]:
    if not names:
        return Markup(""), 0.0
    heading = wrap(words.not_reviewed.format(count=len(names)), width, NAME, bold=True)
    lines = wrap(", ".join(names), width, SMALL)
    y = top + height_of(heading, NAME) + 2
    text = join([block(heading, 0, top, NAME, bold=True), block(lines, 0, y)])
    return element("g", text, class_="not-reviewed"), y + height_of(lines, SMALL) + 14 - top


def _signs(key: str, states: Sequence[State], training: Sequence[State], words: SpreadWords) -> list[Sign]:
    signs = []
    for group, made_up, name in ((states, False, words.reviewed), (training, True, words.training)):
        if group:
            signs.append(Sign(_mark(False, made_up, 9, 9), name, 18))
        if any(state.own for state in group):
            signs.append(Sign(_mark(True, made_up, 9, 9), words.own, 18))
    signs += [unknown_sign(key, words.unknown), not_applicable_sign(words.not_applicable)]
    return signs


def _table(
    setting: _Setting,
    title: str,
    states: Sequence[State],
    not_reviewed: Sequence[str],
    training: Sequence[State],
) -> Table:
    words = setting.words
    headings = {slot.place: f"{slot.digit} {slot.words}".strip() for slot in setting.slots}

    def lines(group: Sequence[State], kind: str) -> list[list[Value]]:
        return [[Cell(state.name, href=state.href), headings[state.place], kind] for state in group]

    waiting: list[list[Value]] = [
        [name, words.not_reviewed_cell, words.not_reviewed_cell] for name in not_reviewed
    ]
    rows = [
        *lines(states, words.reviewed),
        *waiting,
        *lines(training, words.training),
    ]
    return Table(title, (Column(words.state), Column(words.place), Column(words.kind)), rows)
