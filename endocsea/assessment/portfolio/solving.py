"""The best choice for a budget, with a proof of how good it is.

1. The linear relaxation (parts of candidates allowed) gives a bound that no choice can exceed, the worth of a
   little more money (the dual value of the budget's row) and, by its reduced costs, what each candidate that
   it takes whole, or not at all, is away from the opposite.
2. The candidates that it would take in part are decided by a small mixed-integer programme, the others
   staying as they are: the first step of kernel search (Angelelli, Mansini and Speranza 2010, "Kernel
   search: a general heuristic for the multi-dimensional knapsack problem", Computers & Operations Research
   37, 2017-2026). What adds nothing is then taken out, and what still fits is put in.
3. A candidate whose reduced cost is wider than the distance from the choice to the bound is decided
   (Nemhauser and Wolsey 1988, "Integer and combinatorial optimization", II.5.2). Where few are left
   undecided, these are solved to the end: the choice is then the best one. Where more are left, they are
   solved to a thousandth; where many are, the choice stands, and the bound says how far from the best it
   can be at most.

HiGHS is deterministic, and stops by a number of nodes and never by the clock. Candidates come in the order
of their codes: the same problem gives the same choice, whatever the order of rows in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from ..levels import Bools, Floats
from .closing import Closing, Indices
from .limits import Limits, Row
from .programme import SLACK, Programme, build, strengths

PART: Final = 1e-6  # a candidate taken by more than this, and less than all but this, is taken in part
LEAST: Final = 50  # candidates in a kernel that is made wider
GOOD: Final = 1e-2  # the kernel is solved to this share of its best
QUICK: Final = 50  # nodes for it
NODES: Final = 2_000  # nodes for what is to be proven
FEW: Final = 60  # candidates: so many undecided ones are solved to the end
SOME: Final = 300  # so many are solved to within `CLOSE` of the best
CLOSE: Final = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """A choice (N), the most that any choice could close, and the closure that one more unit of money is worth."""

    chosen: Bools
    closed: float
    bound: float
    worth: float


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The linear relaxation: what part of each candidate (N) it takes, reduced costs in weighted gap, bound, worth."""

    part: Floats
    away: Floats
    bound: float
    worth: float


def solve(
    closing: Closing, limits: Limits, budget: Fraction, *, good: float = 0.0, some: int = SOME
) -> Solution | None:
    """The best choice found, or None where no choice keeps to the limits.

    Where up to `FEW` candidates stay undecided, it is within the share ``good`` of the best one; where up to
    ``some`` do, within `CLOSE`, if that is more.
    """
    relaxed = relax(
        build(
            closing,
            limits,
            budget,
            fixed=np.zeros(closing.candidates, bool),
            free=np.arange(closing.candidates),
        )
    )
    if relaxed is None:
        return None
    whole = relaxed.part > 0.5
    slack = SLACK * closing.whole
    in_part = np.minimum(relaxed.part, 1 - relaxed.part) > PART
    nearest = np.lexsort((relaxed.away, ~in_part))
    size = int(in_part.sum())
    found: Bools | None = None
    while found is None:
        kernel = np.sort(nearest[:size])
        nodes = QUICK if size < closing.candidates else NODES
        found, _ = _decide(closing, limits, budget, whole, kernel, good=max(good, GOOD), nodes=nodes)
        if found is None and size == closing.candidates:
            return None
        size = min(closing.candidates, max(2 * size, LEAST))
    chosen = polished(closing, limits, budget, found)
    closed = closing.closed(chosen)
    bound = relaxed.bound + slack
    undecided = np.flatnonzero(relaxed.away <= bound - closed)
    if len(undecided) <= some:
        enough = good if len(undecided) <= FEW else max(good, CLOSE)
        found, most = _decide(closing, limits, budget, whole, undecided, good=enough, near=chosen)
        # a choice that differs elsewhere closes less than the one above
        bound = min(bound, max(closed, most + slack))
        if found is not None:
            found = polished(closing, limits, budget, found)
            # at no less than the same closure, to the digits that count, this is the one that costs least
            if closing.closed(found) >= closed - slack:
                chosen, closed = found, closing.closed(found)
    proven = bound <= closed + 2 * slack  # to the digits that count
    return Solution(chosen, closed, closed if proven else bound, relaxed.worth)


