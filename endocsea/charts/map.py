"""The map of who takes part, and how: outlines and words in, a picture and its table out.

Every state is one link. The links stand in the order in which the states are given, so that the
keyboard walks through them in the alphabet of the page's language; the caller sorts.

Shapes are painted once, in a layer of their own. Over them lies a layer of links that paints nothing
(``<use>`` of the same shapes): the outline of a focused state is then never under its neighbour.

A programme state carries its name where the name fits, otherwise a number, and so do the states that
are too small to see. :func:`map_key` explains signs and numbers in HTML, with names large enough
for a finger: at the width of a phone the key is what people read and touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from .chart import Chart
from .grid import SEMIBOLD, Paint, hatching, label, pattern, small_picture, swatch
from .markup import Markup, element, join
from .palette import FONT, INK, LINE, PAPER, SLATE, STONE
from .scales import check_frame, text_width
from .tables import Cell, Column, Table, Value

Kind = Literal["focus", "pilot", "member"]

PAINTS: Final[Mapping[str, Paint]] = {
    "focus": Paint(SLATE, PAPER, "map-programme", "map-label"),
    "pilot": Paint(SLATE, PAPER, "map-programme", "map-label", hatched=True),
    "member": Paint(STONE, INK, "map-member", "map-number"),
}
ON_THE_SEA: Final = Paint(PAPER, INK, "map-disc", "map-number")
PROGRAMME: Final = frozenset({"focus", "pilot"})
LAND: Final = "#EFF2F5"  # land that takes no part: lighter than any state, darker than the sea

DISC: Final = 13.0  # radius of a numbered disc, in units of the map
TOUCH: Final = 20.0  # radius within which a state too small to see can be hit
NUMBER: Final = 17.0  # type size of the numbers
CENTRED: Final = "0.34em"  # from a disc's middle down to the base line of its number, whatever its size
BORDER: Final = 0.9  # width of the white line between states
FINE: Final = 4.5  # units from one line of Kosovo's hatching to the next: its shape is small


@dataclass(frozen=True, slots=True)
class MapState:
    """One state on the map.

    ``d`` is its outline as an SVG path; ``x``, ``y`` a point inside it, in the same units.
    ``marker`` says that it is too small to see. ``sentence`` is its tooltip. ``facts`` are its cells
    in the table, one for each column after the name. ``ValueError`` for a kind that has no paint.
    """

    code: str
    name: str
    d: str
    x: float
    y: float
    marker: bool
    kind: Kind
    href: str
    sentence: str
    facts: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.kind not in PAINTS:
            raise ValueError(f"{self.code}: the map has no paint for {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Land:
    """The sheet on which the states lie: its size in units, the land around them, Kosovo's outline."""

    width: int
    height: int
    background: str
    kosovo: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """Every word that the map and its key show, in the language of the page.

    ``kinds`` names each kind in the key ("Focus states"). ``small`` heads the list of the states too
    small to see. ``kosovo`` is written without its asterisk, ``kosovo_note`` likewise. ``columns``
    heads the table: the state, then one heading for each fact.
    """

    title: str
    description: str
    caption: str
    kinds: Mapping[str, str]
    small: str
    kosovo: str
    kosovo_note: str
    boundaries: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Where a name may stand inside its state: the middle of its base line, the width there, its size."""

    x: float
    y: float
    width: float
    size: float


# Chosen by eye, in the units of content/states/map.json: in these states a name fits.
ROOMS: Final[Mapping[str, Room]] = {
    "GEO": Room(911, 527, 58, 15),
    "SRB": Room(549, 585, 50, 15),
    "TUR": Room(806, 646, 200, 28),
    "UKR": Room(684, 452, 170, 28),
}
# Moved by eye from the state's middle, to where the digit hides least of a narrow shape.
NUMBER_AT: Final[Mapping[str, tuple[float, float]]] = {"MDA": (653, 493), "MNE": (525, 613)}


def draw_map(*, key: str, states: Sequence[MapState], land: Land, words: MapWords) -> Chart:
    """The map as a chart. ``key`` begins every id. ``ValueError`` if it cannot, or if a state is given twice."""
    check_frame(key, land.width)
    if len({state.code for state in states}) < len(states):
        raise ValueError("a state is on the map twice")
    numbers = numbered(states)
    shapes = join([*(_painted(key, kind, states) for kind in PAINTS), _kosovo(key, land, words)])
    links = join(_link(key, state, numbers) for state in states)
    parts = [
        element("title", words.title, id=f"{key}-title"),
        element("desc", words.description, id=f"{key}-desc"),
        element(
            "defs",
            join(
                [
                    hatching(f"{key}-hatch", PAINTS["pilot"]),
                    _kosovo_hatching(key),
                    _beside_discs(key, states, land),
                ]
            ),
        ),
        element("path", d=land.background, fill=LAND, class_="map-land"),
        element("g", shapes, class_="map-shapes", stroke=PAPER, stroke_width=BORDER, stroke_linejoin="round"),
        element("g", links, fill="none", pointer_events="all"),
    ]
    svg = element(
        "svg",
        join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {land.width} {land.height}",
        class_="map",
        role="group",  # not "img", which would hide the links inside it
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        font_family=FONT,
        font_weight=SEMIBOLD,
        text_anchor="middle",
    )
    rows: list[tuple[Value, ...]] = [(Cell(state.name, href=state.href), *state.facts) for state in states]
    table = Table(words.title, tuple(Column(name) for name in words.columns), rows)
    return Chart(key=key, title=words.title, caption=words.caption, svg=svg, table=table)


def map_key(*, states: Sequence[MapState], words: MapWords) -> Markup:
    """What the signs and numbers mean, in HTML. Programme states and the smallest are links here too."""
    numbers = numbered(states)

    def group(sign: Markup | None, heading: str, shown: Sequence[MapState]) -> Markup:
        names = [
            element("li", element("a", _with_number(state, numbers), href=state.href)) for state in shown
        ]
        head = element("p", heading if sign is None else join([sign, heading], " "))
        return element(
            "div", join([head, element("ul", join(names)) if names else ""]), class_="map-key-group"
        )

    return element(
        "div",
        join(
            [
                group(
                    swatch(PAINTS["focus"]), words.kinds["focus"], [s for s in states if s.kind == "focus"]
                ),
                group(
                    swatch(PAINTS["pilot"]), words.kinds["pilot"], [s for s in states if s.kind == "pilot"]
                ),
                group(swatch(PAINTS["member"]), words.kinds["member"], []),
                group(None, words.small, [s for s in states if s.marker]),
                element("p", join([_kosovo_swatch(), f" {words.kosovo}*"])),
                element("p", f"* {words.kosovo_note}", class_="map-note"),
                element("p", words.boundaries, class_="map-note"),
            ]
        ),
        class_="map-key",
    )


def numbered(states: Iterable[MapState]) -> dict[str, int]:
    """The number of each state that shows one, by code: counted as the key reads, kind by kind."""
    shown = [s for s in states if s.marker or (s.kind in PROGRAMME and _room(s) is None)]
    order = list(PAINTS)
    shown.sort(key=lambda state: order.index(state.kind))
    return {state.code: number for number, state in enumerate(shown, start=1)}


def _room(state: MapState) -> Room | None:
    """The place for the name, unless there is none or the name is too long for it in this language."""
    room = ROOMS.get(state.code)
    if room is None or text_width(state.name, room.size, bold=True) > room.width:
        return None
    return room


def _painted(key: str, kind: str, states: Iterable[MapState]) -> Markup:
    paint = PAINTS[kind]
    return element(
        "g",
        join(element("path", id=f"{key}-{state.code}", d=state.d) for state in states if state.kind == kind),
        fill=f"url(#{key}-hatch)" if paint.hatched else paint.fill,
        class_="map-pilot" if paint.hatched else paint.class_,
    )


def _link(key: str, state: MapState, numbers: Mapping[str, int]) -> Markup:
    """One state to click, to hover over and to reach by keyboard, with its name or number if it has one."""
    paint = PAINTS[state.kind]
    parts = [
        element("title", state.sentence),
        element("use", href=f"#{key}-{state.code}", clip_path=f"url(#{key}-free)"),
    ]
    if state.marker:
        parts.append(element("circle", cx=state.x, cy=state.y, r=TOUCH))
        parts.append(_disc(numbers[state.code], paint, state.x, state.y))
    elif state.code in numbers:
        x, y = NUMBER_AT.get(state.code, (state.x, state.y))
        parts.append(
            label(
                numbers[state.code], paint, x=x, y=y, dy=CENTRED, size=NUMBER, class_="map-count", halo=True
            )
        )
    elif state.kind in PROGRAMME and (room := _room(state)):
        class_ = "map-name" if room.size > NUMBER else "map-name map-small"
        parts.append(label(state.name, paint, x=room.x, y=room.y, size=room.size, class_=class_, halo=True))
    return element("a", join(parts), href=state.href, aria_label=state.name, class_="map-link")


def _disc(number: int, paint: Paint, x: float, y: float) -> Markup:
    """A number in a disc of the programme's colour, or in one of the sea's colour with a rim."""
    ground = paint if paint.ink == PAPER else ON_THE_SEA
    rim = LINE if ground is ON_THE_SEA else PAPER
    circle = element(
        "circle", cx=x, cy=y, r=DISC, fill=ground.fill, stroke=rim, stroke_width=1.4, class_=ground.class_
    )
    text = label(number, ground, x=x, y=y, dy=CENTRED, size=NUMBER, class_="map-mark", halo=False)
    return join([circle, text])


def _beside_discs(key: str, states: Iterable[MapState], land: Land) -> Markup:
    """All but the discs. Links are clipped to it, or a state drawn later would catch a click on a disc."""
    r = TOUCH
    holes = [
        f"M{state.x - r:.1f} {state.y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
        for state in states
        if state.marker
    ]
    sheet = f"M0 0H{land.width}V{land.height}H0Z"
    return element(
        "clipPath", element("path", d=sheet + "".join(holes), clip_rule="evenodd"), id=f"{key}-free"
    )


def _kosovo(key: str, land: Land, words: MapWords) -> Markup:
    """Kosovo's shape and asterisk: hatched, no link, with its note as the tooltip."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", land.kosovo)]
    x, y = ((min(axis) + max(axis)) / 2 for axis in (numbers[::2], numbers[1::2]))
    parts = [
        element("title", f"{words.kosovo}*: {words.kosovo_note}"),
        element("path", d=land.kosovo, fill=f"url(#{key}-kosovo)"),
        # an asterisk hangs high over its base line
        label("*", ON_THE_SEA, x=x, y=y + 11, size=20, class_="map-asterisk", halo=True),
    ]
    return element("g", join(parts))


def _kosovo_hatching(key: str) -> Markup:
    return pattern(f"{key}-kosovo", FINE, "rotate(-45)", *_kosovo_parts(FINE, FINE, f"M0 0V{FINE}"))


def _kosovo_swatch() -> Markup:
    mirrored = "M26 8L18 0M26 18L8 0M17 18L0 1M7 18L0 11"
    return small_picture(26, 18, *_kosovo_parts(26, 18, mirrored))


def _kosovo_parts(width: float, height: float, d: str) -> tuple[Markup, Markup]:
    return (
        element("rect", width=width, height=height, fill=PAPER, class_="map-disc"),
        element("path", d=d, stroke=LINE, stroke_width=2, class_="map-fine-line"),
    )


def _with_number(state: MapState, numbers: Mapping[str, int]) -> Markup:
    """A state's name for the key after its number, or after a dot where the map shows the name itself."""
    paint = PAINTS[state.kind]
    side = 2 * DISC + 2
    if state.code in numbers:
        mark = _disc(numbers[state.code], paint, side / 2, side / 2)
    else:
        mark = element("circle", cx=side / 2, cy=side / 2, r=4, fill=paint.fill, class_=paint.class_)
    return join([small_picture(side, side, mark), state.name], " ")
