"""Whether a level has changed between two rounds, and how sure that is.

Only indicators that mean the same in both editions are compared, and of these only those that are answered
in both rounds: on these, the level before and the level after are drawn side by side, replicate by
replicate, with the same weights, the same rule, and the same reviewers' error wherever the reviewed level
has not changed (it is the same reading, and what was wrong with it still is). Where the reviewed level has
changed it was read anew, and each reading errs on its own: to let both err alike would make every change of
an answer look certain.

A question that was answered for the first time, or no longer, also moves a level. That is no change of
what is in place; it is shown apart:

    level after - level before = change on what was answered twice + from new answers - from lost answers.

With d the drawn change, the chance that there is none is p = 2 min(P[d ≤ 0], P[d ≥ 0]), at most 1, with one
replicate added to both sides so that p is never 0 (Phipson and Smyth, Statistical Applications in Genetics
and Molecular Biology 9 (2010) 39). Over all units and nodes that can be compared, false discoveries are held
at 10 % by the step-up procedure of Benjamini and Hochberg (Journal of the Royal Statistical Society B 57
(1995) 289-300); ``q`` is the smallest rate at which a change would count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from . import engines
from .assessing import assess, fitted
from .errors import BadInput, Defect
from .executors import Executor, executor_for, total
from .levels import Floats, Values
from .method import Method
from .plan import GRID
from .tally import BINS, PER_BIN
from .tree import Tree
from .uncertainty import Simulation

FALSE_DISCOVERIES: Final = 0.10
BETTER, WORSE, UNCLEAR, CANNOT_TELL = "better", "worse", "no clear change", "cannot tell"


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Changes of S units on N nodes; arrays S × N, NaN where it cannot be told.

    - ``verdict``: better, worse, no clear change, cannot tell.
    - ``change``: the difference of the levels on what was answered twice; ``q05``, ``q95``: its interval.
    - ``better``, ``worse``: share of replicates in which the level rose, fell; ``p``, ``q`` as above.
    - ``before``, ``after``: the levels on all that was answered in each round (of the common indicators);
      ``from_new``, ``from_lost``: what of their difference comes from answers of one round only.
    - ``twice``: number of indicators answered in both rounds; ``once``: in one only; ``never``: in none.
    - ``left_out``: indicators of either edition that have no counterpart in the other.
    - ``only_before``, ``only_after``: units that are in one round only.
    """

    units: tuple[str, ...]
    nodes: tuple[str, ...]
    replicates: int
    verdict: NDArray[np.str_]
    change: Floats
    q05: Floats
    q95: Floats
    better: Floats
    worse: Floats
    p: Floats
    q: Floats
    before: Floats
    after: Floats
    from_new: Floats
    from_lost: Floats
    twice: NDArray[np.int64]
    once: NDArray[np.int64]
    never: NDArray[np.int64]
    left_out: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(
    before: Values,
    after: Values,
    tree: Tree,
    method: Method,
    *,
    mapping: Mapping[str, str] | None = None,
    replicates: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Change:
    """What changed from one round to the next, for every unit that is in both and every node of the tree.

    ``tree`` is that of the later edition. ``mapping`` gives, for indicators of the earlier edition, the one
    that means the same in the later: what is not in it has no counterpart. Without a mapping, codes that are in
    both mean the same. What is unknown is never drawn, whatever the method says. Raises `BadInput` as
    `simulate` does, for a mapping that does not fit, and where no unit is in both rounds.
    """
    method = replace(method, sources=tuple(each for each in method.sources if each != "unknown"))
    meaning = _meaning(before, tree, mapping)
    units = [unit for unit in after.units if unit in set(before.units)]
    if not units:
        raise BadInput([Defect("No unit is in both rounds.", "Use the same codes for units in both.")])
    _, later = fitted(_units(after, units), tree, method)
    _, earlier = fitted(_renamed(_units(before, units), meaning), tree, method)
    common = np.isin(tree.leaves, list(meaning.values()))
    told = [~np.isnan(its.level) & common for its in (earlier, later)]
    twice = told[0] & told[1]
    anew = twice & ((earlier.level != later.level) | (earlier.confidence != later.confidence))
    rounds = [_only(its, twice) for its in (earlier, later)]
    works = [
        Simulation(its, tree, method, replicates=replicates, seed=seed, variant=varied)
        for its, varied in zip(rounds, (np.zeros(anew.shape, np.uint64), anew.astype(np.uint64)), strict=True)
    ]
    work = _Work(*works)
    found = total(work.tally, works[1], executor or executor_for(workers, 2 * works[1].drawn), progress)
    applies = ~later.not_applicable & common
    all_told = zip((earlier, later), told, strict=True)
    levels = [assess(_only(its, its_told), tree, method).level for its, its_told in all_told]
    same = [assess(its, tree, method).level for its in rounds]
    return Change(
        units=tuple(units),
        nodes=tree.nodes,
        replicates=found.replicates,
        **work.figures(found, ~np.isnan(same[0]) & ~np.isnan(same[1])),
        before=levels[0],
        after=levels[1],
        from_new=levels[1] - same[1],
        from_lost=levels[0] - same[0],
        twice=_under(twice, tree),
        once=_under(told[0] ^ told[1], tree),
        never=_under(applies & ~told[0] & ~told[1], tree),
        left_out=_without_counterpart(before, tree, meaning),
        only_before=tuple(sorted(set(before.units) - set(units))),
        only_after=tuple(sorted(set(after.units) - set(units))),
    )


def discoveries(p: Floats, rate: float = FALSE_DISCOVERIES) -> Floats:
    """The q of each p (NaN where not tested), by Benjamini and Hochberg; those up to ``rate`` are discoveries."""
    tested = ~np.isnan(p)
    given = p[tested]
    order = np.argsort(given)[::-1]
    scaled = given[order] * len(given) / np.arange(len(given), 0, -1)
    q = np.full(p.shape, np.nan)
    found = np.empty(len(given))
    found[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    q[tested] = found
    return q


@dataclass(slots=True, eq=False)
class _Differences:
    """Counts over replicates, N × S: rises, falls, the sum, and a histogram of differences in bins."""

    replicates: int
    rises: NDArray[np.int64]
    falls: NDArray[np.int64]
    total: NDArray[np.int64]
    histogram: NDArray[np.int32]

    def add(self, other: _Differences) -> None:
        self.replicates += other.replicates
        for name in ("rises", "falls", "total", "histogram"):
            getattr(self, name).__iadd__(getattr(other, name))


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    before: Simulation
    after: Simulation

    def tally(self, batches: Iterable[int]) -> _Differences:
        engine, plans = engines.chosen(), (self.before.plan, self.after.plan)
        unvaried = np.zeros_like(plans[0].arrays.variant)
        shape = (len(plans[0].nodes), len(plans[0].units))
        rises, falls, sums = (np.zeros(shape, np.int64) for _ in range(3))
        histogram = np.zeros((*shape, 2 * BINS + 1), np.int32)
        done = 0
        for number in batches:
            batch = plans[0].batch(number, self.after.size(number))
            done += batch.size
            for units in self.after.blocks():
                earlier, later = (engine.levels(its, batch, units, unvaried) for its in plans)
                d = later - earlier
                rises[:, units] += (d > 0).sum(axis=2)
                falls[:, units] += (d < 0).sum(axis=2)
                sums[:, units] += d.sum(axis=2, dtype=np.int64)
                rows = np.arange(d.shape[0] * d.shape[1])[:, None] * (2 * BINS + 1) + BINS
                place = d.reshape(-1, batch.size) // PER_BIN + rows
                counted = np.bincount(place.ravel(), minlength=len(rows) * (2 * BINS + 1))
                histogram[:, units] += counted.reshape(*d.shape[:2], -1).astype(np.int32)
        return _Differences(done, rises, falls, sums, histogram)

    def figures(self, found: _Differences, comparable: NDArray[np.bool_]) -> dict[str, Any]:
        """The fields of `Change` that come from drawing."""
        low, high = self.after.plan.method.range
        n, extent = found.replicates, high - low

        def shown(array: NDArray[Any]) -> Floats:
            return np.where(comparable, array.T[:, ::-1], np.nan)

        reached = np.cumsum(found.histogram, axis=2, dtype=np.int64)

        def quantile(q: float) -> Floats:
            edge = np.count_nonzero(reached < q * n, axis=2) - BINS
            return shown(edge * (extent / BINS))

        least = np.minimum(n - found.rises, n - found.falls)
        p = shown(np.minimum(2 * (least + 1) / (n + 1), 1.0))
        q = discoveries(p)
        better, worse = shown(found.rises / n), shown(found.falls / n)
        with np.errstate(invalid="ignore"):
            moved = np.where(q <= FALSE_DISCOVERIES, np.where(better > worse, BETTER, WORSE), UNCLEAR)
        return {
            "verdict": np.where(comparable, moved, CANNOT_TELL),
            "change": shown(found.total / n * (extent / GRID)),
            "q05": quantile(0.05),
            "q95": quantile(0.95),
            "better": better,
            "worse": worse,
            "p": p,
            "q": q,
        }


def _meaning(before: Values, tree: Tree, mapping: Mapping[str, str] | None) -> dict[str, str]:
    """For each indicator of the earlier round that has one: its counterpart in the tree."""
    if mapping is None:
        return {code: code for code in before.indicators if code in tree.leaves}
    leaves, targets = set(tree.leaves), list(mapping.values())
    defects = []
    for old, new in sorted(mapping.items()):
        if new not in leaves:
            defects.append(
                Defect(f"{old} is said to mean the same as {new}, which is no indicator.", "Correct it.")
            )
        elif targets.count(new) > 1:
            defects.append(Defect(f"{new} is given for more than one indicator.", "Keep one of them."))
    if defects:
        raise BadInput(defects)
    return {code: mapping[code] for code in before.indicators if code in mapping}


def _renamed(values: Values, meaning: Mapping[str, str]) -> Values:
    kept = [code for code in values.indicators if code in meaning]
    its = values.columns(kept)
    return Values(
        its.units,
        [meaning[code] for code in kept],
        its.level,
        not_applicable=its.not_applicable,
        confidence=its.confidence,
    )


def _units(values: Values, units: Sequence[str]) -> Values:
    rows = [values.units.index(unit) for unit in units]
    return Values(
        units,
        values.indicators,
        values.level[rows],
        not_applicable=values.not_applicable[rows],
        confidence=values.confidence[rows],
    )


def _only(values: Values, cells: NDArray[np.bool_]) -> Values:
    """The same with all other cells unknown."""
    return Values(
        values.units,
        values.indicators,
        np.where(cells, values.level, np.nan),
        not_applicable=values.not_applicable,
        confidence=values.confidence,
    )


def _under(cells: NDArray[np.bool_], tree: Tree) -> NDArray[np.int64]:
    """How many of these cells (S × leaves) lie under each node: S × N."""
    place = {leaf: at for at, leaf in enumerate(tree.leaves)}
    return np.stack(
        [cells[:, [place[leaf] for leaf in tree.leaves_under(node)]].sum(axis=1) for node in tree.nodes],
        axis=1,
    )


def _without_counterpart(before: Values, tree: Tree, meaning: Mapping[str, str]) -> tuple[str, ...]:
    old = [code for code in before.indicators if code not in meaning]
    new = set(tree.leaves) - set(meaning.values())
    return tuple(sorted({*old, *new}))
