"""A table of counts with its totals.

A cell has a label in each dimension. The label ``total`` stands for all categories together, so a cell with
it is a total; a cell without it is one of the finest cells, and each of these has to be there, with 0 where
there was nobody. A total may be left out: then it is not published.

A public table crosses at most two characteristics of persons, besides the state that they are in.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import BadInput, Defect
from .small_numbers import CHARACTERISTICS

TOTAL: Final = "total"
PLACE: Final = "state"  # the dimension that is not a characteristic of a person
MOST: Final = 10**9  # more persons than in any table here, and sums of them stay exact in floating point

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Labels = tuple[str, ...]
Row = tuple[Sequence[str], float]  # the labels of a cell, and its count


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Counts by one to three dimensions, in a grid of N cells with a place for every possible total.

    The grid has a place more than categories in each dimension (``shape``); the last is the total. Arrays
    have the shape N, in C order of the grid. ``count`` holds all totals, also those not ``published``.
    ``given`` are the places of the published cells, in the order in which they came. No text that is made
    of a `Counts` holds a count.
    """

    dimensions: tuple[str, ...]
    categories: tuple[Labels, ...]
    count: Ints = field(repr=False)
    published: Bools
    given: tuple[int, ...]

    @classmethod
    def from_rows(
        cls,
        dimensions: Sequence[str],
        rows: Iterable[Row],
        *,
        file: str | None = None,
        numbers: Sequence[int] | None = None,
    ) -> Counts:
        """Build a table from rows (labels in the order of ``dimensions``, count).

        ``file`` and ``numbers`` (the row number of each row; default 1, 2, …) only serve the sentences.
        Raises `BadInput` that names every wrong number of dimensions, label, count, duplicate, finest cell
        without a row, and total that is not the sum of what it is the total of.
        """
        found = [(tuple(labels), count) for labels, count in rows]
        places = list(range(1, len(found) + 1)) if numbers is None else list(numbers)
        defects = [
            Defect(what, remedy, file, None if at is None else places[at], column)
            for at, column, what, remedy in _defects(dimensions, found)
        ]
        if defects:
            raise BadInput(sorted(defects, key=lambda defect: defect.row or 0))
        categories = _categories(len(dimensions), (labels for labels, _ in found))
        at = {labels: place for place, labels in enumerate(_grid(categories))}
        given = tuple(at[labels] for labels, _ in found)
        fine = np.zeros(len(at), dtype=np.int64)
        fine[list(given)] = [int(count) for _, count in found]
        count = _with_totals(fine, categories)
        published = np.zeros(len(at), dtype=bool)
        published[list(given)] = True
        table = cls(tuple(dimensions), categories, count, published, given)
        wrong = [
            Defect(
                f"{table.name(place)} is not the sum of its parts.",
                "Correct the total, or leave its row out.",
                file,
                places[row],
                "count",
            )
            for row, place in enumerate(given)
            if fine[place] != count[place]
        ]
        if wrong:
            raise BadInput(wrong)
        return table

    @property
    def shape(self) -> tuple[int, ...]:
        """Categories and a total, in each dimension."""
        return tuple(len(labels) + 1 for labels in self.categories)

    @property
    def grid(self) -> Ints:
        """The place of each cell, in the shape of the grid."""
        return np.arange(self.count.size).reshape(self.shape)

    @property
    def size(self) -> Ints:
        """How many finest cells each cell is the sum of; shape N."""
        size = np.ones(1, dtype=np.int64)
        for labels in self.categories:
            size = np.multiply.outer(size, [*[1] * len(labels), len(labels)]).ravel()
        return size

    @property
    def finest(self) -> Bools:
        """Which cells are no totals; shape N."""
        finest = np.zeros(self.shape, dtype=bool)
        finest[tuple(slice(-1) for _ in self.categories)] = True
        return finest.ravel()

    def labels(self, place: int) -> Labels:
        """The labels of a cell."""
        at = np.unravel_index(place, self.shape)
        return tuple([*labels, TOTAL][i] for labels, i in zip(self.categories, at, strict=True))

    def name(self, place: int) -> str:
        """What a sentence calls a cell."""
        return " × ".join(self.labels(place))

    def part_of(self, place: int) -> Ints:
        """The places of a cell and of every cell that it is divided into."""
        at = np.unravel_index(place, self.shape)
        ends = zip(at, self.shape, strict=True)
        return self.grid[np.ix_(*(range(n) if i == n - 1 else [int(i)] for i, n in ends))].ravel()

    def under(self, totals: Bools) -> Bools:
        """Which cells any of these totals is divided into; both of shape N. One category divides nothing."""
        under = np.zeros(totals.size, dtype=bool)
        for total in np.flatnonzero(totals).tolist():
            parts = self.part_of(total)
            under[parts[self.size[parts] < self.size[total]]] = True
        return under

    def totals_of(self, place: int) -> Ints:
        """The places of a cell and of every total that it is a part of."""
        at = np.unravel_index(place, self.shape)
        return self.grid[
            np.ix_(*(sorted({int(i), n - 1}) for i, n in zip(at, self.shape, strict=True)))
        ].ravel()

    def sums(self) -> Iterator[tuple[int, Ints]]:
        """Each total, in each dimension that it is a total of: its place, and the places of the parts."""
        grid = self.grid
        for axis in range(grid.ndim):
            lines = np.moveaxis(grid, axis, -1).reshape(-1, grid.shape[axis])
            yield from ((int(line[-1]), line[:-1]) for line in lines)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last published version of a table: ``shown`` counts by label, and all its ``categories``.

    What was hidden in it is a category with no shown count: nobody needs it here.
    """

    dimensions: tuple[str, ...]
    categories: tuple[Labels, ...]
    shown: Mapping[Labels, int]

    @classmethod
    def from_rows(
        cls,
        dimensions: Sequence[str],
        rows: Iterable[tuple[Sequence[str], float | None]],
        *,
        file: str | None = None,
        numbers: Sequence[int] | None = None,
    ) -> Earlier:
        """Build it from rows (labels, count or None where it was hidden). Raises `BadInput`."""
        found = [(tuple(labels), count) for labels, count in rows]
        places = list(range(1, len(found) + 1)) if numbers is None else list(numbers)
        plain = [(labels, 0 if count is None else count) for labels, count in found]
        defects = [
            Defect(what, remedy, file, None if at is None else places[at], column)
            for at, column, what, remedy in _defects(dimensions, plain, whole=False)
        ]
        if defects:
            raise BadInput(sorted(defects, key=lambda defect: defect.row or 0))
        categories = _categories(len(dimensions), (labels for labels, _ in found))
        shown = {labels: int(count) for labels, count in found if count is not None}
        return cls(tuple(dimensions), categories, shown)


Found = tuple[int | None, str | None, str, str]  # index of the row, column, what, remedy


def _defects(
    dimensions: Sequence[str], rows: Sequence[tuple[Labels, float]], *, whole: bool = True
) -> Iterator[Found]:
    yield from _dimensions(dimensions)
    if not rows:
        yield None, None, "The table has no rows.", "Give a row for each cell: its labels and its count."
    first: dict[Labels, int] = {}
    sound = True
    for at, (labels, count) in enumerate(rows):
        wrong = list(_labels(dimensions, labels))
        sound = sound and not wrong
        yield from ((at, *defect) for defect in wrong)
        if not (math.isfinite(count) and count == math.floor(count) and 0 <= count <= MOST):
            what = f"The count is not a whole number from 0 to {MOST:,}."
            yield at, "count", what, "Write digits only, and 0 where there was nobody."
        if first.setdefault(labels, at) != at:
            yield at, None, f"{' × '.join(labels)} was given before.", "Keep one row for each cell."
    if whole and rows and sound:
        categories = _categories(len(dimensions), first)
        for name, labels in zip(dimensions, categories, strict=True):
            if not labels:
                yield None, name, f"There is no category but {TOTAL}.", "Add a row for each category."
        for labels in product(*categories):
            if labels not in first:
                what = f"{' × '.join(labels)} has no row."
                yield None, None, what, "Add it, with 0 if there was nobody."


def _dimensions(dimensions: Sequence[str]) -> Iterator[Found]:
    crossed = [name for name in dimensions if name != PLACE]
    if not dimensions:
        yield None, None, "The table has no dimension.", "Add a column for what it counts by."
    if len(set(dimensions)) < len(dimensions):
        yield None, None, "A dimension is there twice.", "Keep one of the two."
    elif len(crossed) > CHARACTERISTICS:
        what = f"The table crosses {len(crossed)} characteristics of persons."
        remedy = f"Cross at most {CHARACTERISTICS}, besides `{PLACE}`: more would single persons out."
        yield None, None, what, remedy


def _labels(dimensions: Sequence[str], labels: Labels) -> Iterator[tuple[str | None, str, str]]:
    if len(labels) != len(dimensions):
        yield None, "The row does not have a label for each dimension.", "Give one for each."
        return
    for name, label in zip(dimensions, labels, strict=True):
        if not label.strip():
            yield name, "The label is empty.", f"Name the category, or write {TOTAL}."
        elif label != TOTAL and label.strip().casefold() == TOTAL:
            yield name, "This could be a total or a category.", f"Write {TOTAL} for a total."


def _categories(dimensions: int, cells: Iterable[Labels]) -> tuple[Labels, ...]:
    found: list[dict[str, None]] = [{} for _ in range(dimensions)]
    for labels in cells:
        for its, label in zip(found, labels, strict=True):
            if label != TOTAL:
                its[label] = None
    return tuple(tuple(its) for its in found)


def _grid(categories: Sequence[Labels]) -> Iterator[Labels]:
    return product(*((*labels, TOTAL) for labels in categories))


def _with_totals(count: Ints, categories: Sequence[Labels]) -> Ints:
    grid = count.reshape([len(labels) + 1 for labels in categories])
    fine = grid[tuple(slice(-1) for _ in categories)]
    for axis in range(fine.ndim):
        fine = np.concatenate([fine, fine.sum(axis=axis, keepdims=True)], axis=axis)
    return fine.ravel()
