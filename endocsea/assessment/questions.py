"""What to ask next: how much each unanswered question would sharpen the picture, on average, once answered.

For an unknown answer X and a level Y, both drawn as in `uncertainty` with the source "unknown" on:

- the variance of Y is expected to shrink by Var(E[Y | X]);
- the doubt whether Y is a gap, p (1 - p) with p its probability, by Var(P[gap | X]).

These are expected values of partial information for a squared loss (Raiffa and Schlaifer 1961; Strong,
Oakley and Brennan, Medical Decision Making 34 (2014) 311-326, for estimating them from one sample). Answers
are discrete, so the conditional means are plain means over the replicates in which X came out so. A variance
between means of finite groups is too large by chance; what chance gives on average is taken off: with n
replicates, k answers and the mean square W within them, Var(E[Y | X]) ≈ B - (k - 1) W / n, where B is the
variance between (the correction of one-way analysis of variance, Kelley's ε²), and not below 0.

What is drawn here orders questions, and nothing else: no drawn answer is ever shown for a state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import engine_numpy, engines
from .errors import bad
from .executors import Executor, executor_for, total
from .levels import Floats, Values
from .method import Method
from .plan import GRID, grid_of
from .tree import Tree
from .uncertainty import Simulation

MOST: Final = 10**7  # replicates: sums of squares stay whole numbers of 64 bits

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Question:
    """What answering ``indicator`` would do to a unit's level on ``node``, in levels² and in p (1 - p).

    ``variance`` and ``doubt`` are as they stand; ``variance_less`` and ``doubt_less`` what of them is
    expected to go.
    """

    unit: str
    indicator: str
    node: str
    variance: float
    variance_less: float
    doubt: float
    doubt_less: float


def questions(
    values: Values,
    tree: Tree,
    method: Method,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    donors: ArrayLike | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Question, ...]:
    """Every unanswered question with every node above it, units and nodes as given, the most telling first.

    Questions that do not apply, or can move nothing, are left out. A node of which too little is known for a
    level is here too: it needs answers most. Questions of the same worth stand by code. Parameters and
    errors are as in `simulate`; more than ten million replicates are refused.
    """
    wanted = method.replicates if replicates is None else replicates
    if wanted > MOST:
        raise bad(f"{wanted:,} replicates are more than are needed.", f"Give up to {MOST:,}.")
    drawing = replace(method, sources=tuple(dict.fromkeys(("unknown", *method.sources))))
    simulation = Simulation(values, tree, drawing, replicates=wanted, seed=seed, donors=donors)
    work = _Work.of(simulation)
    if not work.pairs:
        return ()
    found = total(work.tally, simulation, executor or executor_for(workers, simulation.drawn), progress)
    return work.questions(found)


@dataclass(slots=True, eq=False)
class _Answers:
    """Over replicates, for each pair and answer: how often, the levels' sum, how many were gaps; and squares."""

    replicates: int
    often: Counts
    level: Counts
    gaps: Counts
    squares: Counts

    def add(self, other: _Answers) -> None:
        self.replicates += other.replicates
        for name in ("often", "level", "gaps", "squares"):
            getattr(self, name).__iadd__(getattr(other, name))


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    simulation: Simulation
    pairs: tuple[tuple[int, int, int], ...]  # unit, leaf, node

    @classmethod
    def of(cls, simulation: Simulation) -> _Work:
        plan = simulation.plan
        above = {leaf: _above(leaf, simulation.tree, plan.method) for leaf in plan.leaves}
        return cls(
            simulation,
            tuple(
                (s, q, plan.nodes.index(node))
                for s, q in np.argwhere(plan.unknown).tolist()
                for node in above[plan.leaves[q]]
            ),
        )

    def tally(self, batches: Iterable[int]) -> _Answers:
        plan = self.simulation.plan
        engine = engines.chosen()
        unvaried = plan.unvaried
        most = int(plan.arrays.reach.max()) + 1
        gap = grid_of(plan.method.gap_below, plan.method)
        shape = (len(self.pairs), most)
        often, level, gaps = (np.zeros(shape, np.int64) for _ in range(3))
        found = _Answers(0, often, level, gaps, np.zeros(shape[0], np.int64))
        asked: dict[int, list[tuple[int, int, int]]] = {}
        for place, (s, leaf, node) in enumerate(self.pairs):
            asked.setdefault(s, []).append((place, leaf, node))
        for number in batches:
            batch = plan.batch(number, self.simulation.size(number))
            found.replicates += batch.size
            for units in self.simulation.blocks():
                grid = engine.levels(plan, batch, units, unvaried).astype(np.int64) - GRID // 2
                for s in asked.keys() & range(units.start, units.stop):
                    self._count(found, s, asked[s], grid[:, s - units.start], number, gap - GRID // 2)
        return found

    def _count(
        self,
        found: _Answers,
        s: int,
        asked: list[tuple[int, int, int]],
        levels: Counts,
        number: int,
        gap: int,
    ) -> None:
        """Count one unit's ``asked`` pairs: place, leaf, node."""
        plan = self.simulation.plan
        leaves = np.unique([leaf for _, leaf, _ in asked])
        size, most = levels.shape[1], found.often.shape[1]
        answer = engine_numpy.answers(plan, number, s, leaves)[:, :size]
        squares = (levels * levels).sum(axis=1)
        for place, leaf, node in asked:
            its = answer[np.searchsorted(leaves, leaf)]
            found.often[place] += np.bincount(its, minlength=most)
            # sums of a thousand whole numbers below 2²⁰ are exact in double precision
            found.level[place] += np.bincount(its, levels[node], minlength=most).astype(np.int64)
            found.gaps[place] += np.bincount(its[levels[node] < gap], minlength=most)
            found.squares[place] += squares[node]

    def questions(self, found: _Answers) -> tuple[Question, ...]:
        plan = self.simulation.plan
        n = found.replicates
        extent = plan.method.range[1] - plan.method.range[0]
        scale = (extent / GRID) ** 2
        variance, variance_less = _shrinking(found.often, found.level, found.squares, n)
        doubt, doubt_less = _shrinking(found.often, found.gaps, found.gaps.sum(axis=1), n)
        listed = [
            Question(
                unit=plan.units[s],
                indicator=plan.leaves[q],
                node=plan.nodes[node],
                variance=float(variance[at] * scale),
                variance_less=float(variance_less[at] * scale),
                doubt=float(doubt[at]),
                doubt_less=float(doubt_less[at]),
            )
            for at, (s, q, node) in enumerate(self.pairs)
        ]
        unit = {code: at for at, code in enumerate(plan.units)}
        node = {code: -at for at, code in enumerate(plan.nodes)}  # the tree's order is the other way round
        listed.sort(
            key=lambda each: (
                unit[each.unit],
                node[each.node],
                -each.variance_less,
                -each.doubt_less,
                each.indicator,
            )
        )
        return tuple(listed)


def _shrinking(often: Counts, sums: Counts, squares: Counts, n: int) -> tuple[Floats, Floats]:
    """The variance of a quantity, and by how much it shrinks once the answer is known.

    ``often`` and ``sums`` are pairs × answers, ``squares`` (of the quantity) has an entry for each pair.
    """
    answers = np.count_nonzero(often, axis=1)
    mean = sums.sum(axis=1) / n
    variance = np.maximum(squares / n - mean**2, 0.0)
    means = sums / np.maximum(often, 1)
    between = (often * (means - mean[:, None]) ** 2).sum(axis=1) / n
    within = np.maximum(variance - between, 0.0) * n / np.maximum(n - answers, 1)
    return variance, np.clip(between - (answers - 1) * within / n, 0.0, variance)


def _above(leaf: str, tree: Tree, method: Method) -> list[str]:
    """The nodes above a leaf that it can move: as far up as it weighs something, or caps a node."""
    capped = {gate.caps for gate in method.gates if gate.indicator == leaf}
    found, code, moves = [], leaf, True
    while tree.parent[code]:
        moves = moves and tree.weight[code] > 0
        code = tree.parent[code]
        moves = moves or code in capped
        if moves:
            found.append(code)
    return found
