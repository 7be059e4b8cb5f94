"""What drives the doubt about a level: against SALib, by hand, and against a double loop in plain Python."""

import math
import random
from dataclasses import replace
from statistics import fmean, pvariance

import numpy as np
import pytest
from SALib.analyze import sobol as salib

from endocsea.assessment import (
    BATCH,
    CONFIDENCES,
    BadInput,
    Imputation,
    Method,
    RatingError,
    Tree,
    Values,
    sensitivity,
    sobol,
)
from endocsea.assessment.sensitivity import GROUPS, MOST
from tests.assessment import reference

INDICES = ("first", "first_low", "first_high", "total", "total_low", "total_high")
UNKNOWN, REVIEWERS, METHOD = range(3)
NO_ERROR = dict.fromkeys(CONFIDENCES, RatingError(0, 0))
ONE_RULE = {"arithmetic": 1.0}
FOUR = Tree.from_rows([("3", "", 1), *((code, "3", 1) for code in "abcd")])
TWO = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1)])
# weights that stay at the nominal ones but for some 0.0003 of them
STILL = {"weight_concentration": 1e7}
FLAT = Imputation("flat")


def sets(model, k, n, seed=1):
    """What a model of k uniform inputs gives on A, B and each AB."""
    chance = np.random.default_rng(seed)
    a, b = chance.random((2, k, n))
    mixed = []
    for i in range(k):
        its = a.copy()
        its[i] = b[i]
        mixed.append(model(its))
    return model(a), model(b), np.array(mixed)


def ishigami(x, a=7.0, b=0.1):
    x1, x2, x3 = np.pi * (2 * x - 1)
    return np.sin(x1) + a * np.sin(x2) ** 2 + b * x3**4 * np.sin(x1)


# --- the estimators


@pytest.mark.parametrize("offset", [0, 1e6])
@pytest.mark.parametrize("k", [1, 3, 5])
def test_they_are_those_of_salib_on_the_same_samples(k, offset):
    weights = np.arange(1, k + 1)

    def model(x):
        return offset + weights @ x + np.prod(x, axis=0)

    a, b, ab = sets(model, k, 64 * 10)
    rows = np.vstack([a, ab, b]).T.ravel()  # SALib's order: A, AB_1 … AB_k, B, draw by draw
    problem = {"num_vars": k, "names": [f"x{i}" for i in range(k)], "bounds": [[0, 1]] * k}
    theirs = salib.analyze(problem, rows, calc_second_order=False, num_resamples=2, seed=1)

    ours = sobol(a, b, ab)

    np.testing.assert_allclose(ours.first, theirs["S1"], rtol=0, atol=1e-9)
    np.testing.assert_allclose(ours.total, theirs["ST"], rtol=0, atol=1e-9)


def test_in_a_sum_each_input_has_its_share_of_the_variance():
    # by hand: Var = (1 + 9) / 12, so 1/10 and 9/10, alone and in all
    found = sobol(*sets(lambda x: x[0] + 3 * x[1], 2, 64 * 1000))

    np.testing.assert_allclose(found.first, [0.1, 0.9], atol=0.02)
    np.testing.assert_allclose(found.total, [0.1, 0.9], atol=0.02)


def test_in_a_product_some_of_it_is_theirs_together():
    # by hand, for x · y uniform on 0 to 1: E[x²]² - E[x]⁴ = 1/9 - 1/16 = 7/144; alone Var(x / 2) = 1/48 = 3/144
    found = sobol(*sets(lambda x: x[0] * x[1], 2, 64 * 1000))

    np.testing.assert_allclose(found.first, [3 / 7, 3 / 7], atol=0.02)
    np.testing.assert_allclose(found.total, [4 / 7, 4 / 7], atol=0.02)


