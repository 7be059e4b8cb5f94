"""From reviewed values to levels, by hand: what is known, what it gives, what could still come out."""

import numpy as np
import pytest

from endocsea.assessment import BadInput, Band, Gate, Method, Tree, Values, assess

CAPABILITY_3 = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1), ("c", "3", 1), ("d", "3", 1)])
DEEP = Tree.from_rows(
    [
        ("3", "", 1),
        *(("law", "3", 1), ("a", "law", 1), ("b", "law", 1)),
        *(("practice", "3", 1), ("c", "practice", 1), ("d", "practice", 1)),
    ]
)


def outcome(answers, tree=CAPABILITY_3, node="3", **settings):
    """What is found for one state."""
    return assess(Values.of({"Arden": answers}), tree, Method(**settings)).of("Arden", node)


def refused(answers, tree=CAPABILITY_3, **settings):
    with pytest.raises(BadInput) as caught:
        outcome(answers, tree, **settings)
    return [str(defect) for defect in caught.value.defects]


# --- the case worked by hand


def test_belmora_on_capability_14():
    levels = {"C14-01": 2, "C14-02": 2, "C14-03": 1, "C14-04": None, "C14-06": 1}
    levels |= {"C14-07": 0, "C14-09": 1, "C14-10": 0, "C14-11": 2}
    tree = Tree.from_rows([("14", "", 1), *((code, "14", 1) for code in levels)])

    found = assess(Values.of({"XAB": levels}), tree, Method()).of("XAB", "14")

    # by hand: (2 + 2 + 1 + 1 + 0 + 1 + 0 + 2) / 8 = 9/8, eight of nine are known
    assert found.level == 1.125
    assert found.known == pytest.approx(8 / 9)
    assert (found.answered, found.unanswered) == (8, 1)
    # the unknown one at 0: 9/9; at 4: 13/9
    assert found.lower == pytest.approx(1)
    assert found.upper == pytest.approx(13 / 9)
    assert found.verdict == "gap"
    assert found.band == 1
    assert found.weakest == ("C14-07", "C14-10")
    assert found.gates == ()
    assert found.evidenced is None


# --- levels, shares and bounds


def test_a_level_is_the_weighted_mean_of_what_is_known():
    found = outcome({"a": 4, "b": 1, "c": 2, "d": None}, weights={"a": 2})

    # by hand: (2 × 4 + 1 + 2) / 4 = 11/4; four fifths of the weight is known
    assert found.level == pytest.approx(2.75)
    assert found.known == pytest.approx(0.8)
    # the unknown one at 0: 11/5; at 4: 15/5
    assert (found.lower, found.upper) == pytest.approx((2.2, 3))
    assert found.verdict == "no gap"


def test_what_does_not_apply_leaves_the_denominator():
    found = outcome({"a": 4, "b": 2, "c": 3, "d": "NA"})

    assert (found.level, found.known, found.lower, found.upper) == (3, 1, 3, 3)
    assert (found.answered, found.unanswered) == (3, 0)


def test_unknown_is_not_zero():
    assert outcome({"a": 4, "b": 4, "c": 4, "d": None}).level == 4
    assert outcome({"a": 4, "b": 4, "c": 4, "d": 0}).level == 3


@pytest.mark.parametrize(
    ("answers", "least_known", "level"),
    [
        ({"a": 2, "b": 2}, 0.6, None),  # 2 of 4 is less than 0.6
        ({"a": 2, "b": 2, "c": 2}, 0.6, 2),  # 3 of 4 is more
        ({"a": 2, "b": 2}, 0.5, 2),  # exactly the share is enough
        ({"a": 2, "b": 2, "c": "NA"}, 0.6, 2),  # 2 of the 3 that apply
        ({"a": 2}, 0, 2),
        ({}, 0, None),  # of nothing comes no level, whatever the share
        ({"a": 2, "b": 2, "c": 2}, 1, None),
    ],
)
def test_where_too_little_is_known_there_is_no_level(answers, least_known, level):
    assert outcome(answers, least_known=least_known).level == level


def test_a_share_that_is_met_but_for_the_last_digit_is_met():
    weights = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.6}

    # by hand: 0.1 + 0.2 + 0.3 of 1.2 is a half; computers add it up to a little more or less
    assert outcome({"a": 2, "b": 2, "c": 2}, weights=weights, least_known=0.5).level == pytest.approx(2)
    assert outcome({"d": 2}, weights=weights, least_known=0.5).level == pytest.approx(2)


