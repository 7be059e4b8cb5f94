"""The settings of an assessment check themselves."""

import pytest

from endocsea.assessment import BadInput, Band, Gate, Imputation, Method, RatingError

CHANCES = {"single": RatingError(0.2, 0.03), "double": RatingError(0.1, 0.01)}


def refused(**settings):
    with pytest.raises(BadInput) as caught:
        Method(**settings)
    return [str(defect) for defect in caught.value.defects]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"range": (4, 4), "bands": (Band(4, {}),), "gap_below": 4}, "range: The range has no room."),
        ({"cumulative_share": 0}, "cumulative_share: The share is outside 0 to 1."),
        ({"cumulative_share": 1.1}, "cumulative_share: The share is outside 0 to 1."),
        ({"least_known": -0.1}, "least_known: The share is outside 0 to 1. Give 0 to 1."),
        ({"least_known": float("nan")}, "least_known: The share is outside 0 to 1. Give 0 to 1."),
        ({"double_rated_share": 2}, "double_rated_share: The share is outside 0 to 1."),
        ({"gap_below": 5}, "gap_below: The threshold is outside the range."),
        ({"replicates": -1}, "replicates: It is below zero. Give 0 or more."),
        ({"seed": -1}, "seed: It is below zero. Give 0 or more."),
        ({"weight_concentration": 0.5}, "weight_concentration: It is below 1. Give 1 or more."),
        ({"imputation": Imputation("flat", -1)}, "imputation: It is below zero. Give 0 or more."),
        ({"imputation": Imputation("mean")}, "imputation: mean is not possible here. Use one of: hot-deck"),
        ({"imputation": Imputation("regression")}, "regression is not part of this library."),
        ({"weights": {"a": -1}}, "weights: A weight is below zero. Give 0 or more."),
        ({"aggregation": {"3": "median"}}, "aggregation: The rule for all other nodes is missing."),
        ({"aggregation": {"default": "mode"}}, "aggregation: mode is not possible here. Use one of: arith"),
        ({"aggregations": {}}, "aggregations: The chances have to be 0 or more and not all 0."),
        ({"aggregations": {"median": 0}}, "aggregations: The chances have to be 0 or more and not all 0."),
        ({"aggregations": {"median": 2, "minimum": -1}}, "aggregations: The chances have to be 0 or more"),
        ({"aggregations": {"mode": 1}}, "aggregations: mode is not possible here."),
        ({"sources": ("reviewers", "reviewers")}, "sources: A source is named twice. Name it once."),
        ({"sources": ("weather",)}, "sources: weather is not possible here. Use one of: unknown, reviewers"),
        ({"rating_error": CHANCES}, "rating_error: adjudicated is missing. Give one and two for it."),
        ({"bands": ()}, "bands: The bands do not start at the low end of the range and rise inside it."),
        ({"bands": (Band(1, {}),)}, "bands: The bands do not start at the low end of the range"),
        ({"bands": (Band(0, {}), Band(0, {}))}, "Start the first at 0, each next one higher, the last at"),
        ({"bands": (Band(0, {}), Band(5, {}))}, "bands: The bands do not start at the low end of the range"),
        ({"gates": (Gate("a", 5, "3", 1),)}, "gates: A gate's levels are outside the range."),
        (
            {"range": (0, 5)},
            "bands: The range is not 0 to 4, and the bands are still those of 0 to 4. Give the bands of this range.",
        ),
        (
            {"range": (0, 101), "bands": (Band(0, {}),), "aggregation": {"default": "cumulative"}},
            "aggregation: The rule cumulative goes through whole levels, and the range has 101 of them. "
            "Give a range of at most 100 levels, or another rule.",
        ),
        (
            {
                "range": (-5e6, 5e6),
                "bands": (Band(-5e6, {}),),
                "aggregation": {"default": "median", "3": "cumulative"},
            },
            "aggregation: The rule cumulative goes through whole levels, and the range has 10,000,000 of them.",
        ),
    ],
)
def test_each_wrong_setting_is_named_with_its_remedy(settings, said):
    (sentence,) = refused(**settings)

    assert said in sentence


@pytest.mark.parametrize("ends", [(0, 3), (1, 5), (0, 4.5), (-4, 0)])
def test_the_bands_of_0_to_4_are_refused_on_every_other_range(ends):
    found = refused(range=ends, gap_below=ends[1])

    assert "bands: The range is not 0 to 4, and the bands are still those of 0 to 4." in found[-1]


def test_up_to_a_hundred_whole_levels_can_be_gone_through():
    bands = (Band(0, {}),)

    assert Method(range=(0, 100.9), bands=bands, aggregation={"default": "cumulative"}).steps == 100
    assert Method(range=(0, 1e6), bands=bands).steps == 1e6  # no rule goes through them


@pytest.mark.parametrize("chances", [(0.9, 0.2), (-0.1, 0), (0, -0.1), (1.5, 0)])
def test_chances_of_error_leave_room_for_none(chances):
    wrong = {**CHANCES, "adjudicated": RatingError(*chances)}

    assert "add up to more than 1" in refused(rating_error=wrong)[0]


def test_every_wrong_setting_is_named_at_once():
    found = refused(cumulative_share=0, seed=-1, sources=("weather",))

    assert [sentence.split(":")[0] for sentence in found] == ["cumulative_share", "seed", "sources"]


def test_a_node_without_a_rule_of_its_own_has_the_default():
    method = Method(aggregation={"default": "median", "3": "minimum"})

    assert method.rule_of("3") == "minimum"
    assert method.rule_of("14") == "median"


def test_steps_are_the_whole_levels_above_the_lowest():
    assert Method().steps == 4
    assert Method(range=(0, 2.5), bands=(Band(0, {}),)).steps == 2
