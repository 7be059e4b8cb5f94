"""The three sources: every chance is as the method states it."""

from collections import Counter

import numpy as np
import pytest

from endocsea.assessment import Band, Imputation, Method, RatingError
from endocsea.assessment.sources import drawn_rules, drawn_weights, imputed_levels, rating_limits, shifts
from endocsea.assessment.streams import DRAWS

SINGLE, DOUBLE, ADJUDICATED = 0, 1, 2
EVERY_DRAW = np.arange(DRAWS, dtype=np.uint16)


def chances(level, confidence=SINGLE, method=None):
    """The chance of each true level, from every draw that there is: exact, nothing is simulated."""
    limits = rating_limits(np.array([float(level)]), np.array([confidence], np.int8), method or Method())
    true = level + shifts(EVERY_DRAW, limits)
    return {at: count / DRAWS for at, count in sorted(Counter(true.tolist()).items())}


# --- where reviewers differ


@pytest.mark.parametrize(
    ("level", "confidence", "expected"),
    [
        # single: one away 0.20, two away 0.03, half on each side
        (2, SINGLE, {0: 0.015, 1: 0.10, 2: 0.77, 3: 0.10, 4: 0.015}),
        # where a side leaves the range, the other takes its half
        (1, SINGLE, {0: 0.10, 1: 0.77, 2: 0.10, 3: 0.03}),
        (3, SINGLE, {1: 0.03, 2: 0.10, 3: 0.77, 4: 0.10}),
        (0, SINGLE, {0: 0.77, 1: 0.20, 2: 0.03}),
        (4, SINGLE, {2: 0.03, 3: 0.20, 4: 0.77}),
        # double: 0.10 and 0.01; adjudicated: 0.05 and nothing
        (2, DOUBLE, {0: 0.005, 1: 0.05, 2: 0.89, 3: 0.05, 4: 0.005}),
        (0, DOUBLE, {0: 0.89, 1: 0.10, 2: 0.01}),
        (2, ADJUDICATED, {1: 0.025, 2: 0.95, 3: 0.025}),
        (4, ADJUDICATED, {3: 0.05, 4: 0.95}),
        # between two whole levels, both sides of one step may be inside, and no side of two
        (1.5, SINGLE, {0.5: 0.10, 1.5: 0.77, 2.5: 0.10, 3.5: 0.03}),
    ],
)
def test_the_true_level_is_away_with_the_stated_chances_inside_the_range(level, confidence, expected):
    found = chances(level, confidence)

    assert list(found) == list(expected)
    assert list(found.values()) == pytest.approx(list(expected.values()), abs=1 / DRAWS)


def test_in_a_range_too_short_for_two_steps_that_chance_is_lost():
    method = Method(range=(0, 1), bands=(Band(0, {}),), gap_below=1)

    assert chances(0, method=method) == pytest.approx({0: 0.80, 1: 0.20}, abs=1 / DRAWS)


def test_a_level_may_be_off_for_certain():
    sure = dict.fromkeys(("single", "double", "adjudicated"), RatingError(1, 0))

    found = chances(2, method=Method(rating_error=sure))

    assert found == pytest.approx({1: 0.5, 3: 0.5}, abs=1 / DRAWS)


def test_without_error_nothing_moves():
    none = dict.fromkeys(("single", "double", "adjudicated"), RatingError(0, 0))

    assert chances(2, method=Method(rating_error=none)) == {2: 1}


# --- what is not known


def imputed(donors, **imputation):
    levels, ends = imputed_levels(np.array(donors, float), Method(imputation=Imputation(**imputation)))
    drawn = levels[np.searchsorted(ends, EVERY_DRAW, side="right")]
    return {at: count / DRAWS for at, count in sorted(Counter(drawn.tolist()).items())}


def test_an_unknown_level_is_a_donors_or_flat():
    # by hand: 8 donors and a prior of 2 over five levels: (8 × share + 0.4) / 10
    found = imputed([1, 1, 1, 1, 1, 1, 3, 3])

    assert found == pytest.approx({0: 0.04, 1: 0.64, 2: 0.04, 3: 0.24, 4: 0.04}, abs=2 / DRAWS)


def test_without_a_prior_only_donors_count():
    assert imputed([1, 1, 1, 3], flat_prior=0) == pytest.approx({1: 0.75, 3: 0.25}, abs=1 / DRAWS)


def test_a_donor_between_two_whole_levels_gives_its_own():
    assert imputed([1.5], flat_prior=0) == {1.5: 1}


@pytest.mark.parametrize("donors", [[], [3, 3, 3]])
def test_flat_takes_no_donor(donors):
    found = imputed(donors, kind="flat")

    assert found == pytest.approx(dict.fromkeys(range(5), 0.2), abs=1 / DRAWS)


@pytest.mark.parametrize("prior", [0, 2])
def test_where_nobody_can_give_it_is_flat(prior):
    assert imputed([], flat_prior=prior) == pytest.approx(dict.fromkeys(range(5), 0.2), abs=1 / DRAWS)


# --- how one might reasonably calculate


@pytest.mark.parametrize("shares", [[0.5, 0.3, 0.2], [1 / 3, 1 / 3, 1 / 3]])
def test_weights_are_dirichlet_around_the_nominal_ones(shares):
    gammas = drawn_weights(np.array(shares), 20000, (1, "weights", 0, "3"), Method(weight_concentration=20))
    weights = gammas / gammas.sum(axis=0)

    share = np.array(shares)
    variance = share * (1 - share) / 21  # by formula: p (1 - p) / (concentration + 1)
    error = np.sqrt(variance / 20000)
    np.testing.assert_array_less(abs(weights.mean(axis=1) - share), 5 * error)
    np.testing.assert_allclose(weights.var(axis=1), variance, rtol=0.05)


def test_a_weight_of_zero_stays_zero():
    assert not drawn_weights(np.array([0.0, 1.0]), 100, (1, "weights", 0, "3"), Method())[0].any()


def test_a_tiny_share_still_gives_a_weight_to_divide_by():
    gammas = drawn_weights(np.array([1e-9, 1 - 1e-9]), 1000, (1, "weights", 0, "3"), Method())

    assert (gammas > 0).all()


def test_each_rule_has_its_share_of_the_replicates():
    method = Method(aggregations={"arithmetic": 3, "median": 1, "minimum": 0})
    counts = Counter()
    for batch in range(40):
        at = 0
        for rule, some in drawn_rules(1000, (1, "rule", batch), method):
            assert some.start == at  # the slices follow each other and leave nothing out
            at = some.stop
            counts[rule] += some.stop - some.start
        assert at == 1000

    # by hand: 3/4 of 40,000; one standard error is √(40,000 × 3/16) = 87
    assert set(counts) == {"arithmetic", "median"}
    assert abs(counts["arithmetic"] - 30000) < 5 * 87
