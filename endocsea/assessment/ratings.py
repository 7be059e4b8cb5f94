"""Who gave what: ratings of the same items by several reviewers, and the items on which they differ.

An *item* is one indicator of one unit, with at most one rating by each reviewer. A missing rating is no
rating. "Not applicable" is none either, because it has no place on the scale; but it is kept apart, so that
an item that one reviewer rates and another finds not applicable is named as one on which they differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from .errors import bad
from .levels import NOT_APPLICABLE, Bools

Item = tuple[str, str]  # unit, indicator
Value = float | str
Metric = Literal["ordinal", "nominal", "interval"]

METRICS: Final[tuple[Metric, ...]] = get_args(Metric)
MOST_VALUES: Final = 200  # ratings are levels or options, not measurements
ABSENT: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Ratings of N items by R reviewers; make it with `Ratings.of`.

    ``values`` are the V distinct values given, rising, words after numbers. ``code`` (N × R) is an index
    into them, -1 where there is no rating. ``not_applicable`` (N × R) says where a reviewer said so.
    """

    items: tuple[Item, ...]
    reviewers: tuple[str, ...]
    values: tuple[Value, ...]
    code: NDArray[np.int16]
    not_applicable: Bools

    @classmethod
    def of(cls, given: Mapping[Item, Mapping[str, Value | None]]) -> Ratings:
        """Ratings from ``{(unit, indicator): {reviewer: value}}``: None or NaN for none, "NA" as such.

        Raises `BadInput` for an infinite value, and for more than `MOST_VALUES` different ones.
        """
        reviewers = tuple(dict.fromkeys(name for row in given.values() for name in row))
        code = np.full((len(given), len(reviewers)), ABSENT, np.int16)
        not_applicable = np.zeros(code.shape, bool)
        column = {name: at for at, name in enumerate(reviewers)}
        found: dict[Value, list[tuple[int, int]]] = {}
        for row, ratings in enumerate(given.values()):
            for name, value in ratings.items():
                if value == NOT_APPLICABLE:
                    not_applicable[row, column[name]] = True
                elif value is not None and (isinstance(value, str) or not math.isnan(value)):
                    found.setdefault(value, []).append((row, column[name]))
        values = sorted(found, key=lambda value: (isinstance(value, str), value))
        _refuse_unfit(values)
        for at, value in enumerate(values):
            rows, columns = zip(*found[value], strict=True)
            code[rows, columns] = at
        return cls(tuple(given), reviewers, tuple(values), code, not_applicable)

    def of_items(self, rows: Sequence[int]) -> Ratings:
        """Only the items in these rows."""
        taken = list(rows)
        return replace(
            self,
            items=tuple(self.items[row] for row in taken),
            code=self.code[taken],
            not_applicable=self.not_applicable[taken],
        )

    def by(self, *reviewers: str) -> Ratings:
        """Only the ratings by these reviewers."""
        columns = [self.reviewers.index(name) for name in reviewers]
        return replace(
            self,
            reviewers=reviewers,
            code=self.code[:, columns],
            not_applicable=self.not_applicable[:, columns],
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """An item on which reviewers differ: ``ratings`` lists who gave what, "NA" for not applicable.

    ``difference`` is the highest less the lowest value (nominal: how many different ones, less one), None
    where all that differs is whether the indicator applies.
    """

    unit: str
    indicator: str
    difference: float | None
    ratings: tuple[tuple[str, Value], ...]


def differences(ratings: Ratings, metric: Metric = "ordinal") -> tuple[Difference, ...]:
    """Every item on which reviewers differ, the widest difference first, then in the order of the items.

    Last come the items where all that differs is whether the indicator applies. Raises `BadInput` where
    `check_metric` does.
    """
    check_metric(ratings, metric)
    return tuple(
        sorted(
            _differences(ratings, metric),
            key=lambda each: -math.inf if each.difference is None else each.difference,
            reverse=True,
        )
    )


def check_metric(ratings: Ratings, metric: str) -> None:
    """Raise `BadInput` for a metric that does not exist, or that needs numbers where words were given."""
    if metric not in METRICS:
        raise bad(f"{metric!r} is no metric.", f"Use one of: {', '.join(METRICS)}.")
    words = [value for value in ratings.values if isinstance(value, str)]
    if words and metric != "nominal":
        raise bad(f"{words[0]!r} is a word.", "Give numbers, or use the metric nominal.")


def _differences(ratings: Ratings, metric: Metric) -> Iterator[Difference]:
    given = ratings.code != ABSENT
    said = given | ratings.not_applicable
    for row in np.flatnonzero(said.sum(axis=1) >= 2).tolist():
        values = sorted(set(ratings.code[row, given[row]].tolist()))
        ways = len(values) + bool(ratings.not_applicable[row].any())
        if ways < 2:
            continue
        difference = None
        if len(values) > 1:
            low, high = ratings.values[values[0]], ratings.values[values[-1]]
            difference = float(len(values) - 1) if metric == "nominal" else float(high) - float(low)
        told = tuple(
            (
                ratings.reviewers[at],
                ratings.values[ratings.code[row, at]] if given[row, at] else NOT_APPLICABLE,
            )
            for at in np.flatnonzero(said[row]).tolist()
        )
        yield Difference(*ratings.items[row], difference, told)


def _refuse_unfit(values: Sequence[Value]) -> None:
    if any(isinstance(value, float) and math.isinf(value) for value in values):
        raise bad("A rating is infinite.", "Give a number, or None where there is no rating.")
    if len(values) > MOST_VALUES:
        raise bad(
            f"There are {len(values):,} different values; up to {MOST_VALUES} can be compared.",
            "Round them to the steps that differ in meaning.",
        )
