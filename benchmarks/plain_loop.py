"""The references of `assess`, kept as they are: one replicate after the other, NumPy arrays inside each.

`plain` goes from group to group, as one would write it down. `tuned` is the same with one matrix product for
all groups, and gamma variates in place of Dirichlet vectors.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

CHANCES = {0: (0.20, 0.03), 1: (0.10, 0.01), 2: (0.05, 0.00)}  # one and two away, by confidence
TOLERANCE = 1e-9


Figures = dict[str, np.ndarray]


def plain(
    level: np.ndarray, confidence: np.ndarray, group: np.ndarray, replicates: int, seed: int
) -> Figures:
    """Every figure of units × groups: ``level`` units × indicators (NaN unknown), ``group`` by indicator.

    In each replicate: fresh Dirichlet weights, a level for every unknown (from the others' levels on that
    indicator, mixed with a flat prior of two), a possible shift of every known one, one of three rules; then
    bands, gaps and the three widest gaps of each unit.
    """
    rng = np.random.default_rng(seed)
    world = _World(level, confidence, group)
    members = [np.flatnonzero(group == g) for g in range(world.groups)]

    def levels(x: np.ndarray, rule: int) -> np.ndarray:
        y = np.zeros((len(level), world.groups))
        for g, its in enumerate(members):
            weight = rng.dirichlet(np.full(len(its), 20.0 / len(its)))
            under = x[:, its]
            if rule == 0:
                y[:, g] = under @ weight
            elif rule == 1:
                y[:, g] = np.expm1(np.log1p(under) @ weight)
            else:
                for step in range(1, 5):
                    y[:, g] += (under >= step) @ weight >= 0.8 - TOLERANCE
        return y

    return _loop(world, rng, replicates, levels)


def tuned(
    level: np.ndarray, confidence: np.ndarray, group: np.ndarray, replicates: int, seed: int
) -> Figures:
    """The same figures as `plain`."""
    rng = np.random.default_rng(seed)
    world = _World(level, confidence, group)
    member = np.zeros((len(group), world.groups))
    member[np.arange(len(group)), group] = 1.0
    alpha = 20.0 / member.sum(axis=0)[group]

    def levels(x: np.ndarray, rule: int) -> np.ndarray:
        weight = rng.standard_gamma(alpha)[:, None] * member
        weight /= weight.sum(axis=0)
        if rule == 0:
            return x @ weight
        if rule == 1:
            return np.expm1(np.log1p(x) @ weight)
        return sum(((x >= step) @ weight >= 0.8 - TOLERANCE).astype(float) for step in range(1, 5))

    return _loop(world, rng, replicates, levels)


class _World:
    """What does not change from one replicate to the next."""

    def __init__(self, level: np.ndarray, confidence: np.ndarray, group: np.ndarray) -> None:
        self.groups = group.max() + 1
        known = ~np.isnan(level)
        self.base = base = np.where(known, level, 0.0)
        one = np.choose(confidence, [CHANCES[c][0] for c in range(3)])
        two = np.choose(confidence, [CHANCES[c][1] for c in range(3)])
        up_one = np.where(base == 0, one, np.where(base == 4, 0, one / 2))
        up_two = np.where(base < 2, two, np.where(base > 2, 0, two / 2))
        self.limits = np.cumsum([up_two, up_one, one - up_one, two - up_two], axis=0)
        counts = np.array([(level == step).sum(axis=0) for step in range(5)]) + 2 / 5
        ends = np.cumsum(counts / counts.sum(axis=0), axis=0)[:4]  # 4 × indicators
        self.missing = np.nonzero(~known)
        self.ends = ends[:, self.missing[1]]


def _loop(
    world: _World, rng: np.random.Generator, replicates: int, levels: Callable[[np.ndarray, int], np.ndarray]
) -> Figures:
    limits = world.limits
    shape = (len(world.base), world.groups)
    kept = np.empty((replicates, *shape))
    histogram = np.zeros((*shape, 5), np.int64)
    gaps, widest = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    unit, column = np.indices(shape)
    for r in range(replicates):
        u = rng.random(world.base.shape)
        shift = np.where(u < limits[0], 2, np.where(u < limits[1], 1, np.where(u < limits[2], -1, 0)))
        shift = np.where((u >= limits[2]) & (u < limits[3]), -2, shift)
        x = world.base + shift
        x[world.missing] = (u[world.missing] >= world.ends).sum(axis=0)
        y = levels(x, rng.choice(3, p=[0.6, 0.2, 0.2]))
        kept[r] = y
        histogram[unit, column, (y + TOLERANCE).astype(np.int64)] += 1
        gap = y < 2 - TOLERANCE
        gaps += gap
        widest += gap & (y <= np.sort(y, axis=1)[:, 2:3] + TOLERANCE)
    q05, median, q95 = np.quantile(kept, [0.05, 0.5, 0.95], axis=0)
    return {
        "mean": kept.mean(axis=0),
        "gap_probability": gaps / replicates,
        "bands": histogram / replicates,
        "widest_probability": widest / replicates,
        "q05": q05,
        "median": median,
        "q95": q95,
    }
