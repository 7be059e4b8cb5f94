"""What an outsider can work out about a hidden count: the audit.

The outsider knows every count that is shown, that totals are sums, that counts are whole and not below
zero, and why a cell is hidden: so a small one lies below the threshold, and one of the finest cells that
protects another does not. Of the last published version the outsider knows what it showed and, to be on the
safe side, is told which of these counts have not changed since, which have not fallen (in a table that only
ever grows everybody knows that) and, of the finest cells, which have not risen.

The numbers that a hidden cell can then have lie between the least and the largest that a linear programme
finds. Its unknowns are how far each cell lies from its count, so nothing here depends on how large counts
are. In one or two dimensions the corners of the programme are whole, and so is every number in between
possible (the equations are those of a network: Hoffman and Kruskal 1956). In three neither need be so: where
a corner is not whole, the same is asked of whole numbers, and each number that has to be possible is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..levels import Floats
from .counts import TOTAL, Bools, Ints, Labels
from .hiding import NOT_SHOWN, PROTECTS, SHOWN, SMALL, Draft, Hiding, must_hide

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Inferred:
    """What an outsider can infer about a hidden cell: its count lies from ``lower`` to ``upper``.

    ``upper`` is None where nothing limits it. ``wide_enough``: that is no more than the rules allow.
    """

    cell: Labels
    lower: int
    upper: int | None
    wide_enough: bool


def audit(draft: Draft, hiding: Hiding) -> tuple[Inferred, ...]:
    """What an outsider can infer about every hidden cell, in the order in which the cells were given.

    A cell that the rules hide and ``hiding`` shows is among them, and is not wide enough.
    """
    counts = draft.counts
    asked = must_hide(draft, hiding.groups)
    outsider = _Outsider(draft, hiding)
    found = []
    for place in counts.given:
        if hiding.why[place] == SHOWN == asked.why[place]:
            continue
        lower, upper = outsider.interval(place)
        wide = hiding.why[place] != SHOWN and outsider.finds(place, int(asked.width[place]) + 1, lower, upper)
        found.append(Inferred(counts.labels(place), lower, upper, wide))
    return tuple(found)


class _Outsider:
    """The programme that an outsider can solve, and the tables that it has found possible so far."""

    def __init__(self, draft: Draft, hiding: Hiding) -> None:
        rests = unchanged_rests(draft)
        self.count = draft.counts.count
        self.equations = equations(draft, rests)
        self.low, self.high = limits(draft, hiding)
        self.limited = _limited(draft, self.high, rests)
        self.corners_are_whole = len(draft.counts.dimensions) < 3
        self.found = [np.zeros(self.count.size, dtype=np.int64)]

    def interval(self, place: int) -> tuple[int, int | None]:
        """The least and the largest count that the cell can have."""
        count = int(self.count[place])
        lower = count + self.farthest(place, -1)
        return lower, count + self.farthest(place, +1) if self.limited[place] else None

    def farthest(self, place: int, direction: int) -> int:
        """How far the cell can lie from its count, below (-1) or above (+1) it."""
        end = (self.low if direction < 0 else self.high)[place]
        if not any(table[place] == end for table in self.found):  # beyond its own limit it cannot lie
            cost = np.zeros(self.count.size)
            cost[place] = -direction
            table = solve(self.equations, cost, self.low, self.high)
            assert table is not None  # the true counts are possible
            self.found.append(table)
            return int(table[place])
        return int(end)

    def finds(self, place: int, numbers: int, lower: int, upper: int | None) -> bool:
        """Whether the cell can have so many different numbers, from ``lower`` to ``upper``."""
        if upper is not None and upper - lower + 1 < numbers:
            return False
        if self.corners_are_whole:
            return True
        number = lower
        while numbers and (upper is None or number <= upper):
            numbers -= self.can_be(place, number - int(self.count[place]))
            number += 1
        return numbers == 0

    def can_be(self, place: int, distance: int) -> bool:
        if any(table[place] == distance for table in self.found):
            return True
        low, high = self.low.copy(), self.high.copy()
        low[place] = high[place] = distance
        table = solve(self.equations, np.zeros(low.size), low, high)
        if table is not None:
            self.found.append(table)
        return table is not None


def limits(draft: Draft, hiding: Hiding) -> tuple[Floats, Floats]:
    """How far below and above its count each cell can lie, by what is known of it alone; both of shape N."""
    counts, before = draft.counts, draft.before
    count, few, group = counts.count, draft.thresholds.persons, draft.thresholds.group
    smallest = draft.thresholds.smallest
    compared = before != NOT_SHOWN
    rose, fell = compared & (count > before), compared & (count < before)
    low = np.where(rose, before, 0.0)
    high = np.where(fell & counts.finest, before, np.inf)

    def know(cells: Bools, least: Any, most: Any) -> None:
        low[cells] = np.maximum(low, least)[cells]
        high[cells] = np.minimum(high, most)[cells]

    small = counts.finest & (hiding.why == SMALL)
    itself = (count >= smallest) & (count < few)
    know(small & itself, smallest, few - 1)
    know(small & ~itself & rose, before + 1, before + few - 1)
    know(small & ~itself & fell, before - few + 1, before - 1)
    other = counts.finest & (hiding.why == PROTECTS)
    know(other, few, np.inf)
    know(other & rose, before + few, np.inf)
    know(other & fell, 0, before - few)
    if draft.participants:
        # a total above what has a breakdown is a large group; one right above what has none may be either,
        # and is told to be small where it is
        told = ~counts.finest & ~counts.under(hiding.groups)
        know(told & (count < group), np.minimum(smallest, count), group - 1)
        know(told & (count >= group) & ~hiding.groups, group, np.inf)
    know((counts.published & (hiding.why == SHOWN)) | (compared & ~rose & ~fell), count, count)
    return low - count, high - count


def equations(draft: Draft, rests: Sequence[Ints]) -> csr_array:
    """What holds between the distances of cells from their counts: each row times the distances is 0.

    A total is the sum of its parts, and an unchanged rest stays what it was.
    """
    from scipy.sparse import csr_array

    rows = {total: (np.append(parts, total), [*[1] * parts.size, -1]) for total, parts in draft.counts.sums()}
    # a total of two or three dimensions is there once: along one of them is enough
    kept = [*rows.values(), *((rest, [1] * rest.size) for rest in rests)]
    cells = np.concatenate([cells for cells, _ in kept])
    signs = np.array([sign for _, its in kept for sign in its], dtype=np.float64)
    starts = np.cumsum([0, *(cells.size for cells, _ in kept)])
    return csr_array((signs, cells, starts), shape=(len(kept), draft.counts.count.size))


def unchanged_rests(draft: Draft) -> list[Ints]:
    """Sets of cells whose sum is known from the last version: a total less those of its parts that it showed.

    Only those whose sum is still the same: then the outsider knows it, whatever is shown now.
    """
    if draft.earlier is None:
        return []
    counts, before = draft.counts, draft.before
    then = [{*labels, TOTAL} for labels in draft.earlier.categories]
    rests = []
    for total, parts in counts.sums():
        was = [p for p in parts if all(a in b for a, b in zip(counts.labels(p), then, strict=True))]
        rest = np.array([p for p in was if before[p] == NOT_SHOWN], dtype=np.int64)
        shown = sum(int(before[p]) for p in was if before[p] != NOT_SHOWN)
        if before[total] != NOT_SHOWN and rest.size and counts.count[rest].sum() == before[total] - shown:
            rests.append(rest)
    return rests


def _limited(draft: Draft, high: Floats, rests: Sequence[Ints]) -> Bools:
    """Which cells something limits from above: a limit on a total of them, or on each cell under them."""
    counts = draft.counts
    limited = np.zeros(high.size, dtype=bool)
    for place in {*np.flatnonzero(np.isfinite(high)).tolist(), *(int(p) for rest in rests for p in rest)}:
        limited[counts.part_of(place)] = True
    limited &= counts.finest
    return np.array([limited[its][counts.finest[its]].all() for its in map(counts.part_of, range(high.size))])


def solve(equations: csr_array, cost: Floats, low: Floats, high: Floats) -> Ints | None:
    """Whole numbers from ``low`` to ``high`` that meet the equations at low cost; None if there are none.

    All of shape N. First by a linear programme; where its solution is not whole, by an integer one over what
    it uses and what costs nothing, and if that has none, over everything. So the cost is the least where
    only one cell has one, and else near it.
    """
    from scipy.optimize import linprog

    fixed = np.where(low < high, 0, low)
    free = np.flatnonzero(low < high)
    if not free.size:
        return None if (equations @ fixed).any() else fixed.astype(np.int64)
    for whole in (False, True, True):
        found = linprog(
            cost[free],
            A_eq=equations[:, free],
            b_eq=-(equations @ fixed),
            bounds=np.column_stack([low[free], high[free]]),
            method="highs",
            integrality=int(whole),
            # looking for simplifications takes longer than these small programmes themselves
            options={"mip_rel_gap": 0.0} if whole else {"presolve": False},
        )
        if found.status == 0:
            table = fixed.astype(np.int64)
            table[free] = np.rint(found.x)
            near = np.allclose(found.x, table[free], rtol=1e-9, atol=1e-6)
            if near and ((low <= table) & (table <= high)).all() and not (equations @ table).any():
                return table
            free = free[(np.abs(found.x) > 1e-6) | (cost[free] == 0)]
        elif whole:
            free = np.flatnonzero(low < high)
        else:
            break
    return None
