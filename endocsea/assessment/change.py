"""Whether a level has changed between two rounds, and how sure that is.

Only indicators that mean the same in both editions are compared, and of these only those that are answered
in both rounds, and apply in both. The change is the difference of the levels on these. A question that was
answered for the first time, or no longer, also moves a level; that is no change of what is in place, and is
shown apart:

    level after - level before = change on what was answered twice + from new answers - from lost answers.

A change counts if two things hold:

- It is larger than what two readings of the same levels would show. Both rounds are drawn side by side, and
  each reading errs on its own, also where the answer stayed the same. (To let only changed answers err is to
  look for errors only where a change was seen: tried out, it reported a change in up to half of all rounds
  in which nothing had changed.) Each answer errs as its less certain reading does: at the ends of the scale
  errors go one way, so a level that is merely better confirmed would seem to rise.
- It does not depend on how one calculates. Weights and rules are drawn, the same for both rounds, and the
  level may not move the other way. A rule in whole steps that sees no change says nothing either way.

The first gives the share of replicates in which the level did not move the way of the change, the second
that in which it moved the other way. p is twice the larger of the two, at most 1, with one replicate added
so that it is never 0 (Phipson and Smyth, Statistical Applications in Genetics and Molecular Biology 9 (2010)
39); it is 1 where the change is 0. Because both have to hold, the larger one will do (Berger, Technometrics
24 (1982) 295-300). Over all units and nodes that can be compared, false discoveries are held at 10 % by the
step-up procedure of Benjamini and Hochberg (Journal of the Royal Statistical Society B 57 (1995) 289-300);
``q`` is the smallest rate at which a change would count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from . import engines
from .assessing import assess, fitted
from .errors import BadInput, Defect, bad
from .executors import Executor, executor_for, total
from .levels import TOLERANCE, Floats, Values
from .method import Method
from .plan import Batch, Plan
from .tally import BINS, PER_BIN
from .tree import Tree
from .uncertainty import Simulation

FALSE_DISCOVERIES: Final = 0.10
BETTER, WORSE, UNCLEAR, CANNOT_TELL = "better", "worse", "no clear change", "cannot tell"


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Changes of S units on N nodes; arrays S × N, NaN where it cannot be told.

    - ``verdict``: better, worse, no clear change, cannot tell.
    - ``change``: the difference of the levels on what was answered twice.
    - ``q05``, ``q95``: its interval, and ``better``, ``worse``: shares of replicates in which the level rose,
      fell, as readings err; ``otherwise``: share in which it moves the other way, as weights and rules vary;
      ``p``, ``q`` as above.
    - ``before``, ``after``: the levels on all that was answered in each round (of the common indicators);
      ``from_new``, ``from_lost``: what of their difference comes from answers of one round only.
    - ``twice``: number of indicators (that weigh something) answered in both rounds; ``once``: in one only;
      ``never``: in none; ``new``: without a counterpart in the earlier edition, so not answered twice.
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
    otherwise: Floats
    p: Floats
    q: Floats
    before: Floats
    after: Floats
    from_new: Floats
    from_lost: Floats
    twice: NDArray[np.int64]
    once: NDArray[np.int64]
    never: NDArray[np.int64]
    new: NDArray[np.int64]
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
    meaning = _meaning(before, tree, mapping)
    in_both = set(before.units)
    units = [unit for unit in after.units if unit in in_both]
    if not units:
        raise bad("No unit is in both rounds.", "Use the same codes for units in both.")
    _, later = fitted(_units(after, units), tree, method)
    _, earlier = fitted(_renamed(_units(before, units), meaning), tree, method)
    common = np.isin(tree.leaves, list(meaning.values()))
    told = [~np.isnan(its.level) & common for its in (earlier, later)]
    twice = told[0] & told[1]
    rounds = _answered_twice(earlier, later, twice)
    readings, ways = (
        [Simulation(its, tree, only(method, source), replicates=replicates, seed=seed) for its in rounds]
        for source in ("reviewers", "method")
    )
    work = _Work(readings, ways)
    found = total(work.tally, readings[0], executor or executor_for(workers, 4 * readings[0].drawn), progress)
    same = [its.assessment.level for its in readings]
    levels = [
        assess(_only(its, its_told), tree, method).level
        for its, its_told in zip((earlier, later), told, strict=True)
    ]

    def number(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
        given = Values(units, tree.leaves, np.where(cells, method.range[0], np.nan))
        return assess(given, tree, method).answered

    return Change(
        units=tuple(units),
        nodes=tree.nodes,
        replicates=found.replicates,
        **work.figures(found, same[1] - same[0]),
        before=levels[0],
        after=levels[1],
        from_new=levels[1] - same[1],
        from_lost=levels[0] - same[0],
        twice=number(twice),
        once=number(told[0] ^ told[1]),
        never=number(~later.not_applicable & common & ~told[0] & ~told[1]),
        new=number(~later.not_applicable & ~common),
        left_out=_without_counterpart(before, tree, meaning),
        only_before=tuple(sorted(in_both - set(units))),
        only_after=tuple(sorted(set(after.units) - set(units))),
    )


def only(method: Method, *sources: str) -> Method:
    """The method with no other sources than these."""
    return replace(method, sources=tuple(each for each in method.sources if each in sources))


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
class _Moves:
    """Counts over replicates, N × S: rises and falls as readings err, and as weights and rules vary.

    ``histogram`` counts the differences in bins, as readings err.
    """

    replicates: int
    rises: NDArray[np.int64]
    falls: NDArray[np.int64]
    ways_up: NDArray[np.int64]
    ways_down: NDArray[np.int64]
    histogram: NDArray[np.int32]

    def add(self, other: _Moves) -> None:
        self.replicates += other.replicates
        for name in ("rises", "falls", "ways_up", "ways_down", "histogram"):
            getattr(self, name).__iadd__(getattr(other, name))


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """Both rounds twice: as readings err, and as weights and rules vary."""

    readings: Sequence[Simulation]
    ways: Sequence[Simulation]

    def tally(self, batches: Iterable[int]) -> _Moves:
        readings, ways = ([its.plan for its in pair] for pair in (self.readings, self.ways))
        shape = (len(readings[0].nodes), len(readings[0].units))
        rises, falls, ways_up, ways_down = (np.zeros(shape, np.int64) for _ in range(4))
        histogram = np.zeros((*shape, 2 * BINS + 1), np.int32)
        done = 0
        for number in batches:
            size = self.readings[0].size(number)
            done += size
            as_read, varied = (plans[0].batch(number, size) for plans in (readings, ways))
            for units in self.readings[0].blocks():
                d = _differences(ways, varied, units)
                ways_up[:, units] += (d > 0).sum(axis=2)
                ways_down[:, units] += (d < 0).sum(axis=2)
                d = _differences(readings, as_read, units)
                rises[:, units] += (d > 0).sum(axis=2)
                falls[:, units] += (d < 0).sum(axis=2)
                rows = np.arange(d.shape[0] * d.shape[1])[:, None] * (2 * BINS + 1) + BINS
                place = (d.reshape(-1, size) + PER_BIN // 2) // PER_BIN + rows  # the nearest
                counted = np.bincount(place.ravel(), minlength=len(rows) * (2 * BINS + 1))
                histogram[:, units] += counted.reshape(*d.shape[:2], -1).astype(np.int32)
        return _Moves(done, rises, falls, ways_up, ways_down, histogram)

    def figures(self, found: _Moves, change: Floats) -> dict[str, Any]:
        """The fields of `Change` that come from drawing, and ``change`` (S × N)."""
        low, high = self.readings[0].plan.method.range
        n, comparable = found.replicates, ~np.isnan(change)

        def shown(array: NDArray[Any]) -> Floats:
            return np.where(comparable, array.T[:, ::-1], np.nan)

        reached = np.cumsum(found.histogram, axis=2, dtype=np.int64)

        def quantile(q: float) -> Floats:
            edge = np.count_nonzero(reached < q * n, axis=2) - BINS
            return shown(edge * ((high - low) / BINS))

        rises, falls = shown(found.rises), shown(found.falls)
        otherwise = np.where(change > 0, shown(found.ways_down), shown(found.ways_up))
        against = np.maximum(n - np.where(change > 0, rises, falls), otherwise)
        p = np.minimum(2 * (against + 1) / (n + 1), 1.0)
        p[np.abs(change) < TOLERANCE] = 1.0
        q = discoveries(p)
        moved = np.where(q <= FALSE_DISCOVERIES, np.where(change > 0, BETTER, WORSE), UNCLEAR)
        return {
            "verdict": np.where(comparable, moved, CANNOT_TELL),
            "change": change,
            "q05": quantile(0.05),
            "q95": quantile(0.95),
            "better": rises / n,
            "worse": falls / n,
            "otherwise": otherwise / n,
            "p": p,
            "q": q,
        }


def _differences(rounds: Sequence[Plan], batch: Batch, units: slice) -> NDArray[np.int32]:
    """The later level less the earlier: N × units × replicates, on the grid. Each round has draws of its own."""
    first = rounds[0].unvaried
    earlier, later = (engines.chosen().levels(its, batch, units, first + at) for at, its in enumerate(rounds))
    return later - earlier


def _meaning(before: Values, tree: Tree, mapping: Mapping[str, str] | None) -> dict[str, str]:
    """For each indicator of the earlier edition that has one: its counterpart in the tree."""
    if mapping is None:
        return {code: code for code in before.indicators if code in tree.leaves}
    leaves, targets = set(tree.leaves), Counter(mapping.values())
    defects = []
    for old, new in sorted(mapping.items()):
        if new not in leaves:
            defects.append(
                Defect(f"{old} is said to mean the same as {new}, which is no indicator.", "Correct it.")
            )
        elif targets[new] > 1:
            defects.append(Defect(f"{new} is given for more than one indicator.", "Keep one of them."))
    if defects:
        raise BadInput(defects)
    return dict(mapping)


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


def _answered_twice(earlier: Values, later: Values, twice: NDArray[np.bool_]) -> list[Values]:
    """Both rounds on what was answered twice, so that the same answers count towards the same nodes."""
    aside = earlier.not_applicable | later.not_applicable
    sure = np.minimum(earlier.confidence, later.confidence)
    return [
        Values(
            its.units,
            its.indicators,
            np.where(twice, its.level, np.nan),
            not_applicable=aside,
            confidence=sure,
        )
        for its in (earlier, later)
    ]


def _only(values: Values, cells: NDArray[np.bool_]) -> Values:
    """The same with all other cells unknown."""
    level = np.where(cells, values.level, np.nan)
    return Values(values.units, values.indicators, level, not_applicable=values.not_applicable)


def _without_counterpart(before: Values, tree: Tree, meaning: Mapping[str, str]) -> tuple[str, ...]:
    old = [code for code in before.indicators if code not in meaning]
    new = set(tree.leaves) - set(meaning.values())
    return tuple(sorted({*old, *new}))
