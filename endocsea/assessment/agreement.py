"""How far reviewers agree: Krippendorff's alpha, with a bootstrap interval.

Two ratings c and v lie apart by δ². The *spread* of a set of ratings is the sum of δ² over all its pairs.
Where item k has m_k ratings, 2 or more, and all these items together have n ratings:

    alpha = 1 - (n - 1) · Σ_k spread(ratings of item k) / (m_k - 1)  /  spread(all n ratings)

This is 1 - D_o / D_e of Krippendorff ("Computing Krippendorff's Alpha-Reliability", 2011, section D), with
its coincidences added up item by item. 1 is full agreement; 0 is what the same ratings, dealt out at random,
would show; below 0 reviewers differ more than that. δ² is

- nominal: 1 for two different values, 0 for the same;
- ordinal: (the number of ratings from c to v, those equal to c or v counted half)², which is the squared
  distance of their mid-ranks among the n ratings;
- interval: (c - v)².

An item with one rating says nothing about agreement and is left out. There is no alpha where fewer than two
items were rated twice (of one item alone it would be 0 whatever the ratings) or where all ratings are the
same. Then the reason is given instead.

*Interval.* Percentile bootstrap over the items rated twice (Zapf and others, BMC Medical Research Methodology
2016, 16:93): as many items are drawn with replacement, and alpha is calculated anew, its ordinal distances
from the ratings of that very resample. Items are drawn, and not ratings, because the ratings of one item
belong together, and because the question is what other items would have shown with the same reviewers. Items
with the same ratings are interchangeable, so a resample is a multinomial draw of how often each distinct set
of ratings occurs: exact, and as quick with thousands of items as with ten. One stream of random numbers
serves every group, so that an interval depends on the ratings alone, and not on what a group is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from .errors import bad
from .levels import Floats
from .ratings import ABSENT, Metric, Ratings, check_metric
from .streams import stream

Reason = Literal[
    "no rating",
    "one reviewer: agreement cannot be measured",
    "no item was rated by two reviewers",
    "only one item was rated by two reviewers",
    "no variation: all ratings are the same",
    "no disagreement: resampling cannot show an interval",
    "no resamples",
    "too little variation for an interval",
]

RESAMPLES: Final = 2000
MOST_RESAMPLES: Final = 1_000_000
INTERVAL: Final = 0.95  # the share of resamples between the two ends
LEAST_DEFINED: Final = (
    0.95  # of the resamples; with fewer, the ends would leave out too much to stand for all
)
AT_ONCE: Final = 2**20  # numbers held for one step of the resampling


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on a set of items.

    - ``rated``: items with a rating. ``items``: of these, the ones rated by two reviewers or more, on
      which alpha rests. ``unanimous``: of these, the ones on which all ratings are the same.
    - ``ratings``: how many these ``items`` have. ``reviewers``: how many gave any rating.
    - ``alpha``, and the ends ``lower`` and ``upper`` of its interval: None where there is no such number.
    - ``resamples``: how many resamples had an alpha; the interval is theirs.
    - ``reason``: why there is no alpha, or no interval; None where there are both.
    """

    rated: int
    items: int
    unanimous: int
    ratings: int
    reviewers: int
    alpha: float | None = None
    lower: float | None = None
    upper: float | None = None
    resamples: int = 0
    reason: Reason | None = None


def agreement_of(
    ratings: Ratings, metric: Metric = "ordinal", *, resamples: int = RESAMPLES, seed: int
) -> Agreement:
    """Alpha over all items of ``ratings``, with its interval.

    Raises `BadInput` for a metric that does not exist or does not fit the values, a number of resamples
    below 0 or above `MOST_RESAMPLES`, and a seed below 0.
    """
    check_metric(ratings, metric)
    if not 0 <= resamples <= MOST_RESAMPLES:
        raise bad(f"{resamples:,} resamples cannot be drawn.", f"Give 0 to {MOST_RESAMPLES:,}.")
    if seed < 0:
        raise bad(f"The seed {seed} is below zero.", "Give 0 or more.")
    given = ratings.code != ABSENT
    twice = given.sum(axis=1) >= 2
    tally, times = _tallies(ratings.code[twice], len(ratings.values))
    alike = (tally > 0).sum(axis=1) == 1
    found = Agreement(
        rated=int(given.any(axis=1).sum()),
        items=int(twice.sum()),
        unanimous=int(times[alike].sum()),
        ratings=int(given[twice].sum()),
        reviewers=int(given.any(axis=0).sum()),
    )
    reason = _why_no_alpha(found, varies=bool((tally.sum(axis=0) > 0).sum() > 1))
    if reason:
        return replace(found, reason=reason)
    places = _places(ratings, metric)
    found = replace(found, alpha=float(alphas(tally, times[None], metric, places)[0]))
    if alike.all():
        return replace(found, reason="no disagreement: resampling cannot show an interval")
    if not resamples:
        return replace(found, reason="no resamples")
    drawn = _resampled(tally, times, metric, places, resamples, seed)
    if len(drawn) < LEAST_DEFINED * resamples:
        return replace(found, resamples=len(drawn), reason="too little variation for an interval")
    lower, upper = np.quantile(drawn, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2]).tolist()
    return replace(found, lower=lower, upper=upper, resamples=len(drawn))


