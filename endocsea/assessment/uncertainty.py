"""How far a level could be off: Monte Carlo over the sources that the method switches on.

Work is cut into batches of 1,024 replicates. All that is random in a batch comes from streams named after
the seed, the source, the batch's number and what is drawn (a state and a capability, or a node), so a
batch gives the same counts wherever and whenever it is done, and a state's figures do not depend on which
other states or capabilities are in the run (except through hot-deck donors, where "unknown" is on).

Where "unknown" is off, what is unknown stays unknown in each replicate and the weights are renormalised
over the rest: the interval speaks of the known answers. Where it is on, every applicable indicator has a
level in each replicate. A node without a level has no interval either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .aggregation import cap, combine
from .assessing import Assessment, assess, fitted, gates_of
from .errors import BadInput, Defect, bad
from .levels import Bools, Floats, Values
from .method import Method
from .sources import drawn_rules, drawn_weights, imputed_levels, rating_limits, shifts
from .streams import DRAWS, Draws, draws, stream
from .tally import Intervals, Tally, summarise
from .tree import Tree
from .workers import cores, tallies

BATCH: Final = 1024
CHUNK: Final = 2**20  # levels worked on at a time: 8 MB as floats
MOST: Final = 10**9
WORTH_CORES: Final = 2 * 10**7  # levels to draw, a tenth of a second: below, starting helpers takes longer


def simulate(
    values: Values,
    tree: Tree,
    method: Method,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    donors: ArrayLike | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Intervals:
    """The distribution of every unit's level on every node.

    ``replicates`` and ``seed`` are the method's unless given. ``donors`` (D × indicators of ``values``, NaN
    where unknown) are the levels that stand in for unknown ones with the hot deck; the units themselves
    unless given. ``workers`` is how many cores to use (unless given, all of them where that pays): it never
    changes the result. ``progress`` is told replicates done and in all. Raises `BadInput` as `assess` does,
    and for a number of replicates, of workers, a seed or a rule that cannot be used.
    """
    work = Simulation(values, tree, method, replicates=replicates, seed=seed, donors=donors)
    if workers is None:
        workers = cores() if work.drawn >= WORTH_CORES else 1
    elif workers < 1:
        raise bad(f"{workers} workers do nothing.", "Give 1 or more.")
    tally = work.tally(())
    for piece in tallies(work, workers):
        tally.add(piece)
        if progress is not None:
            progress(tally.replicates, work.replicates)
    return work.intervals(tally)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One root's share of the work, for S units and its L leaves. Distances are from the low end."""

    root: str
    nodes: tuple[str, ...]  # children before parents
    leaves: tuple[str, ...]  # those under the same node side by side
    d: NDArray[Any]  # L × S, 0 where unknown; small integers where all are whole
    rated: Bools  # S: something of the unit is known, and reviewers may have erred
    limits: Draws  # 4 × L × S × 1
    gaps: dict[int, dict[int, tuple[Floats, NDArray[np.int64]]]]  # unit → leaf → what an unknown may be
    taking: dict[str, Bools]  # code → units where it counts towards its parent


