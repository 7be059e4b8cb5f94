"""How far a level could be off: exact cases, and what may not change a figure."""

import math
from dataclasses import replace

import numpy as np
import pytest

from endocsea.assessment import BATCH, BadInput, Band, Method, RatingError, Simulation, Tree, Values, simulate
from endocsea.assessment.method import RULES
from endocsea.assessment.uncertainty import MOST

FIGURES = ("mean", "q05", "median", "q95", "gap_probability", "bands", "mcse", "gap_mcse", "bands_mcse")
ONE = Tree.from_rows([("3", "", 1), ("a", "3", 1)])
FOUR = Tree.from_rows([("3", "", 1), *((code, "3", 1) for code in "abcd")])
DEEP = Tree.from_rows(
    [
        ("3", "", 1),
        *(("law", "3", 2), ("a", "law", 1), ("b", "law", 3)),
        *(("practice", "3", 1), ("c", "practice", 1), ("d", "practice", 1)),
        *(("14", "", 1), ("e", "14", 1), ("f", "14", 2)),
    ]
)
STATES = [f"X{number:02}" for number in range(30)]


def many(share_unknown=0.15):
    """Thirty states on the six indicators of the deep tree."""
    chance = np.random.default_rng(7)
    level = chance.integers(0, 5, (30, 6)).astype(float)
    level[chance.random(level.shape) < share_unknown] = np.nan
    aside = np.isnan(level) & (chance.random(level.shape) < 0.3)
    return Values(
        STATES, list("abcdef"), level, not_applicable=aside, confidence=chance.integers(0, 3, level.shape)
    )


def some(values, pick):
    return Values(
        [values.units[s] for s in pick],
        values.indicators,
        values.level[pick],
        not_applicable=values.not_applicable[pick],
        confidence=values.confidence[pick],
    )


def same(one, other, pick=None, nodes=None):
    """Whether all figures are equal to the last bit, for some units and nodes of the first."""
    at = np.ix_(
        range(len(one.units)) if pick is None else pick,
        range(len(one.nodes)) if nodes is None else [one.nodes.index(node) for node in nodes],
    )
    return all(
        np.array_equal(getattr(one, name)[at], getattr(other, name), equal_nan=True) for name in FIGURES
    )


# --- exact


@pytest.fixture(scope="module")
def level_two():
    """One indicator of level 2, reviewed by one, 100,000 times."""
    method = Method(sources=("reviewers",))
    return simulate(Values.of({"Arden": {"a": 2}}), ONE, method, replicates=100_000).of("Arden", "3")


def test_one_indicator_of_level_two_is_off_with_the_stated_chances(level_two):
    # single: one away 0.20, two away 0.03, half on each side
    for share, chance in zip(level_two.bands, [0.015, 0.10, 0.77, 0.10, 0.015], strict=True):
        assert abs(share - chance) < 5 * math.sqrt(chance * (1 - chance) / 100_000)


def test_its_gap_probability_is_the_chance_of_one_or_two_below(level_two):
    # by hand: 0.10 + 0.015
    assert abs(level_two.gap_probability - 0.115) < 5 * math.sqrt(0.115 * 0.885 / 100_000)
    assert level_two.gap_probability == pytest.approx(level_two.bands[0] + level_two.bands[1])


def test_its_mean_quantiles_and_standard_error_follow(level_two):
    # by hand: variance 0.20 × 1 + 0.03 × 4 = 0.32
    assert abs(level_two.mean - 2) < 5 * math.sqrt(0.32 / 100_000)
    assert level_two.mcse == pytest.approx(math.sqrt(0.32 / 100_000), rel=0.02)
    # 0.015 at 0, 0.115 at or below 1: the 5 % quantile is 1, the 95 % one 3
    assert (level_two.q05, level_two.median, level_two.q95) == (1, 2, 3)


def test_standard_errors_are_by_formula(level_two):
    levels = np.arange(5)
    mean = level_two.bands @ levels
    variance = level_two.bands @ levels**2 - mean**2

    assert level_two.mean == pytest.approx(mean)
    assert level_two.mcse == pytest.approx(math.sqrt(variance / 100_000))
    gap = level_two.gap_probability
    assert level_two.gap_mcse == pytest.approx(math.sqrt(gap * (1 - gap) / 100_000))


