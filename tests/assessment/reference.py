"""The same results the slow way: plain Python, one unit and one replicate after another.

Nothing is shared with the code but the settings of `Method`. A value is a number, None (unknown) or "NA"
(not applicable). Where the code takes a short cut, this takes the definition: a median is what lies
nearest to all, a rating error is drawn as a step, a Dirichlet as gammas.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from endocsea.assessment import Method

NEAR = 1e-9
Value = float | str | None
Row = tuple[str, str, float]


@dataclass(frozen=True)
class Found:
    """What `assess` has to find for one unit on one node."""

    level: float | None
    known: float | None
    lower: float | None
    upper: float | None
    answered: int
    unanswered: int
    verdict: str
    weakest: tuple[str, ...]
    gates: tuple[str, ...]


class Grown:
    """A tree of rows, with one set of weights."""

    def __init__(self, rows: Sequence[Row], weight: Mapping[str, float] | None = None) -> None:
        self.weight = {code: w for code, _, w in rows} if weight is None else dict(weight)
        self.children: dict[str, list[str]] = {}
        for code, parent, _ in sorted(rows):
            self.children.setdefault(parent, []).append(code)
        self.nodes = [code for code, _, _ in rows if code in self.children]

    def counting(self, node: str) -> list[str]:
        return [child for child in self.children[node] if self.weight[child] > 0]

    def leaves(self, code: str) -> list[str]:
        """The indicators under a code that weigh something all the way up to it."""
        if code not in self.children:
            return [code]
        return [leaf for child in self.counting(code) for leaf in self.leaves(child)]

    def applies(self, code: str, value: Mapping[str, Value]) -> bool:
        return any(value[leaf] != "NA" for leaf in self.leaves(code))

    def known(self, code: str, value: Mapping[str, Value]) -> float | None:
        """The share known, None where nothing applies."""
        if code not in self.children:
            return None if value[code] == "NA" else float(value[code] is not None)
        shares = [(self.weight[child], self.known(child, value)) for child in self.counting(code)]
        told = [(w, share) for w, share in shares if share is not None]
        return sum(w * share for w, share in told) / sum(w for w, _ in told) if told else None


def combined(rule: str, d: Sequence[float], w: Sequence[float], method: Method) -> float:
    """The distance from the low end that a rule gives, by its definition."""
    total = sum(w)
    if rule == "arithmetic":
        return sum(x * y for x, y in zip(d, w, strict=True)) / total
    if rule == "geometric":
        return math.prod((1 + x) ** (y / total) for x, y in zip(d, w, strict=True)) - 1
    if rule == "harmonic":
        return total / sum(y / (1 + x) for x, y in zip(d, w, strict=True)) - 1
    if rule == "minimum":
        return min(d)
    if rule == "median":
        far = {x: sum(y * abs(x - other) for other, y in zip(d, w, strict=True)) for x in d}
        nearest = [x for x, its in far.items() if its <= min(far.values()) + NEAR]
        return (min(nearest) + max(nearest)) / 2
    step = 0
    top = int(method.range[1] - method.range[0] + NEAR)
    while step < top:
        reach = sum(y for x, y in zip(d, w, strict=True) if x >= step + 1 - NEAR)
        if reach / total < method.cumulative_share - NEAR:
            break
        step += 1
    return step


def level_of(
    code: str,
    tree: Grown,
    value: Mapping[str, Value],
    method: Method,
    *,
    counts: Callable[[str], bool],
    rule: str | None = None,
) -> tuple[float | None, tuple[str, ...]]:
    """The level of a code from the children that count, and the gates that bit."""
    if code not in tree.children:
        its = value[code]
        return (None if its is None or isinstance(its, str) else its), ()
    low = method.range[0]
    used = [child for child in tree.counting(code) if counts(child)]
    if not used:
        return None, ()
    below = [level_of(child, tree, value, method, counts=counts, rule=rule)[0] for child in used]
    own = method.aggregation.get(code, rule or method.aggregation["default"])
    d = [level - low for level in below if level is not None]
    free = low + combined(own, d, [tree.weight[child] for child in used], method)
    shut = []
    for gate in method.gates:
        its = value[gate.indicator]
        if gate.caps == code and isinstance(its, (int, float)) and its < gate.below - NEAR:
            shut.append(gate)
    level = min([free, *(gate.at for gate in shut)])
    if level > free - NEAR:
        return free, ()
    return level, tuple(gate.indicator for gate in shut if gate.at <= level + NEAR)


def has_level(code: str, tree: Grown, value: Mapping[str, Value], method: Method) -> bool:
    if code not in tree.children:
        return value[code] is not None and value[code] != "NA"
    known = tree.known(code, value)
    if known is None or known == 0 or known < method.least_known - NEAR:
        return False
    return any(has_level(child, tree, value, method) for child in tree.counting(code))


def reassess(value: Mapping[str, Value], rows: Sequence[Row], method: Method) -> dict[str, Found]:
    """What there is to say about one unit, by node."""
    tree = Grown(rows, {**{code: w for code, _, w in rows}, **method.weights})
    return {node: _found(node, tree, value, method) for node in tree.nodes}


def _found(node: str, tree: Grown, value: Mapping[str, Value], method: Method) -> Found:
    low, high = method.range

    def counts(code: str) -> bool:
        return has_level(code, tree, value, method)

    def if_all_unknown_were(end: float) -> float | None:
        filled = {code: end if its is None else its for code, its in value.items()}
        return level_of(node, tree, filled, method, counts=lambda code: tree.applies(code, value))[0]

    level, gates = level_of(node, tree, value, method, counts=counts) if counts(node) else (None, ())
    leaves = tree.leaves(node)
    told = {leaf: its for leaf in leaves if isinstance(its := value[leaf], (int, float))}
    lower, upper = if_all_unknown_were(low), if_all_unknown_were(high)
    verdict = "not applicable"
    if lower is not None and upper is not None:
        verdict = "cannot tell"
        if upper < method.gap_below - NEAR:
            verdict = "gap"
        elif lower >= method.gap_below - NEAR:
            verdict = "no gap"
    return Found(
        level=level,
        known=tree.known(node, value),
        lower=lower,
        upper=upper,
        answered=len(told),
        unanswered=sum(value[leaf] is None for leaf in leaves),
        verdict=verdict,
        weakest=tuple(leaf for leaf in leaves if leaf in told and told[leaf] <= min(told.values()) + NEAR),
        gates=gates,
    )


def erred(level: float, confidence: str, method: Method, chance: random.Random) -> float:
    """A true level for a reviewed one: none, one or two steps away, on a side that is inside the range."""
    error = method.rating_error[confidence]
    drawn = chance.random()
    size = 1 if drawn < error.one else 2 if drawn < error.one + error.two else 0
    low, high = method.range
    inside = [level + step for step in (-size, size) if low - NEAR <= level + step <= high + NEAR]
    return chance.choice(inside) if inside else level


def drawn_unknown(donors: Sequence[float], method: Method, chance: random.Random) -> float:
    """A level for an unknown one: a donor's, or a flat draw that weighs as much as some donors."""
    prior = method.imputation.flat_prior
    hot = method.imputation.kind == "hot-deck" and donors
    if hot and chance.random() >= prior / (prior + len(donors)):
        return chance.choice(donors)
    return method.range[0] + chance.randrange(int(method.range[1] - method.range[0] + NEAR) + 1)


