"""Each rule by hand, and gates."""

import math

import numpy as np
import pytest

from endocsea.assessment import Gate, Method
from endocsea.assessment.aggregation import cap, combine
from endocsea.assessment.method import RULES
from tests.assessment import reference


def combined(rule, levels, weights=None, **settings):
    """One unit's level from its children's; None stands for a child that does not count."""
    method = Method(**settings)
    weights = [1] * len(levels) if weights is None else weights
    d = np.array([[[0.0 if level is None else level]] for level in levels])
    taking = np.array([[level is not None] for level in levels])
    return combine(rule, d, np.array(weights, float)[:, None], taking, method)[0, 0]


# --- arithmetic


def test_the_arithmetic_mean_weighs():
    # by hand: (2 × 4 + 1 × 1 + 1 × 2) / 4 = 11 / 4
    assert combined("arithmetic", [4, 1, 2], [2, 1, 1]) == 2.75


def test_a_child_that_does_not_count_leaves_its_weight_to_the_rest():
    # by hand: (2 × 4 + 1 × 1) / 3 = 3
    assert combined("arithmetic", [4, 1, None], [2, 1, 5]) == 3


# --- geometric and harmonic, of 1 + level


def test_the_geometric_mean_is_of_one_plus_the_level():
    # by hand: √(1 × 4) - 1 = 1, where the arithmetic mean would be 1.5
    assert combined("geometric", [0, 3]) == pytest.approx(1)


def test_the_geometric_mean_weighs():
    # by hand: (2 ^ 2 × 4) ^ (1/3) - 1 = 16 ^ (1/3) - 1
    assert combined("geometric", [1, 3], [2, 1]) == pytest.approx(16 ** (1 / 3) - 1)


def test_the_harmonic_mean_is_of_one_plus_the_level():
    # by hand: 2 / (1/1 + 1/4) - 1 = 8/5 - 1
    assert combined("harmonic", [0, 3]) == pytest.approx(0.6)


def test_the_harmonic_mean_weighs():
    # by hand: 3 / (2/2 + 1/4) - 1 = 12/5 - 1
    assert combined("harmonic", [1, 3], [2, 1]) == pytest.approx(1.4)


@pytest.mark.parametrize("rule", ["geometric", "harmonic"])
def test_a_child_that_does_not_count_is_no_zero_in_these_means(rule):
    assert combined(rule, [3, 3, None]) == pytest.approx(3)


# --- minimum and median


def test_the_minimum_is_the_lowest_that_counts():
    assert combined("minimum", [3, 1, None]) == 1
    assert combined("minimum", [3, 1, 2], [1, 0, 1]) == 2  # a weight of zero counts nowhere


@pytest.mark.parametrize(
    ("levels", "weights", "median"),
    [
        ([0, 3, 4], [1, 1, 1], 3),
        ([4, 0, 3], [1, 1, 1], 3),
        ([0, 1, 3, 4], [1, 1, 1, 1], 2),  # two on each side: the middle of 1 and 3
        ([0, 4], [2, 1], 0),  # the first weighs more than half
        ([0, 1, 4], [1, 1, 2], 2.5),  # 2 of 4 lie at or below 1, 2 at 4: the middle of 1 and 4
        ([0, None, 4, 4], [1, 9, 1, 1], 4),  # what does not count has no say
        ([1, 2, 3], [0, 1, 0], 2),
        ([0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.2, 0.1], 0.25),  # 0.3 on each side, but for the last digit
    ],
)
def test_the_median_has_half_of_the_weight_on_each_side(levels, weights, median):
    assert combined("median", levels, weights) == pytest.approx(median)


# --- cumulative


@pytest.mark.parametrize(
    ("levels", "share", "step"),
    [
        ([4, 4, 4, 4, 0], 0.8, 4),  # four of five reach 4
        ([4, 4, 4, 3, 0], 0.8, 3),  # three of five reach 4, four reach 3
        ([4, 4, 4, 0, 0], 0.8, 0),  # three of five reach 1
        ([4, 4, 4, 0, 0], 0.6, 4),  # exactly the share is enough
        ([2.9, 2.9, 2.9, 2.9, 2.9], 0.8, 2),  # 2.9 reaches 2, not 3
        ([1, 2, 3, 4, 4], 1.0, 1),
    ],
)
def test_a_step_holds_if_the_share_of_the_weight_reaches_it(levels, share, step):
    assert combined("cumulative", levels, cumulative_share=share) == step