class Simulation:
    """A simulation that is prepared once and done in batches, here or by a scheduler.

    ``batches`` is their number, ``drawn`` how many levels all of them draw. `tally` does some of them;
    tallies of all batches, added in any order, give `intervals`.
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
        self.method = method
        given = values.level if donors is None else np.array(donors, dtype=np.float64)
        if given.ndim != 2 or given.shape[1] != len(values.indicators):
            raise bad(f"donors has the shape {given.shape}.", "Give donors × the indicators of the values.")
        pool = Values([str(d) for d in range(len(given))], values.indicators, given)
        _, donating = fitted(pool, tree, method)
        self.tree, self.values = fitted(values, tree, method)
        self.batches = -(-self.replicates // BATCH)
        self.drawn = self.replicates * self.values.level.size
        self._at = {code: n for n, code in enumerate(self.tree.nodes)}
        self._parts = [self._part(root, donating.level) for root in self.tree.roots]

    def tally(self, batches: Iterable[int]) -> Tally:
        """Do these batches (numbers from 0 up to ``batches``) and count what comes out."""
        tally = Tally.empty(len(self.tree.nodes), len(self.values.units), self.method)
        for batch in batches:
            size = min(BATCH, self.replicates - batch * BATCH)
            rules = drawn_rules(size, (self.seed, "rule", batch), self.method)
            for part in self._parts:
                self._count(tally, part, batch, size, rules)
            tally.replicates += size
        return tally

    def intervals(self, tally: Tally) -> Intervals:
        """What a tally says about every unit and node."""
        return summarise(
            tally,
            units=self.values.units,
            nodes=self.tree.nodes,
            has_level=~np.isnan(self.assessment.level),
            method=self.method,
            seed=self.seed,
        )

    def _part(self, root: str, donors: Floats) -> _Part:
        nodes = self.tree.nodes_under(root)[::-1]
        leaves = tuple(
            child for node in nodes for child in self.tree.children[node] if child not in self.tree.children
        )
        columns = [self.tree.leaves.index(leaf) for leaf in leaves]
        low = self.method.range[0]
        level = self.values.level[:, columns].T
        applies = ~self.values.not_applicable[:, columns].T
        known = ~np.isnan(level)
        imputing = "unknown" in self.method.sources
        has = self.assessment.applicable if imputing else ~np.isnan(self.assessment.level)
        taking = {node: has[:, self._at[node]] for node in nodes}
        taking |= dict(zip(leaves, applies if imputing else known, strict=True))
        gaps: dict[int, dict[int, tuple[Floats, NDArray[np.int64]]]] = {}
        if imputing:
            for place, column in enumerate(columns):
                its = donors[:, column]
                levels, ends = imputed_levels(its[~np.isnan(its)], self.method)
                for s in np.flatnonzero(applies[place] & ~known[place]).tolist():
                    gaps.setdefault(s, {})[place] = (levels - low, ends)
        filled = np.where(known, level, low)
        limits = rating_limits(filled, self.values.confidence[:, columns].T, self.method)
        rated = known & ("reviewers" in self.method.sources)
        limits[:2, ~rated] = 0
        limits[2:, ~rated] = DRAWS - 1
        d = filled - low
        given = np.concatenate(
            [d.ravel(), *(possible for row in gaps.values() for possible, _ in row.values())]
        )
        if self.method.steps < 100 and np.array_equal(given, np.rint(given)):
            d = d.astype(np.int8)
        return _Part(root, nodes, leaves, d, np.asarray(rated.any(axis=0)), limits[..., None], gaps, taking)

    def _count(
        self, tally: Tally, part: _Part, batch: int, size: int, rules: Sequence[tuple[str, slice]]
    ) -> None:
        weights = {node: self._weights(node, batch, size) for node in part.nodes}
        together = max(1, CHUNK // (len(part.leaves) * size))
        for first in range(0, len(self.values.units), together):
            units = slice(first, min(first + together, len(self.values.units)))
            drawn = self._leaves(part, batch, size, units)
            d: dict[str, NDArray[Any]] = dict(zip(part.leaves, drawn, strict=True))
            done = 0
            for node in part.nodes:
                children = self.tree.children[node]
                taking = np.array([part.taking[child][units] for child in children])
                own = sum(child not in self.tree.children for child in children)
                if own == len(children):  # these leaves stand side by side: no need to copy them
                    below = drawn[done : done + own]
                else:
                    below = np.where(taking[..., None], [d[child] for child in children], 0.0)
                done += own
                level = self._combined(node, below, weights[node], taking, rules)
                heavy = np.array([[self.tree.weight[child] > 0] for child in children])
                level[~(taking & heavy).any(axis=0)] = 0.0  # nothing to combine; it has no interval
                d[node] = self._capped(node, level, d, part, units)
                tally.count(self._at[node], units, d[node], self.method)

    def _weights(self, node: str, batch: int, size: int) -> Floats:
        nominal = np.array([self.tree.weight[child] for child in self.tree.children[node]])
        shares = nominal / nominal.sum()
        if "method" in self.method.sources:
            return drawn_weights(shares, size, (self.seed, "weights", batch, node), self.method)
        return np.repeat(shares[:, None], size, axis=1)

    def _leaves(self, part: _Part, batch: int, size: int, units: slice) -> NDArray[Any]:
        """Distances of leaves × units × replicates."""
        names = self.values.units[units]
        u = np.full((len(part.leaves), len(names), size), DRAWS // 2, np.uint16)
        for place, name in enumerate(names):
            if part.rated[units.start + place]:
                bits = stream(self.seed, "reviewers", batch, name, part.root)
                u[:, place] = draws(bits, len(part.leaves), size)
        d: NDArray[Any] = shifts(u, part.limits[:, :, units]) + part.d[:, units, None]
        for place, name in enumerate(names):
            unknown = part.gaps.get(units.start + place, {})
            if unknown:
                bits = stream(self.seed, "unknown", batch, name, part.root)
                v = draws(bits, len(part.leaves), size)
                for leaf, (possible, ends) in unknown.items():
                    d[leaf, place] = possible[np.searchsorted(ends, v[leaf], side="right")]
        return d

    def _combined(
        self, node: str, d: NDArray[Any], w: Floats, taking: Bools, rules: Sequence[tuple[str, slice]]
    ) -> Floats:
        """Distances of units × replicates, NaN for a unit of which nothing is taken."""
        if node in self.method.aggregation or "method" not in self.method.sources:
            return combine(self.method.rule_of(node), d, w, taking, self.method)
        out = np.empty(d.shape[1:])
        for rule, some in rules:
            out[:, some] = combine(rule, d[..., some], w[:, some], taking, self.method)
        return out

    def _capped(
        self, node: str, level: Floats, d: dict[str, NDArray[Any]], part: _Part, units: slice
    ) -> Floats:
        low = self.method.range[0]
        gates = [
            (gate, np.where(part.taking[gate.indicator][units, None], low + d[gate.indicator], np.nan))
            for gate in gates_of(node, self.method)
        ]
        return cap(low + level, gates)[0] - low if gates else level


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
    if defects:
        raise BadInput(defects)
