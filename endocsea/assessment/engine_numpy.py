"""The engine in plain NumPy: the same draws and steps as the compiled one, in double precision.

It serves where Numba is not installed, and as the definition that the compiled engine is held against.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import philox
from .aggregation import cap, combine
from .levels import Bools, Floats
from .method import RULES, Gate
from .plan import BATCH, DRAWN, GRID, Batch, Plan
from .tally import Tally

NAME: Final = "numpy"


def levels(plan: Plan, batch: Batch, units: slice, variant: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Drawn levels of some units on all nodes, on the grid: N × units × replicates of the batch.

    ``variant`` (S × L) tells which of several independent sets of numbers a cell draws from. A unit's figures
    do not depend on the other units. Where nothing counts towards a node there is no level: whatever stands
    there is not to be read.
    """
    a = plan.arrays
    leaves = _leaves(plan, batch, units, variant)
    found: dict[int, Floats] = {}
    out = np.zeros((len(plan.nodes), *leaves.shape[1:]), np.int32)
    for n in range(len(plan.nodes)):
        rows = slice(a.begin[n], a.begin[n + 1])
        taking = a.taking[units, rows].T
        d = np.array([leaves[c] if c >= 0 else found[c] for c in a.child[rows].tolist()])
        d = np.where(taking[..., None], d, 0.0)
        weights = batch.weights[rows].astype(np.float64)
        level = _combined(plan, n, d, weights, taking, batch)
        level[~taking.any(axis=0)] = 0.0  # nothing to combine
        found[~n] = _capped(plan, n, level, leaves, units)
        out[n] = np.rint(found[~n] * (GRID / a.extent))
    return out


def count(plan: Plan, grid: NDArray[np.int32], units: slice, tally: Tally) -> None:
    """Count the drawn levels of some units into a tally."""
    tally.count(plan, grid, units)


def answers(plan: Plan, batch: int, s: int, leaves: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which of its outcomes each of some leaves of unit ``s`` has in a whole batch: leaves × 1,024."""
    a = plan.arrays
    u = philox.draws(a.keys[s, leaves], plan.unvaried[s, leaves], batch, BATCH)
    table = a.table[s, leaves]
    reached = np.zeros(u.shape, np.int64)
    for k in range(int(a.reach[table].max(initial=0))):
        reached += (u >= a.limit[table, k, None]) & (k < a.reach[table, None])
    return reached


def _leaves(plan: Plan, batch: Batch, units: slice, variant: NDArray[np.uint64]) -> Floats:
    """Distances of leaves × units × replicates."""
    a = plan.arrays
    table = a.table[units].T
    keys = a.keys[units].transpose(1, 0, 2).reshape(-1, 2)
    varied = variant[units].T.ravel()
    moving = np.flatnonzero(a.reach[table].ravel() > 0)
    rows = table.ravel()
    out = np.repeat(a.value[0, rows, 0][:, None], batch.size, axis=1)
    if moving.size:
        u = philox.draws(keys[moving], varied[moving], batch.number, BATCH)[:, : batch.size]
        its = rows[moving]
        reached = np.zeros(u.shape, np.int16)
        for k in range(int(a.reach[its].max())):
            reached += (u >= a.limit[its, k, None]) & (k < a.reach[its, None])
        out[moving] = a.value[0][its[:, None], reached]
    return out.reshape(*table.shape, batch.size)


def _combined(plan: Plan, n: int, d: Floats, weights: Floats, taking: Bools, batch: Batch) -> Floats:
    own = int(plan.arrays.rule[n])
    if own != DRAWN:
        return combine(RULES[own], d, weights, taking, plan.method)
    out = np.empty(d.shape[1:])
    for rule, some in batch.rules:
        out[:, some] = combine(rule, d[..., some], weights[:, some], taking, plan.method)
    return out


def _capped(plan: Plan, n: int, level: Floats, leaves: Floats, units: slice) -> Floats:
    a = plan.arrays
    gates = []
    for g in range(a.gates[n], a.gates[n + 1]):
        leaf = int(a.gate_leaf[g])
        told = a.table[units, leaf] > 0
        gate = Gate("", float(a.gate_below[g]), "", float(a.gate_at[g]))
        gates.append((gate, np.where(told[:, None], leaves[leaf], np.nan)))
    return cap(level, gates)[0] if gates else level