def drawn_weights(tree: Grown, method: Method, chance: random.Random) -> dict[str, float]:
    weight = dict(tree.weight)
    for siblings in tree.children.values():
        total = sum(tree.weight[code] for code in siblings)
        for code in siblings:
            shape = method.weight_concentration * tree.weight[code] / total
            weight[code] = chance.gammavariate(shape, 1) if shape else 0.0
    return weight


def replicate(
    value: Mapping[str, Value],
    rows: Sequence[Row],
    method: Method,
    chance: random.Random,
    *,
    confidence: Mapping[str, str] | None = None,
    donors: Mapping[str, Sequence[float]] | None = None,
) -> dict[str, float]:
    """One true world in which this unit could live: its level by node, for nodes that have one."""
    tree = Grown(rows)
    imputing = "unknown" in method.sources
    rule = None
    world = dict(value)
    for code, its in value.items():
        if isinstance(its, (int, float)) and "reviewers" in method.sources:
            world[code] = erred(its, (confidence or {}).get(code, "single"), method, chance)
        elif its is None and imputing:
            world[code] = drawn_unknown((donors or {}).get(code, ()), method, chance)
    varied = tree
    if "method" in method.sources:
        names = sorted(method.aggregations)
        rule = chance.choices(names, [method.aggregations[name] for name in names])[0]
        varied = Grown(rows, drawn_weights(tree, method, chance))

    def counts(code: str) -> bool:
        return tree.applies(code, value) if imputing else has_level(code, tree, value, method)

    levels = {
        node: level_of(node, varied, world, method, counts=counts, rule=rule)[0]
        for node in tree.nodes
        if has_level(node, tree, value, method)
    }
    return {node: level for node, level in levels.items() if level is not None}
