"""The simulation against a plain one of our own, and its intervals against synthetic worlds.

Worlds come twice: from the plain simulation (is the engine's model the one that is meant?), and from the
engine itself with another seed (do its figures say of its own draws what they claim?).
"""

import math
import random
import statistics

import numpy as np
import pytest

from endocsea.assessment import (
    BATCH,
    CONFIDENCES,
    Gate,
    Imputation,
    Method,
    RatingError,
    Simulation,
    Tree,
    Values,
    engines,
    simulate,
)
from endocsea.assessment.method import RULES
from tests.assessment import reference

BIN = 4 / 1024
ROWS = [("3", "", 1.0), ("law", "3", 2.0), ("a", "law", 1.0), ("b", "law", 3.0), ("c", "3", 1.0)]
ROWS += [("practice", "3", 1.0), ("d", "practice", 1.0), ("e", "practice", 1.0), ("f", "practice", 0.0)]
LEAVES = list("abcdef")
STATES = {
    "Arden": {"a": 4, "b": 3, "c": 4, "d": 3, "e": 2, "f": 1},
    "Belmora": {"a": 2, "b": 1, "c": 2.5, "d": 0, "e": None, "f": 0},
    "Corvia": {"a": 0, "b": None, "c": 1, "d": "NA", "e": 2, "f": None},
}
CONFIDENCE = {"a": "single", "b": "double", "c": "adjudicated", "d": "single", "e": "double", "f": "single"}
OWN, SLOW = 40_000, 4_000


@pytest.mark.parametrize(
    "method",
    [
        Method(sources=("reviewers",), least_known=0),
        Method(sources=("method",), least_known=0, aggregations=dict.fromkeys(RULES, 1.0)),
        Method(sources=("unknown",), least_known=0, aggregation={"default": "median"}),
        Method(
            sources=("unknown", "reviewers", "method"),
            least_known=0.5,
            weight_concentration=5,
            aggregations={"arithmetic": 0.5, "harmonic": 0.3, "cumulative": 0.2},
            aggregation={"default": "arithmetic", "law": "minimum"},
            gates=(Gate("a", below=2, caps="3", at=1.5),),
            gap_below=1.7,
        ),
        Method(sources=("unknown", "reviewers"), least_known=0.3, imputation=Imputation("flat")),
    ],
    ids=lambda method: "+".join(method.sources),
)
def test_it_agrees_with_a_plain_simulation(method):
    values = Values.of(STATES)
    confidence = [[CONFIDENCES.index(CONFIDENCE[leaf]) for leaf in LEAVES]] * 3
    drawn = simulate(
        Values(
            values.units, LEAVES, values.level, not_applicable=values.not_applicable, confidence=confidence
        ),
        Tree.from_rows(ROWS),
        method,
        replicates=OWN,
    )
    donors = {q: [row[q] for row in STATES.values() if isinstance(row[q], int | float)] for q in LEAVES}
    chance = random.Random(11)

    for state, value in STATES.items():
        worlds = [
            reference.replicate(value, ROWS, method, chance, confidence=CONFIDENCE, donors=donors)
            for _ in range(SLOW)
        ]
        for node in drawn.nodes:
            found = drawn.of(state, node)
            if found is None:
                assert all(node not in world for world in worlds)
                continue
            levels = [world[node] for world in worlds]
            agree(found, levels, method)


def agree(found, levels, method):
    """Every figure within five standard errors, those of both simulations together."""

    def off(share):
        return 5 * math.sqrt(share * (1 - share) * (1 / OWN + 1 / SLOW)) + 1e-9

    def at_or_below(threshold):
        return sum(level <= threshold for level in levels) / SLOW

    spread = statistics.pstdev(levels)
    assert abs(found.mean - statistics.fmean(levels)) <= 5 * spread * math.sqrt(1 / OWN + 1 / SLOW) + 1e-6
    assert found.mcse == pytest.approx(spread / math.sqrt(OWN), rel=0.15, abs=1e-7)
    gap = sum(level < method.gap_below - 1e-9 for level in levels) / SLOW
    assert abs(found.gap_probability - gap) <= off(max(gap, 1 / SLOW))
    for q, quantile in ((0.05, found.q05), (0.5, found.median), (0.95, found.q95)):
        assert at_or_below(quantile + BIN) >= q - off(q)
        assert at_or_below(quantile - 1e-9) <= q + off(q)


# --- 90 % intervals hold the truth in 90 % of synthetic worlds

WORLDS = 800


