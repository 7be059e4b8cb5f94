"""What is kept of many replicates: whole numbers, that add up the same in any order."""

import math

import numpy as np
import pytest

from endocsea.assessment import Band, Method, Simulation, Tree, Values
from endocsea.assessment.plan import GRID
from endocsea.assessment.tally import BINS, Tally, between_bins, summarise

METHOD = Method(sources=())
TREE = Tree.from_rows([("3", "", 1), ("a", "3", 1)])


def plan_of(method, tree=TREE, **level):
    """The plan of one unit; every indicator is at the low end unless its level is given."""
    known = {leaf: level.get(leaf, method.range[0]) for leaf in tree.leaves}
    return Simulation(Values.of({"Arden": known}), tree, method).plan


def on_the_grid(levels, method):
    low, high = method.range
    return np.rint((np.asarray(levels, float) - low) / (high - low) * GRID).astype(np.int32)


def counted(*levels, method=METHOD):
    """A tally of one unit on one node."""
    tally = Tally.empty(1, 1, method)
    tally.count(plan_of(method), on_the_grid([[levels]], method), slice(0, 1))
    tally.replicates = len(levels)
    return tally


def interval(tally, method=METHOD):
    return summarise(tally, plan_of(method)).of("Arden", "3")


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

    # to half a step of the grid
    assert (found.q05, found.q95) == pytest.approx((1.999, 1.999), abs=2 / GRID)


def test_a_level_that_is_two_but_for_the_last_digit_is_no_gap():
    assert interval(counted(sum([0.2] * 10))).gap_probability == 0


def test_the_top_of_the_range_is_counted():
    found = interval(counted(4, 4, 4 + 1e-15))

    assert (found.q05, found.q95) == (4, 4)
    assert found.bands == (0, 0, 0, 0, 1)


@pytest.mark.parametrize("threshold", [0, 1, 2.5, 1.7, 4])
def test_any_threshold_can_tell_a_gap(threshold):
    method = Method(sources=(), gap_below=threshold)
    levels = [0, 0.5, 1, 1.6999, 1.7, 1.7001, 2, 2.5, 3, 4]

    found = interval(counted(*levels, method=method), method)

    assert found.gap_probability == sum(level < threshold for level in levels) / 10


def test_bands_may_start_between_two_bins():
    method = Method(sources=(), bands=(Band(0, {}), Band(0.7, {}), Band(1.3, {}), Band(3, {})))

    found = interval(counted(0.69, 0.7, 1.29, 1.3, 1.31, 3, 3.5, 2, method=method), method)

    assert found.bands == pytest.approx((1 / 8, 2 / 8, 3 / 8, 2 / 8))


def test_only_what_the_histogram_cannot_tell_is_counted_apart():
    # bins start at each 1/256 of a level
    assert between_bins(METHOD) == []
    assert between_bins(Method(gap_below=2.00390625)) == []
    assert between_bins(Method(gap_below=1.7)) == [round(1.7 / 4 * GRID)]


def test_a_range_may_start_elsewhere():
    method = Method(sources=(), range=(1, 5), bands=(Band(1, {}), Band(3, {})), gap_below=3)

    found = interval(counted(1, 2, 3, 5, method=method), method)

    assert found.mean == pytest.approx(2.75)
    assert (found.q05, found.median, found.q95) == (1, 2, 5)
    assert found.gap_probability == 0.5


@pytest.mark.parametrize(("low", "high"), [(0, 3), (0, 10), (1, 4), (0, 1), (-50, 50)])
def test_whole_levels_of_any_range_are_their_own_threshold(low, high):
    for threshold in np.linspace(low, high, 31)[1:].tolist():
        method = Method(
            sources=(),
            range=(low, high),
            bands=(Band(low, {}), Band(threshold, {})),
            gap_below=threshold,
        )

        found = interval(counted(low, threshold, threshold, method=method), method)

        assert found.gap_probability == pytest.approx(1 / 3)
        assert found.bands == pytest.approx((1 / 3, 2 / 3))


def test_a_node_without_a_level_has_no_interval():
    unknown = Simulation(Values.of({"Arden": {"a": None}}), TREE, METHOD).plan

    found = summarise(counted(0), unknown)

    assert found.of("Arden", "3") is None
    for name in ("mean", "q05", "gap_probability", "mcse", "gap_mcse", "widest_probability", "widest_mcse"):
        assert np.isnan(getattr(found, name)).all()
    assert np.isnan(found.bands).all()
    assert np.isnan(found.bands_mcse).all()


def test_units_and_nodes_stay_apart_and_nodes_come_in_the_order_of_the_tree():
    tree = Tree.from_rows([("3", "", 1), ("law", "3", 1), ("a", "law", 1), ("14", "", 1), ("b", "14", 1)])
    values = Values.of({"Arden": {"a": 0, "b": 0}, "Belmora": {"a": 0, "b": 0}})
    its = Simulation(values, tree, METHOD).plan
    tally = Tally.empty(3, 2, METHOD)
    # a level for each unit and node, the unit before the point and the node behind it
    level = {"14": 0.1, "3": 0.2, "law": 0.3}
    for s in (1, 0):
        grid = on_the_grid([[[s + 1 + level[node]]] for node in its.nodes], METHOD)
        tally.count(its, grid, slice(s, s + 1))
    tally.replicates = 1

    found = summarise(tally, its)

    assert found.nodes == tree.nodes == ("14", "3", "law")
    np.testing.assert_allclose(found.mean, [[1.1, 1.2, 1.3], [2.1, 2.2, 2.3]], atol=4 / GRID)
    assert (found.units, found.replicates, found.seed) == (("Arden", "Belmora"), 1, METHOD.seed)


