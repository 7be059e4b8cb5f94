"""Values, comparisons with a threshold, bands and verdicts."""

import numpy as np
import pytest

from endocsea.assessment import BadInput, Values, band, verdict
from endocsea.assessment.levels import below, check_range

STARTS = [0, 1, 2, 3, 4]


def refused(*arguments, **options):
    with pytest.raises(BadInput) as caught:
        Values(*arguments, **options)
    return [str(defect) for defect in caught.value.defects]


def test_unknown_and_not_applicable_are_different_and_neither_is_zero():
    values = Values.of({"Arden": {"q1": 0, "q2": None, "q3": "NA"}})

    assert values.level[0, 0] == 0
    assert np.isnan(values.level[0, 1:]).all()
    assert values.not_applicable.tolist() == [[False, False, True]]


def test_an_indicator_that_a_unit_does_not_mention_is_unknown():
    values = Values.of({"Arden": {"q1": 1}, "Belmora": {"q2": 2}})

    assert values.indicators == ("q1", "q2")
    np.testing.assert_array_equal(values.level, [[1, np.nan], [np.nan, 2]])


def test_a_word_is_no_level():
    with pytest.raises(BadInput, match=r"'two' is not a level\. Give a number, None, or 'NA'\."):
        Values.of({"Arden": {"q1": "two"}})


def test_what_is_not_stated_is_read_as_least_certain():
    values = Values(["Arden"], ["q1"], [[2]])

    assert values.confidence.tolist() == [[0]]  # single
    assert values.evidenced is None


def test_values_cannot_be_changed_and_do_not_change_with_what_they_were_made_from():
    given = np.array([[2.0]])
    values = Values(["Arden"], ["q1"], given)
    given[0, 0] = 4

    assert values.level[0, 0] == 2
    with pytest.raises(ValueError, match="read-only"):
        values.level[0, 0] = 3


def test_columns_are_picked_by_code_and_an_absent_one_is_unknown():
    values = Values(
        ["Arden"],
        ["q1", "q2"],
        [[1, np.nan]],
        not_applicable=[[False, True]],
        confidence=[[2, 0]],
        evidenced=[[True, False]],
    )

    picked = values.columns(["q2", "q3", "q1"])

    np.testing.assert_array_equal(picked.level, [[np.nan, np.nan, 1]])
    assert picked.not_applicable.tolist() == [[True, False, False]]
    assert picked.confidence.tolist() == [[0, 0, 2]]
    assert picked.evidenced.tolist() == [[False, False, True]]


def test_columns_of_values_without_indicators_are_all_unknown():
    picked = Values(["Arden"], [], np.empty((1, 0))).columns(["q1"])

    assert np.isnan(picked.level).all()


def test_a_code_that_occurs_twice_is_named():
    assert refused(["Arden", "Arden"], ["q1"], [[1], [2]]) == [
        "The unit Arden occurs more than once. Keep one of them."
    ]
    assert refused(["Arden"], ["q1", "q1"], [[1, 2]]) == [
        "The indicator q1 occurs more than once. Keep one of them."
    ]


def test_every_array_of_a_wrong_shape_is_named():
    assert refused(["Arden"], ["q1"], [[1, 2]], confidence=[[0], [1]]) == [
        "level has the shape (1, 2). Give 1 units × 1 indicators.",
        "confidence has the shape (2, 1). Give 1 units × 1 indicators.",
    ]


@pytest.mark.parametrize("infinite", [np.inf, -np.inf])
def test_an_infinite_level_is_refused(infinite):
    assert refused(["Arden"], ["q1"], [[infinite]]) == [
        "A level is infinite. Give a number, or NaN where it is unknown."
    ]


@pytest.mark.parametrize("confidence", [3, -1, 300])
def test_a_confidence_that_does_not_exist_is_refused(confidence):
    assert refused(["Arden"], ["q1"], [[1]], confidence=[[confidence]]) == [
        "A confidence does not exist. Use 0, 1 or 2 for single, double, adjudicated."
    ]


def test_a_level_that_does_not_apply_is_refused():
    assert refused(["Arden"], ["q1"], [[1]], not_applicable=[[True]]) == [
        "A cell has a level and is not applicable. Take one of the two away."
    ]


def test_every_value_outside_the_range_is_named():
    values = Values.of({"Arden": {"q1": 4.5, "q2": 4}, "Belmora": {"q1": 0, "q2": -1}})

    with pytest.raises(BadInput) as caught:
        check_range(values, 0, 4)

    assert [str(defect) for defect in caught.value.defects] == [
        "Arden has 4.5 on q1, outside the range. Give a level from 0 to 4.",
        "Belmora has -1 on q2, outside the range. Give a level from 0 to 4.",
    ]


def test_a_level_of_exactly_two_is_two_however_it_was_added_up():
    added = sum([0.2] * 10)  # 1.9999999999999998

    assert added < 2
    assert not below(added, 2)
    assert below(1.999, 2)
    assert not below(np.nan, 2)


@pytest.mark.parametrize(
    ("level", "found"),
    [(0, 0), (0.999, 0), (1, 1), (1 - 1e-12, 1), (1.125, 1), (2, 2), (3.99, 3), (4, 4), (np.nan, -1)],
)
def test_a_level_is_in_the_last_band_that_does_not_start_above_it(level, found):
    assert band(level, STARTS) == found


def test_bands_keep_the_shape_of_the_levels():
    assert band([[0.5, 2.5], [np.nan, 4]], STARTS).tolist() == [[0, 2], [-1, 4]]


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (1.0, 1.444, "gap"),  # Belmora, capability 14
        (1.0, 2.0, "cannot tell"),  # could be exactly 2, and 2 is no gap
        (1.9, 2.1, "cannot tell"),
        (2.0, 2.0, "no gap"),
        (sum([0.2] * 10), 3, "no gap"),  # 2, but for the last digit
        (2.0, 4.0, "no gap"),
        (0.0, 4.0, "cannot tell"),
        (np.nan, np.nan, "not applicable"),
    ],
)
def test_the_bounds_decide_whether_it_is_a_gap(lower, upper, said):
    assert verdict(lower, upper, 2) == said
