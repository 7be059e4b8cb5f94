"""Krippendorff's alpha against its author, another implementation, its definition, and by hand; its interval."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations, permutations, product
from types import SimpleNamespace

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from endocsea.assessment import (
    METRICS,
    Agreement,
    BadInput,
    Ratings,
    agreement_by_group,
    agreement_by_pair,
    agreement_of,
)
from endocsea.assessment import agreement as module
from tests.assessment.worlds import quick, thorough

NONE = None
SEED = 7

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]


def ratings_of(rows):
    """Ratings from a list for each reviewer."""
    names = [f"reviewer {at}" for at in range(len(rows))]
    return Ratings.of(
        {
            ("XAA", f"q{at}"): dict(zip(names, its, strict=True))
            for at, its in enumerate(zip(*rows, strict=True))
        }
    )


def of_items(items):
    """Ratings from a list for each item."""
    return Ratings.of(
        {("XAA", f"q{at}"): {f"reviewer {r}": v for r, v in enumerate(its)} for at, its in enumerate(items)}
    )


def found(items, metric="ordinal", **settings):
    return agreement_of(of_items(items), metric, **{"resamples": 200, "seed": SEED, **settings})


def apart(c, v, metric, every):
    """The distance of two ratings among all of them, by its definition; not squared."""
    if metric == "nominal":
        return float(c != v)
    if metric == "interval":
        return abs(c - v)
    low, high = min(c, v), max(c, v)
    return sum(low <= each <= high for each in every) - (every.count(low) + every.count(high)) / 2


def alpha_by_definition(items, metric):
    """1 - D_o / D_e, pair of values by pair of values; None where D_e is 0."""
    sets = [[v for v in its if v is not None] for its in items]
    sets = [its for its in sets if len(its) > 1]
    every = [v for its in sets for v in its]
    n = len(every)
    observed = sum(
        sum(apart(c, v, metric, every) ** 2 for c, v in permutations(its, 2)) / (len(its) - 1) for its in sets
    )
    expected = sum(apart(c, v, metric, every) ** 2 for c, v in permutations(every, 2))
    return 1 - (observed / n) / (expected / (n * (n - 1))) if expected else None


@st.composite
def tables(draw, least=2, values=(0, 1, 2, 3, 4)):
    """Items with a rating or none by each of two to four reviewers; ratings lie near each other or not."""
    reviewers = draw(st.integers(2, 4))
    rating = st.one_of(st.sampled_from(values), st.sampled_from(values), st.none())
    return draw(
        st.lists(st.lists(rating, min_size=reviewers, max_size=reviewers), min_size=least, max_size=9)
    )


def has_alpha(items):
    twice = [[v for v in its if v is not None] for its in items]
    twice = [its for its in twice if len(its) > 1]
    return len(twice) > 1 and len({v for its in twice for v in its}) > 1


# --- alpha


@pytest.mark.parametrize(("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_comes_out_as_published(metric, alpha):
    its = agreement_of(ratings_of(PUBLISHED), metric, seed=SEED)

    assert round(its.alpha, 3) == alpha
    # the eleven units with two values or more, and the 40 values in them, are Krippendorff's too
    assert (its.rated, its.items, its.ratings, its.reviewers) == (12, 11, 40, 4)


def test_a_small_case_by_hand():
    # ordinal: three 0, one 1, two 2, so mid-ranks 1.5, 3.5 and 5 and the distances 2, 3.5 and 1.5;
    # observed 2² = 4; all pairs: 3 · 1 · 4 + 3 · 2 · 12.25 + 1 · 2 · 2.25 = 90; 1 - 5 · 4 / 90 = 7/9
    # nominal: observed 1; all pairs 3 · 1 + 3 · 2 + 1 · 2 = 11; 1 - 5 / 11 = 6/11
    # interval: observed 1; all pairs 3 · 1 + 3 · 2 · 4 + 1 · 2 · 1 = 29; 1 - 5 / 29 = 24/29
    items = [[0, 0], [0, 1], [2, 2]]

    assert found(items).alpha == pytest.approx(7 / 9)
    assert found(items, "nominal").alpha == pytest.approx(6 / 11)
    assert found(items, "interval").alpha == pytest.approx(24 / 29)


def test_a_case_with_three_reviewers_by_hand():
    # nominal: the item 1, 1, 2 has two pairs that differ, over m - 1 = 2: 1; the other 0; four 1 and one 2:
    # all pairs 4 · 1 = 4; 1 - 4 · 1 / 4 = 0
    assert found([[1, 1, 2], [1, 1, None]], "nominal").alpha == 0


@thorough
@given(tables(), st.sampled_from(METRICS))
def test_alpha_is_what_another_implementation_finds(items, metric):
    assume(has_alpha(items))
    by_reviewer = np.array(items, dtype=float).T

    other = krippendorff.alpha(reliability_data=by_reviewer, level_of_measurement=metric)

    assert found(items, metric, resamples=0).alpha == pytest.approx(other, abs=1e-9)


@thorough
@given(tables(values=(-2, 0.5, 1, 10, 1000)), st.sampled_from(METRICS))
def test_alpha_is_what_its_definition_says(items, metric):
    assume(has_alpha(items))

    assert found(items, metric, resamples=0).alpha == pytest.approx(
        alpha_by_definition(items, metric), abs=1e-9
    )


@pytest.mark.parametrize("metric", METRICS)
def test_full_agreement_is_one_and_agreement_no_better_than_chance_is_near_zero(metric):
    random = np.random.default_rng(SEED).integers(0, 5, (5000, 2)).tolist()

    assert found([[0, 0], [3, 3], [1, 1]], metric).alpha == 1
    assert found(random, metric, resamples=0).alpha == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("metric", METRICS)
def test_reviewers_who_always_differ_agree_less_than_chance(metric):
    assert found([[0, 4], [4, 0], [0, 4]], metric).alpha < 0


def test_an_ordinal_alpha_minds_how_far_ratings_lie_apart_and_a_nominal_one_does_not():
    near, far = [[0, 0], [1, 2], [2, 1], [4, 4]], [[0, 0], [1, 4], [2, 1], [4, 2]]

    assert found(near).alpha > found(far).alpha
    assert (
        found([[0, 0], [1, 2], [2, 1], [4, 4]], "nominal").alpha
        == found([[0, 0], [1, 4], [4, 1], [2, 2]], "nominal").alpha
    )


# --- where there is none


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([], "no rating"),
        ([[]], "no rating"),
        ([[None, None], [None, None]], "no rating"),
        ([["NA", "NA"]], "no rating"),
        ([[1], [2], [3]], "one reviewer: agreement cannot be measured"),
        ([[1, None], [2, None]], "one reviewer: agreement cannot be measured"),
        ([[1, None], [None, 2]], "no item was rated by two reviewers"),
        ([[1, "NA"], ["NA", 2]], "no item was rated by two reviewers"),
        ([[1, 2], [1, None]], "only one item was rated by two reviewers"),
        ([[1, 1]], "only one item was rated by two reviewers"),
        ([[3, 3], [3, 3], [3, None]], "no variation: all ratings are the same"),
        ([[3, 3], [3, 3], [1, None]], "no variation: all ratings are the same"),
    ],
)
@pytest.mark.parametrize("metric", METRICS)
def test_where_there_is_no_alpha_the_reason_is_given(items, reason, metric):
    its = found(items, metric)

    assert (its.alpha, its.lower, its.upper, its.resamples, its.reason) == (None, None, None, 0, reason)


def test_one_item_alone_would_be_zero_whatever_the_ratings():
    for pair in ([0, 4], [0, 1]):
        assert alpha_by_definition([pair], "ordinal") == 0


def test_without_disagreement_there_is_an_alpha_and_no_interval():
    # every resample would give 1 again: an interval from 1 to 1 would claim what three items cannot show
    assert found([[0, 0], [1, 1], [2, 2]]) == Agreement(
        3, 3, 3, 6, 2, alpha=1, reason="no disagreement: resampling cannot show an interval"
    )


def test_where_many_resamples_have_no_alpha_there_is_no_interval():
    # by hand: one resample in (19/20)^20 = 36 % lacks the one item that is not 3, 3
    its = found([[3, 3]] * 19 + [[3, 4]], resamples=4000)

    assert its.reason == "too little variation for an interval"
    assert its.alpha == pytest.approx(0)
    assert (its.lower, its.upper) == (None, None)
    assert its.resamples == pytest.approx(4000 * (1 - 0.95**20), rel=0.05)


def test_without_resamples_there_is_no_interval():
    its = found([[0, 0], [0, 1], [2, 2]], resamples=0)

    assert (its.lower, its.upper, its.resamples, its.reason) == (None, None, 0, "no resamples")
    assert its.alpha == pytest.approx(7 / 9)


# --- the interval


@quick
@given(tables(), st.sampled_from(METRICS), st.data())
def test_alpha_of_a_resample_is_that_of_its_items_written_out(items, metric, data):
    ratings = of_items(items)
    twice = [its for its in items if sum(v is not None for v in its) > 1]
    assume(twice)
    tally, times = module._tallies(ratings.code[(ratings.code >= 0).sum(axis=1) > 1], len(ratings.values))
    often = data.draw(st.lists(st.integers(0, 3), min_size=len(times), max_size=len(times)))
    assume(sum(often))
    written_out = []
    for its, count in zip(tally, often, strict=True):
        values = [v for v, many in zip(ratings.values, its, strict=True) for _ in range(int(many))]
        written_out += [values] * count
    places = np.array(ratings.values, dtype=float)

    (alpha,) = module.alphas(tally, np.array([often], dtype=float), metric, places)

    expected = alpha_by_definition(written_out, metric)
    assert math.isnan(alpha) if expected is None else alpha == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_the_interval_is_that_of_all_possible_resamples(metric):
    items = [[0, 0], [1, 3], [2, 2], [4, 3], [1, 1]]
    every = [
        alpha_by_definition([items[at] for at in drawn], metric) for drawn in product(range(5), repeat=5)
    ]
    exact = [alpha for alpha in every if alpha is not None]

    its = found(items, metric, resamples=100_000)

    assert its.resamples / 100_000 == pytest.approx(len(exact) / len(every), abs=0.002)
    for end, share in ((its.lower, 0.025), (its.upper, 0.975)):
        # so many resamples are within 0.002 of their share: the end lies between these two
        assert np.quantile(exact, share - 0.002) - 1e-9 <= end <= np.quantile(exact, share + 0.002) + 1e-9


@pytest.mark.parametrize("items", [10, 40])
def test_a_95_percent_interval_holds_the_truth_in_about_95_of_100_worlds(items):
    # two reviewers are one level off a true level, independently, with the chance 0.25
    one = np.zeros((5, 5))
    for level, drawn in product(range(5), repeat=2):
        sides = 2 - (level in (0, 4))
        one[level, drawn] = 0.75 * (level == drawn) + 0.25 / sides * (abs(level - drawn) == 1)
    chance = np.einsum("la,lb->ab", one, one) / 5
    share = chance.sum(axis=0)
    rank = np.cumsum(share) - share / 2
    apart_squared = (rank[:, None] - rank) ** 2
    truth = 1 - (chance * apart_squared).sum() / (np.outer(share, share) * apart_squared).sum()
    generator = np.random.default_rng(SEED)
    worlds, held = 400, 0
    for world in range(worlds):
        drawn = generator.choice(25, items, p=chance.ravel())
        its = found(np.stack(np.divmod(drawn, 5), axis=1).tolist(), resamples=500, seed=world)
        held += its.lower is not None and its.lower <= truth <= its.upper

    # four standard errors of a share of 400 are 0.044; with ten items a few have no interval
    assert 0.95 - 0.06 <= held / worlds <= 0.99


def test_more_items_give_a_narrower_interval():
    few = [[0, 0], [1, 2], [2, 2], [4, 3], [1, 1], [3, 3]]
    one, other = found(few), found(few * 10)

    assert other.upper - other.lower < (one.upper - one.lower) / 2


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    one, again, other = (agreement_of(ratings_of(PUBLISHED), "interval", seed=seed) for seed in (1, 1, 2))

    assert one == again
    assert one.lower != other.lower
    assert one.lower == pytest.approx(other.lower, abs=0.1)


def test_how_the_resamples_are_split_up_changes_nothing(monkeypatch):
    items = [[0, 0], [1, 2], [2, 2], [4, 3], [1, 1], [3, 3]]
    whole = found(items, resamples=1000)
    monkeypatch.setattr(module, "AT_ONCE", 700)

    assert found(items, resamples=1000) == whole


def test_an_alpha_lies_inside_its_interval_in_the_published_example():
    for metric in METRICS:
        its = agreement_of(ratings_of(PUBLISHED), metric, seed=SEED)

        assert its.lower < its.alpha < its.upper <= 1


# --- what changes nothing


@quick
@given(tables(), st.sampled_from(METRICS), st.randoms(use_true_random=False))
def test_the_order_and_names_of_reviewers_and_items_change_nothing(items, metric, chance):
    columns = list(range(len(items[0])))
    chance.shuffle(columns)
    rows = [[its[at] for at in columns] for its in items]
    chance.shuffle(rows)
    renamed = Ratings.of(
        {(f"u{at}", "z"): {f"somebody {9 - r}": v for r, v in enumerate(its)} for at, its in enumerate(rows)}
    )

    assert agreement_of(renamed, metric, resamples=50, seed=SEED) == found(items, metric, resamples=50)


@quick
@given(tables())
def test_other_numbers_in_the_same_order_change_nothing_for_ordinal(items):
    other = {0: -3.5, 1: 0, 2: 0.01, 3: 7, 4: 1e6, None: None}

    assert found([[other[v] for v in its] for its in items]) == found(items)


@quick
@given(tables())
def test_another_unit_and_zero_change_nothing_for_interval(items):
    one, other = (
        found([[None if v is None else a + b * v for v in its] for its in items], "interval")
        for a, b in ((0, 1), (-40, 2.5))
    )

    assert (one.alpha is None) == (other.alpha is None)
    if one.alpha is not None:
        assert other.alpha == pytest.approx(one.alpha, abs=1e-9)
    assert other.reason == one.reason


@quick
@given(tables(), st.permutations("abcde"))
def test_any_other_names_for_the_options_leave_a_nominal_alpha_as_it_is(items, words):
    named = [[None if v is None else words[v] for v in its] for its in items]

    one, other = found(items, "nominal", resamples=0), found(named, "nominal", resamples=0)

    assert replace(other, alpha=None) == replace(one, alpha=None)
    # sets of ratings are added up in another order
    assert other.alpha == one.alpha or other.alpha == pytest.approx(one.alpha, abs=1e-12)


@quick
@given(tables())
def test_an_item_rated_once_changes_neither_alpha_nor_interval(items):
    one, other = found(items), found([*items, [3, *[None] * (len(items[0]) - 1)]])

    assert (other.alpha, other.lower, other.upper) == (one.alpha, one.lower, one.upper)
    assert other.rated == one.rated + 1


@quick
@given(tables(), st.sampled_from(METRICS))
def test_alpha_is_never_above_one_and_an_interval_has_two_ends_or_a_reason(items, metric):
    its = found(items, metric, resamples=50)

    assert its.alpha is None or its.alpha <= 1
    assert (its.reason is None) == (its.lower is not None) == (its.upper is not None)
    if its.lower is not None:
        assert its.lower <= its.upper <= 1


# --- groups and pairs


def test_each_group_has_the_agreement_of_its_own_items():
    items = [[0, 0], [0, 1], [2, 2], [3, 3], [4, 2], [1, 1]]
    groups = ["3", "3", "3", "14", "14", "14"]

    its = agreement_by_group(of_items(items), groups, resamples=100, seed=SEED)

    assert list(its) == ["3", "14"]
    assert its["3"] == found(items[:3], resamples=100)
    assert its["14"] == found(items[3:], resamples=100)


def test_what_a_group_is_called_does_not_move_its_interval():
    items = [[0, 0], [0, 1], [2, 2], [4, 3]] * 2

    its = agreement_by_group(of_items(items), ["3"] * 4 + ["14"] * 4, resamples=100, seed=SEED)

    assert its["3"] == its["14"]


def test_an_item_without_a_group_is_in_none():
    its = agreement_by_group(of_items([[0, 0], [1, 1], [2, 2]]), ["3", None, "3"], seed=SEED)

    assert {group: each.items for group, each in its.items()} == {"3": 2}
    assert agreement_by_group(of_items([[0, 0]]), [None], seed=SEED) == {}


def test_there_has_to_be_a_group_for_each_item():
    with pytest.raises(BadInput, match=r"There are 1 groups for 2 items\. Give one for each item\."):
        agreement_by_group(of_items([[0, 0], [1, 1]]), ["3"], seed=SEED)


def test_each_two_reviewers_are_compared_on_what_both_rated():
    items = [[0, 0, None], [0, 1, None], [2, 2, None], [None, 3, 3], [None, None, 4]]

    its = agreement_by_pair(of_items(items), resamples=100, seed=SEED)

    names = [f"reviewer {at}" for at in range(3)]
    assert list(its) == list(combinations(names, 2))
    assert its[names[0], names[1]].alpha == pytest.approx(7 / 9)
    assert its[names[0], names[2]].reason == "no item was rated by two reviewers"
    assert its[names[1], names[2]].reason == "only one item was rated by two reviewers"


def test_with_two_reviewers_the_pair_is_the_whole():
    items = [[0, 0], [0, 1], [2, 2], [4, 3]]

    (pair,) = agreement_by_pair(of_items(items), resamples=100, seed=SEED).values()

    assert pair == found(items, resamples=100)


def test_one_reviewer_has_no_pair():
    assert agreement_by_pair(of_items([[1], [2]]), seed=SEED) == {}


def test_what_is_counted():
    # two items rated twice or more, one of them by all in the same way; one item by one; one not at all
    items = [[1, 1, 1, None], [2, 3, None, None], [4, None, None, None], [None, None, "NA", None]]

    its = found(items)

    assert (its.rated, its.items, its.unanimous, its.ratings, its.reviewers) == (3, 2, 1, 5, 3)


# --- extremes


def test_thousands_of_items_and_many_reviewers_are_no_matter():
    chance = np.random.default_rng(SEED)
    true = chance.integers(0, 5, 6110)
    items = np.clip(true[:, None] + chance.integers(-1, 2, (6110, 6)), 0, 4).tolist()

    its = found(items)

    assert its.items == 6110
    assert its.lower < its.alpha < its.upper
    by_reviewer = np.array(items).T
    assert its.alpha == pytest.approx(
        krippendorff.alpha(reliability_data=by_reviewer, level_of_measurement="ordinal"), abs=1e-9
    )


@pytest.mark.parametrize("scale", [1e-9, 1e9, 1e100])
def test_large_and_small_numbers_lose_no_digits(scale):
    items = [[0, 0], [0, 1], [2, 2]]

    assert found([[v * scale for v in its] for its in items], "interval").alpha == pytest.approx(24 / 29)
    assert found([[1e9 + v for v in its] for its in items], "interval").alpha == pytest.approx(24 / 29)


# --- what is refused


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"metric": "ratio"}, "'ratio' is no metric. Use one of: ordinal, nominal, interval."),
        ({"resamples": -1}, "-1 resamples cannot be drawn. Give 0 to 1,000,000."),
        ({"resamples": 1_000_001}, "1,000,001 resamples cannot be drawn. Give 0 to 1,000,000."),
        ({"seed": -1}, "The seed -1 is below zero. Give 0 or more."),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, said):
    its = SimpleNamespace(**{"metric": "ordinal", "resamples": 10, "seed": 0, **settings})
    with pytest.raises(BadInput) as caught:
        agreement_of(of_items([[1, 2], [2, 2]]), its.metric, resamples=its.resamples, seed=its.seed)

    assert str(caught.value) == said


@pytest.mark.parametrize("metric", ["ordinal", "interval"])
def test_words_have_no_order(metric):
    with pytest.raises(BadInput, match=r"'no' is a word\. Give numbers, or use the metric nominal\."):
        found([["yes", "no"], ["yes", "yes"]], metric)
