"""From reviewed values to levels: what is known, what it gives, and what could still come out.

Shares known, shares evidenced and bounds are counted on the indicators (the leaves). At each node the
weights of the children to which anything applies are renormalised to 1; an indicator's weight under a
node is the product of these along the way down. So what does not apply leaves the denominator at the
node right above it, and does not make the rest of the tree weigh more or less. The share known is the
weight of the indicators with a value; it counts indicators below a child that itself has no level.

A child without a level is unknown to its parent: the level comes from the children that have one. In
the bounds every unknown indicator stands at the low, then at the high, end of the range, so nothing is
unknown there. In a tree of one level a level lies inside its bounds; in a deeper one it need not,
because a child of which too little is known leaves the level, but not the bounds.

A weight of zero counts nowhere: not in levels, shares, counts of questions, or the weakest indicators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .aggregation import cap, combine
from .errors import BadInput, Defect
from .levels import Bools, Floats, Values, Verdict, band, below, check_range, verdict
from .method import Gate, Method
from .tree import Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """The assessment of one unit on one node, in plain values; None where there is no such number."""

    level: float | None
    known: float
    evidenced: float | None
    lower: float | None
    upper: float | None
    answered: int
    unanswered: int
    verdict: Verdict
    band: int | None
    weakest: tuple[str, ...]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """Levels of S units on N nodes; every array has the shape S × N.

    - ``applicable``: something under the node applies. Where not, all numbers are NaN and counts 0.
    - ``level``: NaN where less than ``least_known`` of the weight is known.
    - ``known``, ``evidenced``: share of the weight that has a value, that has a value with evidence
      (None where evidence was not stated).
    - ``lower``, ``upper``: the level if all that is unknown stood at the low, the high end of the range.
    - ``answered``, ``unanswered``: number of indicators that count and have, or lack, a value.
    - ``verdict``: words of `levels.verdict`. "cannot tell" depends on the ``unanswered`` questions.
    - ``band``: index into the method's bands, -1 without a level.
    - ``weakest``: all indicators that share the lowest known value. ``gates``: indicators whose gate bit.
    """

    units: tuple[str, ...]
    nodes: tuple[str, ...]
    applicable: Bools
    level: Floats
    known: Floats
    evidenced: Floats | None
    lower: Floats
    upper: Floats
    answered: NDArray[np.int64]
    unanswered: NDArray[np.int64]
    verdict: NDArray[np.str_]
    band: NDArray[np.int64]
    weakest: tuple[tuple[tuple[str, ...], ...], ...]
    gates: tuple[tuple[tuple[str, ...], ...], ...]

    def of(self, unit: str, node: str) -> Outcome:
        """What was found for one unit on one node. Raises ``ValueError`` for a code that is not there."""
        at = self.units.index(unit), self.nodes.index(node)
        said: Verdict = self.verdict[at].item()
        return Outcome(
            level=_plain(self.level[at]),
            known=float(self.known[at]),
            evidenced=None if self.evidenced is None else _plain(self.evidenced[at]),
            lower=_plain(self.lower[at]),
            upper=_plain(self.upper[at]),
            answered=int(self.answered[at]),
            unanswered=int(self.unanswered[at]),
            verdict=said,
            band=None if self.band[at] < 0 else int(self.band[at]),
            weakest=self.weakest[at[0]][at[1]],
            gates=self.gates[at[0]][at[1]],
        )


def assess(values: Values, tree: Tree, method: Method) -> Assessment:
    """The levels of every unit on every node of the tree, with all that `Assessment` says about them.

    Raises `BadInput` where values, tree and method do not fit together, and for a value out of range.
    """
    tree, values = fitted(values, tree, method)
    found = {leaf: _leaf(values, q, method) for q, leaf in enumerate(tree.leaves)}
    for node in reversed(tree.nodes):
        found[node] = _node(node, found, tree, method)
    low_high = [[verdict(a, b, method.gap_below) for a, b in zip(found[n].lower, found[n].upper, strict=True)]
                for n in tree.nodes]  # fmt: skip

    def table(name: str) -> NDArray[Any]:
        return np.stack([getattr(found[node], name) for node in tree.nodes], axis=1)

    evidenced = None if values.evidenced is None else table("evidenced")
    level = table("level")
    return Assessment(
        units=values.units,
        nodes=tree.nodes,
        applicable=table("applicable"),
        level=level,
        known=table("known"),
        evidenced=evidenced,
        lower=table("lower"),
        upper=table("upper"),
        answered=table("answered"),
        unanswered=table("unanswered"),
        verdict=np.array(low_high, dtype=np.str_).reshape(len(tree.nodes), -1).T,
        band=band(level, [each.start for each in method.bands]),
        weakest=tuple(zip(*(_weakest(node, found, tree) for node in tree.nodes), strict=True)),
        gates=tuple(zip(*(found[node].gates for node in tree.nodes), strict=True)),
    )


def fitted(values: Values, tree: Tree, method: Method) -> tuple[Tree, Values]:
    """The tree with the method's weights, and the values with a column for each of its leaves.

    Raises `BadInput` for codes in values or method that the tree does not have, and values out of range.
    """
    defects = []
    for code in values.indicators:
        if code in tree.children:
            defects.append(Defect(f"{code} is not an indicator: it has children.", "Give values below it."))
        elif code not in tree.parent:
            defects.append(Defect(f"{code} is not in the tree.", "Correct the code, or add it to the tree."))
    defects += misfits(tree, method)
    if defects:
        raise BadInput(sorted(defects, key=str))
    check_range(values, *method.range)
    return tree.reweighted(method.weights), values.columns(tree.leaves)


def misfits(tree: Tree, method: Method) -> list[Defect]:
    """What in a method does not fit a tree; ``column`` is the setting."""
    defects = []
    for code in sorted(method.aggregation.keys() - tree.children.keys() - {"default"}):
        what = f"{code} is no node."
        defects.append(Defect(what, "Name a code with children.", column="aggregation"))
    for gate in method.gates:
        if gate.caps not in tree.children or gate.indicator not in tree.leaves_under(gate.caps):
            what = f"A gate lets {gate.indicator} cap {gate.caps}."
            defects.append(
                Defect(what, "Name an indicator of the tree, and a node above it.", column="gates")
            )
    try:
        tree.reweighted(method.weights)
    except BadInput as error:
        defects += [Defect(each.what, each.remedy, column="weights") for each in error.defects]
    return defects


def gates_of(node: str, method: Method) -> list[Gate]:
    """The gates that cap a node, in the method's order."""
    return [gate for gate in method.gates if gate.caps == node]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """One code's results, an entry per unit."""

    applicable: Bools
    level: Floats
    known: Floats
    evidenced: Floats
    lower: Floats
    upper: Floats
    answered: NDArray[np.int64]
    unanswered: NDArray[np.int64]
    lowest: Floats  # the lowest known value below, infinite where nothing is known
    gates: tuple[tuple[str, ...], ...] = ()