def test_the_ishigami_function_has_its_published_indices():
    # Ishigami and Homma 1990, in closed form with a = 7, b = 0.1
    v1 = (1 + 0.1 * math.pi**4 / 5) ** 2 / 2
    v2 = 49 / 8
    v13 = 0.01 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = v1 + v2 + v13

    found = sobol(*sets(ishigami, 3, 64 * 2000))

    np.testing.assert_allclose(found.first, [v1 / whole, v2 / whole, 0], atol=0.02)
    np.testing.assert_allclose(found.total, [(v1 + v13) / whole, v2 / whole, v13 / whole], atol=0.02)


def test_outputs_may_have_any_shape_and_do_not_touch_each_other():
    one, other = (sets(lambda x, to=to: x[0] ** to + x[1], 2, 128, seed=to) for to in (1, 2))

    both = sobol(*(np.stack(pair, axis=-2) for pair in zip(one, other, strict=True)))

    for name in INDICES:
        for at, alone in enumerate((one, other)):
            np.testing.assert_allclose(getattr(both, name)[:, at], getattr(sobol(*alone), name), rtol=1e-12)


def test_its_interval_holds_what_is_true_nine_times_in_ten():
    held = []
    for seed in range(200):
        found = sobol(*sets(lambda x: x[0] + 3 * x[1], 2, 64 * 16, seed), seed=seed)
        held.append((found.first_low <= [0.1, 0.9]) & (found.first_high >= [0.1, 0.9]))
        held.append((found.total_low <= [0.1, 0.9]) & (found.total_high >= [0.1, 0.9]))

    # three standard errors of a share of 200: 3 × √(0.9 × 0.1 / 200) = 0.064
    assert np.mean(held) == pytest.approx(0.9, abs=0.064)


def test_a_model_that_gives_the_same_always_has_no_indices():
    found = sobol(np.full(64, 2.5), np.full(64, 2.5), np.full((2, 64), 2.5))

    assert all(np.isnan(getattr(found, name)).all() for name in INDICES)


@pytest.mark.parametrize(
    ("a", "b", "ab"),
    [
        (np.zeros(64), np.zeros(128), np.zeros((1, 64))),
        (np.zeros(64), np.zeros(64), np.zeros((1, 128))),
        (np.zeros(64), np.zeros(64), np.zeros(64)),
        (np.zeros(65), np.zeros(65), np.zeros((1, 65))),
        (np.zeros(0), np.zeros(0), np.zeros((1, 0))),
        (1.0, 1.0, [1.0]),
    ],
)
def test_outputs_that_do_not_fit_together_are_refused(a, b, ab):
    with pytest.raises(BadInput, match=rf"Give as many of each, in multiples of {GROUPS}\."):
        sobol(a, b, ab)


# --- sources of a level, exactly


def test_if_only_one_source_varies_all_of_it_comes_from_there():
    values = Values.of(
        {
            "only reviewers": {"a": 2, "b": 2, "c": "NA", "d": "NA"},
            "only unknown": {"a": None, "b": 2, "c": 2, "d": 2},
        }
    )
    method = Method(aggregations=ONE_RULE, imputation=FLAT, **STILL)

    reviewed = sensitivity(values, FOUR, method, draws=50_000)
    method = replace(method, rating_error=NO_ERROR, least_known=0.5)
    unknown = sensitivity(values, FOUR, method, draws=50_000)

    # by hand: of a mean of two with errors of variance 0.32; of a fourth of 0 to 4, each with 1/5
    assert reviewed.variance[0, 0] == pytest.approx(0.32 / 2, rel=0.03)
    assert unknown.variance[1, 0] == pytest.approx(2 / 16, rel=0.03)
    for found, unit, source in ((reviewed, 0, REVIEWERS), (unknown, 1, UNKNOWN)):
        for shares in (found.indices.first[:, unit, 0], found.indices.total[:, unit, 0]):
            np.testing.assert_allclose(shares, np.eye(3)[source], atol=0.03)


