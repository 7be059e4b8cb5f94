"""What more and less money would close: the frontier of closure against budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..errors import bad
from ..levels import Bools
from .choosing import amount
from .closing import Closing
from .limits import Limits
from .problem import Problem
from .solving import Solution, solve


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """What a budget buys. Where it cannot meet the floors, all but ``budget`` is None or empty.

    - ``closed``, ``bound``, ``worth``: as of a `Portfolio`.
    - ``step``: the weighted gap that the way to the next budget closes, per unit of money; None at the last.
    - ``enters``, ``leaves``: the codes that were not, and that no longer are, in the choice of the budget before.
    """

    budget: Decimal
    spent: Fraction | None = None
    closed: float | None = None
    bound: float | None = None
    worth: float | None = None
    step: float | None = None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


def frontier(
    problem: Problem, budgets: Iterable[Decimal], *, progress: Callable[[int, int], None] | None = None
) -> tuple[Point, ...]:
    """A point for each budget, from the least to the greatest; a budget never closes less than a smaller one.

    ``progress`` is told how many budgets are done, of how many. Raises `BadInput` for a budget below zero.
    """
    ordered = sorted(set(budgets))
    closing, limits = Closing.of(problem), Limits.of(problem)
    found: list[Solution | None] = []
    for budget in ordered:
        here = solve(closing, limits, amount(budget))
        before = found[-1] if found else None
        if here is not None and before is not None and before.closed > here.closed:
            # what a smaller budget buys, this one buys too; only where the best was not proven
            here = replace(here, chosen=before.chosen, closed=before.closed)
        found.append(here)
        if progress is not None:
            progress(len(found), len(ordered))
    return tuple(_points(problem, limits, ordered, found))


def even_budgets(problem: Problem, points: int) -> tuple[Decimal, ...]:
    """So many budgets, evenly spread from 0 to the cost of all candidates, rounded down.

    To whole money where all costs are whole, else to the hundredth. Raises `BadInput` for less than two.
    """
    if points < 2:
        raise bad(f"A frontier of {points} budgets is not possible.", "Ask for 2 or more.")
    costs = [each.cost for each in problem.candidates]
    whole = sum(costs, Decimal())
    least = Decimal(1) if all(cost == cost.to_integral_value() for cost in costs) else Decimal("0.01")
    return (*(whole * at / (points - 1) // least * least for at in range(points - 1)), whole)


def _points(
    problem: Problem, limits: Limits, budgets: Sequence[Decimal], found: Sequence[Solution | None]
) -> Iterator[Point]:
    code = [each.code for each in problem.candidates]
    before = np.zeros(len(code), bool)
    for at, (budget, here) in enumerate(zip(budgets, found, strict=True)):
        if here is None:
            yield Point(budget)
            continue
        step = None
        if at + 1 < len(budgets):
            after = found[at + 1]
            assert after is not None  # what keeps to the limits within a budget does so within a greater one
            step = (after.closed - here.closed) / float(budgets[at + 1] - budget)
        yield Point(
            budget=budget,
            spent=limits.spent(here.chosen),
            closed=here.closed,
            bound=here.bound,
            worth=here.worth,
            step=step,
            enters=_codes(code, here.chosen & ~before),
            leaves=_codes(code, before & ~here.chosen),
        )
        before = here.chosen


def _codes(code: Sequence[str], which: Bools) -> tuple[str, ...]:
    return tuple(code[at] for at in np.flatnonzero(which).tolist())
