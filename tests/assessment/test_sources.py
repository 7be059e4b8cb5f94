"""The three sources: every chance is as the method states it."""

from collections import Counter

import numpy as np
import pytest

from endocsea.assessment import Band, Imputation, Method, RatingError
from endocsea.assessment.sources import (
    Outcomes,
    drawn_rules,
    drawn_weights,
    imputed,
    rated,
    single,
)
from endocsea.assessment.streams import DRAWS

SINGLE, DOUBLE, ADJUDICATED = "single", "double", "adjudicated"
EVERY_DRAW = np.arange(DRAWS, dtype=np.uint16)
WEIGHTS = (1, "weights", 0, 0, "3")


def shares_of(outcomes):
    """The chance of each level, from every draw that there is: exact, nothing is simulated."""
    reached = (outcomes.limits[:, None] <= EVERY_DRAW).sum(axis=0)
    drawn = Counter(outcomes.levels[reached].tolist())
    assert list(drawn) == sorted(drawn) == outcomes.levels.tolist()  # rising, and each of them can be drawn
    return {at: count / DRAWS for at, count in drawn.items()}


def chances(level, confidence=SINGLE, method=None):
    """The chance of each true level."""
    return shares_of(rated(float(level), confidence, method or Method()))


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


def test_in_a_range_that_starts_elsewhere_the_sides_are_its_own():
    method = Method(range=(1, 5), bands=(Band(1, {}),))

    found = chances(1, method=method)

    assert list(found) == [1, 2, 3]
    assert list(found.values()) == pytest.approx([0.77, 0.20, 0.03], abs=1 / DRAWS)


def test_a_level_that_leaves_no_chance_for_itself_never_stays():
    sure = dict.fromkeys(("single", "double", "adjudicated"), RatingError(0.7, 0.3))

    # by hand: 0.1 + 0.2 is not 0.3 to a computer, and 1 - 0.7 - 0.3 is below zero by the last digit
    assert list(chances(2, method=Method(rating_error=sure))) == [0, 1, 3, 4]


# --- chances as numbers of draws


def test_chances_need_not_add_up_to_one():
    found = shares_of(Outcomes.of(np.array([1.0, 2.0, 4.0]), np.array([2.0, 1.0, 1.0])))

    assert found == {1: 0.5, 2: 0.25, 4: 0.25}


def test_a_chance_that_is_less_than_half_a_draw_is_none():
    for small, expected in ((0.4, [0, 4]), (0.6, [0, 2, 4])):
        chance = np.array([0.5, small / DRAWS, 0.5 - small / DRAWS])
        assert Outcomes.of(np.array([0.0, 2.0, 4.0]), chance).levels.tolist() == expected


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_is_certain_needs_no_draw(at):
    certain = Outcomes.of(np.array([0.0, 2.0, 4.0]), np.eye(3)[at])

    assert (certain.levels.tolist(), certain.limits.tolist()) == ([2.0 * at], [])


# --- what is not known


def imputing(donors, **imputation):
    return shares_of(imputed(np.array(donors, float), Method(imputation=Imputation(**imputation))))


def test_an_unknown_level_is_a_donors_or_flat():
    # by hand: 8 donors and a prior of 2 over five levels: (8 × share + 0.4) / 10
    found = imputing([1, 1, 1, 1, 1, 1, 3, 3])

    assert found == pytest.approx({0: 0.04, 1: 0.64, 2: 0.04, 3: 0.24, 4: 0.04}, abs=2 / DRAWS)


def test_without_a_prior_only_donors_count():
    assert imputing([1, 1, 1, 3], flat_prior=0) == pytest.approx({1: 0.75, 3: 0.25}, abs=1 / DRAWS)


def test_a_donor_between_two_whole_levels_gives_its_own():
    assert imputing([1.5], flat_prior=0) == {1.5: 1}


@pytest.mark.parametrize("donors", [[], [3, 3, 3]])
def test_flat_takes_no_donor(donors):
    found = imputing(donors, kind="flat")

    assert found == pytest.approx(dict.fromkeys(range(5), 0.2), abs=1 / DRAWS)


@pytest.mark.parametrize("prior", [0, 2])
def test_where_nobody_can_give_it_is_flat(prior):
    assert imputing([], flat_prior=prior) == pytest.approx(dict.fromkeys(range(5), 0.2), abs=1 / DRAWS)