def relax(programme: Programme) -> Relaxed | None:
    """The linear relaxation of a programme in which every candidate is free; None where it has no solution."""
    from scipy.optimize import linprog

    found = linprog(
        programme.objective,
        A_ub=programme.matrix,
        b_ub=programme.limit,
        bounds=np.stack([np.zeros(len(programme.upper)), programme.upper], axis=1),
        method="highs",
    )
    if found.status != 0:
        return None
    n = len(programme.free)
    reduced = (found.lower.marginals + found.upper.marginals)[:n]
    dual = -float(found.ineqlin.marginals[programme.budget_row]) * programme.budget_scale
    return Relaxed(
        part=np.clip(found.x[:n], 0.0, 1.0),
        away=np.abs(reduced) / programme.weight,
        bound=programme.closed(found.fun),
        worth=(dual + programme.tie) / programme.weight if dual > 0 else 0.0,
    )


def _decide(
    closing: Closing,
    limits: Limits,
    budget: Fraction,
    whole: Bools,
    free: Indices,
    *,
    good: float,
    nodes: int = NODES,
    near: Bools | None = None,
) -> tuple[Bools | None, float]:
    """The best choice over the ``free`` candidates, None where there is none, and the most that one could close.

    The others stay as in ``whole``. Tangents are set at the choice ``near``, and where choices are found, until
    the one that closes most closes all but ``good`` of the bound.
    """
    fixed = whole.copy()
    fixed[free] = False
    if not len(free):
        return (fixed, closing.closed(fixed)) if limits.hold(fixed, budget) else (None, -np.inf)
    cuts: list[tuple[Row, Bools]] = []
    touching: list[Floats] = [] if near is None else [strengths(closing, near & ~fixed)]
    seen: set[bytes] = set()
    best: Bools | None = None
    tolerance = SLACK * closing.whole
    while True:
        programme = build(closing, limits, budget, fixed=fixed, free=free, touching=touching, cuts=cuts)
        chosen, bound, finished = _answer(programme, good / 2, nodes)
        if chosen is None:
            return best, bound
        broken = [row for row in limits.within(budget) if not row.holds(chosen)]
        if broken:
            cuts += [(row, chosen) for row in broken]
            continue
        closed = closing.closed(chosen)
        if best is None or closed > closing.closed(best):
            best = chosen
        enough = bound - closing.closed(best) <= max(tolerance, good * bound)
        if enough or not finished or chosen.tobytes() in seen:
            return best, bound
        seen.add(chosen.tobytes())
        touching.append(strengths(closing, chosen & ~fixed))


def _answer(programme: Programme, good: float, nodes: int) -> tuple[Bools | None, float, bool]:
    """HiGHS's choice (None where it has none), the most that the programme's choices close, and if it finished."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    whole = np.zeros(len(programme.objective))
    whole[: len(programme.free)] = 1
    found = milp(
        programme.objective,
        integrality=whole,
        bounds=Bounds(np.zeros(len(programme.upper)), programme.upper),
        constraints=LinearConstraint(programme.matrix, -np.inf, programme.limit),
        options={"mip_rel_gap": good, "node_limit": nodes},
    )
    if found.status == 2:  # no choice is possible
        return None, -np.inf, True
    bound = np.inf if found.mip_dual_bound is None else programme.closed(found.mip_dual_bound)
    return (None if found.x is None else programme.choice(found.x)), bound, found.status == 0


def polished(closing: Closing, limits: Limits, budget: Fraction, chosen: Bools) -> Bools:
    """Without what adds nothing (the dearest first), and with what still fits (the most for its money first)."""
    chosen = chosen.copy()
    dearest = np.argsort(-limits.price, kind="stable")
    while True:
        idle = dearest[(chosen & (closing.adds(chosen) == 0))[dearest]]
        for at in idle:
            chosen[at] = False
            if limits.hold(chosen, budget):
                break
            chosen[at] = True
        else:
            break
    refused = np.zeros(len(chosen), bool)
    while True:
        adds = closing.adds(chosen)
        fit = np.flatnonzero(limits.fit(chosen, budget) & (adds > 0) & ~refused)
        if not len(fit):
            return chosen
        with np.errstate(divide="ignore"):
            at = fit[np.argmax(adds[fit] / limits.price[fit])]
        chosen[at] = True
        if not limits.hold(chosen, budget):
            chosen[at], refused[at] = False, True
