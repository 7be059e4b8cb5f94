"""Contradictions, by hand; and that none is claimed where an example exists."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from endocsea.questionnaires.form import Choice, Form, Group, Kind
from endocsea.questionnaires.logic import compile_form, contradictions

from .forms import WHEN, ask, calculated, form_of, repeated

LISTS = {"yes_no": "yes no", "many": " ".join(f"m{number}" for number in range(8))}


def found(*items):
    return [(doubt.path, doubt.part, doubt.code) for doubt in contradictions(form_of(*items, **LISTS))]


A = ask("a", Kind.ONE, choices="yes_no")


def test_a_question_that_no_choice_leads_to():
    assert found(A, ask("b", relevant="${a} = 'yes'")) == []
    assert found(A, ask("b", relevant="${a} = 'maybe'")) == [("b", "relevant", "never-reached")]
    assert found(A, ask("b", relevant="false()")) == [("b", "relevant", "never-reached")]
    assert found(A, ask("b", relevant="${a} = 'yes' and ${a} = 'no'")) == [("b", "relevant", "never-reached")]


def test_conditions_of_the_questions_in_between_count():
    b = ask("b", Kind.ONE, choices="yes_no", relevant="${a} = 'yes'")

    assert found(A, b, ask("c", relevant="${b} = 'no' and ${a} = 'no'")) == [
        ("c", "relevant", "never-reached")
    ]
    assert found(A, b, ask("c", relevant="${b} = 'no'")) == []
    calculation = calculated("both", "concat(${a}, ${b})")
    assert found(A, b, calculation, ask("c", relevant="${both} = 'yesno'")) == []
    assert found(A, b, calculation, ask("c", relevant="${both} = 'nono'")) == [
        ("c", "relevant", "never-reached")
    ]


def test_a_group_is_told_once_for_all_in_it():
    group = Group("g", relevant="${a} = 'x'", items=(ask("in", relevant="${a} = 'x'"), ask("too")))

    assert found(A, group) == [("g", "relevant", "never-reached")]
    inside = Group("g", relevant="${a} = 'yes'", items=(ask("in", relevant="${a} = 'no'"),))
    assert found(A, inside) == [("g/in", "relevant", "never-reached")]


def test_numbers_and_days_are_tried_at_and_between_what_they_are_compared_with():
    n = ask("n", Kind.WHOLE, constraint=". < 100")
    x = ask("x", Kind.NUMBER)
    d = ask("d", Kind.DAY)

    assert found(n, ask("b", relevant="${n} > 200")) == [("b", "relevant", "never-reached")]
    assert found(n, ask("b", relevant="${n} > 98")) == []
    assert found(n, ask("b", relevant="${n} > 98 and 99 > ${n}")) == [("b", "relevant", "never-reached")]
    assert found(x, ask("b", relevant="${x} > 98 and ${x} < 99")) == []
    assert found(x, ask("b", relevant="${x} < -1 and ${x} > 1")) == [("b", "relevant", "never-reached")]
    assert found(d, ask("b", relevant="${d} > '2026-01-01' and ${d} < '2026-01-03'")) == []
    assert found(d, ask("b", relevant="${d} > '2026-01-03' and ${d} < '2026-01-01'")) == [
        ("b", "relevant", "never-reached")
    ]
    steps = ask("s", Kind.RANGE, start="0", end="10", step="2")
    assert found(steps, ask("b", relevant="${s} mod 4 = 2")) == []
    assert found(steps, ask("b", relevant="${s} mod 2 = 1")) == [("b", "relevant", "never-reached")]


def test_a_constraint_that_nothing_satisfies():
    assert found(ask("n", Kind.WHOLE, constraint=". > 5 and . < 3")) == [("n", "constraint", "never-allowed")]
    assert found(ask("n", Kind.WHOLE, constraint=". > 5 and . < 7")) == []
    assert found(A, ask("n", constraint="${a} = 'never'")) == [("n", "constraint", "never-allowed")]
    several = ask("s", Kind.SEVERAL, choices="yes_no", constraint="count-selected(.) > 2")
    assert found(several) == [("s", "constraint", "never-allowed")]
    assert found(ask("t", constraint=". = 'a' and . != 'a'")) == [("t", "constraint", "never-allowed")]


def test_only_choices_that_are_offered_are_tried():
    towns = (Choice("v", columns={"land": "yes"}), Choice("h", columns={"land": "no"}))
    town = ask("town", Kind.ONE, choices="towns", choice_filter="land = ${a}")
    form = Form(
        {}, (), (A, town, ask("b", relevant="${town} = 'h' and ${a} = 'yes'"),
        ask("c", relevant="${town} = 'h'")),
        {"towns": towns, "yes_no": (Choice("yes"), Choice("no"))},
    )  # fmt: skip

    assert [(doubt.path, doubt.code) for doubt in contradictions(form)] == [("b", "never-reached")]


def test_what_trying_cannot_decide_is_said_so():
    t = ask("t", constraint="regex(., '[0-9]+')")

    assert found(t, ask("b", relevant="${t} = '12'")) == []
    assert found(t, ask("b", relevant="string-length(${t}) > 99")) == [("b", "relevant", "cannot-tell")]
    assert found(ask("t", constraint="regex(., '[A-Z]{9}')")) == [("t", "constraint", "cannot-tell")]
    assert found(ask("d", Kind.DAY, constraint=". < today() - 9000")) == []
    assert found(ask("d", Kind.DAY, constraint=". > today()")) == []
    both = ". > today() and . < today() - 1"
    assert found(ask("d", Kind.DAY, constraint=both)) == [("d", "constraint", "cannot-tell")]
    many = [ask(f"q{number}", Kind.ONE, choices="many") for number in range(5)]
    condition = " and ".join(f"${{q{number}}} = 'm7'" for number in range(5))
    assert found(*many, ask("b", relevant=condition)) == [("b", "relevant", "cannot-tell")]
    assert found(ask("s", Kind.SEVERAL, choices="many", constraint="count-selected(.) = 5")) == [
        ("s", "constraint", "cannot-tell")
    ]
    assert found(repeated("r", ask("x", Kind.WHOLE)), ask("b", relevant="count(${r}) > 1")) == [
        ("b", "relevant", "cannot-tell")
    ]


def test_loops_are_told_of_a_form_that_cannot_be_run():
    doubts = contradictions(
        form_of(ask("a", relevant="${b} = 1"), ask("b", relevant="${a}"), ask("c", relevant="${"))
    )

    assert [str(doubt) for doubt in doubts] == ["a, relevant: It depends on itself: a → b → a."]


def test_sentences_name_what_it_hangs_on():
    (doubt,) = contradictions(form_of(A, ask("b", relevant="${a} = 'x'"), **LISTS))

    assert str(doubt) == "b, relevant: No answers lead here. It hangs on: a."


CONDITIONS = st.recursive(
    st.builds("${{{}}} {} {}".format, st.sampled_from("abn"), st.sampled_from(["=", "!=", "<",
    ">"]), st.sampled_from(["'yes'", "''", "1", "2"])),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_the_verdict_is_that_of_trying_everything_by_hand(one, other):
    form = form_of(
        A, ask("b", Kind.ONE, choices="yes_no", relevant=one.replace("${b}", "${a}")), ask("n", Kind.WHOLE),
        ask("c", relevant=other), **LISTS
    )  # fmt: skip
    logic = compile_form(form)
    reached = set()
    for a, b, n in itertools.product(["", "yes", "no"], ["", "yes", "no"], ["", *map(str, range(-2, 5))]):
        result = logic.evaluate({"a": a, "b": b, "n": n}, **WHEN)
        if result.relevant["b"] or not b:
            reached |= {path for path in ("b", "c") if result.relevant[path]}

    doubts = {doubt.path: doubt.code for doubt in contradictions(form)}

    assert {path for path, code in doubts.items() if code == "never-reached"} <= {"b", "c"} - reached
    assert {"b", "c"} - reached == set(doubts)