def test_between_whole_levels_there_can_be_many_donors():
    # by hand: each donor weighs 1 of 9; the flat prior gives 1/5 of its 2 to each whole level
    found = imputing([0.5, 0.5, 1.5, 2.5, 2.5, 3, 3.5])

    assert len(found) == 9
    assert found[0.5] == pytest.approx(2 / 9, abs=1 / DRAWS)
    assert found[3] == pytest.approx((1 + 0.4) / 9, abs=1 / DRAWS)
    assert found[4] == pytest.approx(0.4 / 9, abs=1 / DRAWS)


@pytest.mark.parametrize(("high", "number"), [(100, 101), (101, 101), (5000, 101), (99, 100)])
def test_a_flat_draw_spreads_over_at_most_a_hundred_and_one_levels(high, number):
    method = Method(range=(0, high), bands=(Band(0, {}),))

    found = shares_of(imputed(np.array([]), method))

    assert len(found) == number
    assert list(found) == pytest.approx(np.linspace(0, high, number).tolist())
    assert list(found.values()) == pytest.approx([1 / number] * number, abs=1 / DRAWS)


# --- how one might reasonably calculate


@pytest.mark.parametrize("shares", [[0.5, 0.3, 0.2], [1 / 3, 1 / 3, 1 / 3]])
def test_weights_are_dirichlet_around_the_nominal_ones(shares):
    gammas = drawn_weights(np.array(shares), 20000, WEIGHTS, Method(weight_concentration=20))
    assert gammas.dtype == np.float32
    weights = gammas.astype(float) / gammas.astype(float).sum(axis=0)

    share = np.array(shares)
    variance = share * (1 - share) / 21  # by formula: p (1 - p) / (concentration + 1)
    error = np.sqrt(variance / 20000)
    np.testing.assert_array_less(abs(weights.mean(axis=1) - share), 5 * error)
    np.testing.assert_allclose(weights.var(axis=1), variance, rtol=0.05)


def test_a_weight_of_zero_stays_zero():
    assert not drawn_weights(np.array([0.0, 1.0]), 100, WEIGHTS, Method())[0].any()


@pytest.mark.parametrize("share", [1e-6, 1e-9, 1e-20, 1e-300])
def test_a_tiny_share_still_gives_a_weight_to_divide_by(share):
    gammas = drawn_weights(np.array([share, 1 - share]), 1000, WEIGHTS, Method())

    assert (gammas >= np.finfo(np.float32).tiny).all()  # below it, digits are lost


def test_single_precision_keeps_what_is_above_zero_above_it():
    assert single(np.array([0.0, 0.1, 1e-300])).tolist() == [0, np.float32(0.1), np.float32(1e-36)]
    assert single(np.array([0.0, 0.5, 1e-300]), 1e-30).tolist() == [0, np.float32(5e-31), np.float32(1e-36)]


@pytest.mark.parametrize(
    "purpose",
    [
        (2, "weights", 0, 0, "3"),
        (1, "weights", 1, 0, "3"),  # drawn anew
        (1, "weights", 0, 1, "3"),  # another batch
        (1, "weights", 0, 0, "14"),
    ],
)
def test_every_seed_variant_batch_and_node_has_weights_of_its_own(purpose):
    shares = np.full(4, 0.25)
    one = drawn_weights(shares, 4000, WEIGHTS, Method())
    again = drawn_weights(shares, 4000, WEIGHTS, Method())
    other = drawn_weights(shares, 4000, purpose, Method())

    np.testing.assert_array_equal(one, again)
    # 4.5 standard errors of a correlation of nothing with nothing
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 4.5 / np.sqrt(16000)


def test_each_rule_has_its_share_of_the_replicates():
    method = Method(aggregations={"arithmetic": 3, "median": 1, "minimum": 0})
    counts = Counter()
    for batch in range(40):
        at = 0
        for rule, some in drawn_rules(1000, (1, "rule", 0, batch), method):
            assert some.start == at  # the slices follow each other and leave nothing out
            at = some.stop
            counts[rule] += some.stop - some.start
        assert at == 1000

    # by hand: 3/4 of 40,000; one standard error is √(40,000 × 3/16) = 87
    assert set(counts) == {"arithmetic", "median"}
    assert abs(counts["arithmetic"] - 30000) < 5 * 87
