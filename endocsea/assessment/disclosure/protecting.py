"""Hiding further cells until no hidden one can be worked out: complementary suppression.

Each cell that the rules protect is looked at in turn: can it still have numbers as far apart as they ask? If
not, a linear programme over all cells that could be hidden besides finds the cheapest way for it to move so
far, and the cells that have to move with it are hidden (after Kelly, Golden and Assad 1992, and the heuristic
of Fischetti and Salazar 2001). A cell costs more the larger its count is, and the more cells it is a total
of. Hiding more never narrows what an outsider can infer, so one pass is enough. Then each of these cells is
shown again, dearest first, where the others protect without it.

The result is sound, and not always the least that could be hidden. The audit says whether it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..errors import BadInput, Defect
from ..levels import Floats
from .counts import Ints, Labels
from .hiding import REASONS, SHOWN, Draft, Hiding, must_hide
from .outsider import Inferred, audit, equations, limits, solve, unchanged_rests


@dataclass(frozen=True, slots=True)
class Release:
    """A table that may be published: nothing in it holds a hidden count.

    ``cells`` in the order in which they were given, ``shown`` their counts (None where hidden), ``why``
    words of `REASONS` ("" where shown). ``inferred`` is the audit.
    """

    dimensions: tuple[str, ...]
    cells: tuple[Labels, ...]
    shown: tuple[int | None, ...]
    why: tuple[str, ...]
    inferred: tuple[Inferred, ...]


class DisclosureRisk(BadInput):
    """No way was found to publish the table; ``cells`` could be worked out too closely."""

    def __init__(self, cells: tuple[Labels, ...]) -> None:
        self.cells = cells
        super().__init__(
            Defect(
                f"{' × '.join(cell)} could be worked out more closely than the rules allow.",
                "Leave totals out, merge categories, or wait until more has changed since the last version.",
            )
            for cell in cells
        )


def protect(draft: Draft) -> Release:
    """Hide what has to be hidden. Raises `DisclosureRisk` where the audit does not hold even so.

    That can only be where the last version gives something away: otherwise hiding all but zeros is enough.
    """
    hiding = _Search(draft).enough()
    inferred = audit(draft, hiding)
    risky = tuple(found.cell for found in inferred if not found.wide_enough)
    if risky:
        raise DisclosureRisk(risky)
    counts = draft.counts
    hidden = hiding.why != SHOWN
    return Release(
        counts.dimensions,
        tuple(counts.labels(place) for place in counts.given),
        tuple(None if hidden[place] else int(counts.count[place]) for place in counts.given),
        tuple(REASONS[hiding.why[place]] for place in counts.given),
        inferred,
    )


class _Search:
    """The state of the search.

    ``rules`` is what the rules hide, ``also`` what is hidden besides, and ``hidden_for`` the protected cell
    that each of these was hidden for. ``tables`` are tables that an outsider can think possible, as distances
    from the counts; ``ends`` holds two of them for each protected cell, in which it lies far enough apart.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rules = must_hide(draft, draft.small_groups)
        self.also = np.zeros(self.rules.why.size, dtype=bool)
        self.hidden_for: dict[int, int] = {}
        self.price = draft.counts.size * np.log1p(draft.counts.count)
        self.equations = equations(draft, unchanged_rests(draft))
        self.tables = [np.zeros(self.also.size, dtype=np.int64)]
        self.ends: dict[int, list[Ints]] = {}

    def enough(self) -> Hiding:
        looked_at: set[int] = set()
        order = np.argsort(self.draft.counts.size, kind="stable")
        while waiting := [int(p) for p in order if self.rules.width[p] and p not in looked_at]:
            for place in [p for p in waiting if not self.widened(p)]:
                while not self.widened(place) and self.without_breakdown(place):
                    pass
            looked_at.update(waiting)
        for place in sorted(np.flatnonzero(self.also).tolist(), key=lambda p: -self.price[p]):
            self.show_again(place)
        return self.rules.and_also(self.also)

    def widened(self, place: int) -> bool:
        """Hide what is needed so that a cell can lie far enough apart; False where nothing is enough."""
        hiding = self.rules.and_also(self.also)
        width = int(hiding.width[place])
        if self.lies_apart(place, width):
            return True
        low, high = limits(self.draft, hiding)
        low[place], high[place] = max(low[place], -width), min(high[place], width)
        for direction, end in ((-1, low[place]), (+1, high[place])):
            if any(table[place] == end for table in self.tables):
                continue
            cost = np.zeros(low.size)
            cost[place] = -direction
            farthest = solve(self.equations, cost, low, high)
            assert farthest is not None  # the true counts are possible
            self.tables.append(farthest)
        if self.lies_apart(place, width):
            return True
        ways = list(self.ways(place, width, hiding))
        if not ways:
            return False
        _, *tables = min(ways, key=lambda way: way[0])
        moved = (tables[0] != 0) | (tables[1] != 0)
        new = np.flatnonzero(moved & self.draft.counts.published & (hiding.why == SHOWN))
        self.also[new] = True
        self.hidden_for |= dict.fromkeys(new.tolist(), place)
        self.tables += tables
        return self.lies_apart(place, width)

    def lies_apart(self, place: int, width: int) -> bool:
        at = np.array([table[place] for table in self.tables])
        if np.ptp(at) < width:
            return False
        self.ends[place] = [self.tables[int(at.argmin())], self.tables[int(at.argmax())]]
        return True

    def ways(self, place: int, width: int, hiding: Hiding) -> Iterator[tuple[float, Ints, Ints]]:
        """For each pair of numbers that lie far enough apart, the cheapest two tables, after their price."""
        counts = self.draft.counts
        could_hide = counts.published & (hiding.why == SHOWN) & (counts.count > 0)
        price = np.where(could_hide, self.price, 0.0)
        low, high = limits(self.draft, hiding.and_also(could_hide))
        for start in range(int(max(low[place], -width)), int(min(0, high[place] - width)) + 1):
            below = self.moved(place, start, price, low, high)
            above = None if below is None else self.moved(place, start + width, price, low, high)
            if below is not None and above is not None:
                yield float(price[(below != 0) | (above != 0)].sum()), below, above

    def moved(self, place: int, distance: int, price: Floats, low: Floats, high: Floats) -> Ints | None:
        """The table with a cell at this distance from its count in which the others move most cheaply."""
        from scipy.sparse import hstack

        low, high = low.copy(), high.copy()
        low[place] = high[place] = distance
        priced = np.flatnonzero((price > 0) & (low < high))
        # each of these has a column for the way up, and one for the way down: both cost
        down = -low[priced]
        low[priced] = 0
        cost = np.zeros(low.size)
        cost[priced] = price[priced]
        found = solve(
            hstack([self.equations, -self.equations[:, priced]], format="csr"),
            np.append(cost, price[priced]),
            np.append(low, np.zeros(priced.size)),
            np.append(high, down),
        )
        if found is None:
            return None
        table = found[: low.size]
        table[priced] -= found[low.size :]
        return table

    def without_breakdown(self, place: int) -> bool:
        """Take the breakdown away from one more group: a cell, or one that it is part of; False for none."""
        counts, groups = self.draft.counts, self.rules.groups.copy()
        around = [int(p) for p in counts.totals_of(place) if not counts.finest[p] and not groups[p]]
        if not around or not self.draft.participants:
            return False
        groups[min(around, key=lambda p: (counts.count[p], counts.size[p], p))] = True
        self.rules = must_hide(self.draft, groups)
        self.also &= self.rules.why == SHOWN
        return True

    def show_again(self, place: int) -> None:
        """Show a cell if every protected one can lie as far apart without it."""
        also = self.also.copy()
        also[place] = False
        low, high = limits(self.draft, self.rules.and_also(also))
        price = np.where(also, self.price, 0.0)
        without: dict[tuple[int, int], Ints] = {}
        # the one that it was hidden for first: there it most often turns out to be needed
        for protected in sorted(self.ends, key=lambda p: p != self.hidden_for[place]):
            for side, table in enumerate(self.ends[protected]):
                if table[place]:
                    other = self.moved(protected, int(table[protected]), price, low, high)
                    if other is None:
                        return
                    without[protected, side] = other
        self.also = also
        for (protected, side), table in without.items():
            self.ends[protected][side] = table