def test_without_a_level_the_bounds_still_speak():
    found = outcome({"a": 4, "b": 4})

    # by hand: (4 + 4 + 0 + 0) / 4 = 2, at best 4
    assert (found.level, found.band) == (None, None)
    assert (found.lower, found.upper, found.verdict) == (2, 4, "no gap")


def test_a_state_with_no_answer_at_all_can_come_out_anywhere():
    found = outcome({"a": None, "b": None, "c": None, "d": None})

    assert (found.level, found.known, found.lower, found.upper) == (None, 0, 0, 4)
    assert (found.verdict, found.unanswered, found.weakest) == ("cannot tell", 4, ())


def test_a_node_to_which_nothing_applies_is_not_applicable():
    found = outcome(dict.fromkeys("abcd", "NA"))

    assert (found.level, found.lower, found.upper, found.band) == (None, None, None, None)
    assert np.isnan(found.known)
    assert (found.verdict, found.answered, found.unanswered) == ("not applicable", 0, 0)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"a": 1, "b": 1, "c": 1}, "gap"),  # at best (3 + 4) / 4 = 1.75
        ({"a": 1, "b": 1, "c": 2}, "cannot tell"),  # at best (4 + 4) / 4 = 2, which is no gap
        ({"a": 3, "b": 3, "c": 1}, "cannot tell"),  # at worst 7/4
        ({"a": 3, "b": 3, "c": 2}, "no gap"),  # at worst 8/4
    ],
)
def test_the_verdict_holds_whatever_the_unanswered_question_turns_out_to_be(answers, verdict):
    assert outcome(answers).verdict == verdict


def test_the_verdict_follows_the_threshold_of_the_method():
    assert outcome(dict.fromkeys("abcd", 2), gap_below=3).verdict == "gap"
    assert outcome(dict.fromkeys("abcd", 2), gap_below=2).verdict == "no gap"


def test_all_that_share_the_lowest_value_are_the_weakest():
    assert outcome({"a": 1, "b": 3, "c": 1, "d": None}).weakest == ("a", "c")
    assert outcome({"a": 0, "b": 3, "c": 1, "d": "NA"}).weakest == ("a",)


def test_a_weight_of_zero_counts_nowhere():
    found = outcome({"a": 0, "b": 3, "c": 3, "d": None}, weights={"a": 0, "d": 0})

    assert (found.level, found.known, found.lower, found.upper) == (3, 1, 3, 3)
    assert (found.answered, found.unanswered, found.weakest) == (2, 0, ("b", "c"))


def test_the_share_evidenced_is_of_values_with_evidence():
    values = Values(
        ["Arden"], ["a", "b", "c", "d"], [[3, 3, 2, np.nan]], evidenced=[[True, False, True, True]]
    )

    found = assess(values, CAPABILITY_3, Method()).of("Arden", "3")

    # by hand: three of four known, two of them with evidence; evidence without a value is none
    assert found.known == 0.75
    assert found.evidenced == 0.5


def test_an_indicator_that_the_values_leave_out_is_unknown():
    assert outcome({"a": 2, "b": 2, "c": 2}) == outcome({"a": 2, "b": 2, "c": 2, "d": None})


def test_a_range_may_start_elsewhere():
    found = outcome({"a": 1, "b": 5, "c": 3}, range=(1, 5), bands=(Band(1, {}),), gap_below=3)

    # by hand: (1 + 5 + 3) / 3 = 3; the unknown one at 1: 10/4, at 5: 14/4
    assert (found.level, found.lower, found.upper) == (3, 2.5, 3.5)


# --- deeper trees


def test_a_node_combines_the_levels_of_its_children():
    found = outcome({"a": 4, "b": 2, "c": 1, "d": 0}, DEEP)

    # by hand: law (4 + 2) / 2 = 3, practice (1 + 0) / 2 = 0.5, together 3.5 / 2
    assert found.level == 1.75
    assert found.weakest == ("d",)


def test_a_child_without_a_level_is_unknown_to_its_parent():
    found = outcome({"a": 4, "b": 2, "c": 1, "d": None}, DEEP)

    # by hand: practice knows one of two, less than 0.6: no level. What is left is law, 3
    assert found.level == 3
    # the share known is counted on the indicators: 1/4 + 1/4 + 1/4
    assert found.known == 0.75
    # the bounds too: (3 + (1 + 0)/2) / 2 and (3 + (1 + 4)/2) / 2; so the level may lie outside
    assert (found.lower, found.upper) == (1.75, 2.75)


def test_what_does_not_apply_makes_the_rest_weigh_more_at_its_own_node_only():
    found = outcome({"a": 4, "b": "NA", "c": None, "d": 2}, DEEP, least_known=0)

    # by hand: a carries law's whole half, d a quarter of all: known 3/4; level (4 + 2) / 2
    assert found.known == 0.75
    assert found.level == 3


