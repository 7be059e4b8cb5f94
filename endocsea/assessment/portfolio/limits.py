"""What a choice has to keep to, as rows of sums over the chosen candidates.

Capacity becomes one row for each quarter: what cannot start before it has to fit into it and the quarters
after it. If all these rows hold, filling the quarters in the order of earliest starts fits everything in
(work that may be interrupted, with release dates and one common deadline; Horn 1974, "Some simple scheduling
algorithms", Naval Research Logistics Quarterly 21, 177-185). So a choice needs no variable for its quarters.

Solvers work with a tolerance. Whether a sum keeps to its limit is therefore decided here, in fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Final, Literal

import numpy as np

from ..levels import Bools, Floats
from .closing import Indices
from .problem import Floor, Problem, Quarter

NEAR: Final = 1e-6  # nearer to its limit than this, as a share, a sum is added up in fractions
TYPICAL: Final = 1e4  # rows are scaled to it, so that a solver's tolerance of 1e-6 is far below a cent


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A sum over chosen candidates with its limit. ``about`` is None for the budget."""

    about: Floor | Quarter | None
    kind: Literal["most", "least"]
    limit: Fraction
    exact: Sequence[Fraction]
    size: Floats

    def of(self, chosen: Bools) -> Fraction:
        """The sum for a choice."""
        return sum((self.exact[at] for at in np.flatnonzero(chosen).tolist()), Fraction())

    def holds(self, chosen: Bools) -> bool:
        over = float(self.size @ chosen) - float(self.limit)
        if abs(over) <= NEAR * float(self.limit):
            exact = self.of(chosen)
            return exact <= self.limit if self.kind == "most" else exact >= self.limit
        return over <= 0 if self.kind == "most" else over >= 0

    @property
    def scale(self) -> float:
        """What to multiply the row by in a linear programme."""
        sizes = self.size[self.size > 0]
        return TYPICAL / float(sizes.mean()) if len(sizes) else 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """The rows of a problem but for the budget, and its pairs of candidates (K × 2).

    ``needs`` holds (x, what x needs), ``excludes`` each pair once; of each of ``groups`` one may be chosen, which
    says the same as the pairs, and says it better to a solver. ``cost`` is exact, ``price`` the same in floats.
    """

    cost: Sequence[Fraction]
    price: Floats
    rows: tuple[Row, ...]
    needs: Indices
    excludes: Indices
    groups: tuple[Indices, ...]

    @classmethod
    def of(cls, problem: Problem) -> Limits:
        number = {each.code: at for at, each in enumerate(problem.candidates)}
        cost = [Fraction(each.cost) for each in problem.candidates]
        excluded = {
            (min(at, number[other]), max(at, number[other]))
            for at, each in enumerate(problem.candidates)
            for other in each.excludes
        }
        return cls(
            cost=cost,
            price=_floats(cost),
            rows=(*_capacity(problem), *_floors(problem, cost)),
            needs=_pairs(
                (at, number[need]) for at, each in enumerate(problem.candidates) for need in each.needs
            ),
            excludes=_pairs(sorted(excluded)),
            groups=tuple(_groups(sorted(excluded))),
        )

    def within(self, budget: Fraction) -> tuple[Row, ...]:
        """All rows, the budget's last."""
        return (*self.rows, Row(None, "most", budget, self.cost, self.price))

    def spent(self, chosen: Bools) -> Fraction:
        return sum((self.cost[at] for at in np.flatnonzero(chosen).tolist()), Fraction())

    def hold(self, chosen: Bools, budget: Fraction) -> bool:
        """Whether a choice keeps to everything."""
        lacking = chosen[self.needs[:, 0]] & ~chosen[self.needs[:, 1]]
        beside = chosen[self.excludes[:, 0]] & chosen[self.excludes[:, 1]]
        return (
            not lacking.any() and not beside.any() and all(row.holds(chosen) for row in self.within(budget))
        )

    def fit(self, chosen: Bools, budget: Fraction) -> Bools:
        """Which candidates (N) that are not chosen could be put beside a choice, one alone, but for rounding."""
        out = ~chosen
        out[self.needs[~chosen[self.needs[:, 1]], 0]] = False
        out[self.excludes[chosen[self.excludes[:, 0]], 1]] = False
        out[self.excludes[chosen[self.excludes[:, 1]], 0]] = False
        for row in self.within(budget):
            if row.kind == "most":
                out &= row.size <= float(row.limit) * (1 + NEAR) - float(row.size @ chosen)
        return out


def _pairs(pairs: Iterable[tuple[int, int]]) -> Indices:
    return np.array(list(pairs), np.int64).reshape(-1, 2)


def _groups(pairs: Sequence[tuple[int, int]]) -> Iterator[Indices]:
    """Groups in which each excludes each, that hold every pair: made as large as they get, one by one."""
    beside: dict[int, set[int]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    held: set[tuple[int, int]] = set()
    for pair in pairs:
        if pair not in held:
            group = set(pair)
            for more in sorted(beside[pair[0]] & beside[pair[1]]):
                if group <= beside[more]:
                    group.add(more)
            held |= set(combinations(sorted(group), 2))
            yield np.array(sorted(group), np.int64)


def _capacity(problem: Problem) -> Iterator[Row]:
    if not problem.capacity:
        return
    load = [Fraction(each.load) for each in problem.candidates]
    quarters: list[Quarter] = list(problem.capacity)
    quarters.append(Quarter(quarters[-1].name + " is over", Decimal(0)))  # what starts then never fits
    for at, quarter in enumerate(quarters):
        since = quarters[at - 1].name if at else ""
        held = [
            size if start > since or not at else Fraction()
            for size, start in zip(load, problem.start, strict=True)
        ]
        rest = sum((Fraction(later.capacity) for later in quarters[at:]), Fraction())
        yield Row(quarter, "most", rest, held, _floats(held))


def _floors(problem: Problem, cost: Sequence[Fraction]) -> Iterator[Row]:
    for floor in problem.floors:
        given = [
            price / len(units)
            if floor.kind == "unit" and floor.code in units
            else price * (floor.kind == "component" and floor.code == each.component)
            for price, units, each in zip(cost, problem.units, problem.candidates, strict=True)
        ]
        yield Row(floor, "least", Fraction(floor.least), given, _floats(given))


def _floats(exact: Sequence[Fraction]) -> Floats:
    return np.array([float(each) for each in exact], np.float64)
