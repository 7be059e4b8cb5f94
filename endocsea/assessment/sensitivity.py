"""What drives the doubt about a level: Sobol indices of the three sources, per unit and node.

Two independent sets of draws, A and B, and for each source i the set AB_i that is A with source i taken from
B (Saltelli et al. 2010). With f the level, n draws of each set, m the mean and V the variance:

- first order, S_i = mean(f(B) · (f(AB_i) - f(A))) / V, with f taken from m (Saltelli et al. 2010, table 2 b):
  the share of the variance that would go if only source i were settled;
- total, T_i = mean((f(A) - f(AB_i))²) / 2V (Jansen 1999): the share that would stay if all but i were settled.

V is the variance over A and B, m the mean over all sets: the same numbers as SALib's on the same draws.
Neither is cut off at 0 or 1: a small index can come out just below nought. Intervals are from the bootstrap
(5 % and 95 % of resamples): draws are dealt into 64 groups that are alike, and groups are drawn again with
replacement. So one pass over the draws is enough, and what is kept does not grow with their number.

All three sources are drawn here, whatever the method switches on for intervals: the question is what the
doubt comes from, answers that are missing included. Where nothing varies there are no indices.

Sources: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola, Computer Physics Communications 181
(2010) 259-270; Jansen, Computer Physics Communications 117 (1999) 35-43.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import engines
from .errors import bad
from .executors import Executor, executor_for, total
from .levels import Floats, Values
from .method import SOURCES, Method
from .plan import BATCH, GRID, Batch
from .streams import stream
from .tree import Tree
from .uncertainty import Simulation

GROUPS: Final = 64
RESAMPLES: Final = 200
MOST: Final = 10**7  # draws of a set: sums of products stay whole numbers of 64 bits
AT_ONCE: Final = 2**16  # draws that `sobol` works on at a time
SETS: Final = 5  # A, B, and one for each source


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Indices of k sources for outputs of any shape; each array is k × that shape, NaN where nothing varies."""

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """What drives the levels of S units on N nodes.

    ``indices`` has arrays of sources × S × N, in the order of ``sources``; ``variance`` (S × N, levels²) is
    what they are shares of. NaN for a node without a level.
    """

    units: tuple[str, ...]
    nodes: tuple[str, ...]
    sources: tuple[str, ...]
    draws: int
    variance: Floats
    indices: Indices


