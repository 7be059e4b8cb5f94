"""When what was chosen is done: each as early as capacity allows.

The chosen are taken in the order of their earliest quarters, what others need first, then by code. Each fills
what capacity is left, from its earliest quarter on. A need of it was placed before it and took what was
left until it was done, so nothing starts before what it needs is done, but for the same quarter.
"""

from __future__ import annotations

from fractions import Fraction

from ..levels import Bools
from .problem import Problem

Span = tuple[str, str]


def spans(problem: Problem, chosen: Bools) -> tuple[Span, ...]:
    """The first and the last quarter of each candidate (N), empty where it is not chosen.

    Without capacity it is the earliest quarter, empty where it may start at once. The choice has to keep to
    the rows of capacity (`limits`).
    """
    quarters = [quarter.name for quarter in problem.capacity]
    left = [Fraction(quarter.capacity) for quarter in problem.capacity]
    found = [("", "")] * len(problem.candidates)
    number = {each.code: at for at, each in enumerate(problem.candidates)}
    order = sorted(
        (at for at in range(len(chosen)) if chosen[at]),
        key=lambda at: (problem.start[at], problem.depth[at], problem.candidates[at].code),
    )
    for at in order:
        each = problem.candidates[at]
        earliest = max([problem.start[at], *(found[number[need]][1] for need in each.needs)])
        load = Fraction(each.load)
        if not load or not quarters:
            first = earliest or (quarters[0] if quarters else "")
            found[at] = (first, first)
            continue
        used = []
        for place, quarter in enumerate(quarters):
            taken = min(load, left[place]) if quarter >= earliest else Fraction()
            left[place] -= taken
            load -= taken
            if taken:
                used.append(quarter)
        found[at] = (used[0], used[-1])
    return tuple(found)