def test_two_indicators_move_independently():
    found = simulate(
        Values.of({"Arden": {"a": 2, "b": 2, "c": "NA", "d": "NA"}}),
        FOUR,
        Method(sources=("reviewers",)),
        replicates=100_000,
    ).of("Arden", "3")

    # by hand: the variance of a mean of two is half of 0.32
    assert found.mcse == pytest.approx(math.sqrt(0.16 / 100_000), rel=0.02)


def test_an_unknown_indicator_is_drawn_from_what_others_have():
    values = Values.of({"Arden": {"a": None, "b": 0}, **{f"other {s}": {"a": 4, "b": 0} for s in range(8)}})
    method = Method(sources=("unknown",), least_known=0)
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1)])

    found = simulate(values, tree, method, replicates=50_000).of("Arden", "3")

    # by hand: b is 0; a is 4 with (8 + 0.4) / 10 and 0 to 3 with 0.04 each, and half of it counts
    expected = (0.84 * 4 + 0.04 * (0 + 1 + 2 + 3)) / 2
    assert abs(found.mean - expected) < 5 * found.mcse
    assert found.gap_probability == pytest.approx(0.16, abs=5 * math.sqrt(0.16 * 0.84 / 50_000))


def test_donors_may_be_given():
    values = Values.of({"Arden": {"a": None, "b": 0}})
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1)])
    method = Method(sources=("unknown",), least_known=0.5)

    found = simulate(values, tree, method, replicates=20_000, donors=[[3, np.nan]] * 8)

    # by hand: a is 3 with (8 + 0.4) / 10, else 0, 1, 2 or 4 with 0.04 each
    assert abs(found.of("Arden", "3").mean - (0.84 * 3 + 0.04 * 7) / 2) < 5 * found.mcse[0, 0]


# --- sources switched off


NO_ERROR = dict.fromkeys(("single", "double", "adjudicated"), RatingError(0, 0))


@pytest.mark.parametrize(
    "settings",
    [
        {"sources": ()},
        {"sources": ("reviewers",), "rating_error": NO_ERROR},
        {"sources": ("unknown",)},  # everything is known
        {"sources": ("reviewers", "unknown"), "rating_error": NO_ERROR},
    ],
)
def test_a_source_that_is_off_or_has_nothing_to_vary_gives_no_spread(settings):
    values = Values.of({"Arden": {"a": 2, "b": 1, "c": 4, "d": 0}})

    found = simulate(values, FOUR, Method(**settings), replicates=3000).of("Arden", "3")

    assert (found.mean, found.q05, found.median, found.q95) == (1.75, 1.75, 1.75, 1.75)
    assert (found.gap_probability, found.mcse) == (1, 0)


def test_equal_levels_leave_nothing_to_weights_and_rules():
    values = Values.of({"Arden": dict.fromkeys("abcd", 3)})

    found = simulate(values, FOUR, Method(sources=("method",)), replicates=3000).of("Arden", "3")

    assert (found.q05, found.q95) == pytest.approx((3, 3), abs=4 / 1024)
    assert found.mcse == pytest.approx(0, abs=1e-6)


def test_without_the_source_unknown_what_is_unknown_stays_unknown():
    values = Values.of({"Arden": {"a": 2, "b": 2, "c": 2, "d": None}})

    found = simulate(values, FOUR, Method(sources=()), replicates=100).of("Arden", "3")

    assert (found.q05, found.mean, found.q95) == (2, 2, 2)


def test_a_node_without_a_level_has_no_interval_even_if_its_gaps_are_filled():
    values = Values.of({"Arden": {"a": 2, "b": None, "c": None, "d": None}})

    assert simulate(values, FOUR, Method(sources=("unknown",)), replicates=100).of("Arden", "3") is None


# --- what may not change a figure


ALL_SOURCES = Method(
    sources=("unknown", "reviewers", "method"), aggregations=dict.fromkeys(RULES, 1.0), gap_below=1.7
)
NO_DONORS = replace(ALL_SOURCES, imputation=replace(ALL_SOURCES.imputation, kind="flat"))