def test_a_child_to_which_nothing_applies_is_left_out():
    found = outcome({"a": 4, "b": 2, "c": "NA", "d": "NA"}, DEEP)

    assert (found.level, found.known, found.lower, found.upper) == (3, 1, 3, 3)


def test_each_node_may_have_a_rule_of_its_own():
    rules = {"default": "arithmetic", "law": "minimum"}
    found = outcome({"a": 4, "b": 2, "c": 1, "d": 0}, DEEP, aggregation=rules)

    # by hand: law min(4, 2) = 2, practice 0.5, together 2.5 / 2
    assert found.level == 1.25


def test_the_bounds_go_through_the_rule():
    found = outcome({"a": 3, "b": 3, "c": 3}, aggregation={"default": "minimum"})

    assert (found.level, found.lower, found.upper) == (3, 0, 3)


# --- gates

NO_LAW = Gate("a", below=2, caps="3", at=1)


def test_a_gate_that_bit_is_named():
    found = outcome({"a": 1, "b": 4, "c": 4, "d": 4}, gates=(NO_LAW,))

    # by hand: 13/4 without the gate
    assert (found.level, found.gates, found.verdict) == (1, ("a",), "gap")


def test_a_gate_that_did_not_bite_is_not_named():
    assert outcome(dict.fromkeys("abcd", 2), gates=(NO_LAW,)).gates == ()
    assert outcome(dict.fromkeys("abcd", 1), gates=(NO_LAW,)).gates == ()


def test_an_unknown_gate_is_open_for_the_level_and_shut_for_the_lower_bound():
    found = outcome({"b": 4, "c": 4, "d": 4}, gates=(NO_LAW,))

    # by hand: a at 0 shuts the gate, lower 1; a at 4 opens it, upper 16/4
    assert (found.level, found.lower, found.upper) == (4, 1, 4)
    assert (found.verdict, found.gates) == ("cannot tell", ())


def test_a_gate_may_cap_a_node_further_up():
    found = outcome({"a": 0, "b": 4, "c": 4, "d": 4}, DEEP, gates=(NO_LAW,))

    # by hand: law 2, practice 4, together 3, capped at 1
    assert found.level == 1
    assert outcome({"a": 0, "b": 4, "c": 4, "d": 4}, DEEP, "law", gates=(NO_LAW,)).level == 2


def test_without_a_level_no_gate_bit():
    assert outcome({"a": 0, "b": 4}, gates=(NO_LAW,)).gates == ()


# --- many states


def test_results_are_read_by_unit_and_node():
    values = Values.of({"Arden": dict.fromkeys("abcd", 3), "Belmora": dict.fromkeys("abcd", 1)})

    found = assess(values, DEEP, Method())

    assert found.units == ("Arden", "Belmora")
    assert found.nodes == ("3", "law", "practice")
    assert found.level.tolist() == [[3, 3, 3], [1, 1, 1]]
    with pytest.raises(ValueError, match="not in tuple"):
        found.of("Corvia", "3")


def test_no_state_at_all_gives_empty_tables():
    found = assess(Values([], ["a"], np.empty((0, 1))), CAPABILITY_3, Method())

    assert found.level.shape == (0, 1)
    assert found.verdict.shape == (0, 1)


# --- what does not fit together


def test_every_code_that_does_not_fit_is_named():
    found = refused(
        {"a": 1, "law": 2, "z": 3},
        DEEP,
        aggregation={"default": "arithmetic", "b": "minimum"},
        gates=(Gate("c", 1, "law", 1), Gate("y", 1, "3", 1)),
    )

    assert found == [
        "aggregation: b is no node. Name a code with children.",
        "gates: A gate lets c cap law. Name an indicator of the tree, and a node above it.",
        "gates: A gate lets y cap 3. Name an indicator of the tree, and a node above it.",
        "law is not an indicator: it has children. Give values below it.",
        "z is not in the tree. Correct the code, or add it to the tree.",
    ]


def test_every_value_out_of_range_is_named():
    assert refused({"a": 5, "b": -0.5, "c": 4}) == [
        "Arden has 5 on a, outside the range. Give a level from 0 to 4.",
        "Arden has -0.5 on b, outside the range. Give a level from 0 to 4.",
    ]


def test_weights_of_the_method_have_to_fit_the_tree():
    assert refused({"a": 1}, weights={"y": 1, "z": 1}) == [
        "weights: y has a weight in the method, but is not in the tree. Correct the code.",
        "weights: z has a weight in the method, but is not in the tree. Correct the code.",
    ]