def test_two_sources_in_a_sum_have_their_shares():
    values = Values.of({"Arden": {"a": None, "b": 2, "c": 2, "d": 2}})
    method = Method(aggregations=ONE_RULE, imputation=FLAT, **STILL)

    found = sensitivity(values, FOUR, method, draws=100_000)

    # by hand: a is 0 to 4 with 1/5 each, variance 2; three errors of 0.32 each
    shares = [2 / 2.96, 0.96 / 2.96, 0]
    np.testing.assert_allclose(found.indices.first[:, 0, 0], shares, atol=0.02)
    np.testing.assert_allclose(found.indices.total[:, 0, 0], shares, atol=0.02)
    assert found.variance[0, 0] == pytest.approx(2.96 / 16, rel=0.02)


def test_the_rule_of_one_set_tells_nothing_of_the_rule_of_the_other():
    # only rules vary: were they side by side in both sets alike, the method's index would come out near 0
    values = Values.of({"Arden": {"a": 0, "b": 4}})
    rules = {"arithmetic": 0.2, "geometric": 0.5, "minimum": 0.3}
    method = Method(aggregations=rules, rating_error=NO_ERROR, **STILL)

    found = sensitivity(values, TWO, method, draws=100_000)

    # by hand: 2, √5 - 1 and 0
    levels = np.array([2, math.sqrt(5) - 1, 0])
    chances = np.array(list(rules.values()))
    assert found.variance[0, 0] == pytest.approx(chances @ levels**2 - (chances @ levels) ** 2, rel=0.02)
    assert found.indices.first[:, 0, 0] == pytest.approx([0, 0, 1], abs=0.02)
    assert found.indices.total[:, 0, 0] == pytest.approx([0, 0, 1], abs=0.02)
    assert found.indices.first[:METHOD, 0, 0].tolist() == [0, 0]


def test_rules_need_not_add_up_to_one():
    values = Values.of({"Arden": {"a": 0, "b": 4}})
    one, ten = (
        sensitivity(values, TWO, Method(aggregations={"arithmetic": 3 * x, "geometric": x}), draws=2048)
        for x in (0.25, 2.0)
    )

    assert same(one, ten)


def test_where_nothing_varies_there_are_no_indices():
    values = Values.of({"Arden": dict.fromkeys("abcd", 3), "Belmora": {"a": 1, "b": 2, "c": 3, "d": 4}})
    method = Method(rating_error=NO_ERROR, aggregations={"arithmetic": 0.5, "geometric": 0.5})

    found = sensitivity(values, FOUR, method, draws=1024)

    assert found.variance[0].tolist() == [0]
    assert all(np.isnan(getattr(found.indices, name)[:, 0]).all() for name in INDICES)
    assert found.indices.total[METHOD, 1, 0] == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("level", [0.83, 2.08, 3.42])
def test_rounding_is_no_variance(level):
    # near the middle between two steps of the grid: weights and rules make a level waver by one step
    values = Values.of({"Arden": dict.fromkeys("abcd", level)})
    method = Method(
        rating_error=NO_ERROR, aggregations={"arithmetic": 0.5, "geometric": 0.3, "harmonic": 0.2}
    )

    found = sensitivity(values, FOUR, method, draws=4096)

    assert found.variance.tolist() == [[0]]
    assert np.isnan(found.indices.total).all()


def test_a_state_of_which_everything_is_known_owes_nothing_to_the_unknown():
    values = Values.of(
        {"Arden": {"a": 1, "b": 2, "c": 3, "d": 4}, "Belmora": {"a": 1, "b": 2, "c": 0, "d": None}}
    )

    found = sensitivity(values, FOUR, Method(), draws=2048)

    assert [getattr(found.indices, name)[UNKNOWN, 0, 0] for name in INDICES] == [0] * 6
    assert found.indices.total[UNKNOWN, 1, 0] > 0.1


def test_a_node_without_a_level_has_nothing():
    values = Values.of(
        {"Arden": {"a": 1, "b": None, "c": None, "d": None}, "Belmora": dict.fromkeys("abcd", 1)}
    )

    found = sensitivity(values, FOUR, Method(), draws=1024)

    assert np.isnan(found.variance[0, 0])
    assert np.isnan(found.indices.first[:, 0, 0]).all()
    assert found.variance[1, 0] > 0


