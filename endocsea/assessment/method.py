"""What is settled before any answer is seen: the method.

Each field is a choice that a report states. The defaults are the programme's own method. A `Method`
checks itself when it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from .errors import BadInput, Defect
from .levels import CONFIDENCES, TOLERANCE

RULES: Final = ("arithmetic", "geometric", "harmonic", "minimum", "median", "cumulative")
SOURCES: Final = ("unknown", "reviewers", "method")
MOST_STEPS: Final = 100  # whole levels that the cumulative rule goes through
IMPUTATIONS: Final = ("hot-deck", "flat")


@dataclass(frozen=True, slots=True)
class Gate:
    """Where ``indicator`` lies below the level ``below``, the node ``caps`` gets no more than ``at``."""

    indicator: str
    below: float
    caps: str
    at: float


@dataclass(frozen=True, slots=True)
class Band:
    """Levels from ``start`` up to the next band, with what to call them, by language."""

    start: float
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RatingError:
    """Chance that the true level lies exactly one, or exactly two, away from the reviewed one."""

    one: float
    two: float


@dataclass(frozen=True, slots=True)
class Imputation:
    """How an unknown value is drawn: ``kind``, and the weight of the flat prior, in units (states)."""

    kind: str = "hot-deck"
    flat_prior: float = 2.0


DEFAULT_RANGE: Final = (0.0, 4.0)
DEFAULT_BANDS: Final = (
    Band(0.0, {"en": "hardly anything in place", "fr": "presque rien en place"}),
    Band(1.0, {"en": "beginnings", "fr": "des débuts"}),
    Band(2.0, {"en": "partly in place", "fr": "en partie en place"}),
    Band(3.0, {"en": "in place", "fr": "en place"}),
    Band(4.0, {"en": "in place, used and reviewed", "fr": "en place, utilisé et évalué"}),
)
DEFAULT_AGGREGATIONS: Final = {"arithmetic": 0.6, "geometric": 0.2, "cumulative": 0.2}
DEFAULT_RATING_ERROR: Final = {
    "single": RatingError(0.20, 0.03),
    "double": RatingError(0.10, 0.01),
    "adjudicated": RatingError(0.05, 0.00),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The settings of an assessment; the annotated default method says what each means.

    ``aggregation`` maps "default", and any node's code, to one of `RULES`. Raises `BadInput` that names
    every setting with a wrong value.
    """

    edition: str = "2020"
    range: tuple[float, float] = DEFAULT_RANGE
    aggregation: Mapping[str, str] = field(default_factory=lambda: {"default": "arithmetic"})
    cumulative_share: float = 0.8
    least_known: float = 0.6
    weights: Mapping[str, float] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    gap_below: float = 2.0
    bands: tuple[Band, ...] = DEFAULT_BANDS
    replicates: int = 20000
    seed: int = 20200601
    sources: tuple[str, ...] = ("reviewers", "method")
    weight_concentration: float = 20.0
    aggregations: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT_AGGREGATIONS))
    rating_error: Mapping[str, RatingError] = field(default_factory=lambda: dict(DEFAULT_RATING_ERROR))
    imputation: Imputation = field(default_factory=Imputation)
    double_rated_share: float = 0.2

    def __post_init__(self) -> None:
        defects = list(_wrong(self))
        if defects:
            raise BadInput(defects)

    @property
    def steps(self) -> int:
        """How many whole levels lie above the lowest one."""
        return int(self.range[1] - self.range[0] + TOLERANCE)

    def rule_of(self, node: str) -> str:
        """The aggregation rule of a node."""
        return self.aggregation.get(node, self.aggregation["default"])


