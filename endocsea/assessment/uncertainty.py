"""How far a level could be off: Monte Carlo over the sources that the method switches on.

Work is cut into batches of 1,024 replicates. What is random about a cell comes from a stream named after the
seed, the source, the unit and the indicator; weights and rules come from streams named after the seed and
the node. So a batch gives the same counts wherever and whenever it is done, and a unit's figures do not
depend on which other units or capabilities are in the run (except through hot-deck donors, where "unknown"
is on, and for what compares a unit's capabilities: its widest gaps).

Where "unknown" is off, what is unknown stays unknown in each replicate and the weights are renormalised
over the rest: the interval speaks of the known answers. Where it is on, every applicable indicator has a
level in each replicate. A node without a level has no interval either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from . import engines
from .assessing import Assessment, assess, fitted
from .errors import BadInput, Defect, bad
from .executors import Executor, executor_for, total
from .levels import Values
from .method import DEFAULT_AGGREGATIONS, DEFAULT_RATING_ERROR, MOST_STEPS, Method
from .plan import BATCH, Plan, plan
from .tally import Intervals, Tally, summarise
from .tree import Tree

AT_ONCE: Final = 2**17  # drawn levels that are worked on at a time: half a megabyte
MOST: Final = 10**9
UNIT_RANGE: Final = 4  # levels, for which the default errors and rules are made


def simulate(
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
) -> Intervals:
    """The distribution of every unit's level on every node.

    ``replicates`` and ``seed`` are the method's unless given. ``donors`` (D × indicators of ``values``, NaN
    where unknown) are the levels that stand in for unknown ones with the hot deck; the units themselves
    unless given. ``workers`` is how many cores to use (unless given, all of them where that pays), and
    ``executor`` any other place to work: neither ever changes the result. ``progress`` is told replicates
    done and in all. Raises `BadInput` as `assess` does, and for a number of replicates, of workers, a seed or
    a rule that cannot be used.
    """
    work = Simulation(values, tree, method, replicates=replicates, seed=seed, donors=donors)
    return work.intervals(total(work.tally, work, executor or executor_for(workers, work.drawn), progress))


class Simulation:
    """A simulation that is prepared once and done in batches, here or by a scheduler.

    ``batches`` is their number, ``drawn`` how many cells all of them draw; ``tree`` has the method's weights.
    `tally` does some batches; tallies of all of them, added in any order, give `intervals`.
    """

    def __init__(
        self,
        values: Values,
        tree: Tree,
        method: Method,
        *,
        replicates: int | None = None,
        seed: int | None = None,
        donors: ArrayLike | None = None,
    ) -> None:
        self.replicates = method.replicates if replicates is None else replicates
        self.seed = method.seed if seed is None else seed
        _refuse_unusable(self.replicates, self.seed, method)
        self.assessment: Assessment = assess(values, tree, method)
        given = values.level if donors is None else np.array(donors, dtype=np.float64)
        if given.ndim != 2 or given.shape[1] != len(values.indicators):
            raise bad(f"donors has the shape {given.shape}.", "Give donors × the indicators of the values.")
        pool = Values([str(d) for d in range(len(given))], values.indicators, given)
        _, donating = fitted(pool, tree, method)
        self.tree, ours = fitted(values, tree, method)
        self.plan: Plan = plan(
            ours,
            self.tree,
            method,
            seed=self.seed,
            donors=donating.level,
            has_level=~np.isnan(self.assessment.level),
        )
        self.batches = -(-self.replicates // BATCH)
        self.drawn = self.replicates * ours.level.size

    def size(self, batch: int) -> int:
        """How many replicates a batch has."""
        return min(BATCH, self.replicates - batch * BATCH)

    def blocks(self) -> Iterator[slice]:
        """All units, some at a time: as many as fit into a core's cache."""
        units = len(self.plan.units)
        together = max(1, AT_ONCE // (len(self.plan.nodes) * BATCH))
        for first in range(0, units, together):
            yield slice(first, min(first + together, units))

    def tally(self, batches: Iterable[int]) -> Tally:
        """Do these batches (numbers from 0 up to ``batches``) and count what comes out."""
        its = self.plan
        engine = engines.chosen()
        unvaried = its.unvaried
        tally = Tally.empty(len(its.nodes), len(its.units), its.method)
        for number in batches:
            batch = its.batch(number, self.size(number))
            for units in self.blocks():
                engine.count(its, engine.levels(its, batch, units, unvaried), units, tally)
            tally.replicates += batch.size
        return tally

    def intervals(self, tally: Tally) -> Intervals:
        """What a tally says about every unit and node."""
        return summarise(tally, self.plan)


def _refuse_unusable(replicates: int, seed: int, method: Method) -> None:
    defects = []
    if not 1 <= replicates <= MOST:
        defects.append(Defect(f"{replicates:,} replicates cannot be drawn.", f"Give 1 to {MOST:,}."))
    if seed < 0:
        defects.append(Defect(f"The seed {seed} is below zero.", "Give 0 or more."))
    rule = method.aggregation["default"]
    if "method" in method.sources and not method.aggregations.get(rule):
        defects.append(
            Defect(
                f"The levels use the rule {rule}, but the rules to draw from (aggregations) leave it out.",
                f"Add it there, for example aggregations: {{{rule}: 1}}, or take `method` out of sources.",
            )
        )
    if "method" in method.sources and method.aggregations.get("cumulative") and method.steps > MOST_STEPS:
        what = f"Among the rules to draw from is cumulative, and the range has {method.steps:,} whole levels."
        remedy = f"Give a range of at most {MOST_STEPS} levels, or aggregations without it."
        defects.append(Defect(what, remedy, column="aggregations"))
    low, high = method.range
    if high - low != UNIT_RANGE:
        elsewhere = f"The range is {low:g} to {high:g}, and"
        if "reviewers" in method.sources and method.rating_error == DEFAULT_RATING_ERROR:
            what = f"{elsewhere} how far reviewers err is stated for a range of {UNIT_RANGE} levels."
            remedy = "Give rating_error for this range, or take `reviewers` out of sources."
            defects.append(Defect(what, remedy, column="rating_error"))
        if "method" in method.sources and method.aggregations == DEFAULT_AGGREGATIONS:
            what = f"{elsewhere} one of the rules to draw from, cumulative, goes through whole levels."
            remedy = "Give aggregations for this range, or take `method` out of sources."
            defects.append(Defect(what, remedy, column="aggregations"))
    if defects:
        raise BadInput(defects)
