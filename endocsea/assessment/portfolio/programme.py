"""The choice as a mixed-integer linear programme that HiGHS can solve.

The share closed, 1 − Π(1 − q), is 1 − exp(−s) with the *strength* s = Σ −log(1 − q) of the chosen: a concave
function of a sum. In its place stands a concave function of straight pieces that never says too little. Where
at most four effects meet on a gap, its corners are the strengths that choices can have: it is exact. Where more
meet, it is the lower envelope of tangents: it is exact where one touches (Kelley 1960, "The cutting-plane
method for solving convex programs", SIAM Journal 8, 703-712), and they are set where choices are found. A
piece is one variable, bounded by its length: no big-M.

For every gap there are two rows: the pieces add up to no more strength than was chosen; and the share closed
is no more than Σ q, which holds for every choice and keeps fractions of strong activities from counting too
much. Ties are broken by money: the whole cost of all candidates weighs a hundred-millionth of all gaps.

HiGHS: Huangfu and Hall (2018), "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10, 119-142; used through SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np

from ..levels import Bools, Floats
from .closing import Closing, Indices, summed
from .limits import Limits, Row

TANGENTS: Final = (*np.arange(0.0, 1.5, 0.15), 1.7, 2.0, 2.4, 2.8, 3.4, 4.0)
LISTED: Final = 4  # effects: for so many on one gap, the strength of every choice is listed
SUBSETS: Final = np.array([[number >> place & 1 for number in range(2**LISTED)] for place in range(LISTED)])
STRONGEST: Final = 25.0  # the strength of a certain effect: 1 − exp(−25) is 1 to eleven digits
WHOLE: Final = 1e6  # what all gaps together weigh in the objective
TIES: Final = 1e-2  # what all costs together weigh in it
SLACK: Final = 2e-8  # of all gaps: ties, and certain effects, can make a bound too low by no more


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise ``objective`` over 0 ≤ v ≤ ``upper`` with ``matrix`` v ≤ ``limit``.

    The first variables are the free candidates (``free``, indices of N), the rest pieces. ``base`` is what the
    fixed choice (``fixed``, N) closes. A weighted gap of 1 counts ``weight`` in the objective, money of 1 ``tie``. The
    ``budget_row`` was multiplied by ``budget_scale``.
    """

    fixed: Bools
    free: Indices
    objective: Floats
    upper: Floats
    matrix: Any
    limit: Floats
    base: float
    weight: float
    tie: float
    budget_row: int
    budget_scale: float

    def closed(self, objective: float) -> float:
        """The most that can be closed, from a lower bound of the objective."""
        return self.base - objective / self.weight

    def choice(self, variables: Floats) -> Bools:
        """The choice (N) that a solution stands for."""
        chosen = self.fixed.copy()
        chosen[self.free] = variables[: len(self.free)] > 0.5
        return chosen


def build(
    closing: Closing,
    limits: Limits,
    budget: Fraction,
    *,
    fixed: Bools,
    free: Indices,
    touching: Sequence[Floats] = (),
    cuts: Sequence[tuple[Row, Bools]] = (),
) -> Programme:
    """The programme over the ``free`` candidates; all others are as ``fixed`` says (False where free).

    ``touching`` (each M) are choices' strengths on each gap at which the pieces are exact. ``cuts`` are rows
    with choices that a solver took and that break the row: these, and what is over them, are excluded.
    """
    from scipy import sparse

    place = np.full(closing.candidates, -1)
    place[free] = np.arange(len(free))
    in_play = place[closing.candidate] >= 0
    gaps, cell = np.unique(closing.cell[in_play], return_inverse=True)
    column = place[closing.candidate[in_play]]
    chance = closing.chance[in_play]
    strength = _strength(chance)
    touching_here = np.array([each[gaps] for each in touching]).reshape(len(touching), len(gaps))
    of, length, slope = _pieces(cell, strength, touching_here)
    n, m, k = len(free), len(gaps), len(of)
    rows, limit, budget_row, budget_scale = rows_over(limits, budget, fixed, free, cuts)
    matrix = sparse.block_array(
        [
            [rows, sparse.coo_array((rows.shape[0], k))],
            [
                sparse.coo_array((-strength, (cell, column)), shape=(m, n)),
                sparse.coo_array((np.ones(k), (of, np.arange(k))), shape=(m, k)),
            ],
            [
                sparse.coo_array((-chance, (cell, column)), shape=(m, n)),
                sparse.coo_array((slope, (of, np.arange(k))), shape=(m, k)),
            ],
        ],
        format="csc",
    )
    weight = WHOLE / closing.whole
    worth = (closing.worth * closing.left(fixed))[gaps]
    tie = TIES / (float(limits.price.sum()) or 1.0)
    return Programme(
        fixed=fixed,
        free=free,
        objective=np.concatenate([tie * limits.price[free], -weight * worth[of] * slope]),
        upper=np.concatenate([np.ones(n), length]),
        matrix=matrix,
        limit=np.concatenate([limit, np.zeros(2 * m)]),
        base=closing.closed(fixed),
        weight=weight,
        tie=tie,
        budget_row=budget_row,
        budget_scale=budget_scale,
    )