def test_tallies_added_in_any_order_are_the_same():
    chance = np.random.default_rng(3)
    method = Method(sources=(), gap_below=1.7)
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


# --- a unit's three widest gaps

ROOTS = Tree.from_rows([row for node in "abcdefg" for row in ((node, "", 1), (f"{node}1", node, 1))])


def widest(*levels, method=METHOD, tree=ROOTS):
    """How often each of the nodes a, b, … is among the widest; a level is a number, or one a replicate."""
    code = [node for node in tree.nodes if node in "abcdefg"][: len(levels)]
    leaf = {f"{node}1": 0 for node in code}
    values = Values.of({"Arden": {each: leaf.get(each) for each in tree.leaves}})
    its = Simulation(values, tree, method).plan
    drawn = on_the_grid([np.atleast_1d(level) for level in levels], method)
    grid = np.zeros((len(its.nodes), 1, drawn.shape[1]), np.int32)
    for node, row in zip(code, drawn, strict=True):
        grid[its.nodes.index(node), 0] = row
    tally = Tally.empty(len(its.nodes), 1, method)
    tally.count(its, grid, slice(0, 1))
    tally.replicates = drawn.shape[1]
    return [tally.widest[its.nodes.index(node), 0] for node in code]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((0, 0.5, 1, 1.5, 1.9), [1, 1, 1, 0, 0]),
        # as wide as the third: one lies lower than b, c and d, four lie lower than e
        ((0, 1, 1, 1, 1.5), [1, 1, 1, 1, 0]),
        ((1, 1, 1, 1, 1), [1, 1, 1, 1, 1]),
        # two lie lower than c and d, four than e
        ((0.5, 0.5, 1, 1, 1.5), [1, 1, 1, 1, 0]),
        # three lie lower than d
        ((0.5, 0.5, 0.5, 1, 1), [1, 1, 1, 0, 0]),
        # no gap is ever among them, although fewer than three lie lower
        ((0, 2, 2.5, 3, 4), [1, 0, 0, 0, 0]),
        ((2, 2, 2, 2, 2), [0, 0, 0, 0, 0]),
        # with one or two nodes, and with three, every gap is among the widest
        ((1,), [1]),
        ((1, 1.9), [1, 1]),
        ((1, 3), [1, 0]),
        ((1, 1.9, 0), [1, 1, 1]),
        ((1, 2, 0), [1, 0, 1]),
    ],
)
def test_the_widest_gaps_are_those_with_fewer_than_three_lower_ones_beside_them(levels, expected):
    assert widest(*levels) == expected


def test_the_widest_gaps_are_counted_replicate_by_replicate():
    # by hand: in the first a, b, c; in the second b, c, d; in the third no gap but d
    assert widest([0, 1, 3], [0.5, 0, 3], [1, 0.5, 3], [1.5, 0.7, 1.9]) == [1, 2, 2, 2]


def test_a_gap_is_what_the_method_says():
    assert widest(1, 1.6, 1.7, 1.8, method=Method(sources=(), gap_below=1.7)) == [1, 1, 0, 0]


def test_only_nodes_with_the_same_parent_are_held_against_each_other():
    rows = [
        ("top", "", 1),
        *((node, "top", 1) for node in "abcd"),
        *((f"{node}1", node, 1) for node in "abcd"),
    ]
    rows += [("x", "", 1), *((node, "x", 1) for node in "efg"), *((f"{node}1", node, 1) for node in "efg")]

    # under the one parent d has three lower ones beside it, under the other g has two
    assert widest(0, 0.1, 0.2, 1, 1.1, 1.2, 1.3, tree=Tree.from_rows(rows)) == [1, 1, 1, 0, 1, 1, 1]


def test_a_node_without_a_level_is_never_the_lower_one():
    # a to c have no level: whatever stands in the grid for them is not to be read
    values = Values.of({"Arden": {f"{node}1": 1.0 if node in "defg" else None for node in "abcdefg"}})
    its = Simulation(values, ROOTS, METHOD).plan
    grid = np.zeros((7, 1, 1), np.int32)
    for node in "defg":
        grid[its.nodes.index(node)] = GRID // 4
    tally = Tally.empty(7, 1, METHOD)

    tally.count(its, grid, slice(0, 1))

    assert {node: tally.widest[its.nodes.index(node), 0] for node in ROOTS.nodes} == {
        node: int(node in "defg") for node in "abcdefg"
    }


def test_the_share_of_widest_gaps_has_a_standard_error():
    tally = counted(*[1] * 30, *[3] * 70)

    found = summarise(tally, plan_of(METHOD))

    # by hand: √(0.3 × 0.7 / 100)
    assert found.widest_probability[0, 0] == pytest.approx(0.3)
    assert found.widest_mcse[0, 0] == pytest.approx(math.sqrt(0.0021))
    assert interval(tally).widest_probability == pytest.approx(0.3)
