"""The simulation against a plain one of our own, and its intervals against synthetic worlds."""

import math
import random
import statistics

import numpy as np
import pytest

from endocsea.assessment import CONFIDENCES, Gate, Imputation, Method, Tree, Values, simulate
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
