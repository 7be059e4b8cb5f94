"""Which limits cannot be kept together, where no choice keeps to them all, and by how much they miss.

Only floors ask for something; choosing nothing keeps to all the rest. So first the floors are made elastic:
the choice is found that misses them by the least money in all. Then it is asked what would help: any budget,
with capacity as it is; if none does, more capacity.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from ..errors import Defect
from ..levels import Bools, Floats
from .limits import Limits, Row
from .problem import Floor, Problem, Quarter
from .programme import rows_over

CLOSE: Final = 5e-3  # of what is missed: nearer to the least of it is not asked for
NODES: Final = 200
WEIGHT: Final = 0.01  # of a miss: a hundredth of a typical entry outweighs what all candidates cost


def conflicts(problem: Problem, limits: Limits, budget: Fraction) -> list[Defect]:
    """A defect for each floor that is missed, and for the capacity that it takes where no money helps."""
    floors = [row for row in limits.rows if row.kind == "least"]
    capacity = [row for row in limits.rows if row.kind == "most"]
    nearest = _nearest(limits, budget, soft=floors)
    if nearest is None or all(row.holds(nearest) for row in floors):
        what = "HiGHS found neither a choice that keeps to all limits nor the reason."
        return [Defect(what, "Lower a floor, or raise the budget or the capacity.")]
    defects = []
    remedy = "Lower it, or add candidates: whatever the budget and the capacity, these are too few."
    anyway = sum(limits.cost, Fraction())
    dear = _nearest(limits, anyway, price=limits.price)
    if dear is not None:
        remedy = f"Lower it, or raise the budget: {shown(limits.spent(dear))} would do for all floors."
    else:
        stretched = _nearest(limits, anyway, soft=capacity, price=limits.price)
        if stretched is not None:
            remedy = "Lower it, or raise the capacity."
            if limits.spent(stretched) > budget:
                remedy = (
                    f"Lower it, or raise the capacity, and the budget to {shown(limits.spent(stretched))}."
                )
            defects += [_short_of(problem, row, stretched) for row in capacity if not row.holds(stretched)]
    for row in floors:
        if not row.holds(nearest):
            assert isinstance(row.about, Floor)
            what = (
                f"The floor of {shown(row.limit)} for the {row.about.kind} {row.about.code} cannot be met with "
                f"a budget of {shown(budget)}: the choice nearest to all floors gives it {shown(row.of(nearest))}."
            )
            defects.append(Defect(what, remedy, *problem.places[row.about], "least"))
    return defects


def _short_of(problem: Problem, row: Row, chosen: Bools) -> Defect:
    assert isinstance(row.about, Quarter)
    short = shown(row.of(chosen) - row.limit)
    if row.about not in problem.places:
        what = f"The floors need activities with a load of {short} that start after the last quarter."
        return Defect(what, "Give capacity for later quarters, or lower a floor.")
    what = f"Capacity from {row.about.name} on is {short} short of what the floors need."
    remedy = "Raise it there or later, or lower a floor."
    return Defect(what, remedy, *problem.places[row.about], "capacity")


def _nearest(
    limits: Limits, budget: Fraction, *, soft: Sequence[Row] = (), price: Floats | None = None
) -> Bools | None:
    """The choice (N) that misses ``soft`` rows by the least, then has the least price; None where there is none."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = len(limits.price)
    cuts: list[tuple[Row, Bools]] = []
    while True:
        matrix, limit, last, _ = rows_over(limits, budget, np.zeros(n, bool), np.arange(n), cuts)
        first = last + 1 - len(limits.within(budget))
        places = [first + at for at, row in enumerate(limits.rows) if row in soft]
        misses = sparse.coo_array(
            (-np.ones(len(places)), (places, np.arange(len(places)))), shape=(len(limit), len(places))
        )
        scale = np.array([row.scale for row in soft])
        costs = np.zeros(n) if price is None else price / max(float(price.sum()), 1.0)
        found = milp(
            np.concatenate([costs, WEIGHT * scale.max(initial=0.0) / scale]),
            integrality=np.concatenate([np.ones(n), np.zeros(len(places))]),
            bounds=Bounds(0, np.concatenate([np.ones(n), np.full(len(places), np.inf)])),
            constraints=LinearConstraint(sparse.hstack([matrix, misses]), -np.inf, limit),
            options={"mip_rel_gap": CLOSE, "node_limit": NODES},
        )
        if found.x is None:
            return None
        chosen = found.x[:n] > 0.5
        broken = [row for row in limits.within(budget) if row not in soft and not row.holds(chosen)]
        if not broken:
            return np.asarray(chosen)
        cuts += [(row, chosen) for row in broken]


def shown(amount: Fraction) -> str:
    """An amount as a sentence says it, to the hundredth where it is not whole."""
    return f"{int(amount):,}" if amount.denominator == 1 else f"{float(amount):,.2f}"
