"""What changed between two rounds: by hand, against SciPy, and in worlds in which the truth is known."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from endocsea.assessment import (
    BATCH,
    CONFIDENCES,
    BadInput,
    Gate,
    Method,
    RatingError,
    Tree,
    Values,
    compare,
)
from endocsea.assessment.change import BETTER, CANNOT_TELL, UNCLEAR, WORSE, discoveries
from tests.assessment import worlds

NOTHING = Method(sources=(), least_known=0.5)
READINGS = Method(sources=("reviewers",))
EVERYTHING = Method(sources=("unknown", "reviewers", "method"))
BIN = 1 / 256
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
TEN = Tree.from_rows([("3", "", 1), *((f"q{at}", "3", 1) for at in range(10))])
FIGURES = ("change", "q05", "q95", "better", "worse", "otherwise", "p", "q", "before", "after")
FIGURES += ("from_new", "from_lost", "twice", "once", "never", "new")


def of(found, unit, node, *names):
    at = found.units.index(unit), found.nodes.index(node)
    return tuple(getattr(found, name)[at].item() for name in names)


def arden(**answers):
    return Values.of({"Arden": answers})


def ten(changes, confidence="double"):
    """Ten answers of one state before and after; ``changes`` says by how much some of them moved."""
    level = np.array([[2, 1, 3, 2, 0, 1, 2, 3, 1, 2]], float)
    sure = np.full(level.shape, CONFIDENCES.index(confidence))
    codes = [f"q{at}" for at in range(10)]
    later = level.copy()
    for at, by in changes.items():
        later[0, at] += by
    return [Values(["Arden"], codes, its, confidence=sure) for its in (level, later)]


# --- the sum that has to come out


def test_a_level_moves_by_what_changed_and_by_what_was_newly_answered_or_lost():
    before, after = arden(a=1, b=2, c=3, d=None), arden(a=2, b=2, c=None, d=4)

    found = compare(before, after, FOUR, NOTHING, replicates=100)

    # by hand: a and b went from 3/2 to 4/2; before (1 + 2 + 3) / 3; after (2 + 2 + 4) / 3
    assert of(found, "Arden", "3", "change", "before", "after") == pytest.approx((0.5, 2, 8 / 3))
    assert of(found, "Arden", "3", "from_new", "from_lost") == pytest.approx((8 / 3 - 2, 2 - 1.5))
    assert of(found, "Arden", "3", "q05", "q95") == (0.5, 0.5)
    assert of(found, "Arden", "3", "better", "worse", "otherwise") == (1, 0, 0)
    assert of(found, "Arden", "3", "twice", "once", "never", "new") == (2, 2, 0, 0)
    assert of(found, "Arden", "3", "verdict") == (BETTER,)


@given(worlds.worlds(units=2), st.data())
@worlds.quick
def test_the_sum_comes_out_in_any_world(world, data):
    level = [each for row in world.answers.values() for each in row.values()]
    answers = {
        unit: {code: data.draw(st.sampled_from([its, *level])) for code, its in row.items()}
        for unit, row in world.answers.items()
    }
    method = Method(
        **{
            name: getattr(world.method, name)
            for name in ("range", "bands", "least_known", "gap_below", "gates")
        },
        aggregation=world.method.aggregation,
        aggregations=dict.fromkeys({"arithmetic", world.method.aggregation["default"]}, 0.5),
    )

    found = compare(world.values, Values.of(answers), world.tree, method, replicates=50)

    told = ~np.isnan(found.before) & ~np.isnan(found.after) & ~np.isnan(found.change)
    moved = (found.change + found.from_new - found.from_lost)[told]
    np.testing.assert_allclose(moved, (found.after - found.before)[told], atol=1e-12)
    assert (np.isnan(found.change) == (found.verdict == CANNOT_TELL)).all()
    assert (np.isnan(found.change) == np.isnan(found.p)).all()
    assert not (np.isin(found.verdict, (BETTER, WORSE)) & (np.abs(found.change) < 1e-9)).any()
    told = ~np.isnan(found.p)
    assert (found.q[told] >= found.p[told]).all()
    assert ((found.p[told] >= 2 / 51) & (found.p[told] <= 1)).all()


# --- how sure a change is


def test_one_reading_of_one_answer_by_hand():
    before, after = arden(a=1), arden(a=3)

    found = compare(before, after, ONE, READINGS, replicates=100_000)

    # by hand, read by one: a 1 is 0, 1, 2, 3 with 0.10, 0.77, 0.10, 0.03 and a 3 is 4, 3, 2, 1 with the same.
    # No rise: 0.03 × 0.90 + 0.10 × 0.13 + 0.77 × 0.03 = 0.0631; a fall: 0.03 × 0.13 + 0.10 × 0.03 = 0.0069
    def off(share):
        return 5 * math.sqrt(share * (1 - share) / 100_000)

    assert of(found, "Arden", "3", "change") == (2,)
    assert of(found, "Arden", "3", "better")[0] == pytest.approx(1 - 0.0631, abs=off(0.0631))
    assert of(found, "Arden", "3", "worse")[0] == pytest.approx(0.0069, abs=off(0.0069))
    assert of(found, "Arden", "3", "p")[0] == pytest.approx(2 * 0.0631, abs=2 * off(0.0631))
    # no rise at most has more than 5 %, a fall less; 3 or more have 0.10 × 0.87 + 0.77 × 0.10 = 0.16, 4 has 0.01
    assert of(found, "Arden", "3", "q05", "q95") == (0, 3)


def test_one_replicate_is_added_so_that_no_chance_is_nought():
    found = compare(arden(a=1), arden(a=3), ONE, NOTHING, replicates=99)

    assert of(found, "Arden", "3", "p") == (2 * 1 / 100,)


@pytest.mark.parametrize("method", [EVERYTHING, READINGS, Method(), NOTHING])
def test_the_same_answers_are_no_change_whatever_is_drawn(method):
    before, after = ten({}, "single")

    found = compare(before, after, TEN, method, replicates=3000)

    assert of(found, "Arden", "3", "change", "p", "q", "verdict") == (0, 1, 1, UNCLEAR)


def test_nor_do_few_replicates_make_a_change_of_them():
    chance = np.random.default_rng(5)
    same_twice = Values([f"X{s}" for s in range(30)], list("abcdef"), chance.integers(0, 5, (30, 6)))

    found = compare(same_twice, same_twice, DEEP, Method(), replicates=20)

    assert (found.better != found.worse).any()
    assert (found.p == 1).all()
    assert (found.q == 1).all()


def test_an_interval_is_read_to_the_nearest_256th_of_a_level():
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 2)])

    up = compare(arden(a=1, b=1), arden(a=2, b=1), tree, NOTHING, replicates=9)
    down = compare(arden(a=2, b=1), arden(a=1, b=1), tree, NOTHING, replicates=9)

    # by hand: a third is 85.33 / 256
    assert of(up, "Arden", "3", "q05", "q95") == (85 / 256, 85 / 256)
    assert of(down, "Arden", "3", "q05", "q95") == (-85 / 256, -85 / 256)
    assert of(up, "Arden", "3", "change") == pytest.approx((1 / 3,))


def test_an_answer_that_is_merely_better_confirmed_is_no_change():
    # errors at the top go down only: with its own errors each, the later level would seem higher
    level, codes = np.full((1, 10), 4.0), [f"q{at}" for at in range(10)]
    before, after = (Values(["Arden"], codes, level, confidence=np.full((1, 10), sure)) for sure in (0, 2))

    found = compare(before, after, TEN, READINGS, replicates=20_000)

    assert of(found, "Arden", "3", "change", "p", "verdict") == (0, 1, UNCLEAR)
    better, worse = of(found, "Arden", "3", "better", "worse")
    assert better == pytest.approx(worse, abs=0.03)


# of ten answers: which ones moved by how much, how they were read, and what is said; see docs/explanation/change.md
UP_3, UP_5, UP_10 = (dict.fromkeys(its, 1) for its in ((0, 1, 3), (0, 1, 3, 5, 6), range(10)))
UP_6_DOWN_3 = {**dict.fromkeys(range(6), 1), 6: -1, 7: -1, 8: -1}


@pytest.mark.parametrize("method", [Method(), READINGS], ids=["default", "reviewers"])
@pytest.mark.parametrize(
    ("changes", "confidence", "verdict"),
    [
        ({0: 1}, "adjudicated", UNCLEAR),
        ({4: 3}, "adjudicated", BETTER),
        ({4: 3}, "double", UNCLEAR),
        (UP_3, "adjudicated", BETTER),
        (UP_3, "double", UNCLEAR),
        (UP_5, "adjudicated", BETTER),
        (UP_5, "double", BETTER),
        (UP_5, "single", BETTER),
        (UP_10, "single", BETTER),
        (UP_6_DOWN_3, "double", UNCLEAR),
    ],
)
def test_what_is_said_of_ten_answers(changes, confidence, verdict, method):
    before, after = ten(changes, confidence)

    found = compare(before, after, TEN, method, replicates=20_000)
    back = compare(after, before, TEN, method, replicates=20_000)

    assert of(found, "Arden", "3", "verdict") == (verdict,)
    assert of(back, "Arden", "3", "verdict") == ({BETTER: WORSE}.get(verdict, verdict),)
    assert of(found, "Arden", "3", "change") == pytest.approx((sum(changes.values()) / 10,))


TOLD = {
    "none changed": {},
    "one rose by 1": {0: 1},
    "one rose by 3": {4: 3},
    "three rose by 1": UP_3,
    "five rose by 1": UP_5,
    "all rose by 1": UP_10,
    "six rose by 1, three fell by 1": UP_6_DOWN_3,
}


def test_the_page_says_what_it_takes():
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "change.md").read_text(encoding="utf-8")

    for label, changes in TOLD.items():
        cells = []
        for confidence in CONFIDENCES:
            found = compare(*ten(changes, confidence), TEN, Method())
            p, said = of(found, "Arden", "3", "p", "verdict")
            cells.append(f"{p:.2g}" if said == UNCLEAR else f"**{p:.2g}**")
        assert f"| {label} | {' | '.join(cells)} |" in page


def test_a_change_that_depends_on_how_one_weighs_does_not_count():
    before, after = ten(UP_6_DOWN_3, "adjudicated")

    read = compare(before, after, TEN, READINGS, replicates=20_000)
    weighed = compare(before, after, TEN, Method(), replicates=20_000)

    assert of(read, "Arden", "3", "otherwise", "verdict") == (0, BETTER)
    assert of(weighed, "Arden", "3", "otherwise")[0] > 0.05
    assert of(weighed, "Arden", "3", "p")[0] == pytest.approx(
        2 * of(weighed, "Arden", "3", "otherwise")[0], rel=0.01
    )
    assert of(weighed, "Arden", "3", "verdict") == (UNCLEAR,)


def test_weights_and_rules_are_the_same_in_both_rounds():
    before, after = ten(UP_10)

    found = compare(before, after, TEN, Method(sources=("method",)), replicates=2000)

    # with weights of their own, each round's level would move by itself, and sometimes down
    assert of(found, "Arden", "3", "better", "worse", "otherwise") == (1, 0, 0)


def test_a_rule_in_whole_steps_that_sees_no_change_does_not_speak_against_it():
    before, after = ten(dict.fromkeys((0, 1, 3, 5, 6), 2))
    method = Method(sources=("method",), aggregations={"arithmetic": 0.5, "cumulative": 0.5})

    found = compare(before, after, TEN, method, replicates=20_000)

    assert of(found, "Arden", "3", "verdict", "otherwise") == (BETTER, 0)


def test_a_gate_that_keeps_a_level_down_leaves_no_change():
    before, after = arden(a=0, b=1, c=1, d=1), arden(a=0, b=4, c=4, d=4)
    method = Method(sources=(), gates=(Gate("a", below=1, caps="3", at=0.5),))

    found = compare(before, after, FOUR, method, replicates=100)

    assert of(found, "Arden", "3", "before", "after", "change", "p") == (0.5, 0.5, 0, 1)


def test_the_rounds_swapped_swap_better_and_worse():
    chance = np.random.default_rng(3)
    first, second = (
        Values([f"X{s}" for s in range(20)], list("abcdef"), chance.integers(0, 5, (20, 6)).astype(float))
        for _ in range(2)
    )

    there, back = (
        compare(*rounds, DEEP, READINGS, replicates=20_000) for rounds in ((first, second), (second, first))
    )

    np.testing.assert_array_equal(there.change, -back.change)
    np.testing.assert_allclose(there.better, back.worse, atol=0.02)
    np.testing.assert_allclose(there.p, back.p, atol=0.04)
    # a quantile that falls between two possible levels goes to either, by chance
    assert (np.abs(there.q05 + back.q95) <= BIN).mean() > 0.9
    swapped = {BETTER: WORSE, WORSE: BETTER, UNCLEAR: UNCLEAR}
    clear = (np.abs(there.q - 0.1) > 0.05).ravel()
    assert [swapped[its] for its in there.verdict.ravel()[clear].tolist()] == back.verdict.ravel()[
        clear
    ].tolist()


# --- which answers are compared


def test_a_newly_answered_question_alone_moves_the_level_and_is_no_change():
    before, after = arden(a=1, b=1, c=None, d=None), arden(a=1, b=1, c=4, d=4)

    found = compare(before, after, FOUR, NOTHING, replicates=100)

    assert of(found, "Arden", "3", "before", "after") == (1, 2.5)
    assert of(found, "Arden", "3", "change", "from_new", "from_lost") == (0, 1.5, 0)
    assert of(found, "Arden", "3", "verdict") == (UNCLEAR,)


def test_too_few_answers_twice_cannot_tell_and_the_counts_say_why():
    before, after = arden(a=1, b=1, c=None, d=None), arden(a=2, b=None, c=3, d=None)

    found = compare(before, after, FOUR, NOTHING, replicates=100)

    assert of(found, "Arden", "3", "verdict", "twice", "once", "never", "new") == (CANNOT_TELL, 1, 2, 1, 0)
    assert all(math.isnan(its) for its in of(found, "Arden", "3", "change", "p", "q", "better", "q05"))
    assert of(found, "Arden", "3", "before", "after") == (1, 2.5)


def test_what_weighs_nothing_is_not_counted():
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 0)])

    found = compare(arden(a=1, b=1), arden(a=1, b=4), tree, NOTHING, replicates=100)

    assert of(found, "Arden", "3", "twice", "change") == (1, 0)


def test_what_does_not_apply_in_one_round_is_left_out_of_both():
    tree = Tree.from_rows(
        [
            ("3", "", 1),
            ("law", "3", 1),
            ("a", "law", 1),
            ("b", "law", 1),
            ("practice", "3", 1),
            ("c", "practice", 1),
        ]
    )
    before, after = arden(a=4, b="NA", c=0), arden(a=4, b=1, c=0)

    found = compare(before, after, tree, Method(sources=()), replicates=100)

    # by hand: (4 + 0) / 2 both times; were b merely unknown in the later round, half of `law` would be known,
    # too little for a level, and 3 would fall to 0
    assert of(found, "Arden", "3", "change", "verdict") == (0, UNCLEAR)
    assert of(found, "Arden", "3", "before", "after") == (2, 1.25)
    assert of(found, "Arden", "3", "twice", "once") == (2, 1)


def test_nothing_applies_in_either_round():
    found = compare(arden(a="NA"), arden(a="NA"), ONE, Method(), replicates=100)

    assert of(found, "Arden", "3", "verdict", "twice", "once", "never") == (CANNOT_TELL, 0, 0, 0)


def test_states_of_one_round_only_are_named():
    before = Values.of({"Arden": {"a": 1}, "Corvia": {"a": 1}, "Belmora": {"a": 1}})
    after = Values.of({"Dunmere": {"a": 1}, "Belmora": {"a": 2}})

    found = compare(before, after, ONE, NOTHING, replicates=100)

    assert found.units == ("Belmora",)
    assert (found.only_before, found.only_after) == (("Arden", "Corvia"), ("Dunmere",))


def test_states_may_stand_in_another_order():
    before = Values.of({"Arden": {"a": 1}, "Belmora": {"a": 3}})
    after = Values.of({"Belmora": {"a": 4}, "Arden": {"a": 1}})

    found = compare(before, after, ONE, NOTHING, replicates=100)

    assert found.units == ("Belmora", "Arden")
    assert found.change[:, 0].tolist() == [1, 0]


def test_an_indicator_of_one_edition_only_is_named_and_not_compared():
    before, after = arden(a=1, b=1, c=1, old=4), arden(a=2, b=2, c=2, d=4)

    found = compare(before, after, FOUR, NOTHING, replicates=100)

    assert found.left_out == ("d", "old")
    assert of(found, "Arden", "3", "change", "after", "twice", "once", "new") == (1, 2, 3, 0, 1)


def test_many_new_indicators_cannot_tell_and_the_count_says_why():
    found = compare(arden(a=1), arden(a=4, b=4, c=4, d=4), FOUR, Method(), replicates=100)

    assert of(found, "Arden", "3", "verdict", "twice", "once", "never", "new") == (CANNOT_TELL, 1, 0, 0, 3)


def test_a_mapping_compares_what_was_renamed_and_only_what_it_names():
    before, after = arden(x=1, b=1, c=1, d=1), arden(a=3, b=4, c=4, d=4)

    found = compare(before, after, FOUR, NOTHING, mapping={"x": "a", "b": "b"}, replicates=100)

    # by hand: a from 1 to 3, b from 1 to 4; c and d have the same codes and still do not mean the same
    assert of(found, "Arden", "3", "change", "twice", "new") == (2.5, 2, 2)
    assert found.left_out == ("c", "d")


def test_codes_may_change_places():
    found = compare(arden(a=0, b=4), arden(a=4, b=0), Tree.from_rows([("3", "", 1), ("a", "3", 3), ("b", "3", 1)]),
                    NOTHING, mapping={"a": "b", "b": "a"}, replicates=100)  # fmt: skip

    assert of(found, "Arden", "3", "change", "before") == (0, 3)


def test_a_mapping_may_name_what_nobody_answered():
    found = compare(
        arden(a=0, b=4),
        arden(a=4, b=0, c=1),
        FOUR,
        NOTHING,
        mapping={"a": "a", "b": "b", "z": "c"},
        replicates=9,
    )

    assert of(found, "Arden", "3", "twice", "once", "new") == (2, 1, 1)
    assert found.left_out == ("d",)


# --- many changes at once


def test_q_by_hand():
    # four tests, rising: 0.01 × 4 / 1, 0.02 × 4 / 2, 0.04 × 4 / 3, 0.5 × 4 / 4
    q = discoveries(np.array([0.04, 0.01, 0.5, 0.02]))

    assert q == pytest.approx([0.16 / 3, 0.04, 0.5, 0.04])


@given(st.lists(st.sampled_from([0.001, 0.01, 0.02, 0.05, 0.3, 1.0]) | st.floats(0.0001, 1), min_size=1))
@worlds.quick
def test_q_is_that_of_scipy(p):
    np.testing.assert_allclose(discoveries(np.array(p)), false_discovery_control(p, method="bh"), rtol=1e-12)


def test_what_was_not_tested_does_not_count():
    p = np.array([[0.01, np.nan], [np.nan, 0.02]])

    np.testing.assert_allclose(discoveries(p), [[0.02, np.nan], [np.nan, 0.02]])
    assert np.isnan(discoveries(np.full((2, 3), np.nan))).all()


def test_q_goes_over_all_states_and_nodes():
    before = Values.of({f"X{at}": {"a": 1} for at in range(10)})
    after = Values.of({f"X{at}": {"a": 4 if at == 3 else 1} for at in range(10)})

    found = compare(before, after, ONE, READINGS, replicates=20_000)

    # by hand: no rise from 1 to 4 with 0.03 × 0.23 + 0.10 × 0.03 = 0.0099; clear alone, not among ten
    assert found.p[3, 0] == pytest.approx(0.0198, abs=0.007)
    assert found.q[3, 0] == pytest.approx(10 * found.p[3, 0])
    assert found.verdict[3, 0] == UNCLEAR
    assert np.delete(found.q[:, 0], 3).tolist() == [1] * 9


STATES, CAPABILITIES, WORLDS = 4, 8, 120
MANY = Tree.from_rows(
    [
        *((f"c{at}", "", 1) for at in range(CAPABILITIES)),
        *((f"c{at}-{q}", f"c{at}", 1) for at in range(CAPABILITIES) for q in range(10)),
    ]
)


def reading(truth, sure, chance):
    """What reviewers read of true levels, with the stated errors."""
    errors = Method().rating_error
    one, two = (
        np.array([getattr(errors[its], name) for its in CONFIDENCES])[sure] for name in ("one", "two")
    )
    drawn = chance.random(truth.shape)
    size = np.where(drawn < one, 1, np.where(drawn < one + two, 2, 0))
    step = np.where(chance.random(truth.shape) < 0.5, size, -size)
    outside = (truth + step < 0) | (truth + step > 4)
    return np.where(outside, truth - step, truth + step)


def rounds(low=0, better_confirmed=False, rise=0):
    """Rounds in many worlds: two readings of true levels, of which in every other capability half rise."""
    chance = np.random.default_rng(11)
    shape = (WORLDS * STATES, CAPABILITIES, 10)
    truth = chance.integers(low, 5, shape).astype(float)
    sure = chance.integers(0, 3, shape)
    later, surer = truth.copy(), np.full(shape, 2) if better_confirmed else sure
    later[:, ::2, :5] = np.minimum(later[:, ::2, :5] + rise, 4)
    codes = [code for code in MANY.leaves if "-" in code]
    units = [f"X{at:03}" for at in range(shape[0])]
    both = [
        Values(
            units,
            codes,
            reading(its, how, chance).reshape(len(units), -1),
            confidence=how.reshape(len(units), -1),
        )
        for its, how in ((truth, sure), (later, surer))
    ]
    return both, (later - truth).mean(axis=2).reshape(WORLDS, -1)


@pytest.mark.parametrize("method", [READINGS, Method()], ids=["reviewers", "reviewers and method"])
@pytest.mark.parametrize(
    "how",
    [{}, {"low": 3, "better_confirmed": True}, {"rise": 3}],
    ids=["same", "better confirmed", "half rise"],
)
def test_false_discoveries_are_held(how, method):
    both, moved = rounds(**how)
    truly = np.sign(moved)

    found = compare(*both, MANY, method, replicates=1024)

    # a world is one programme of four states
    q = np.concatenate([discoveries(its)[None] for its in np.split(found.p, WORLDS)]).reshape(WORLDS, -1)
    said = np.where(q <= 0.10, np.sign(found.change).reshape(WORLDS, -1), 0)
    false = ((said != 0) & (said != truly)).sum(axis=1) / np.maximum((said != 0).sum(axis=1), 1)
    # at 10 %, three standard errors of a share of 120 worlds are 0.082; it comes out below 0.04
    assert false.mean() < 0.10
    if "rise" in how:  # and large changes are found
        assert (said == truly)[moved >= 1].mean() > 0.85


# --- what may not change a figure


def same(one, other):
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in FIGURES)
    return arrays and (one.verdict == other.verdict).all()


def many():
    chance = np.random.default_rng(7)
    first = chance.integers(0, 5, (12, 6)).astype(float)
    second = np.clip(first + chance.integers(-1, 2, first.shape), 0, 4)
    first[chance.random(first.shape) < 0.1] = np.nan
    return [Values([f"X{s:02}" for s in range(12)], list("abcdef"), its) for its in (first, second)]


class Elsewhere:
    """Somewhere that does the pieces one by one, the last one first."""

    workers = 7

    def map(self, work, pieces):
        for piece in reversed(pieces):
            yield work(piece)


def test_workers_and_cuts_change_nothing():
    one, two, elsewhere = (
        compare(*many(), DEEP, Method(), replicates=5 * BATCH + 100, **how)
        for how in ({"workers": 1}, {"workers": 2}, {"executor": Elsewhere()})
    )

    assert same(one, two)
    assert same(one, elsewhere)
    assert one.replicates == 5 * BATCH + 100


def test_a_state_alone_has_the_same_change_as_among_others():
    before, after = many()
    together = compare(before, after, DEEP, Method(), replicates=1500)

    alone = compare(
        *(Values(["X03"], its.indicators, its.level[[3]]) for its in (before, after)),
        DEEP,
        Method(),
        replicates=1500,
    )

    for name in ("change", "q05", "q95", "better", "worse", "otherwise", "p"):  # q is over all of them
        np.testing.assert_array_equal(getattr(together, name)[[3]], getattr(alone, name))


def test_replicates_and_seed_are_the_methods_unless_given():
    one = compare(*many(), DEEP, Method(replicates=1500, seed=5))

    assert same(one, compare(*many(), DEEP, Method(), replicates=1500, seed=5))
    assert not same(one, compare(*many(), DEEP, Method(), replicates=1500, seed=6))


def test_what_is_unknown_is_never_drawn():
    drawn, not_drawn = (compare(*many(), DEEP, method, replicates=1500) for method in (EVERYTHING, Method()))

    assert same(drawn, not_drawn)


# --- what cannot be


def test_rounds_without_a_common_state_are_refused():
    with pytest.raises(BadInput, match=r"No unit is in both rounds\. Use the same codes for units in both\."):
        compare(Values.of({"Arden": {"a": 1}}), Values.of({"Belmora": {"a": 1}}), ONE, Method())


def test_every_defect_of_a_mapping_is_named():
    with pytest.raises(BadInput) as refused:
        compare(arden(a=1), arden(a=1), FOUR, Method(), mapping={"u": "3", "v": "b", "w": "b", "x": "y"})

    assert [str(defect) for defect in refused.value.defects] == [
        "u is said to mean the same as 3, which is no indicator. Correct it.",
        "b is given for more than one indicator. Keep one of them.",
        "b is given for more than one indicator. Keep one of them.",
        "x is said to mean the same as y, which is no indicator. Correct it.",
    ]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"replicates": 0}, "0 replicates cannot be drawn"),
        ({"seed": -1}, "The seed -1 is below zero"),
        ({"workers": 0}, "0 workers do nothing"),
    ],
)
def test_numbers_that_cannot_be_are_refused(how, said):
    with pytest.raises(BadInput, match=said):
        compare(arden(a=1), arden(a=1), ONE, Method(), **how)


@pytest.mark.parametrize("rounds", [(arden(a=9), arden(a=1)), (arden(a=1), arden(a=9))])
def test_a_level_out_of_range_in_either_round_is_refused(rounds):
    with pytest.raises(BadInput, match="has 9 on a, outside the range"):
        compare(*rounds, ONE, Method())


def test_an_indicator_of_the_later_round_has_to_be_in_the_tree():
    with pytest.raises(BadInput, match="z is not in the tree"):
        compare(arden(a=1, z=1), arden(a=1, z=1), ONE, Method())


def test_errors_stated_for_another_range_are_refused():
    method = Method(range=(0, 10), bands=Method().bands[:1], sources=("reviewers",))

    with pytest.raises(BadInput, match="how far reviewers err is stated for a range of 4 levels"):
        compare(arden(a=1), arden(a=1), ONE, method)
    assert compare(
        arden(a=1),
        arden(a=9),
        ONE,
        Method(
            range=(0, 10),
            bands=Method().bands[:1],
            sources=("reviewers",),
            rating_error=dict.fromkeys(CONFIDENCES, RatingError(0.2, 0)),
        ),
        replicates=100,
    ).verdict.tolist() == [[BETTER]]