def test_the_same_seed_gives_the_same_to_the_last_bit_and_another_does_not():
    one = simulate(many(), DEEP, ALL_SOURCES, replicates=2500, seed=5)

    assert same(one, simulate(many(), DEEP, ALL_SOURCES, replicates=2500, seed=5))
    assert not same(one, simulate(many(), DEEP, ALL_SOURCES, replicates=2500, seed=6))


def test_replicates_and_seed_are_the_methods_unless_given():
    method = replace(ALL_SOURCES, replicates=1500, seed=5)

    assert same(simulate(many(), DEEP, method), simulate(many(), DEEP, ALL_SOURCES, replicates=1500, seed=5))


@pytest.mark.parametrize(
    "shares", [[[0, 1, 2, 3, 4]], [[4, 1], [0, 3], [2]], [[0], [1], [2], [3], [4]], [[3, 0, 4, 2, 1], []]]
)
def test_splitting_the_work_changes_nothing(shares):
    whole = simulate(many(), DEEP, ALL_SOURCES, replicates=4 * BATCH + 100)

    work = Simulation(many(), DEEP, ALL_SOURCES, replicates=4 * BATCH + 100)
    tally = work.tally(())
    for batches in reversed(shares):
        tally.add(Simulation(many(), DEEP, ALL_SOURCES, replicates=4 * BATCH + 100).tally(batches))

    assert work.batches == 5
    assert same(whole, work.intervals(tally))


@pytest.mark.parametrize("pick", [[0], [29], [11, 3], list(range(29, -1, -1))])
@pytest.mark.parametrize("method", [NO_DONORS, Method(), Method(sources=("reviewers",))])
def test_a_states_figures_do_not_depend_on_the_other_states(pick, method):
    values = many()
    together = simulate(values, DEEP, method, replicates=1500)

    assert same(together, simulate(some(values, pick), DEEP, method, replicates=1500), pick)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("replicates", [1, 2, 1025])
def test_nor_does_a_rule_make_them_depend(rule, replicates):
    method = Method(aggregation={"default": rule}, aggregations={rule: 1})
    values = many(0.05)
    together = simulate(values, DEEP, method, replicates=replicates)

    assert same(together, simulate(some(values, [17]), DEEP, method, replicates=replicates), [17])


def test_nor_does_the_size_of_what_is_worked_on_at_a_time(monkeypatch):
    together = simulate(many(), DEEP, ALL_SOURCES, replicates=1500)
    monkeypatch.setattr("endocsea.assessment.uncertainty.AT_ONCE", 1)  # one state after another

    assert same(together, simulate(many(), DEEP, ALL_SOURCES, replicates=1500))


def test_a_capabilitys_figures_do_not_depend_on_the_other_capabilities():
    values = many()
    alone = Tree.from_rows([("14", "", 1), ("e", "14", 1), ("f", "14", 2)])
    both = simulate(values, DEEP, Method(), replicates=1500)

    one = simulate(values.columns(["e", "f"]), alone, Method(), replicates=1500)

    assert same(both, one, nodes=["14"])


def test_an_answer_of_one_state_moves_no_other_state():
    values = many()
    level = values.level.copy()
    level[3, 0] = 4 - level[3, 0] if level[3, 0] != 2 else 0
    changed = Values(
        values.units,
        values.indicators,
        level,
        not_applicable=values.not_applicable,
        confidence=values.confidence,
    )
    rest = [s for s in range(30) if s != 3]

    one, other = (simulate(its, DEEP, NO_DONORS, replicates=1500) for its in (values, changed))

    assert not np.array_equal(one.mean[3], other.mean[3], equal_nan=True)
    assert np.array_equal(one.mean[rest], other.mean[rest], equal_nan=True)
    assert np.array_equal(one.q95[rest], other.q95[rest], equal_nan=True)


def test_more_replicates_begin_with_the_same_batches():
    work = Simulation(many(), DEEP, ALL_SOURCES, replicates=2 * BATCH)
    longer = Simulation(many(), DEEP, ALL_SOURCES, replicates=9 * BATCH)

    np.testing.assert_array_equal(work.tally([1]).histogram, longer.tally([1]).histogram)


