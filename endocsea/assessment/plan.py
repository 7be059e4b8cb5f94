"""A simulation laid out as flat arrays, which is what an engine reads.

Everything that does not change from one replicate to the next is worked out here, once. Levels are
distances ``d`` from the low end of the range. Drawn levels leave an engine on a *grid* of 2²⁰ steps of the
range (0.000004 of a level): sums of whole numbers are the same in any order, and a level that is 2 but
for the last digit is 2, whether it was added up in single or in double precision.

What a cell (a unit's value on an indicator) may be is a row of a table: ``value[t, k]`` where the cell's
draw reaches k of the limits ``limit[t]``. Cells with the same level and confidence share a row, and so do
all unknown cells of an indicator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .assessing import gates_of
from .levels import CONFIDENCES, Bools, Floats, Values, below
from .method import RULES, Method
from .sources import Outcomes, drawn_rules, drawn_weights, imputed, rated, single
from .streams import keys
from .tree import Tree

BATCH: Final = 1024  # replicates: the unit of work
GRID: Final = 2**20
DRAWN: Final = -1  # a node's rule, where it changes from replicate to replicate
SHORT: Final = 4  # limits that are compared one by one
SINGLE_RANGE: Final = 4.0  # with it, terms in single precision move no level by half a step of the grid
# what `RULES[0:3]` take means of
MEANS: Final[Sequence[Any]] = (lambda d: d, np.log1p, lambda d: 1 / (1 + d))

Ints = NDArray[np.int64]


class Arrays(NamedTuple):
    """N nodes (children before parents), C children in all, L leaves, S units, T rows of outcomes.

    A child is a leaf (``child`` ≥ 0) or a node (``~child``). ``rule`` indexes `RULES`. A gate is a row of
    ``gate_at``, ``gate_below`` (as ``d``) and ``gate_leaf``; a node's are ``gates[n]`` to ``gates[n + 1]``.
    """

    begin: Ints  # N + 1: the children of node n are begin[n] to begin[n + 1]
    child: Ints  # C
    rule: Ints  # N: DRAWN, or its own
    taking: Bools  # S × C: counts towards its parent
    table: Ints  # S × L: the row of outcomes of a cell
    keys: NDArray[np.uint64]  # S × L × 2
    reach: Ints  # T: number of limits
    limit: NDArray[np.uint16]  # T × most limits (at least SHORT)
    value: Floats  # 3 × T × (most limits + 1), under each of MEANS
    term: NDArray[Any]  # the same, in the precision in which weight × value is calculated
    hold: NDArray[np.uint16]  # T × steps: the number of limits at which the cell holds 1, 2, …
    gates: Ints  # N + 1
    gate_leaf: Ints
    gate_below: Floats
    gate_at: Floats
    extent: float
    share: float  # of the weight that a whole level needs


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What one batch draws for all units alike: ``weights`` (C × size) and where each rule's replicates end."""

    number: int
    weights: NDArray[np.float32]
    rules: tuple[tuple[str, slice], ...]

    @property
    def size(self) -> int:
        """How many replicates it has."""
        return int(self.weights.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A simulation of S units: ``nodes`` in the order of the arrays, ``counted`` (S × N) where there is a level."""

    units: tuple[str, ...]
    nodes: tuple[str, ...]
    leaves: tuple[str, ...]
    counted: Bools
    unknown: Bools  # S × L: drawn because no value is known
    groups: tuple[tuple[int, ...], ...]  # places of nodes that share a parent (roots share none)
    method: Method
    seed: int
    arrays: Arrays
    shares: tuple[Floats, ...]  # N: nominal weights of a node's children, adding up to 1

    def batch(self, number: int, size: int, variant: int = 0) -> Batch:
        """The weights and rules of a batch; another ``variant`` draws them anew."""
        varied = "method" in self.method.sources
        weights = [
            drawn_weights(shares, size, (self.seed, "weights", variant, number, node), self.method)
            if varied
            else np.repeat(single(shares)[:, None], size, axis=1)
            for node, shares in zip(self.nodes, self.shares, strict=True)
        ]
        rules = [(self.method.aggregation["default"], slice(0, size))]
        if varied:
            rules = drawn_rules(size, (self.seed, "rule", variant, number), self.method)
        return Batch(number, np.concatenate(weights), tuple(rules))

    @property
    def unvaried(self) -> NDArray[np.uint64]:
        """The variant (S × L) with which every cell draws from its first set of numbers."""
        return np.zeros(self.arrays.table.shape, np.uint64)

    def levels_of(self, grid: NDArray[np.int32] | Floats) -> Floats:
        """Levels of the range for steps of the grid."""
        low, high = self.method.range
        return np.asarray(low + grid * ((high - low) / GRID))


def grid_of(level: float, method: Method) -> int:
    """The step of the grid that is nearest to a level."""
    low, high = method.range
    return round((level - low) / (high - low) * GRID)


def plan(
    values: Values,
    tree: Tree,
    method: Method,
    *,
    seed: int,
    donors: Floats,
    has_level: Bools,
) -> Plan:
    """Lay a simulation out. ``values`` and ``donors`` have a column for each leaf of ``tree``, in its order.

    ``has_level`` (S × nodes of the tree) says which nodes a level is drawn for; where "unknown" is no source
    of the method, a node without one counts towards no other.
    """
    nodes = tree.nodes[::-1]
    leaves = tree.leaves
    place = {code: at for at, code in enumerate(leaves)} | {code: ~at for at, code in enumerate(nodes)}
    imputing = "unknown" in method.sources
    applies = ~values.not_applicable
    known = ~np.isnan(values.level)
    own = applies if imputing else known
    counted = np.empty((len(values.units), len(nodes)), bool)
    children, taking = [], []
    for at, node in enumerate(nodes):
        below_it = [place[child] for child in tree.children[node]]
        heavy = np.array([tree.weight[child] > 0 for child in tree.children[node]])
        takes = np.stack([own[:, c] if c >= 0 else counted[:, ~c] for c in below_it], axis=1) & heavy
        counted[:, at] = takes.any(axis=1) & (imputing | has_level[:, tree.nodes.index(node)])
        children += below_it
        taking.append(takes)
    outcomes, table = _tables(values, donors, method, applies & ~known & imputing)
    gates = [gates_of(node, method) for node in nodes]
    flat = [gate for its in gates for gate in its]
    low, high = method.range
    arrays = Arrays(
        begin=_ends(tree.children[node] for node in nodes),
        child=np.array(children),
        rule=np.array([_rule(node, method) for node in nodes]),
        taking=np.concatenate(taking, axis=1),
        table=table,
        keys=_keys(values, seed, known),
        **_rows(outcomes, method),
        gates=_ends(gates),
        gate_leaf=np.array([place[gate.indicator] for gate in flat], dtype=np.int64),
        gate_below=np.array([gate.below - low for gate in flat]),
        gate_at=np.array([gate.at - low for gate in flat]),
        extent=high - low,
        share=method.cumulative_share,
    )
    weights = [np.array([tree.weight[child] for child in tree.children[node]]) for node in nodes]
    return Plan(
        units=values.units,
        nodes=nodes,
        leaves=leaves,
        counted=counted & has_level[:, ::-1],
        unknown=applies & ~known,
        groups=_siblings(nodes, tree),
        method=method,
        seed=seed,
        arrays=arrays,
        shares=tuple(each / each.sum() for each in weights),
    )


def _rule(node: str, method: Method) -> int:
    drawn = "method" in method.sources and node not in method.aggregation
    return DRAWN if drawn else RULES.index(method.rule_of(node))


def _ends(parts: Any) -> Ints:
    return np.cumsum([0, *(len(part) for part in parts)])


def _siblings(nodes: Sequence[str], tree: Tree) -> tuple[tuple[int, ...], ...]:
    found: dict[str, list[int]] = {}
    for at, node in enumerate(nodes):
        found.setdefault(tree.parent[node], []).append(at)
    return tuple(map(tuple, found.values()))


def _keys(values: Values, seed: int, known: Bools) -> NDArray[np.uint64]:
    source = np.where(known, "reviewers", "unknown").tolist()
    purposes = (
        (source[s][q], unit, leaf)
        for s, unit in enumerate(values.units)
        for q, leaf in enumerate(values.indicators)
    )
    return keys(seed, purposes).reshape(*known.shape, 2)


def _tables(values: Values, donors: Floats, method: Method, imputing: Bools) -> tuple[list[Outcomes], Ints]:
    """The rows of outcomes, and the row of each cell. Row 0 is for cells that count nowhere."""
    rows = [_exact(method.range[0])]
    table = np.zeros(values.level.shape, np.int64)
    known = ~np.isnan(values.level)
    kinds, its = np.unique(
        np.stack([values.level[known], values.confidence[known]]), axis=1, return_inverse=True
    )
    table[known] = len(rows) + its.ravel()
    erring = "reviewers" in method.sources
    for level, confidence in kinds.T.tolist():
        rows.append(rated(level, CONFIDENCES[int(confidence)], method) if erring else _exact(level))
    for q in np.flatnonzero(imputing.any(axis=0)).tolist():
        column = donors[:, q]
        table[imputing[:, q], q] = len(rows)
        rows.append(imputed(column[~np.isnan(column)], method))
    return rows, table


def _exact(level: float) -> Outcomes:
    return Outcomes(np.array([level]), np.empty(0, np.uint16))


def _rows(outcomes: Sequence[Outcomes], method: Method) -> dict[str, Any]:
    most = max(SHORT, *(len(each.limits) for each in outcomes))
    limit = np.full((len(outcomes), most), 65535, np.uint16)
    d = np.zeros((len(outcomes), most + 1))
    for t, each in enumerate(outcomes):
        limit[t, : len(each.limits)] = each.limits
        far = np.maximum(each.levels - method.range[0], 0.0)
        d[t] = np.pad(far, (0, most + 1 - len(far)), mode="edge")
    value = np.array([mean(d) for mean in MEANS])
    low, high = method.range
    reach = np.array([len(each.limits) for each in outcomes])
    steps = np.arange(1, method.steps + 1) if _counts_steps(method) else np.arange(0)
    # the first outcome that holds the step; one more than there are where none does
    holds = ~below(d[:, None, :], steps[None, :, None].astype(float))
    first = np.where(holds.any(axis=2), holds.argmax(axis=2), most + 1) if steps.size else holds[:, :, 0]
    return {
        "reach": reach,
        "limit": limit,
        "value": value,
        "term": value.astype(np.float32 if high - low == SINGLE_RANGE else np.float64),
        "hold": first.astype(np.uint16),
    }


def _counts_steps(method: Method) -> bool:
    drawn = method.aggregations.get("cumulative", 0) > 0 and "method" in method.sources
    return drawn or "cumulative" in method.aggregation.values()