def sensitivity(
    values: Values,
    tree: Tree,
    method: Method,
    *,
    draws: int | None = None,
    seed: int | None = None,
    donors: ArrayLike | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Sensitivity:
    """Sobol indices of the sources "unknown", "reviewers" and "method" for every unit and node.

    ``draws`` of each set (the method's replicates unless given) are rounded up to whole batches of 1,024.
    The rest is as in `simulate`. Raises `BadInput` as that does, and for more than ten million draws.
    """
    wanted = method.replicates if draws is None else draws
    if wanted > MOST:
        raise bad(f"{wanted:,} draws are more than are needed.", f"Give up to {MOST:,}.")
    whole = -(-wanted // BATCH) * BATCH
    work = _Work(
        Simulation(values, tree, replace(method, sources=SOURCES), replicates=whole, seed=seed, donors=donors)
    )
    where = executor or executor_for(workers, SETS * work.simulation.drawn)
    found = total(work.tally, work.simulation, where, progress)
    plan = work.simulation.plan
    its, variance = _indices(found.sums, found.replicates, work.simulation.seed, least=1.0)
    counted = plan.counted[:, ::-1]
    extent = method.range[1] - method.range[0]

    def shown(array: Floats) -> Floats:
        return np.where(counted, np.swapaxes(array, -1, -2)[..., ::-1], np.nan)

    return Sensitivity(
        units=plan.units,
        nodes=plan.nodes[::-1],
        sources=SOURCES,
        draws=found.replicates,
        variance=shown(variance * (extent / GRID) ** 2),
        indices=Indices(*(shown(each) for each in its)),
    )


def sobol(a: ArrayLike, b: ArrayLike, ab: ArrayLike, *, seed: int = 0) -> Indices:
    """Indices from what a model gave: ``a`` and ``b`` are any shape × n draws, ``ab`` is k × that shape × n.

    Draw r of ``ab[i]`` belongs to draw r of ``a`` and ``b``. n has to be a multiple of 64: raises `BadInput`.
    """
    one, other, mixed = (np.asarray(each, dtype=np.float64) for each in (a, b, ab))
    n = one.shape[-1] if one.ndim else 0
    if one.shape != other.shape or mixed.shape[1:] != one.shape or n % GROUPS or not n:
        raise bad("The outputs do not fit together.", f"Give as many of each, in multiples of {GROUPS}.")
    flat = one.reshape(-1, n), other.reshape(-1, n), mixed.reshape(len(mixed), -1, n)
    together = max(1, AT_ONCE // n)  # few outputs at a time: what is worked on stays in the core's cache
    parts = []
    for first in range(0, len(flat[0]), together):
        a_, b_, ab_ = (each[..., first : first + together, :] for each in flat)
        middle = a_.mean(axis=-1, keepdims=True)  # taking it off loses no digits to a large mean
        parts.append(_products(a_ - middle, b_ - middle, ab_ - middle))
    found = _indices(np.concatenate(parts, axis=1), n, seed)[0]
    return Indices(*(each.reshape(-1, *one.shape[:-1]) for each in found))


@dataclass(slots=True, eq=False)
class _Products:
    """Sums of products over replicates: P × N × S × groups."""

    replicates: int
    sums: NDArray[np.int64]

    def add(self, other: _Products) -> None:
        self.replicates += other.replicates
        self.sums += other.sums


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    simulation: Simulation

    def tally(self, batches: Iterable[int]) -> _Products:
        plan = self.simulation.plan
        sums = np.zeros((5 + 3 * len(SOURCES), len(plan.nodes), len(plan.units), GROUPS), np.int64)
        done = 0
        for number in batches:
            done += BATCH
            drawn, order = self._drawn(number)
            for units in self.simulation.blocks():
                a, b, *ab = (self._levels(drawn[its["method"]], units, its, order) for its in _sets())
                # levels are whole numbers below 2¹⁹, so these sums are exact in double precision
                sums[:, :, units] += _products(a, b, np.array(ab)).astype(np.int64)
        return _Products(done, sums)

    def _drawn(self, number: int) -> tuple[list[Batch], NDArray[np.int64]]:
        """Weights and rules of A and of B, and an order that deals replicates to groups by chance.

        Replicates with the same pair of rules stand side by side, as an engine wants it; how many there are
        of each pair is multinomial, so that the rule in B does not depend on the rule in A.
        """
        plan = self.simulation.plan
        rules = plan.method.aggregations
        names = sorted(rules)
        chance = np.array([rules[name] for name in names])
        dice = np.random.Generator(stream(plan.seed, "pairs of rules", number))
        pairs = np.outer(chance, chance).ravel() / chance.sum() ** 2
        ends = np.cumsum(dice.multinomial(BATCH, pairs))
        stretches = [
            slice(first, end) for first, end in zip([0, *ends.tolist()], ends.tolist(), strict=False)
        ]
        ruled = [[(one, other) for one in names for other in names], stretches]
        return [
            Batch(
                number,
                plan.batch(number, BATCH, variant).weights,
                tuple((pair[variant], its) for pair, its in zip(*ruled, strict=True)),
            )
            for variant in (0, 1)
        ], dice.permutation(BATCH)

    def _levels(self, batch: Batch, units: slice, drawn: dict[str, int], order: NDArray[np.int64]) -> Floats:
        """Levels of one set, from the middle of the grid."""
        plan = self.simulation.plan
        variant = np.where(plan.unknown, drawn["unknown"], drawn["reviewers"]).astype(np.uint64)
        grid = engines.chosen().levels(plan, batch, units, variant)
        return np.take(grid, order, axis=2).astype(np.float64) - GRID // 2


def _sets() -> list[dict[str, int]]:
    """Which draws (0 or 1) each source takes in A, in B, and in each AB."""
    none = dict.fromkeys(SOURCES, 0)
    return [none, dict.fromkeys(SOURCES, 1), *({**none, source: 1} for source in SOURCES)]


def _products(a: Floats, b: Floats, ab: Floats) -> Floats:
    """Sums over replicates (the last axis), by group: P × the rest of the shape × groups."""
    a, b, ab = (each.reshape(*each.shape[:-1], GROUPS, -1) for each in (a, b, ab))
    apart = a - ab

    def dot(x: Floats, y: Floats) -> Floats:
        return np.asarray(np.einsum("...r,...r->...", x, y))

    sums = [a.sum(axis=-1), b.sum(axis=-1), dot(a, a), dot(b, b), dot(a, b)]
    return np.stack([*sums, *ab.sum(axis=-1), *dot(b, ab), *dot(apart, apart)])


def _indices(sums: NDArray[Any], n: int, seed: int, *, least: float = 0.0) -> tuple[list[Floats], Floats]:
    """The six arrays of `Indices` and the variance, from sums of P × shape × groups over n draws.

    A variance under ``least`` is none: levels leave an engine on a grid, and may waver by one step of it.
    """
    shape = sums.shape[1:-1]
    groups = sums.reshape(-1, GROUPS).astype(np.float64)
    dice = np.random.Generator(stream(seed, "bootstrap of indices"))
    times = dice.multinomial(GROUPS, np.full(GROUPS, 1 / GROUPS), RESAMPLES).astype(np.float64)
    first, whole, variance = _estimates(groups.sum(axis=1).reshape(len(sums), -1), n, least)
    resampled = _estimates((times @ groups.T).reshape(RESAMPLES, len(sums), -1).swapaxes(0, 1), n, least)
    with np.errstate(invalid="ignore"):
        ends = [np.quantile(each, (0.05, 0.95), axis=1) for each in resampled[:2]]
    arrays = [first, *ends[0], whole, *ends[1]]
    return [np.asarray(each).reshape(-1, *shape) for each in arrays], variance.reshape(shape)


def _estimates(sums: Floats, n: int, least: float) -> tuple[Floats, Floats, Floats]:
    """First-order and total indices (k × shape), and the variance, from sums of P × shape."""
    k = (len(sums) - 5) // 3
    a, b, aa, bb, a_b = sums[:5]
    ab, b_ab, apart = sums[5 : 5 + k], sums[5 + k : 5 + 2 * k], sums[5 + 2 * k :]
    mean = (a + b + ab.sum(axis=0)) / ((k + 2) * n)
    variance = np.maximum((aa + bb) / (2 * n) - ((a + b) / (2 * n)) ** 2, 0.0)
    rounding = 1e-12 * (aa + bb) / (2 * n)
    variance = np.where(variance > np.maximum(rounding, least), variance, np.nan)
    first = (b_ab - a_b - mean * (ab - a)) / n / variance
    return first, apart / (2 * n) / variance, np.nan_to_num(variance)
