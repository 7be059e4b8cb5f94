"""From how many persons on a number may be public: the rules, each at its edge."""

import pytest

from endocsea.assessment import BadInput
from endocsea.assessment.disclosure import (
    LEAST,
    RULES,
    Thresholds,
    is_small,
    may_break_down,
    may_show_rate,
    shown_of_test,
)


def test_the_rules_are_those_of_the_programme():
    assert LEAST == {"persons": 5, "group": 10, "tested": 10, "rate_base": 20}
    assert Thresholds() == Thresholds(**LEAST)
    assert all(of and below for _, _, of, below in RULES)


@pytest.mark.parametrize("setting", LEAST)
def test_no_threshold_can_be_lowered_and_the_reason_is_said(setting):
    with pytest.raises(BadInput) as refused:
        Thresholds(**{setting: LEAST[setting] - 1})

    assert f"lower than the rule. Give {LEAST[setting]} or more: thresholds may only be raised" in str(
        refused.value
    )
    assert "because below it a person could be found" in str(refused.value)


def test_thresholds_can_be_raised():
    assert is_small(7, Thresholds(persons=8))
    assert not may_break_down(11, Thresholds(group=12))
    assert shown_of_test(15, Thresholds(tested=20)) == "average"
    assert not may_show_rate(10, 25, Thresholds(rate_base=30))


def test_every_lowered_threshold_is_named_at_once():
    with pytest.raises(BadInput) as refused:
        Thresholds(persons=1, rate_base=-3)

    assert [defect.column for defect in refused.value.defects] == ["persons", "rate_base"]


def test_a_group_cannot_be_smaller_than_a_small_number():
    with pytest.raises(BadInput, match="Give `group` at least the value of `persons`"):
        Thresholds(persons=12)


def test_one_to_four_persons_are_a_small_count_and_nobody_is_not():
    assert [is_small(persons) for persons in range(7)] == [False, True, True, True, True, False, False]


def test_where_one_authority_reports_zero_is_hidden_too():
    assert is_small(0, Thresholds(zero_shown=False))


def test_a_group_below_ten_has_no_breakdown():
    assert [may_break_down(group) for group in (0, 9, 10)] == [False, False, True]


def test_a_test_shows_nothing_then_its_average_then_all():
    assert [shown_of_test(persons) for persons in (0, 1, 4, 5, 9, 10)] == [
        *("nothing", "nothing", "nothing"),
        *("average", "average", "all"),
    ]


@pytest.mark.parametrize(
    ("part", "base", "shown"),
    [
        (10, 19, False),  # the base is too small
        (10, 20, True),
        (4, 40, False),  # the part is small
        (36, 40, False),  # so is the rest
        (5, 40, True),
        (35, 40, True),
        (0, 40, True),  # nobody and everybody say something about the system
        (40, 40, True),
        (0, 0, False),
    ],
)
def test_a_rate_needs_a_large_base_and_neither_a_small_part_nor_a_small_rest(part, base, shown):
    assert may_show_rate(part, base) is shown


def test_where_zeros_are_hidden_a_rate_of_none_or_all_is_not_shown():
    assert not may_show_rate(0, 40, Thresholds(zero_shown=False))
    assert not may_show_rate(40, 40, Thresholds(zero_shown=False))


@pytest.mark.parametrize(
    "asked",
    [
        lambda: is_small(-1),
        lambda: may_break_down(-1),
        lambda: shown_of_test(-1),
        lambda: may_show_rate(-1, 20),
    ],
)
def test_less_than_nobody_is_refused(asked):
    with pytest.raises(BadInput, match=r"below zero\. Give 0 or more"):
        asked()


def test_a_part_larger_than_its_base_is_refused_without_repeating_either():
    with pytest.raises(BadInput) as refused:
        may_show_rate(7919, 6007)

    assert str(refused.value) == "The part of a rate is larger than its base. Check which is which."