def strengths(closing: Closing, chosen: Bools) -> Floats:
    """The strength of a choice on each gap (M)."""
    own = np.where(chosen[closing.candidate], _strength(closing.chance), 0.0)
    return summed(closing.cell, own, len(closing.gap))


def _strength(chance: Floats) -> Floats:
    return np.minimum(-np.log1p(-np.minimum(chance, 1 - 1e-15)), STRONGEST)


def _pieces(cell: Indices, strength: Floats, touching: Floats) -> tuple[Indices, Floats, Floats]:
    """The pieces of the function that stands for 1 − exp(−s) on each gap (M): gap, length, slope of each.

    ``cell`` (E, rising, every one of M) and ``strength`` (E) are the effects that may add up on it.
    """
    aims = np.bincount(cell)
    few = aims <= LISTED
    listed = np.zeros((len(aims), LISTED))
    rank = np.arange(len(cell)) - (np.cumsum(aims) - aims)[cell]
    of_few = few[cell]
    listed[cell[of_few], rank[of_few]] = strength[of_few]
    sums = np.sort(listed[few] @ SUBSETS, axis=1)
    ends, heights = _tangents(summed(cell, strength, len(aims))[~few], touching[:, ~few])
    found = [
        _between(np.flatnonzero(few), sums, 1 - np.exp(-sums)),
        _between(np.flatnonzero(~few), ends, heights),
    ]
    of, length, slope = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return of, length, slope


def _tangents(most: Floats, touching: Floats) -> tuple[Floats, Floats]:
    """Where the tangents' envelope turns, and its height there, for strengths up to ``most``: a row for each."""
    at = np.concatenate([np.tile(TANGENTS, (len(most), 1)), most[:, None], touching.T], axis=1)
    at = np.sort(np.minimum(at, most[:, None]), axis=1)
    slope = np.exp(-at)
    height = 1 - slope * (1 + at)  # of each tangent at strength 0
    turn = slope[:, :-1] - slope[:, 1:]
    apart = turn > 1e-6  # nearer ones meet where the second touches, to twelve digits
    meet = np.where(apart, np.diff(height, axis=1) / np.where(apart, turn, 1.0), at[:, 1:])
    ends = np.concatenate([np.zeros((len(most), 1)), meet, most[:, None]], axis=1)
    heights = np.concatenate([height + slope * ends[:, :-1], 1 - np.exp(-most[:, None])], axis=1)
    return ends, heights


def _between(of: Indices, ends: Floats, heights: Floats) -> tuple[Indices, Floats, Floats]:
    length, rise = np.diff(ends, axis=1), np.diff(heights, axis=1)
    kept = length > 1e-9
    return of[np.nonzero(kept)[0]], length[kept], rise[kept] / length[kept]


def rows_over(
    limits: Limits, budget: Fraction, fixed: Bools, free: Indices, cuts: Sequence[tuple[Row, Bools]]
) -> tuple[Any, Floats, int, float]:
    """Needs, exclusions, cuts and limits over the free candidates; the number of the budget's row, and its factor."""
    from scipy import sparse

    entries: list[tuple[Indices, Floats, float]] = []  # candidates, factors, limit
    for at, need in limits.needs:
        entries.append((np.array([at, need]), np.array([1.0, -1.0]), 0.0))
    entries += [(group, np.ones(len(group)), 1.0) for group in limits.groups]
    for row, chosen in cuts:
        inside = row.size > 0
        if row.kind == "most":
            members = np.flatnonzero(chosen & inside)
            entries.append((members, np.ones(len(members)), len(members) - 1.0))
        else:
            members = np.flatnonzero(~chosen & inside)
            entries.append((members, -np.ones(len(members)), -1.0))
    for row in limits.within(budget):
        members = np.flatnonzero(row.size)
        sign = row.scale if row.kind == "most" else -row.scale
        entries.append((members, sign * row.size[members], sign * float(row.limit)))
    number = np.repeat(np.arange(len(entries)), [len(members) for members, _, _ in entries])
    candidate = np.concatenate([members for members, _, _ in entries])
    factor = np.concatenate([factors for _, factors, _ in entries])
    matrix = sparse.coo_array((factor, (number, candidate)), shape=(len(entries), len(fixed))).tocsc()
    limit = np.array([most for _, _, most in entries]) - matrix @ fixed.astype(np.float64)
    return matrix[:, free], limit, len(entries) - 1, limits.within(budget)[-1].scale
