"""What is kept of many replicates: whole numbers, that add up the same in any order."""

import math

import numpy as np
import pytest

from endocsea.assessment import Band, Method
from endocsea.assessment.tally import BINS, Tally, summarise

METHOD = Method()


def counted(*levels, method=METHOD):
    """A tally of one unit on one node."""
    tally = Tally.empty(1, 1, method)
    tally.count(0, slice(0, 1), np.array([levels], float) - method.range[0], method)
    tally.replicates = len(levels)
    return tally


def interval(tally, method=METHOD):
    found = summarise(
        tally, units=("Arden",), nodes=("3",), has_level=np.array([[True]]), method=method, seed=1
    )
    return found.of("Arden", "3")


def test_the_figures_of_ten_levels_by_hand():
    found = interval(counted(0, 1, 1, 1, 2, 2, 2, 2, 3, 4))

    # by hand: the sum is 18; of squares 0 + 3 + 16 + 9 + 16 = 44
    assert found.mean == pytest.approx(1.8)
    # by hand: variance 4.4 - 1.8² = 1.16, over ten replicates
    assert found.mcse == pytest.approx(math.sqrt(1.16 / 10))
    assert found.bands == pytest.approx((0.1, 0.3, 0.4, 0.1, 0.1))
    assert found.gap_probability == pytest.approx(0.4)
    assert found.gap_mcse == pytest.approx(math.sqrt(0.4 * 0.6 / 10))
    # the lowest level that at least 5 %, 50 %, 95 % do not exceed
    assert (found.q05, found.median, found.q95) == (0, 2, 4)


def test_a_quantile_is_at_most_one_bin_too_low():
    levels = np.random.default_rng(1).uniform(0.7, 3.3, 1000)
    found = interval(counted(*levels))

    ranked = np.sort(levels)
    for q, said in ((0.05, found.q05), (0.5, found.median), (0.95, found.q95)):
        exact = ranked[math.ceil(q * 1000) - 1]
        assert exact - 4 / BINS <= said <= exact


def test_a_quantile_is_never_below_the_smallest_level_drawn():
    found = interval(counted(1.999, 1.999, 1.999))

    assert (found.q05, found.q95) == (1.999, 1.999)


def test_a_level_that_is_two_but_for_the_last_digit_is_no_gap():
    assert interval(counted(sum([0.2] * 10))).gap_probability == 0


def test_the_top_of_the_range_is_counted():
    found = interval(counted(4, 4, 4 + 1e-15))

    assert (found.q05, found.q95) == (4, 4)
    assert found.bands == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("threshold", [0, 1, 2.5, 1.7, 4])
def test_any_threshold_can_tell_a_gap(threshold):
    method = Method(gap_below=threshold)
    levels = [0, 0.5, 1, 1.6999, 1.7, 1.7001, 2, 2.5, 3, 4]

    found = interval(counted(*levels, method=method), method)

    assert found.gap_probability == sum(level < threshold for level in levels) / 10


def test_bands_may_start_between_two_bins():
    method = Method(bands=(Band(0, {}), Band(0.7, {}), Band(1.3, {}), Band(3, {})))

    found = interval(counted(0.69, 0.7, 1.29, 1.3, 1.31, 3, 3.5, 2, method=method), method)

    assert found.bands == pytest.approx((1 / 8, 2 / 8, 3 / 8, 2 / 8))


def test_a_range_may_start_elsewhere():
    method = Method(range=(1, 5), bands=(Band(1, {}), Band(3, {})), gap_below=3)

    found = interval(counted(1, 2, 3, 5, method=method), method)

    assert found.mean == pytest.approx(2.75)
    assert (found.q05, found.median, found.q95) == (1, 2, 5)
    assert found.gap_probability == 0.5


def test_a_node_without_a_level_has_no_interval():
    found = summarise(
        counted(0), units=("Arden",), nodes=("3",), has_level=np.array([[False]]), method=METHOD, seed=1
    )

    assert found.of("Arden", "3") is None
    assert np.isnan([found.mean, found.q05, found.gap_probability, found.mcse, found.gap_mcse]).all()
    assert np.isnan(found.bands).all()


def test_tallies_added_in_any_order_are_the_same():
    chance = np.random.default_rng(3)
    method = Method(gap_below=1.7)
    parts = [counted(*chance.uniform(0, 4, 1024), method=method) for _ in range(5)]

    sums = []
    for order in ([0, 1, 2, 3, 4], [4, 2, 0, 3, 1]):
        tally = Tally.empty(1, 1, method)
        for at in order:
            tally.add(parts[at])
        sums.append(interval(tally, method))

    assert sums[0] == sums[1]


def test_a_tally_does_not_grow_with_the_number_of_replicates():
    few, many = counted(1), counted(*[1] * 5000)

    assert few.histogram.shape == many.histogram.shape == (1, 1, BINS + 1)
    assert many.histogram.sum() == 5000
