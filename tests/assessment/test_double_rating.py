"""Which levels a second reviewer rates."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.assessment import BadInput, Method, RatedTwice, rated_twice
from tests.assessment.worlds import quick

CELLS = [
    (f"XA{letter}", f"C{capability}-{at:02}")
    for letter in "ABCD"
    for capability in (3, 14)
    for at in range(50)
]
SEED = Method().seed
SHARE = Method().double_rated_share


def drawn(cells=CELLS, share=SHARE, seed=SEED):
    return {(its.unit, its.indicator) for its in rated_twice(cells, share=share, seed=seed)}


def refused(*cells, share=0.2, seed=1, **chosen):
    with pytest.raises(BadInput) as caught:
        rated_twice(cells, share=share, seed=seed, **chosen)
    return [str(defect) for defect in caught.value.defects]


def test_every_reason_is_given_and_what_has_none_is_left_out():
    cells = [("XAA", "q1"), ("XAA", "q2"), ("XAB", "q1"), ("XAB", "q2")]

    found = rated_twice(
        cells, contested=[("XAB", "q1"), ("XAA", "q1")], may_require=[("XAB", "q1")], share=0, seed=SEED
    )

    assert found == (
        RatedTwice("XAA", "q1", ("contested",)),
        RatedTwice("XAB", "q1", ("contested", "requires")),
    )


def test_a_drawn_cell_keeps_its_other_reasons():
    assert rated_twice(
        [("XAA", "q1")], contested=[("XAA", "q1")], may_require=[("XAA", "q1")], share=1, seed=SEED
    ) == (RatedTwice("XAA", "q1", ("drawn", "contested", "requires")),)


def test_about_the_share_is_drawn():
    # 400 cells, a fifth each: 80, with a standard deviation of 8
    assert abs(len(drawn()) - 80) < 4 * 8


def test_every_state_and_every_indicator_has_the_same_chance():
    often = Counter(cell for seed in range(400) for cell in drawn(CELLS[:10], seed=seed))

    # for each cell 400 draws of a fifth: 80, with a standard deviation of 8
    assert all(abs(often[cell] - 80) < 4.5 * 8 for cell in CELLS[:10])


@pytest.mark.parametrize("neighbour", [("XAA", "C3-01"), ("XAB", "C3-00"), ("XAAC", "3-00")])
def test_draws_of_neighbours_have_nothing_to_do_with_each_other(neighbour):
    pair = [("XAA", "C3-00"), neighbour]

    both = sum(len(drawn(pair, share=0.5, seed=seed)) == 2 for seed in range(800))

    assert abs(both - 200) < 4.5 * math.sqrt(800 * 0.25 * 0.75)


def test_none_and_all_can_be_drawn():
    assert drawn(share=0) == set()
    assert drawn(share=1) == set(CELLS)


def test_the_draw_is_the_same_on_every_machine():
    # written down once: a change here changes who has to rate again
    assert sorted(drawn(CELLS[:12])) == [("XAA", "C3-04"), ("XAA", "C3-09"), ("XAA", "C3-10")]


def test_another_seed_draws_others():
    assert drawn(seed=1) != drawn(seed=2)


@quick
@given(st.lists(st.sampled_from(CELLS), unique=True), st.floats(0, 1), st.integers(0, 5))
def test_a_cell_is_drawn_or_not_whatever_other_cells_there_are(cells, share, seed):
    assert drawn(cells, share, seed) == drawn(CELLS, share, seed) & set(cells)


@quick
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_keeps_what_a_smaller_one_drew(one, other):
    assert drawn(share=min(one, other)) <= drawn(share=max(one, other))


@quick
@given(st.permutations(CELLS[:20]))
def test_the_order_of_the_cells_is_kept_and_changes_nothing_else(cells):
    found = rated_twice(cells, contested=CELLS[:3], share=0.5, seed=SEED)

    assert set(found) == set(rated_twice(CELLS[:20], contested=CELLS[:3], share=0.5, seed=SEED))
    assert [(its.unit, its.indicator) for its in found] == [
        cell for cell in cells if cell in {(its.unit, its.indicator) for its in found}
    ]


def test_no_cells_need_no_second_reviewer():
    assert rated_twice([], share=0.2, seed=SEED) == ()


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, math.inf])
def test_a_share_that_cannot_be_is_refused(share):
    assert refused(("XAA", "q1"), share=share) == [f"The share {share:g} is outside 0 to 1. Give 0 to 1."]


def test_everything_that_is_wrong_is_named_at_once():
    assert refused(
        ("XAA", "q1"), ("XAA", "q1"), seed=-1, contested=[("XAA", "q9")], may_require=[("XAB", "q1")]
    ) == [
        "The seed -1 is below zero. Give 0 or more.",
        "XAA · q1 is given twice. Give each cell once.",
        "XAA · q9 is named as contested, and is not among the cells. Correct the codes, or add it to the cells.",
        "XAB · q1 is named as may require, and is not among the cells. "
        "Correct the codes, or add it to the cells.",
    ]