def agreement_by_group(
    ratings: Ratings,
    groups: Sequence[str | None],
    metric: Metric = "ordinal",
    *,
    resamples: int = RESAMPLES,
    seed: int,
) -> dict[str, Agreement]:
    """`agreement_of` each group: ``groups`` has one for each item, None for an item that is in none.

    Raises `BadInput` as `agreement_of` does, and where there is not one group for each item.
    """
    if len(groups) != len(ratings.items):
        what = f"There are {len(groups)} groups for {len(ratings.items)} items."
        raise bad(what, "Give one for each item.")
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        if group is not None:
            rows.setdefault(group, []).append(row)
    return {
        group: agreement_of(ratings.of_items(its), metric, resamples=resamples, seed=seed)
        for group, its in rows.items()
    }


def agreement_by_pair(
    ratings: Ratings, metric: Metric = "ordinal", *, resamples: int = RESAMPLES, seed: int
) -> dict[tuple[str, str], Agreement]:
    """`agreement_of` each two reviewers. Raises `BadInput` as it does."""
    return {
        pair: agreement_of(ratings.by(*pair), metric, resamples=resamples, seed=seed)
        for pair in combinations(ratings.reviewers, 2)
    }


def alphas(tally: Floats, times: Floats, metric: Metric, places: Floats) -> Floats:
    """Alpha of B samples by the formula above; NaN where all ratings of a sample are the same.

    ``tally`` (K × V): how often each value occurs in each distinct set of two ratings or more. ``times``
    (B × K): how often each set occurs in each sample. ``places`` (V): the values (used for interval only).
    """
    together = times @ tally  # B × V: how often each value occurs in a sample
    x = places[None]
    if metric == "ordinal":
        x = 2 * np.cumsum(together, axis=1) - together  # mid-ranks, doubled: whole numbers stay exact
    nominal = metric == "nominal"
    each = _spread(tally[None], x[:, None], nominal) / (tally.sum(axis=1) - 1)  # 1 or B × K
    observed = (times * each).sum(axis=1)
    varies = (together > 0).sum(axis=1) > 1
    expected = np.where(varies, _spread(together, x, nominal), np.nan)
    return np.asarray(1 - (together.sum(axis=1) - 1) * observed / expected)


def _spread(tally: Floats, x: Floats, nominal: bool) -> Floats:
    """The sum of δ² over all pairs of the ratings in each tally (… × V), for values at x (… × V)."""
    m = tally.sum(axis=-1)
    if nominal:
        return np.asarray((m**2 - (tally**2).sum(axis=-1)) / 2)
    return np.asarray(m * (tally * x**2).sum(axis=-1) - (tally * x).sum(axis=-1) ** 2)


def _tallies(code: NDArray[np.int16], values: int) -> tuple[Floats, Floats]:
    """The distinct sets of ratings (K × V) in a fixed order, and how often each occurs (K)."""
    rows, times = np.unique(np.sort(code, axis=1), axis=0, return_counts=True)
    tally = np.zeros((len(rows), values))
    for column in rows.T:
        given = np.flatnonzero(column != ABSENT)
        tally[given, column[given]] += 1
    return tally, times.astype(np.float64)


def _resampled(
    tally: Floats, times: Floats, metric: Metric, places: Floats, resamples: int, seed: int
) -> Floats:
    """The alphas of the resamples that have one."""
    generator = np.random.Generator(stream(seed, "agreement"))
    items = int(times.sum())
    step = max(1, AT_ONCE // tally.size)
    found = []
    for start in range(0, resamples, step):
        size = min(step, resamples - start)
        drawn = generator.multinomial(items, times / items, size).astype(np.float64)
        found.append(alphas(tally, drawn, metric, places))
    every = np.concatenate(found)
    return every[~np.isnan(every)]


def _why_no_alpha(found: Agreement, *, varies: bool) -> Reason | None:
    if not found.rated:
        return "no rating"
    if found.reviewers == 1:
        return "one reviewer: agreement cannot be measured"
    if not found.items:
        return "no item was rated by two reviewers"
    if found.items == 1:
        return "only one item was rated by two reviewers"
    return None if varies else "no variation: all ratings are the same"


def _places(ratings: Ratings, metric: Metric) -> Floats:
    """Where the values lie, from 0 to 1: alpha knows neither unit nor zero, and large numbers lose digits."""
    if metric != "interval":
        return np.zeros(len(ratings.values))
    numbers = np.array(ratings.values, dtype=np.float64)
    return np.asarray((numbers - numbers[0]) / (numbers[-1] - numbers[0]))
