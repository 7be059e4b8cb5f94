"""How indicators are grouped: a tree of codes, with weights.

A row is (code, parent, weight). A row without a parent is a root; there may be several. A code without
children is an indicator (a leaf) and has values; every other code is a node and has levels. A weight
says how much a code counts among its siblings; a root's weight is never used.

The order of the rows does not matter: siblings are kept in the order of their codes, so that sums are
added up in the same order whatever the file looked like.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .errors import BadInput, Defect

Row = tuple[str, str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A checked tree; make one with `Tree.from_rows`.

    ``roots``, ``nodes`` (all codes with children, a parent before its children) and ``leaves`` are in one
    fixed order, depth first, siblings by code. ``children`` lists each node's children.
    """

    roots: tuple[str, ...]
    nodes: tuple[str, ...]
    leaves: tuple[str, ...]
    parent: Mapping[str, str]
    weight: Mapping[str, float]
    children: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_rows(
        cls, rows: Iterable[Row], *, file: str | None = None, numbers: Sequence[int] | None = None
    ) -> Tree:
        """Build a tree from rows (code, parent or "", weight).

        ``file`` and ``numbers`` (the row number of each row; default 1, 2, …) only serve the sentences.
        Raises `BadInput` that names every duplicate code, orphan, cycle, weight that is negative or not
        finite, node whose children all weigh zero, and indicator that stands alone.
        """
        given = [(code, parent, float(weight)) for code, parent, weight in rows]
        places = list(range(1, len(given) + 1)) if numbers is None else list(numbers)
        defects = [
            Defect(what, remedy, file, places[at] if at is not None else None, column)
            for at, column, what, remedy in _defects(given)
        ]
        if defects:
            raise BadInput(sorted(defects, key=lambda defect: defect.row or 0))
        below: dict[str, list[str]] = {}
        for code, parent, _ in sorted(given):
            below.setdefault(parent, []).append(code)
        order = _depth_first(below, below[""])
        return cls(
            roots=tuple(below[""]),
            nodes=tuple(code for code in order if code in below),
            leaves=tuple(code for code in order if code not in below),
            parent=MappingProxyType({code: parent for code, parent, _ in given}),
            weight=MappingProxyType({code: weight for code, _, weight in given}),
            children=MappingProxyType({code: tuple(kept) for code, kept in below.items() if code}),
        )

    def reweighted(self, weights: Mapping[str, float]) -> Tree:
        """The same tree with other weights for some codes.

        Raises `BadInput` for a code that is not in the tree and for weights that `from_rows` refuses.
        """
        strangers = sorted(weights.keys() - self.weight.keys())
        if strangers:
            raise BadInput(
                Defect(f"{code} has a weight in the method, but is not in the tree.", "Correct the code.")
                for code in strangers
            )
        merged = {**self.weight, **weights}
        return Tree.from_rows((code, parent, merged[code]) for code, parent in self.parent.items())

    def __reduce__(self) -> tuple[Any, ...]:
        # a cluster is sent trees, and a read-only mapping cannot be pickled
        return Tree.from_rows, ([(code, parent, self.weight[code]) for code, parent in self.parent.items()],)

    def root_of(self, code: str) -> str:
        """The root above a code (a root is its own)."""
        while self.parent[code]:
            code = self.parent[code]
        return code

    def leaves_under(self, code: str) -> tuple[str, ...]:
        """The indicators under a node; an indicator is its own."""
        return tuple(found for found in _depth_first(self.children, [code]) if found not in self.children)

    def nodes_under(self, code: str) -> tuple[str, ...]:
        """A node and the nodes under it, each parent before its children."""
        return tuple(found for found in _depth_first(self.children, [code]) if found in self.children)


Found = tuple[int | None, str | None, str, str]  # index of the row, column, what, remedy


def _defects(rows: Sequence[Row]) -> Iterable[Found]:
    if not rows:
        yield None, None, "The tree has no rows.", "Give a row for each code: code, parent, weight."
        return
    first: dict[str, int] = {}
    parents = {parent for _, parent, _ in rows}
    for at, (code, parent, weight) in enumerate(rows):
        if not code:
            yield at, "code", "The code is empty.", "Give each row a code."
        elif code in first:
            yield at, "code", f"{code} was given before.", "Keep one row for each code."
        first.setdefault(code, at)
        if not math.isfinite(weight):
            yield at, "weight", f"{code} has a weight that is not a finite number.", "Give a number."
        elif weight < 0:
            yield at, "weight", f"{code} has the weight {weight:g}, below zero.", "Give zero or more."
        if not parent and code not in parents:
            yield (
                at,
                "parent",
                f"{code} has neither a parent nor children: no level can be calculated from it.",
                "Name the code above it.",
            )
    for at, (code, parent, _) in enumerate(rows):
        if parent and parent not in first:
            yield at, "parent", f"{code} is under {parent}, which has no row.", f"Add a row for {parent}."
    yield from _cycles(rows, first)
    yield from _weightless(rows, first)


def _cycles(rows: Sequence[Row], first: Mapping[str, int]) -> Iterable[Found]:
    above = {code: rows[at][1] for code, at in first.items()}
    settled: set[str] = {""}
    for start in above:
        path: list[str] = []
        code = start
        while code in above and code not in settled and code not in path:
            path.append(code)
            code = above[code]
        if code in path:
            ring = [*path[path.index(code) :], code]
            yield (
                first[code],
                "parent",
                f"{' is under '.join(ring)}: that is a circle.",
                "Leave the parent of the topmost code empty.",
            )
        settled.update(path)


def _weightless(rows: Sequence[Row], first: Mapping[str, int]) -> Iterable[Found]:
    heavy = Counter(parent for _, parent, weight in rows if weight != 0)
    for parent in sorted({parent for _, parent, _ in rows if parent in first}):
        if parent and not heavy[parent]:
            yield (
                first[parent],
                "weight",
                f"All that is under {parent} has the weight zero, so {parent} has no level.",
                "Give at least one of them a weight above zero.",
            )


def _depth_first(children: Mapping[str, Sequence[str]], starts: Sequence[str]) -> list[str]:
    order: list[str] = []
    waiting = list(reversed(starts))
    while waiting:
        code = waiting.pop()
        order.append(code)
        waiting.extend(reversed(children.get(code, ())))
    return order
