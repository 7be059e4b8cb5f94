"""Why a candidate is in a choice, or is not, where that can be said in a sentence.

A choice is made as a whole, so the sentence says what stands between this candidate and this choice, and not
what would have to be true for a choice that has it. The first sentence that holds is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..levels import Bools, Floats
from .conflicts import shown
from .limits import Limits
from .problem import Problem


def reasons(problem: Problem, limits: Limits, budget: Fraction, chosen: Bools, adds: Floats) -> Iterator[str]:
    """A sentence for each candidate (N). ``adds`` (N) is what each adds to the (other) chosen ones."""
    code = [each.code for each in problem.candidates]
    needs, needed, excluded = (dict[int, list[str]]() for _ in range(3))
    for at, need in limits.needs.tolist():
        if not chosen[need]:
            needs.setdefault(at, []).append(code[need])
        if chosen[at]:
            needed.setdefault(need, []).append(code[at])
    for pair in limits.excludes.tolist():
        for at, other in (pair, pair[::-1]):
            if chosen[other]:
                excluded.setdefault(at, []).append(code[other])
    left = budget - limits.spent(chosen)
    over = problem.capacity[-1].name if problem.capacity else "9999-Q4"
    for at, each in enumerate(problem.candidates):
        cost = limits.cost[at]
        if chosen[at]:
            in_the_set = [
                (adds[at] > 0, "It adds to what the others close."),
                (at in needed, f"Needed by {', '.join(needed.get(at, []))}."),
                (True, "A floor needs it."),
            ]
            yield next(sentence for holds, sentence in in_the_set if holds)
            continue
        outside = [
            (at in excluded, f"It and {', '.join(excluded.get(at, []))} exclude each other."),
            (cost > budget, "It costs more than the whole budget."),
            (bool(adds[at] == 0), "It would close nothing: what it aims at is closed, unknown, or no gap."),
            (at in needs, f"It needs {', '.join(needs.get(at, []))}, not chosen."),
            (each.load > 0 and problem.start[at] > over, "It cannot start before the last quarter is over."),
            (cost <= left, "There is no capacity left for it."),
            (_fits(limits, chosen, at), f"It costs {shown(cost)}, and {shown(left)} is left."),
            (
                True,
                f"It costs {shown(cost)}, and {shown(left)} is left; there is no capacity left for it either.",
            ),
        ]
        yield next(sentence for holds, sentence in outside if holds)


def _fits(limits: Limits, chosen: Bools, at: int) -> bool:
    """Whether capacity is left for a candidate that is not chosen."""
    beside = chosen.copy()
    beside[at] = True
    return all(row.holds(beside) for row in limits.rows if row.kind == "most")
