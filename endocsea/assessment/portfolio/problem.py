"""What there is to choose from, what it should move, and what a choice has to keep to.

A *candidate* is an activity as it would be carried out: its cost over all budget lines, the quarter before
which it cannot start, and its load on the team (in any unit, say working days). It *needs* other candidates
(all of them have to be chosen too, and come first or in the same quarter) and *excludes* others. An *effect*
says by how many levels it should move one indicator of one unit, and with what chance. A *gap* is what a
unit lacks on an indicator: ``gap_below`` minus its level. An unknown level is no gap, and no zero: it is
left out.

A candidate's cost is shared evenly among the units that its effects name. A *floor* is the least money that
has to go to a unit, or to a component. *Capacity* is the load that the team can carry in each quarter; a
load may be spread over several quarters, from the earliest on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Final, Literal

from ..errors import BadInput, Defect

Table = Literal["candidates", "effects", "gaps", "floors", "capacity"]
Place = tuple[str | None, int | None]  # file, row

QUARTER: Final = re.compile(r"[0-9]{4}-Q[1-4]")
FLOORS: Final = ("unit", "component")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An activity that may be chosen. ``start`` is a quarter (``2021-Q3``), or empty: from the first one on."""

    code: str
    cost: Decimal
    name: str = ""
    component: str = ""
    start: str = ""
    load: Decimal = Decimal(0)
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """``candidate`` should move ``indicator`` of ``unit`` by ``gain`` levels, with the chance ``chance``."""

    candidate: str
    unit: str
    indicator: str
    gain: float
    chance: float