def _leaf(values: Values, q: int, method: Method) -> _Found:
    low, high = method.range
    x, applies = values.level[:, q], ~values.not_applicable[:, q]
    known = ~np.isnan(x)
    seen = known if values.evidenced is None else known & values.evidenced[:, q]
    return _Found(
        applicable=applies,
        level=x,
        known=known.astype(float),
        evidenced=seen.astype(float),
        lower=np.where(applies, np.where(known, x, low), np.nan),
        upper=np.where(applies, np.where(known, x, high), np.nan),
        answered=known.astype(np.int64),
        unanswered=(applies & ~known).astype(np.int64),
        lowest=np.where(known, x, np.inf),
    )


def _node(node: str, found: Mapping[str, _Found], tree: Tree, method: Method) -> _Found:
    children = [found[child] for child in tree.children[node]]
    weight = np.array([[tree.weight[child]] for child in tree.children[node]])
    gates = gates_of(node, method)
    applies = np.array([child.applicable for child in children]) & (weight > 0)

    def combined(rule: str, name: str, taking: Bools, zero: float) -> Floats:
        x = np.array([getattr(child, name) for child in children]) - zero
        return combine(rule, np.where(taking, x, 0.0)[..., None], weight, taking, method)[:, 0]

    def level(name: str, taking: Bools) -> tuple[Floats, list[Bools]]:
        low = method.range[0]
        free = combined(method.rule_of(node), name, taking, low) + low
        return cap(free, [(gate, getattr(found[gate.indicator], name)) for gate in gates])

    def share(name: str) -> Floats:
        return combined("arithmetic", name, applies, 0.0)

    def number(name: str) -> NDArray[np.int64]:
        each = np.array([getattr(child, name) for child in children])
        return np.asarray(np.sum(np.where(applies, each, 0), axis=0))

    known = share("known")
    with_level = applies & ~np.isnan([child.level for child in children])
    reached, bit = level("level", with_level)
    enough = (known > 0) & ~below(known, method.least_known)
    lowest = np.array([child.lowest for child in children])
    return _Found(
        applicable=np.asarray(applies.any(axis=0)),
        level=np.where(enough, reached, np.nan),
        known=known,
        evidenced=share("evidenced"),
        lower=level("lower", applies)[0],
        upper=level("upper", applies)[0],
        answered=number("answered"),
        unanswered=number("unanswered"),
        lowest=np.min(np.where(applies, lowest, np.inf), axis=0),
        gates=tuple(
            tuple(gate.indicator for gate, bites in zip(gates, bit, strict=True) if enough[s] and bites[s])
            for s in range(len(known))
        ),
    )


def _weakest(node: str, found: Mapping[str, _Found], tree: Tree) -> list[tuple[str, ...]]:
    leaves = [leaf for leaf in tree.leaves_under(node) if _counts(leaf, node, tree)]
    x = np.array([found[leaf].lowest for leaf in leaves])
    tied = np.isfinite(x) & ~below(found[node].lowest, x)
    return [
        tuple(leaf for leaf, its in zip(leaves, tied[:, s], strict=True) if its) for s in range(x.shape[1])
    ]


def _counts(leaf: str, node: str, tree: Tree) -> bool:
    code = leaf
    while code != node:
        if tree.weight[code] == 0:
            return False
        code = tree.parent[code]
    return True


def _plain(number: np.float64) -> float | None:
    return None if np.isnan(number) else float(number)