def test_the_share_is_of_the_weight_and_of_what_counts():
    # by hand: 4 of 5 of the weight reach 3, the child that does not count left out
    assert combined("cumulative", [3, 0, None], [4, 1, 20], cumulative_share=0.8) == 3


# --- all rules


@pytest.mark.parametrize("rule", RULES)
def test_equal_children_give_their_own_level(rule):
    assert combined(rule, [3, 3, 3], [1, 2, 5]) == pytest.approx(3)
    assert combined(rule, [0, 0], [1, 2]) == 0


@pytest.mark.parametrize("rule", RULES)
def test_where_nothing_counts_there_is_no_level(rule):
    assert np.isnan(combined(rule, [None, None]))
    assert np.isnan(combined(rule, [3, None], [0, 1]))


@pytest.mark.parametrize("rule", RULES)
def test_twice_the_weights_give_the_same(rule):
    assert combined(rule, [0, 1, 4], [2, 4, 6]) == pytest.approx(combined(rule, [0, 1, 4], [1, 2, 3]))


@pytest.mark.parametrize("rule", RULES)
def test_many_units_and_replicates_at_once_are_each_as_by_definition(rule):
    chance = np.random.default_rng(2)
    taking = chance.random((4, 5)) < 0.8
    taking[0] = True
    d = chance.integers(0, 9, (4, 5, 6)) / 2 * taking[..., None]
    w = chance.integers(1, 4, (4, 6)).astype(float)
    method = Method(cumulative_share=0.6)

    found = combine(rule, d, w, taking, method)

    for s in range(5):
        for k in range(6):
            used = np.flatnonzero(taking[:, s])
            wanted = reference.combined(rule, d[used, s, k].tolist(), w[used, k].tolist(), method)
            assert found[s, k] == pytest.approx(wanted)


def test_the_lower_a_rule_values_low_levels_the_lower_its_result():
    rules = ("minimum", "harmonic", "geometric", "arithmetic")
    results = [combined(rule, [0, 2, 4]) for rule in rules]

    # by hand: 0; 3 / (1 + 1/3 + 1/5) - 1 = 45/23 - 1; (1 × 3 × 5)^(1/3) - 1; 2
    assert results == pytest.approx([0, 22 / 23, math.cbrt(15) - 1, 2])


# --- gates


def capped(level, *gates):
    """The capped level, and which gates bit; a gate comes with its indicator's level."""
    found, bit = cap(np.array([level], float), [(gate, np.array([its], float)) for gate, its in gates])
    return found[0], [bool(each[0]) for each in bit]


NO_LAW = Gate("law", below=2, caps="3", at=1)
NO_BODY = Gate("body", below=1, caps="3", at=0.5)


def test_a_gate_holds_the_level_down():
    assert capped(2.5, (NO_LAW, 1)) == (1, [True])


def test_a_gate_is_open_at_its_level():
    assert capped(2.5, (NO_LAW, 2)) == (2.5, [False])


def test_a_gate_whose_indicator_is_unknown_stays_open():
    assert capped(2.5, (NO_LAW, np.nan)) == (2.5, [False])


def test_a_gate_that_changes_nothing_did_not_bite():
    assert capped(1.0, (NO_LAW, 0)) == (1.0, [False])
    assert capped(0.5, (NO_LAW, 0)) == (0.5, [False])


def test_the_tightest_closed_gate_bites():
    assert capped(2.5, (NO_LAW, 0), (NO_BODY, 0)) == (0.5, [False, True])
    assert capped(2.5, (NO_LAW, 0), (NO_BODY, 1)) == (1, [True, False])


def test_two_gates_at_the_same_level_both_bite():
    other = Gate("plan", below=2, caps="3", at=1)
    assert capped(2.5, (NO_LAW, 0), (other, 1)) == (1, [True, True])


def test_no_level_stays_none():
    level, bit = capped(np.nan, (NO_LAW, 0))
    assert np.isnan(level)
    assert bit == [False]