def test_all_three_sources_are_drawn_whatever_the_method_switches_on():
    given = [sensitivity(many(), DEEP, Method(sources=its), draws=1024) for its in ((), ("unknown",))]

    assert same(*given)


# --- against a double loop

ROWS = [
    ("3", "", 1.0),
    ("law", "3", 2.0),
    ("a", "law", 1.0),
    ("b", "law", 3.0),
    ("c", "3", 1.0),
    ("d", "3", 1.0),
]
BELMORA = {"a": 2, "b": None, "c": 0, "d": 3}
DONORS = [{"a": 4, "b": 3, "c": 4, "d": 2}, {"a": 1, "b": 1, "c": 2.5, "d": 0}]


def test_they_agree_with_a_double_loop_in_plain_python():
    method = Method(
        least_known=0,
        weight_concentration=4,
        aggregations={"arithmetic": 0.5, "harmonic": 0.3, "cumulative": 0.2},
        rating_error=dict.fromkeys(CONFIDENCES, RatingError(0.4, 0.1)),
    )
    values = Values.of({"Belmora": BELMORA, **{f"X{at}": row for at, row in enumerate(DONORS)}})
    tree, chance = reference.Grown(ROWS), random.Random(5)

    def unknown():
        return {"b": reference.drawn_unknown([row["b"] for row in DONORS], method, chance)}

    def reviewers():
        told = {code: level for code, level in BELMORA.items() if level is not None}
        return {code: reference.erred(level, "single", method, chance) for code, level in told.items()}

    def way():
        names = sorted(method.aggregations)
        rule = chance.choices(names, [method.aggregations[name] for name in names])[0]
        return rule, reference.Grown(ROWS, reference.drawn_weights(tree, method, chance))

    def level(b, read, how):
        rule, weighed = how
        return reference.level_of("3", weighed, {**read, **b}, method, counts=lambda code: True, rule=rule)[0]

    draw = (unknown, reviewers, way)
    outer, inner = 250, 60

    def explained(fixed):
        """Var(E[level | some sources]): between means, less what chance puts between them; and how sure."""
        means, within = [], []
        for _ in range(outer):
            kept = [source() for source in draw]
            levels = [
                level(*(kept[at] if at in fixed else draw[at]() for at in range(3))) for _ in range(inner)
            ]
            means.append(fmean(levels))
            within.append(pvariance(levels) * inner / (inner - 1))
        spread = pvariance(means) * outer / (outer - 1)
        return spread - fmean(within) / inner, spread * math.sqrt(2 / outer)

    found = sensitivity(values, Tree.from_rows(ROWS), method, draws=200_000)

    variance = found.variance[0, 0]
    everything = [level(*(source() for source in draw)) for _ in range(15_000)]
    assert variance == pytest.approx(pvariance(everything), rel=0.05)
    for at in range(3):
        alone, error = explained({at})
        assert found.indices.first[at, 0, 0] * variance == pytest.approx(alone, abs=4 * error)
        others, error = explained({0, 1, 2} - {at})
        assert (1 - found.indices.total[at, 0, 0]) * variance == pytest.approx(others, abs=4 * error)
    # the sources work on each other here, else first and total would say the same
    assert (found.indices.total - found.indices.first)[:, 0, 0].min() > 0.005


# --- what may not change a figure

DEEP = Tree.from_rows(
    [
        ("3", "", 1),
        *(("law", "3", 2), ("a", "law", 1), ("b", "law", 3)),
        *(("practice", "3", 1), ("c", "practice", 1), ("d", "practice", 1)),
        *(("14", "", 1), ("e", "14", 1), ("f", "14", 2)),
    ]
)
NO_DONORS = Method(imputation=FLAT, least_known=0.3)


def many():
    chance = np.random.default_rng(7)
    level = chance.integers(0, 5, (12, 6)).astype(float)
    level[chance.random(level.shape) < 0.2] = np.nan
    return Values([f"X{s:02}" for s in range(12)], list("abcdef"), level)