@pytest.mark.parametrize(
    ("method", "share_unknown"),
    [
        (Method(sources=("reviewers", "method"), aggregations={"arithmetic": 0.7, "geometric": 0.3}), 0),
        (
            Method(
                sources=("unknown", "reviewers", "method"),
                imputation=Imputation("flat"),
                aggregations={"arithmetic": 0.7, "geometric": 0.3},
            ),
            0.2,
        ),
    ],
    ids=["reviewers and method", "all three"],
)
def test_nine_of_ten_intervals_hold_the_truth(method, share_unknown):
    """A state is a world: its true level is drawn by the reference, its interval by the code."""
    chance = random.Random(17)
    leaves = [f"q{at}" for at in range(12)]
    rows = [("3", "", 1.0), *((leaf, "3", 1.0 + at % 3) for at, leaf in enumerate(leaves))]
    answers, confidence, truths = {}, [], []
    while len(answers) < WORLDS:
        middle = chance.uniform(0.5, 3.5)
        value = {leaf: min(4, max(0, round(chance.gauss(middle, 1)))) for leaf in leaves}
        value = {leaf: None if chance.random() < share_unknown else its for leaf, its in value.items()}
        read = {leaf: chance.choice(CONFIDENCES) for leaf in leaves}
        world = reference.replicate(value, rows, method, chance, confidence=read)
        if not world:  # too little known for a level
            continue
        truths.append(world["3"])
        answers[f"X{len(answers)}"] = value
        confidence.append([CONFIDENCES.index(read[leaf]) for leaf in leaves])
    given = Values.of(answers)
    drawn = simulate(
        Values(given.units, leaves, given.level, confidence=confidence),
        Tree.from_rows(rows),
        method,
        replicates=2048,
    )

    truth = np.array(truths)
    held = (drawn.q05[:, 0] <= truth) & (truth <= drawn.q95[:, 0] + BIN)
    below_the_middle = truth <= drawn.median[:, 0] + BIN / 2

    # three standard errors of a share of 800: 3 × √(0.9 × 0.1 / 800) = 0.032, and 3 × √(0.25 / 800) = 0.053
    assert held.mean() == pytest.approx(0.90, abs=0.032)
    assert below_the_middle.mean() == pytest.approx(0.5, abs=0.053)


# --- worlds drawn by the engine itself: one replicate of another seed is one true world

UNITS, NODES, EACH = 60, 11, 8
BATCHES = 10  # of replicates behind the intervals
OTHER_SEED, OTHER_BATCHES = 99, 4
EVERY_SOURCE = ("unknown", "reviewers", "method")
MEANS_ONLY = {"arithmetic": 0.7, "geometric": 0.2, "harmonic": 0.1}


def some_states(share_unknown):
    """Values of sixty states on eleven capabilities of eight indicators."""
    chance = np.random.default_rng(21)
    rows = [(f"c{n:02}", "", 1.0) for n in range(NODES)]
    rows += [(f"q{n:02}{k}", f"c{n:02}", 1.0 + k % 3) for n in range(NODES) for k in range(EACH)]
    middle = chance.uniform(0.5, 3.5, (UNITS, NODES, 1))
    level = np.clip(np.rint(chance.normal(middle, 1, (UNITS, NODES, EACH))), 0, 4).reshape(UNITS, -1)
    level[chance.random(level.shape) < share_unknown] = np.nan
    codes = [code for code, parent, _ in rows if parent]
    confidence = chance.integers(0, 3, level.shape)
    values = Values([f"X{s:02}" for s in range(UNITS)], codes, level, confidence=confidence)
    return values, Tree.from_rows(rows)


def worlds_of(values, tree, method, seed, batches):
    """Levels of units × nodes (as the tree has them) × replicates."""
    work = Simulation(values, tree, method, seed=seed, replicates=batches * BATCH)
    its, everywhere = work.plan, slice(0, len(values.units))
    unvaried = its.unvaried
    grids = [
        engines.chosen().levels(its, its.batch(number, BATCH), everywhere, unvaried)
        for number in range(batches)
    ]
    return its.levels_of(np.concatenate(grids, axis=2)).transpose(1, 0, 2)[:, ::-1]


def rank_of(truth, replicates, chance):
    """How many of 10,239 replicates lie lower; a draw decides among equal ones.

    Levels of the cumulative rule and the median are a few numbers, so many replicates are equal to the truth.
    """
    lower, equal = ((compare(replicates, truth)).sum(axis=-1) for compare in (np.less, np.equal))
    return lower + chance.integers(0, equal + 1)


