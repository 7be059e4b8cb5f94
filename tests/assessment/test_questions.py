"""What to ask next: against all answers counted out, by hand, and without luck taken for worth."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from endocsea.assessment import (
    BATCH,
    BadInput,
    Gate,
    Imputation,
    Method,
    RatingError,
    Tree,
    Values,
    questions,
    sensitivity,
)
from endocsea.assessment.questions import MOST
from tests.assessment import reference, worlds

ANSWERS = Method(
    sources=(), imputation=Imputation("flat")
)  # only unknown answers vary: 0 to 4, each with 1/5
ROWS = [("3", "", 1.0), ("a", "3", 1.0), ("b", "3", 1.0)]
TWO = Tree.from_rows(ROWS)
FOUR = Tree.from_rows([("3", "", 1), *((code, "3", 1) for code in "abcd")])
DEEP = Tree.from_rows(
    [
        ("3", "", 1),
        ("law", "3", 1),
        ("a", "law", 1),
        ("b", "law", 1),
        ("c", "3", 1),
        ("14", "", 1),
        ("d", "14", 1),
    ]
)


def worth(found):
    return {(each.unit, each.indicator, each.node): each for each in found}


# --- by hand


@pytest.fixture(scope="module")
def neither_known():
    return worth(questions(Values.of({"Arden": {"a": None, "b": None}}), TWO, ANSWERS, replicates=200_000))


def test_each_of_two_equal_answers_takes_half_of_the_variance(neither_known):
    # by hand: the mean of two, each of variance 2, has 1; one of them alone gives (1/2)² × 2
    its = neither_known["Arden", "a", "3"]

    assert its.variance == pytest.approx(1, rel=0.02)
    assert its.variance_less == pytest.approx(0.5, rel=0.02)


def test_and_a_third_of_the_doubt_whether_it_is_a_gap(neither_known):
    # by hand: a + b < 4 in 10 of 25, so the doubt is 0.4 × 0.6. With a = 0 to 4 it is a gap with the
    # chance 0.8, 0.6, 0.4, 0.2, 0: around their mean 0.4 these have the variance 0.08
    its = neither_known["Arden", "b", "3"]

    assert its.doubt == pytest.approx(0.24, rel=0.01)
    assert its.doubt_less == pytest.approx(0.08, rel=0.03)


def test_the_only_unknown_answer_takes_all_of_it():
    found = questions(Values.of({"Arden": {"a": 1, "b": None}}), TWO, ANSWERS, replicates=20_000)

    # by hand: half of an answer of variance 2; a gap below b = 3, so with 3/5
    assert len(found) == 1
    assert found[0].variance == pytest.approx(0.5, rel=0.05)
    assert found[0].doubt == pytest.approx(0.24, rel=0.05)
    assert found[0].variance_less == pytest.approx(found[0].variance)
    assert found[0].doubt_less == pytest.approx(found[0].doubt)


def test_what_reviewers_may_have_misread_stays_when_the_answer_comes():
    method = replace(ANSWERS, sources=("reviewers",))

    (found,) = questions(Values.of({"Arden": {"a": 2, "b": None}}), TWO, method, replicates=200_000)

    # by hand: (0.32 + 2) / 4, of which the answer takes 2 / 4
    assert found.variance == pytest.approx(0.58, rel=0.02)
    assert found.variance_less == pytest.approx(0.5, rel=0.02)


def test_answers_of_other_states_say_which_answers_are_likely():
    others = {f"X{at}": {"a": 2, "b": 4 if at < 4 else 0} for at in range(8)}
    method = Method(sources=(), imputation=Imputation("hot-deck", 0))

    found = questions(Values.of({"Arden": {"a": 2, "b": None}, **others}), TWO, method, replicates=100_000)

    # by hand: b is 0 or 4, half and half: variance 4, of which a half weighs a quarter; a gap in half of it
    assert found[0].variance == pytest.approx(1, rel=0.02)
    assert found[0].doubt == pytest.approx(0.25, rel=0.02)


# --- against all answers counted out


def counted_out(value, rows, method, node, indicator):
    """Variance and doubt of a node, and by how much both shrink with this answer: over all combinations."""
    tree = reference.Grown(rows, {**{code: weight for code, _, weight in rows}, **method.weights})
    unknown = [code for code, its in value.items() if its is None]
    low = method.range[0]
    by_answer = {low + k: [] for k in range(5)}
    for told in itertools.product(by_answer, repeat=len(unknown)):
        world = {**value, **dict(zip(unknown, told, strict=True))}
        level, _ = reference.level_of(
            node, tree, world, method, counts=lambda code: tree.applies(code, value)
        )
        by_answer[world[indicator]].append(level)

    def shrinking(quantity):
        levels = np.array([[quantity(level) for level in its] for its in by_answer.values()])
        return levels.var(), levels.mean(axis=1).var()

    return *shrinking(float), *shrinking(lambda level: level < method.gap_below - 1e-9)


@given(worlds.worlds(units=1))
@worlds.quick
def test_they_agree_with_all_answers_counted_out(world):
    method = replace(world.method, sources=(), imputation=Imputation("flat"))
    (value,) = world.answers.values()
    unknown = [code for code, its in value.items() if its is None]
    assume(1 <= len(unknown) <= 4)

    found = questions(world.values, world.tree, method, replicates=20 * BATCH)

    for each in found:
        variance, less, doubt, doubt_less = counted_out(value, world.rows, method, each.node, each.indicator)
        assert each.variance == pytest.approx(variance, rel=0.06, abs=1e-9)
        assert each.variance_less == pytest.approx(less, abs=0.06 * variance + 1e-9)
        assert each.doubt == pytest.approx(doubt, abs=0.02)
        assert each.doubt_less == pytest.approx(doubt_less, abs=0.02)


@given(worlds.worlds(units=1))
@worlds.quick
def test_what_is_not_listed_moves_nothing(world):
    method = replace(world.method, sources=(), imputation=Imputation("flat"))
    (value,) = world.answers.values()
    unknown = [code for code, its in value.items() if its is None]
    assume(1 <= len(unknown) <= 4)
    tree = reference.Grown(world.rows)

    listed = {
        (each.indicator, each.node) for each in questions(world.values, world.tree, method, replicates=5)
    }

    for node in (node for node in tree.nodes if tree.applies(node, value)):
        for code in unknown:
            if (code, node) not in listed:
                assert counted_out(value, world.rows, method, node, code)[1] == pytest.approx(0, abs=1e-12)


# --- what is listed, and in which order


def test_an_answer_without_weight_is_not_asked_for():
    tree = Tree.from_rows([*ROWS, ("c", "3", 0)])

    found = questions(Values.of({"Arden": {"a": 1, "b": None, "c": None}}), tree, ANSWERS, replicates=100)

    assert [each.indicator for each in found] == ["b"]


def test_nor_is_one_below_a_node_without_weight_but_for_that_node():
    tree = Tree.from_rows([("3", "", 1), ("law", "3", 0), ("a", "law", 1), ("b", "3", 1)])

    found = questions(Values.of({"Arden": {"a": None, "b": None}}), tree, ANSWERS, replicates=100)

    assert [(each.indicator, each.node) for each in found] == [("b", "3"), ("a", "law")]


def test_an_answer_without_weight_that_caps_a_node_is_asked_for():
    tree = Tree.from_rows([*ROWS, ("c", "3", 0)])
    method = replace(ANSWERS, gates=(Gate("c", below=1, caps="3", at=1),))

    (found,) = questions(Values.of({"Arden": {"a": 3, "b": 3, "c": None}}), tree, method, replicates=50_000)

    # by hand: 3, but 1 with the chance 1/5
    assert found.indicator == "c"
    assert found.variance == pytest.approx(4 * 0.16, rel=0.03)
    assert found.variance_less == pytest.approx(found.variance)


def test_an_answer_that_cannot_move_the_level_is_worth_nothing():
    method = replace(ANSWERS, aggregation={"default": "minimum"})

    (found,) = questions(Values.of({"Arden": {"a": 0, "b": None}}), TWO, method, replicates=1000)

    assert (found.variance, found.variance_less, found.doubt, found.doubt_less) == (0, 0, 0, 0)


def test_the_most_telling_comes_first():
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 3), ("c", "3", 2)])

    found = questions(Values.of({"Arden": dict.fromkeys("abc")}), tree, ANSWERS, replicates=5000)

    assert [each.indicator for each in found] == ["b", "c", "a"]


def test_questions_of_the_same_worth_stand_by_code():
    method = replace(ANSWERS, aggregation={"default": "minimum"})
    values = Values.of({"Arden": {"d": None, "b": None, "a": 0, "c": None}})

    found = questions(values, FOUR, method, replicates=100)

    assert [each.indicator for each in found] == ["b", "c", "d"]


def test_units_and_nodes_stand_as_given():
    values = Values.of({"Dunmere": {"a": None, "b": 1, "c": None, "d": None}, "Arden": {"a": 1, "b": None}})

    found = questions(values, DEEP, ANSWERS, replicates=2000)

    assert [(each.unit, each.node) for each in found[:4]] == [
        ("Dunmere", "14"),
        ("Dunmere", "3"),
        ("Dunmere", "3"),
        ("Dunmere", "law"),
    ]
    assert [each.indicator for each in found[1:3]] == ["c", "a"]  # half of the level, and a quarter
    assert {each.unit for each in found[4:]} == {"Arden"}


def test_what_does_not_apply_is_never_asked():
    found = questions(Values.of({"Arden": {"a": "NA", "b": None}}), TWO, ANSWERS, replicates=100)

    assert [each.indicator for each in found] == ["b"]


def test_where_everything_is_known_there_is_nothing_to_ask():
    values = Values.of({"Arden": {"a": 1, "b": 3}, "Belmora": {"a": "NA", "b": "NA"}})

    assert questions(values, TWO, ANSWERS, replicates=100) == ()


def test_a_node_of_which_nothing_is_known_is_there():
    values = Values.of({"Arden": {"a": None, "b": None}, "Belmora": {"a": 1, "b": 1}})

    found = questions(values, TWO, Method(), replicates=100)

    assert sorted((each.unit, each.indicator) for each in found) == [("Arden", "a"), ("Arden", "b")]
    assert all(each.variance_less > 0 for each in found)


def test_the_methods_other_sources_are_drawn_too():
    values = Values.of({"Arden": {"a": 2, "b": None}})
    exact, erring = (
        questions(values, TWO, replace(ANSWERS, sources=its), replicates=20_000)[0]
        for its in (("unknown",), ("reviewers", "method"))
    )

    assert exact.variance_less == pytest.approx(exact.variance)
    assert erring.variance_less < 0.95 * erring.variance


def test_the_only_question_is_worth_what_the_unknown_drives():
    values = Values.of({"Arden": {"a": 1, "b": 2, "c": 3, "d": None}, "Belmora": dict.fromkeys("abcd", 2)})

    (found,) = questions(values, FOUR, Method(), replicates=100_000)
    driven = sensitivity(values, FOUR, Method(), draws=100_000)

    share = driven.indices.first[0, 0, 0]
    assert found.variance == pytest.approx(driven.variance[0, 0], rel=0.02)
    assert found.variance_less / found.variance == pytest.approx(share, abs=0.01)


# --- luck is no worth


def test_an_unrelated_answer_is_worth_next_to_nothing_even_with_few_replicates():
    tree = Tree.from_rows([("3", "", 1), ("a", "3", 1), ("b", "3", 1e-6)])
    method = replace(
        ANSWERS,
        sources=("reviewers",),
        least_known=0,
        rating_error=dict.fromkeys(("single", "double", "adjudicated"), RatingError(0.5, 0.3)),
    )
    values = Values.of({f"X{at:03}": {"a": 2, "b": None} for at in range(400)})
    n = 64

    found = questions(values, tree, method, replicates=n)

    by_luck = np.mean([each.variance_less * n / each.variance for each in found])
    # by hand: five answers put four mean squares between them by luck. Taken off, and cut off at 0, what is left
    # is E max(χ²₄ - 4, 0) = 8 / e² = 1.08
    assert by_luck == pytest.approx(8 / math.e**2, abs=0.3)
    assert np.median([each.variance_less for each in found]) == 0


def test_with_few_replicates_a_related_answer_is_not_overrated():
    values = Values.of({f"X{at:03}": {"a": None, "b": None} for at in range(300)})

    found = questions(values, TWO, ANSWERS, replicates=64)

    # by hand: as above, 0.5 of the variance and 0.08 of the doubt
    assert np.mean([each.variance_less for each in found]) == pytest.approx(0.5, abs=0.02)
    assert np.mean([each.doubt_less for each in found]) == pytest.approx(0.08, abs=0.005)


def test_one_replicate_tells_nothing():
    found = questions(Values.of({"Arden": {"a": None, "b": None}}), TWO, ANSWERS, replicates=1)

    assert [(each.variance, each.variance_less, each.doubt_less) for each in found] == [(0, 0, 0)] * 2


# --- what may not change them


def many():
    chance = np.random.default_rng(7)
    level = chance.integers(0, 5, (12, 4)).astype(float)
    level[chance.random(level.shape) < 0.4] = np.nan
    return Values([f"X{s:02}" for s in range(12)], list("abcd"), level)


class Elsewhere:
    """Somewhere that does the pieces one batch at a time, the last one first."""

    workers = 7

    def map(self, work, pieces):
        for piece in reversed(pieces):
            yield work(piece)


def test_workers_and_cuts_change_nothing():
    one, two, elsewhere = (
        questions(many(), DEEP, Method(), replicates=5 * BATCH + 100, **how)
        for how in ({"workers": 1}, {"workers": 2}, {"executor": Elsewhere()})
    )

    assert one == two == elsewhere


def test_a_state_alone_gets_the_same_as_among_others():
    values, method = many(), Method(imputation=Imputation("flat"))
    together = questions(values, DEEP, method, replicates=1500)

    alone = questions(
        Values([values.units[3]], values.indicators, values.level[[3]]), DEEP, method, replicates=1500
    )

    assert alone
    assert alone == tuple(each for each in together if each.unit == "X03")


def test_replicates_and_seed_are_the_methods_unless_given():
    one, other = (
        questions(many(), DEEP, Method(replicates=1500, seed=5)),
        questions(many(), DEEP, Method(), replicates=1500, seed=5),
    )

    assert one == other
    assert one != questions(many(), DEEP, Method(), replicates=1500, seed=6)


# --- what cannot be


def test_more_replicates_than_whole_numbers_hold_are_refused():
    with pytest.raises(
        BadInput, match=r"10,000,001 replicates are more than are needed\. Give up to 10,000,000\."
    ):
        questions(many(), DEEP, Method(), replicates=MOST + 1)


@pytest.mark.parametrize("replicates", [0, -1])
def test_no_replicates_are_refused(replicates):
    with pytest.raises(BadInput, match="replicates cannot be drawn"):
        questions(many(), DEEP, Method(), replicates=replicates)


def test_donors_of_a_wrong_shape_are_refused():
    with pytest.raises(BadInput, match=r"Give donors × the indicators of the values\."):
        questions(many(), DEEP, Method(), replicates=1, donors=[1, 2])