def same(one, other, pick=slice(None)):
    """Whether all figures are equal to the last bit, for some units of the first."""
    pairs = [(getattr(one.indices, name)[:, pick], getattr(other.indices, name)) for name in INDICES]
    pairs.append((one.variance[pick], other.variance))
    return all(np.array_equal(mine, its, equal_nan=True) for mine, its in pairs)


def test_workers_change_nothing():
    one, two, four = (
        sensitivity(many(), DEEP, Method(), draws=3 * BATCH, workers=workers) for workers in (1, 2, 4)
    )

    assert same(one, two)
    assert same(one, four)


@pytest.mark.parametrize("s", [0, 7, 11])
def test_a_state_alone_has_the_same_figures_as_among_others(s):
    values = many()
    together = sensitivity(values, DEEP, NO_DONORS, draws=2048)

    alone = sensitivity(
        Values([values.units[s]], values.indicators, values.level[[s]]), DEEP, NO_DONORS, draws=2048
    )

    assert same(together, alone, [s])


def test_the_same_seed_gives_the_same_and_another_does_not():
    one, again, other = (sensitivity(many(), DEEP, Method(), draws=1024, seed=seed) for seed in (5, 5, 6))

    assert same(one, again)
    assert not same(one, other)


def test_draws_and_seed_are_the_methods_unless_given():
    method = Method(replicates=2000, seed=5)

    found = sensitivity(many(), DEEP, method)

    assert found.draws == 2048  # whole batches
    assert same(found, sensitivity(many(), DEEP, Method(), draws=2048, seed=5))


def test_units_nodes_and_sources_are_in_their_order():
    found = sensitivity(many(), DEEP, Method(), draws=1024)

    assert found.units == many().units
    assert found.nodes == DEEP.nodes
    assert found.sources == ("unknown", "reviewers", "method")
    assert found.indices.first.shape == (3, 12, 4)


def test_intervals_hold_what_a_far_longer_run_finds():
    values = Values(["X"], list("abcdef"), [[2, None, 3, 1, None, 4]])
    long = sensitivity(values, DEEP, NO_DONORS, draws=400_000, seed=1)
    held = []
    for seed in range(2, 32):
        short = sensitivity(values, DEEP, NO_DONORS, draws=2048, seed=seed)
        for name in ("first", "total"):
            low, high = (getattr(short.indices, f"{name}_{end}") for end in ("low", "high"))
            true = getattr(long.indices, name)
            held.append(((low <= true) & (true <= high))[short.indices.total > 0])

    # a 90 % interval from 30 short runs
    assert np.concatenate(held).mean() > 0.8


def test_first_is_no_more_than_total_and_they_sum_up_around_one():
    found = sensitivity(many(), DEEP, Method(), draws=50_000)
    first, whole = found.indices.first, found.indices.total
    told = ~np.isnan(first)

    assert (first - whole)[told].max() < 0.05
    assert np.nansum(first, axis=0)[told[0]].max() < 1.05
    assert np.nansum(whole, axis=0)[told[0]].min() > 0.95


# --- what cannot be


def test_more_draws_than_whole_numbers_hold_are_refused():
    with pytest.raises(
        BadInput, match=r"10,000,001 draws are more than are needed\. Give up to 10,000,000\."
    ):
        sensitivity(many(), DEEP, Method(), draws=MOST + 1)


@pytest.mark.parametrize("draws", [0, -3])
def test_no_draws_are_refused(draws):
    with pytest.raises(BadInput, match="replicates cannot be drawn"):
        sensitivity(many(), DEEP, Method(), draws=draws)


def test_no_workers_are_refused():
    with pytest.raises(BadInput, match="0 workers do nothing"):
        sensitivity(many(), DEEP, Method(), draws=1024, workers=0)


def test_the_rule_of_the_levels_has_to_be_among_those_drawn():
    method = Method(aggregation={"default": "median"}, sources=())

    with pytest.raises(BadInput, match=r"for example aggregations: \{median: 1\}"):
        sensitivity(many(), DEEP, method, draws=1024)