# --- what cannot be


@pytest.mark.parametrize("replicates", [0, -1, MOST + 1])
def test_a_number_of_replicates_that_cannot_be_is_refused(replicates):
    with pytest.raises(BadInput, match=r"replicates cannot be drawn\. Give 1 to 1,000,000,000\."):
        simulate(many(), DEEP, Method(), replicates=replicates)


def test_a_seed_below_zero_is_refused():
    with pytest.raises(BadInput, match=r"The seed -1 is below zero\. Give 0 or more\."):
        simulate(many(), DEEP, Method(), replicates=1, seed=-1)


def test_the_rule_of_the_levels_has_to_be_among_those_drawn():
    method = Method(aggregation={"default": "median"})

    with pytest.raises(BadInput, match="The levels use the rule median, but the rules to draw from"):
        simulate(many(), DEEP, method, replicates=1)


def refused(method):
    with pytest.raises(BadInput) as caught:
        simulate(many(), DEEP, method, replicates=1)
    return list(map(str, caught.value.defects))


def on_another_range(high=6, **settings):
    return Method(range=(0, high), bands=(Band(0, {}),), **settings)


OWN_ERROR = dict.fromkeys(("single", "double", "adjudicated"), RatingError(0.3, 0.1))
OWN_RULES = {"arithmetic": 0.5, "cumulative": 0.5}


def test_how_reviewers_err_on_0_to_4_is_refused_on_another_range():
    assert refused(on_another_range(sources=("reviewers",))) == [
        "rating_error: The range is 0 to 6, and how far reviewers err is stated for a range of 4 levels. "
        "Give rating_error for this range, or take `reviewers` out of sources."
    ]


def test_so_are_the_rules_to_draw_from():
    assert refused(on_another_range(sources=("method",))) == [
        "aggregations: The range is 0 to 6, and one of the rules to draw from, cumulative, goes through whole "
        "levels. Give aggregations for this range, or take `method` out of sources."
    ]


def test_both_are_named_at_once():
    assert [sentence.split(":")[0] for sentence in refused(on_another_range())] == [
        "rating_error",
        "aggregations",
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"sources": ()},
        {"sources": ("unknown",)},
        {"sources": ("reviewers",), "rating_error": OWN_ERROR},
        {"sources": ("method",), "aggregations": OWN_RULES},
        {"rating_error": OWN_ERROR, "aggregations": OWN_RULES},
    ],
)
def test_what_is_stated_for_the_range_or_not_used_is_no_defect(settings):
    found = simulate(many(), DEEP, on_another_range(**settings), replicates=10)

    assert np.isfinite(found.mean).any()


def test_a_range_of_four_levels_may_start_anywhere():
    method = Method(range=(-1, 3), bands=(Band(-1, {}),))
    values = Values.of({"Arden": dict.fromkeys("abcdef", 2)})

    assert np.isfinite(simulate(values, DEEP, method, replicates=10).mean).all()


def test_the_cumulative_rule_is_drawn_on_at_most_a_hundred_whole_levels():
    method = on_another_range(101, rating_error=OWN_ERROR, aggregations=OWN_RULES)

    assert refused(method) == [
        "aggregations: Among the rules to draw from is cumulative, and the range has 101 whole levels. "
        "Give a range of at most 100 levels, or aggregations without it."
    ]
    for usable in (
        replace(method, range=(0, 100)),
        replace(method, aggregations={"arithmetic": 1, "cumulative": 0}),
        replace(method, sources=("reviewers",)),
    ):
        simulate(many(), DEEP, usable, replicates=10)


@pytest.mark.parametrize("donors", [[1, 2], [[1, 2]]])
def test_donors_of_a_wrong_shape_are_refused(donors):
    with pytest.raises(BadInput, match=r"Give donors × the indicators of the values\."):
        simulate(many(), DEEP, Method(), replicates=1, donors=donors)


def test_a_donor_out_of_range_is_refused():
    with pytest.raises(BadInput, match="has 9 on a, outside the range"):
        simulate(many(), DEEP, ALL_SOURCES, replicates=1, donors=[[9, 1, 1, 1, 1, 1]])