SETTINGS = [
    pytest.param(Method(), 0, id="the default method"),
    pytest.param(Method(sources=EVERY_SOURCE), 0.2, id="all three sources"),
    pytest.param(Method(sources=EVERY_SOURCE, aggregations=MEANS_ONLY), 0.2, id="means only"),
    pytest.param(Method(aggregations=dict.fromkeys(RULES, 1)), 0, id="all six rules"),
    pytest.param(Method(sources=("reviewers",)), 0, id="reviewers"),
]


@pytest.mark.parametrize(("method", "share_unknown"), SETTINGS)
def test_the_rank_of_the_truth_is_uniform_and_nine_tenths_lie_inside(method, share_unknown):
    values, tree = some_states(share_unknown)
    replicates = worlds_of(values, tree, method, method.seed, BATCHES)[..., :-1]
    truth = worlds_of(values, tree, method, OTHER_SEED, OTHER_BATCHES)
    chance = np.random.default_rng(5)
    has_level = ~np.isnan(Simulation(values, tree, method).assessment.level)
    cells = chance.permutation(np.argwhere(has_level))

    # a world's weights and rule are the same for all states, so each world serves one cell
    ranks = np.array(
        [
            rank_of(truth[s, n, world], replicates[s, n], chance)
            for world in range(truth.shape[2])
            for s, n in [cells[world % len(cells)]]
        ]
    )

    counts = np.bincount(ranks * 20 // (BATCHES * BATCH), minlength=20)
    expected = len(ranks) / 20
    # chi square with 19 degrees of freedom: mean 19, standard deviation √38
    assert ((counts - expected) ** 2 / expected).sum() < 19 + 3 * math.sqrt(38)
    # three standard errors of a share of 4,096 are 0.014
    assert counts[1:-1].sum() / len(ranks) == pytest.approx(0.90, abs=0.014)


def held(values, tree, method, truth, drawn_by=None):
    """Of the truth of all cells of all worlds, the share inside the 90 % intervals, ends included or not."""
    drawn = simulate(values, tree, drawn_by or method, replicates=BATCHES * BATCH)
    there = ~np.isnan(drawn.mean)
    low, high = drawn.q05[there][:, None], drawn.q95[there][:, None]
    its = truth[there]
    # a quantile is at most one bin too low
    with_ends = (low <= its) & (its <= high + BIN)
    without = (low + BIN < its) & (its < high)
    return with_ends.mean(), without.mean()


@pytest.mark.parametrize("share_unknown", [0, 0.2])
def test_pooled_over_cells_nine_of_ten_intervals_hold_the_truth(share_unknown):
    # without the cumulative rule, whose levels are whole: an interval's end is then often the truth itself
    method = Method(sources=EVERY_SOURCE, aggregations=MEANS_ONLY)
    values, tree = some_states(share_unknown)
    truth = worlds_of(values, tree, method, OTHER_SEED, OTHER_BATCHES)

    share, _ = held(values, tree, method, truth)

    assert 0.88 <= share <= 0.92


@pytest.mark.parametrize(("method", "share_unknown"), SETTINGS)
def test_where_levels_are_whole_intervals_hold_the_truth_at_least_as_often(method, share_unknown):
    values, tree = some_states(share_unknown)
    truth = worlds_of(values, tree, method, OTHER_SEED, OTHER_BATCHES)

    with_ends, without = held(values, tree, method, truth)

    # 0.9 lies between counting an interval's ends in and leaving them out
    assert with_ends >= 0.89
    assert without <= 0.91


def test_intervals_that_are_too_narrow_would_be_found_out():
    values, tree = some_states(0)
    error = {kind: RatingError(0.05, 0) for kind in CONFIDENCES}
    method = Method(aggregations=MEANS_ONLY)
    narrow = Method(aggregations=MEANS_ONLY, rating_error=error, weight_concentration=40)
    truth = worlds_of(values, tree, method, OTHER_SEED, OTHER_BATCHES)

    share, _ = held(values, tree, method, truth, drawn_by=narrow)

    assert share < 0.85


def test_gap_probabilities_are_the_shares_of_worlds_with_a_gap():
    values, tree = some_states(0.2)
    method = Method(sources=EVERY_SOURCE)
    truth = worlds_of(values, tree, method, OTHER_SEED, OTHER_BATCHES)
    drawn = simulate(values, tree, method, replicates=BATCHES * BATCH)
    there = ~np.isnan(drawn.mean)

    gap = (truth < 2).mean(axis=2)[there]
    said = drawn.gap_probability[there]

    error = np.sqrt(
        np.maximum(said * (1 - said), 0.002) * (1 / (BATCHES * BATCH) + 1 / (OTHER_BATCHES * BATCH))
    )
    assert np.abs((gap - said) / error).max() < 5