@dataclass(frozen=True, slots=True)
class Gap:
    """What ``unit`` lacks on ``indicator``, in levels: 0 where nothing, None where its level is unknown."""

    unit: str
    indicator: str
    width: float | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Floor:
    """At least ``least`` money for a unit, or for a component (``kind``)."""

    kind: str
    code: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Quarter:
    """The load that can be carried in a quarter. One that is not listed, between or after others, has none."""

    name: str
    capacity: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A checked problem; make one with `Problem.of`. Everything is in the order of its codes.

    ``units`` are the units of each candidate, ``start`` its earliest quarter, no earlier than that of anything
    it needs, ``depth`` how many steps of need lie under it. Without ``capacity`` there is no limit to loads.
    ``places`` are the file and row of floors and quarters.
    """

    candidates: tuple[Candidate, ...]
    effects: tuple[Effect, ...]
    gaps: tuple[Gap, ...]
    floors: tuple[Floor, ...]
    capacity: tuple[Quarter, ...]
    units: tuple[tuple[str, ...], ...]
    start: tuple[str, ...]
    depth: tuple[int, ...]
    places: Mapping[Floor | Quarter, Place]

    @classmethod
    def of(
        cls,
        candidates: Sequence[Candidate],
        effects: Sequence[Effect],
        gaps: Sequence[Gap],
        floors: Sequence[Floor] = (),
        capacity: Sequence[Quarter] = (),
        *,
        where: Callable[[Table, int], Place] = lambda table, at: (None, None),
    ) -> Problem:
        """Check and sort. ``where`` gives the file and row of a table's entry; it only serves the sentences.

        Raises `BadInput` that names every duplicate, number out of range, code that does not exist, circle of
        needs, need that can never be met, and floor for which there is no candidate.
        """
        flaws = list(_flaws(candidates, effects, gaps, floors, capacity))
        if flaws:
            raise BadInput(
                Defect(what, remedy, *where(table, at), column) for table, at, column, what, remedy in flaws
            )
        ordered = tuple(sorted(candidates, key=lambda each: each.code))
        units: dict[str, set[str]] = {each.code: set() for each in ordered}
        for effect in effects:
            units[effect.candidate].add(effect.unit)
        start: dict[str, str] = {}
        depth: dict[str, int] = {}
        by_code = {each.code: each for each in ordered}
        for code in TopologicalSorter({each.code: each.needs for each in ordered}).static_order():
            needs = by_code[code].needs
            start[code] = max([by_code[code].start, *(start[need] for need in needs)])
            depth[code] = max((depth[need] + 1 for need in needs), default=0)
        places = {floor: where("floors", at) for at, floor in enumerate(floors)}
        return cls(
            candidates=ordered,
            effects=tuple(sorted(effects, key=lambda each: (each.unit, each.indicator, each.candidate))),
            gaps=tuple(sorted(gaps, key=lambda each: (each.unit, each.indicator))),
            floors=tuple(sorted(floors, key=lambda each: (each.kind, each.code))),
            capacity=tuple(sorted(capacity, key=lambda each: each.name)),
            units=tuple(tuple(sorted(units[each.code])) for each in ordered),
            start=tuple(start[each.code] for each in ordered),
            depth=tuple(depth[each.code] for each in ordered),
            places=places | {quarter: where("capacity", at) for at, quarter in enumerate(capacity)},
        )


Flaw = tuple[Table, int, str, str, str]  # table, index of its entry, column, what, remedy


def _flaws(
    candidates: Sequence[Candidate],
    effects: Sequence[Effect],
    gaps: Sequence[Gap],
    floors: Sequence[Floor],
    capacity: Sequence[Quarter],
) -> Iterator[Flaw]:
    if not candidates:
        raise BadInput([Defect("There are no candidates.", "Give at least one activity to choose from.")])
    codes = [each.code for each in candidates]
    yield from _twice("candidates", "code", codes)
    yield from _twice(
        "effects", "candidate", [(each.candidate, each.unit, each.indicator) for each in effects]
    )
    yield from _twice("gaps", "unit", [(each.unit, each.indicator) for each in gaps])
    yield from _twice("floors", "code", [(each.kind, each.code) for each in floors])
    yield from _twice("capacity", "quarter", [each.name for each in capacity])
    yield from _numbers(candidates, effects, gaps, floors, capacity)
    yield from _strangers(candidates, effects, gaps)
    yield from _hopeless_needs({each.code: (at, each) for at, each in enumerate(candidates)})
    yield from _hopeless_floors(candidates, effects, floors)


def _twice(table: Table, column: str, keys: Sequence[Hashable]) -> Iterator[Flaw]:
    seen: set[Hashable] = set()
    for at, key in enumerate(keys):
        if key in seen:
            name = " + ".join(key) if isinstance(key, tuple) else key
            yield table, at, column, f"{name} was given before.", "Keep one of the two."
        seen.add(key)


def _numbers(
    candidates: Sequence[Candidate],
    effects: Sequence[Effect],
    gaps: Sequence[Gap],
    floors: Sequence[Floor],
    capacity: Sequence[Quarter],
) -> Iterator[Flaw]:
    checked: list[tuple[Table, int, str, Decimal | float]] = []
    for at, each in enumerate(candidates):
        checked += [("candidates", at, "cost", each.cost), ("candidates", at, "load", each.load)]
    checked += [("effects", at, "gain", effect.gain) for at, effect in enumerate(effects)]
    checked += [("gaps", at, "weight", gap.weight) for at, gap in enumerate(gaps)]
    checked += [("gaps", at, "gap", gap.width) for at, gap in enumerate(gaps) if gap.width is not None]
    checked += [("floors", at, "least", floor.least) for at, floor in enumerate(floors)]
    checked += [("capacity", at, "capacity", quarter.capacity) for at, quarter in enumerate(capacity)]
    for table, at, column, number in checked:
        if not math.isfinite(number) or number < 0:
            remedy = "Give a number of zero or more."
            if column == "gap":
                remedy = "Give 0 where there is none, and leave it empty where it is unknown."
            yield table, at, column, f"{number} is not possible here.", remedy
    for at, effect in enumerate(effects):
        if not 0 <= effect.chance <= 1:
            yield "effects", at, "chance", f"The chance {effect.chance:g} is outside 0 to 1.", "Give 0 to 1."
    names: list[tuple[Table, int, str, str]] = [
        ("capacity", at, "quarter", q.name) for at, q in enumerate(capacity)
    ]
    names += [("candidates", at, "start", each.start) for at, each in enumerate(candidates) if each.start]
    for table, at, column, name in names:
        if not QUARTER.fullmatch(name):
            yield table, at, column, f'"{name}" is not a quarter.', "Write it like 2021-Q3."
    for at, floor in enumerate(floors):
        if floor.kind not in FLOORS:
            yield "floors", at, "kind", f'"{floor.kind}" has no floors.', f"Use one of: {', '.join(FLOORS)}."


def _strangers(
    candidates: Sequence[Candidate], effects: Sequence[Effect], gaps: Sequence[Gap]
) -> Iterator[Flaw]:
    codes = {each.code for each in candidates}
    cells = {(gap.unit, gap.indicator) for gap in gaps}
    for at, each in enumerate(candidates):
        for column, named in (("needs", each.needs), ("excludes", each.excludes)):
            for code in named:
                if code not in codes:
                    yield "candidates", at, column, f"{code} is no candidate.", "Correct the code, or add it."
                elif code == each.code:
                    yield "candidates", at, column, f"{code} names itself.", "Take it out."
    for at, effect in enumerate(effects):
        if effect.candidate not in codes:
            what = f"{effect.candidate} is no candidate."
            yield "effects", at, "candidate", what, "Correct the code, or add it to the candidates."
        if (effect.unit, effect.indicator) not in cells:
            what = f"There is no gap given for {effect.indicator} of {effect.unit}."
            remedy = "Correct the codes, or add the gap: 0 where there is none, empty where it is unknown."
            yield "effects", at, "indicator", what, remedy


def _hopeless_needs(by_code: Mapping[str, tuple[int, Candidate]]) -> Iterator[Flaw]:
    needs = {
        code: [need for need in each.needs if need in by_code and need != code]
        for code, (_, each) in by_code.items()
    }
    while True:
        try:
            order = list(TopologicalSorter(needs).static_order())
            break
        except CycleError as error:
            ring = error.args[1][:0:-1]  # without the repeated one, each before the one that it needs
            first = ring.index(min(ring))
            ring = ring[first:] + ring[:first]
            what = f"{' needs '.join([*ring, ring[0]])}: that is a circle."
            yield "candidates", by_code[ring[0]][0], "needs", what, "Take one of these needs out."
            needs = {
                code: [need for need in own if need not in ring]
                for code, own in needs.items()
                if code not in ring
            }
    excluded: dict[str, set[str]] = {code: set() for code in by_code}
    for code, (_, each) in by_code.items():
        for other in each.excludes:
            if other in by_code and other != code:
                excluded[code].add(other)
                excluded[other].add(code)
    needed: dict[str, set[str]] = {}  # with what those need in turn
    clashes: dict[str, set[tuple[str, str]]] = {}
    for code in order:
        needed[code] = set(needs[code]).union(*(needed[need] for need in needs[code]))
        clashes[code] = {
            (one, other) for one in needed[code] for other in excluded[one] & needed[code] if one < other
        }
        known = set[tuple[str, str]]().union(*(clashes[need] for need in needs[code]))
        for one, other in sorted(clashes[code] - known):
            what = f"{code} needs {one} and {other}, which exclude each other."
            yield "candidates", by_code[code][0], "needs", what, "Take one of them out."
        for need in sorted(needed[code] & excluded[code]):
            what = f"{code} needs {need}, and they exclude each other."
            yield "candidates", by_code[code][0], "needs", what, "Take one of the two out."


def _hopeless_floors(
    candidates: Sequence[Candidate], effects: Sequence[Effect], floors: Sequence[Floor]
) -> Iterator[Flaw]:
    there = {("component", each.component) for each in candidates}
    there |= {("unit", effect.unit) for effect in effects}
    for at, floor in enumerate(floors):
        if floor.least > 0 and floor.kind in FLOORS and (floor.kind, floor.code) not in there:
            what = f"The floor for the {floor.kind} {floor.code} cannot be met: no candidate is for it."
            yield "floors", at, "code", what, "Correct the code, add a candidate, or take the floor out."
