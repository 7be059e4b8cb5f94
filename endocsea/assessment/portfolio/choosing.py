"""A proposal: which candidates close the most weighted gap within a budget, and what can be said about each.

It proposes; people decide. It knows only what the input says: chances and gains are somebody's judgement, and
nothing is known of trust, timing or politics. A choice that closes a little less may be the better one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..errors import BadInput, bad
from ..levels import Bools, Floats
from .closing import Closing, Indices
from .conflicts import conflicts
from .limits import Limits
from .problem import Problem
from .quarters import Span, spans
from .reasons import reasons
from .solving import Solution, solve


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """What is proposed for a budget. N candidates are in the order of their codes, as in the problem.

    - ``chosen`` (N); ``spent`` is what they cost.
    - ``closed``, of ``possible``: the weighted gap that they should close on average, of all that is known.
    - ``bound``: no choice can close more, proven (to seven digits of all gaps).
    - ``worth``: the weighted gap that a little more budget would close, per unit of money, were parts of
      activities possible (the dual value of the budget; `frontier` has the discrete steps).
    - ``adds`` (N): what each candidate adds to all (other) chosen ones. These do not sum to ``closed``.
    - ``quarters`` (N): first and last quarter of each chosen one. ``why`` (N): a sentence on each.
    - ``gaps`` (M): places in the problem's gaps that candidates aim at; ``worths`` and ``shares`` (M): the
      weighted gap there, and the share of it that is closed.
    """

    budget: Decimal
    chosen: Bools
    spent: Fraction
    closed: float
    possible: float
    bound: float
    worth: float
    adds: Floats
    quarters: tuple[Span, ...]
    why: tuple[str, ...]
    gaps: Indices
    worths: Floats
    shares: Floats

    @property
    def distance(self) -> float:
        """The share of the best possible closure that may be missing at most; 0 where the choice is the best."""
        return 1 - self.closed / self.bound if self.bound > self.closed else 0.0


def choose(problem: Problem, budget: Decimal) -> Portfolio:
    """The proposal for a budget. The same problem gives the same one.

    Where the best is proven, it is the cheapest of those that close the same, to a ten-thousandth of all costs.
    Raises `BadInput` for a budget below zero, and, where no choice keeps to all limits, with a defect for each
    that is missed.
    """
    closing, limits = Closing.of(problem), Limits.of(problem)
    return describe(problem, closing, limits, budget, required(problem, closing, limits, budget))


def required(problem: Problem, closing: Closing, limits: Limits, budget: Decimal) -> Solution:
    """The solution for a budget. Raises `BadInput` where there is none."""
    found = solve(closing, limits, amount(budget))
    if found is None:
        raise BadInput(conflicts(problem, limits, amount(budget)))
    return found


def amount(budget: Decimal) -> Fraction:
    """A budget as a fraction. Raises `BadInput` where it is below zero, or no number."""
    if not budget.is_finite() or budget < 0:
        raise bad(f"A budget of {budget} is not possible.", "Give zero or more.")
    return Fraction(budget)


def describe(
    problem: Problem, closing: Closing, limits: Limits, budget: Decimal, found: Solution
) -> Portfolio:
    """All that is said about a solution."""
    adds = closing.adds(found.chosen)
    return Portfolio(
        budget=budget,
        chosen=found.chosen,
        spent=limits.spent(found.chosen),
        closed=found.closed,
        possible=possible(problem),
        bound=found.bound,
        worth=found.worth,
        adds=adds,
        quarters=spans(problem, found.chosen),
        why=tuple(reasons(problem, limits, Fraction(budget), found.chosen, adds)),
        gaps=closing.gap,
        worths=closing.worth,
        shares=1 - closing.left(found.chosen),
    )


def possible(problem: Problem) -> float:
    """All weighted gaps that are known, whether or not a candidate aims at them."""
    return float(sum((gap.width or 0.0) * gap.weight for gap in problem.gaps))
