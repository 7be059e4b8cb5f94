"""Who gave what, and the items on which reviewers differ."""

import math

import numpy as np
import pytest

from endocsea.assessment import BadInput, Difference, Ratings, differences
from endocsea.assessment.ratings import MOST_VALUES

ONE, TWO, THREE = ("XAA", "q1"), ("XAA", "q2"), ("XAB", "q1")


def refused(given):
    with pytest.raises(BadInput) as caught:
        Ratings.of(given)
    return str(caught.value)


def test_a_rating_a_missing_one_and_not_applicable_are_told_apart():
    ratings = Ratings.of({ONE: {"ana": 0, "ravi": None}, TWO: {"ana": "NA", "ravi": math.nan, "otto": 4.0}})

    assert ratings.items == (ONE, TWO)
    assert ratings.reviewers == ("ana", "ravi", "otto")
    assert ratings.values == (0, 4)
    assert ratings.code.tolist() == [[0, -1, -1], [-1, -1, 1]]
    assert ratings.not_applicable.tolist() == [[False, False, False], [True, False, False]]


def test_values_rise_and_words_come_after_numbers():
    ratings = Ratings.of({ONE: {"ana": "yes", "ravi": 10}, TWO: {"ana": 2, "ravi": "no"}})

    assert ratings.values == (2, 10, "no", "yes")


def test_the_same_number_written_in_two_ways_is_one_value():
    assert Ratings.of({ONE: {"ana": 2, "ravi": 2.0}}).values == (2,)


def test_items_and_reviewers_can_be_taken_out():
    ratings = Ratings.of({ONE: {"ana": 1, "ravi": 2}, TWO: {"ana": 3, "ravi": "NA"}, THREE: {"otto": 4}})

    few = ratings.of_items([1]).by("ravi", "ana")

    assert (few.items, few.reviewers) == ((TWO,), ("ravi", "ana"))
    assert few.code.tolist() == [[-1, 2]]
    assert few.not_applicable.tolist() == [[True, False]]


def test_nothing_at_all_is_nothing():
    ratings = Ratings.of({})

    assert (ratings.items, ratings.reviewers, ratings.values) == ((), (), ())
    assert differences(ratings) == ()


@pytest.mark.parametrize("infinite", [math.inf, -math.inf, np.float64(np.inf)])
def test_an_infinite_rating_is_refused(infinite):
    assert refused({ONE: {"ana": infinite}}) == (
        "A rating is infinite. Give a number, or None where there is no rating."
    )


def test_measurements_are_refused():
    assert refused({("XAA", f"q{at}"): {"ana": at} for at in range(MOST_VALUES + 1)}) == (
        "There are 201 different values; up to 200 can be compared. "
        "Round them to the steps that differ in meaning."
    )


# --- differences


def test_the_widest_difference_comes_first_then_the_order_of_the_items():
    ratings = Ratings.of(
        {
            ONE: {"ana": 2, "ravi": 3},
            TWO: {"ana": 4, "ravi": 1, "otto": 2},
            THREE: {"ana": 0, "otto": 1},
            ("XAB", "q2"): {"ana": 3, "ravi": 3},
            ("XAB", "q3"): {"ana": 3},
        }
    )

    assert differences(ratings) == (
        Difference("XAA", "q2", 3.0, (("ana", 4), ("ravi", 1), ("otto", 2))),
        Difference("XAA", "q1", 1.0, (("ana", 2), ("ravi", 3))),
        Difference("XAB", "q1", 1.0, (("ana", 0), ("otto", 1))),
    )


def test_whether_it_applies_is_a_difference_without_a_number():
    ratings = Ratings.of(
        {
            ONE: {"ana": 2, "ravi": "NA"},
            TWO: {"ana": "NA", "ravi": "NA"},
            THREE: {"ana": 1, "ravi": "NA", "otto": 2},
            ("XAB", "q2"): {"ana": 1, "ravi": 1, "otto": "NA"},
        }
    )

    assert [(each.unit, each.indicator, each.difference) for each in differences(ratings)] == [
        ("XAB", "q1", 1.0),
        ("XAA", "q1", None),
        ("XAB", "q2", None),
    ]
    assert differences(ratings)[1].ratings == (("ana", 2), ("ravi", "NA"))


def test_options_differ_by_how_many_were_chosen():
    ratings = Ratings.of(
        {ONE: {"ana": "a", "ravi": "b", "otto": "c"}, TWO: {"ana": "a", "ravi": "c"}, THREE: {"ana": "a"}}
    )

    assert [each.difference for each in differences(ratings, "nominal")] == [2.0, 1.0]


def test_a_difference_of_numbers_is_in_their_unit():
    ratings = Ratings.of({ONE: {"ana": 0.5, "ravi": 3}})

    assert [differences(ratings, metric)[0].difference for metric in ("ordinal", "interval")] == [2.5, 2.5]


def test_a_metric_that_cannot_be_is_refused():
    with pytest.raises(BadInput, match="'ratio' is no metric"):
        differences(Ratings.of({}), "ratio")