def _wrong(m: Method) -> Iterator[Defect]:
    low, high = m.range
    for what, remedy, key, holds in (
        ("The range has no room.", "Give the lowest and then a higher level.", "range", low < high),
        (
            "The share is outside 0 to 1.",
            "Give more than 0 and at most 1.",
            "cumulative_share",
            0 < m.cumulative_share <= 1,
        ),
        ("The share is outside 0 to 1.", "Give 0 to 1.", "least_known", 0 <= m.least_known <= 1),
        (
            "The share is outside 0 to 1.",
            "Give 0 to 1.",
            "double_rated_share",
            0 <= m.double_rated_share <= 1,
        ),
        ("The threshold is outside the range.", "Give a level.", "gap_below", low <= m.gap_below <= high),
        ("It is below zero.", "Give 0 or more.", "replicates", m.replicates >= 0),
        ("It is below zero.", "Give 0 or more.", "seed", m.seed >= 0),
        ("It is below 1.", "Give 1 or more.", "weight_concentration", m.weight_concentration >= 1),
        ("It is below zero.", "Give 0 or more.", "imputation", m.imputation.flat_prior >= 0),
        ("A weight is below zero.", "Give 0 or more.", "weights", all(w >= 0 for w in m.weights.values())),
        (
            "The rule for all other nodes is missing.",
            "Add `default: arithmetic`.",
            "aggregation",
            "default" in m.aggregation,
        ),
        (
            f"The rule cumulative goes through whole levels, and the range has {m.steps:,} of them.",
            f"Give a range of at most {MOST_STEPS} levels, or another rule.",
            "aggregation",
            m.steps <= MOST_STEPS or "cumulative" not in m.aggregation.values(),
        ),
        (
            "The chances have to be 0 or more and not all 0.",
            "Give for example {arithmetic: 1}.",
            "aggregations",
            all(chance >= 0 for chance in m.aggregations.values()) and sum(m.aggregations.values()) > 0,
        ),
        (
            "A chance is below 0, or the chances of one and two away add up to more than 1.",
            "Give chances that leave room for no error.",
            "rating_error",
            all(min(e.one, e.two) >= 0 and e.one + e.two <= 1 for e in m.rating_error.values()),
        ),
        (
            "The bands do not start at the low end of the range and rise inside it.",
            f"Start the first at {low:g}, each next one higher, the last at most at {high:g}.",
            "bands",
            _rising([b.start for b in m.bands], low, high),
        ),
        (
            "The range is not 0 to 4, and the bands are still those of 0 to 4.",
            "Give the bands of this range.",
            "bands",
            m.bands is not DEFAULT_BANDS or m.range == DEFAULT_RANGE,
        ),
        (
            "A gate's levels are outside the range.",
            "Give levels for `below` and `at`.",
            "gates",
            all(low <= level <= high for gate in m.gates for level in (gate.below, gate.at)),
        ),
    ):
        if not holds:
            yield Defect(what, remedy, column=key)
    yield from _choice("aggregation", m.aggregation.values(), RULES)
    yield from _choice("aggregations", m.aggregations, RULES)
    yield from _choice("sources", m.sources, SOURCES)
    yield from _choice("rating_error", m.rating_error, CONFIDENCES)
    yield from _choice("imputation", [m.imputation.kind], IMPUTATIONS)
    if len(set(m.sources)) < len(m.sources):
        yield Defect("A source is named twice.", "Name it once.", column="sources")
    missing = [kind for kind in CONFIDENCES if kind not in m.rating_error]
    if missing:
        yield Defect(f"{', '.join(missing)} is missing.", "Give one and two for it.", column="rating_error")


def _rising(starts: Sequence[float], low: float, high: float) -> bool:
    rises = all(a < b for a, b in pairwise(starts))
    return bool(starts) and starts[0] == low and rises and starts[-1] <= high


def _choice(key: str, given: Iterable[str], possible: Sequence[str]) -> Iterator[Defect]:
    for name in given:
        if name not in possible:
            remedy = f"Use one of: {', '.join(possible)}."
            if name == "regression":
                remedy = f"Imputation by regression is not part of this library. {remedy}"
            yield Defect(f"{name} is not possible here.", remedy, column=key)
