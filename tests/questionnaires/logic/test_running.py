"""What follows from answers: by hand, and a change against evaluating everything."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endocsea.questionnaires.form import Choice, Form, Group, Kind
from endocsea.questionnaires.logic import compile_form
from endocsea.questionnaires.logic.answers import MOST_INSTANCES

from .forms import WHEN, ask, calculated, form_of, logic_of, repeated


def seen(result):
    """All that a reader of a result sees."""
    return (result.values, result.relevant, result.required, result.allowed, result.choices, result.instances)


HOUSEHOLD = logic_of(
    ask("adult", Kind.ONE, choices="yes_no", required="yes"),
    Group("work", relevant="${adult} = 'yes'", items=(
        ask("job", required="true()"),
        ask("pay", Kind.NUMBER, constraint=". > 0 and . < 1000", required="${job} != ''"),
        ask("boss", relevant="${job} = 'clerk'"), calculated("year", "${pay} * 12"),
    )),
    ask("why", relevant="${pay} = '' and ${adult} = 'yes'"),
    ask("more", Kind.ONE, choices="some", other=True),
    yes_no="yes no", some="this that other",
)  # fmt: skip


def test_what_is_not_relevant_keeps_what_was_typed_and_counts_as_empty():
    result = HOUSEHOLD.evaluate({"adult": "no", "job": "x", "work/job": "clerk", "work/pay": "10"}, **WHEN)

    assert result.values["work/job"] == "clerk"
    assert result.answer("work/job") == ""
    assert result.relevant["work"] is result.relevant["work/job"] is result.relevant["work/boss"] is False
    assert result.required["work/job"] is False
    assert result.values["work/year"] == ""
    assert result.missing() == []

    back = HOUSEHOLD.change(result, "adult", "yes")

    assert back.answer("work/job") == "clerk"
    assert back.relevant["work/boss"] is True
    assert back.values["work/year"] == "120"
    assert back.relevant["why"] is False
    assert result.values["work/year"] == ""


def test_required_and_constraints_speak_only_of_what_is_there():
    result = HOUSEHOLD.evaluate({"adult": "yes", "work/pay": "5000"}, **WHEN)

    assert result.missing() == ["work/job"]
    assert result.required["work/pay"] is False
    assert result.allowed["work/pay"] is False
    assert list(result.refused()) == ["work/pay"]
    assert HOUSEHOLD.change(result, "work/pay", "").allowed["work/pay"] is True
    assert HOUSEHOLD.change(result, "adult", "no").allowed["work/pay"] is True


def test_a_constraint_says_what_its_author_wrote():
    logic = logic_of(ask("n", Kind.WHOLE, constraint=". < 3", constraint_message={"en": "Below three."}))

    assert logic.evaluate({"n": "3"}, **WHEN).refused() == {"n": {"en": "Below three."}}


def test_the_written_in_other_is_asked_where_other_is_chosen():
    result = HOUSEHOLD.evaluate({"more": "this", "more_other": "kept"}, **WHEN)

    assert result.relevant["more_other"] is False
    changed = HOUSEHOLD.change(result, "more", "other")
    assert changed.answer("more_other") == "kept"


PEOPLE = logic_of(
    ask("n", Kind.WHOLE),
    repeated("person",
        ask("name"), ask("age", Kind.WHOLE), calculated("place", "position(..)"),
        ask("school", relevant="${age} < 18"),
        ask("friend", Kind.ONE, choices="all", choice_filter="name != ${name}"),
        calculated("of_all", "concat(position(..), '/', count(${person}))"),
        calculated("before", "indexed-repeat(${name}, ${person}, position(..) - 1)"),
        repeated("pet", ask("kind"), calculated("owner", "concat(${name}, ': ', ${kind})")),
        calculated("pets", "count-non-empty(${kind})"),
        count="${n}"),
    calculated("children", "count(${person}[${age} < 18])"), calculated("ages", "sum(${age})"),
    calculated("all_pets", "join(' ', ${kind})"),
    all="Ana Ravi Otto",
)  # fmt: skip


def test_in_a_group_that_repeats_a_name_means_the_same_instance():
    result = PEOPLE.evaluate(
        {"n": "2", "person[1]/name": "Ana", "person[1]/age": "9", "person[2]/name": "Ravi",
        "person[2]/age": "40",
         "person[2]/pet[1]/kind": "cat", "person[2]/pet[3]/kind": "dog", "person[3]/name": "Otto"}, **WHEN
    )  # fmt: skip
    values = result.values

    assert result.instances == {"person": 2, "person[1]/pet": 0, "person[2]/pet": 3}
    assert result.relevant["person[1]/school"] is True
    assert result.relevant["person[2]/school"] is False
    assert [each.name for each in result.choices["person[2]/friend"]] == ["Ana", "Otto"]
    assert (values["person[1]/of_all"], values["person[2]/of_all"]) == ("1/2", "2/2")
    assert (values["person[1]/before"], values["person[2]/before"]) == ("", "Ana")
    assert (values["person[1]/pets"], values["person[2]/pets"]) == ("0", "2")
    assert values["person[2]/pet[3]/owner"] == "Ravi: dog"
    assert (values["children"], values["ages"], values["all_pets"]) == ("1", "49", "cat  dog")
    # beyond the count, and still there
    assert values["person[3]/name"] == "Otto"
    assert "person[3]" not in result.relevant

    more = PEOPLE.change(result, "n", "3")
    assert more.values["person[3]/before"] == "Ravi"
    assert more.answer("person[3]/name") == "Otto"


def test_a_group_without_a_count_has_the_instances_that_answers_speak_of():
    logic = logic_of(repeated("r", ask("x")), calculated("count", "count(${r})"))

    assert logic.evaluate({}, **WHEN).values["count"] == "0"
    result = logic.evaluate({"r[2]/x": ""}, **WHEN)
    assert result.values["count"] == "2"
    assert logic.change(result, "r[3]/x", "new").values["count"] == "3"


@pytest.mark.parametrize("count", ["1000000000", "1e9", "-1", "2.9", "", "many", "99999999999999999999999"])
def test_no_count_makes_the_server_busy(count):
    result = PEOPLE.evaluate(
        {"n": count, "person[999999]/name": "far", "person[1]/pet[99999]/kind": "x"}, **WHEN
    )

    assert result.instances["person"] == {"-1": 0, "2.9": 2, "": 0, "many": 0}.get(count, MOST_INSTANCES)
    assert sum(result.instances.values()) <= 2_000


def test_instances_that_are_not_relevant_are_not_counted():
    logic = logic_of(
        ask("on"), repeated("r", ask("x", Kind.WHOLE, relevant="../keep = 'yes'"),
        ask("keep"), relevant="${on} = 'yes'"),
        calculated("sum", "sum(${x})"), calculated("count", "count(${r})"),
    )  # fmt: skip
    values = {"r[1]/x": "1", "r[1]/keep": "yes", "r[2]/x": "2", "r[2]/keep": "no"}

    on = logic.evaluate({"on": "yes", **values}, **WHEN)
    off = logic.change(on, "on", "")

    assert (on.values["sum"], on.values["count"]) == ("1", "2")
    assert (off.values["sum"], off.values["count"]) == ("0", "0")
    assert off.relevant["r"] is off.relevant["r[1]"] is off.relevant["r[1]/x"] is False
    assert seen(logic.change(off, "on", "yes")) == seen(on)


def test_defaults_are_given_once_in_their_order_and_never_over_an_answer():
    logic = logic_of(
        ask("day", Kind.DAY, default="today()"), ask("plain", default="12 (or so)"),
        ask("from", default="concat(${plain}, '!')"), ask("kept", default="new"),
        ask("cleared", default="new"),
        repeated("r", ask("no", default="position(..)")),
    )  # fmt: skip

    result = logic.opened({"kept": "old", "cleared": "", "r[2]/no": ""}, **WHEN)

    assert result.values == {
        "kept": "old", "cleared": "", "day": "2026-01-15", "plain": "12 (or so)", "from": "12 (or so)!",
        "r[1]/no": "1", "r[2]/no": "",
    }  # fmt: skip


def test_any_text_may_be_typed_and_is_kept_as_it_is():
    logic = logic_of(ask("t", constraint="string-length(.) > 2"), calculated("length", "string-length(${t})"))

    result = logic.evaluate({"t": "a\x00b\ud800<&>]]>😀", "gone": "from an older version"}, **WHEN)

    assert result.values["t"] == "a\x00b\ud800<&>]]>😀"
    assert result.values["gone"] == "from an older version"
    assert result.values["length"] == "9"
    assert logic.change(result, "t", "\x00").values["t"] == "\x00"
    assert logic.change(result, "no such", "x").values["no such"] == "x"
    assert logic.change(result, "r[7]/x", "x").values["r[7]/x"] == "x"


def test_what_is_evaluated_again_gives_the_same():
    result = PEOPLE.evaluate({"n": "2", "person[1]/name": "Ana"}, **WHEN)

    assert seen(PEOPLE.evaluate(result.values, **WHEN)) == seen(result)


NAMES = [f"q{number}" for number in range(6)]


@st.composite
def forms_with_changes(draw):
    """Forms whose logic looks back only, so that there are no loops; answers, and changes of them."""

    def condition(before):
        one = draw(st.sampled_from(before))
        return draw(st.sampled_from([
            f"${{{one}}} = '{draw(st.sampled_from('012'))}'", f"${{{one}}} > 1", f"${{{one}}} != ''",
            f"selected(${{{one}}}, '1') or count-selected(${{{one}}}) = 2", f"count-non-empty(${{{one}}}) > 0",
        ]))  # fmt: skip

    items, group, before = [], [], ["first"]
    for name in NAMES:
        kind = draw(st.sampled_from([Kind.WHOLE, Kind.TEXT, Kind.SEVERAL, Kind.CALCULATED]))
        more = {"relevant": condition(before) if draw(st.booleans()) else ""}
        if kind is Kind.CALCULATED:
            more["calculation"] = f"concat(${{{draw(st.sampled_from(before))}}}, {condition(before)})"
        else:
            more["required"] = condition(before) if draw(st.booleans()) else ""
            more["constraint"] = draw(st.sampled_from(["", ". != '1'", ". > 1", f". != ${{{before[-1]}}}"]))
        if kind is Kind.SEVERAL:
            more |= {"choices": "list", "choice_filter": f"name != ${{{before[-1]}}}"}
        target = group if name in NAMES[2:5] else items
        target.append(ask(name, kind, **more))
        before.append(name)
        if name == NAMES[4]:
            repeats = draw(st.booleans())
            count = draw(st.sampled_from(["", "${first}"])) if repeats else ""
            items.append(
                Group("g", items=tuple(group), repeats=repeats, count=count, relevant=condition(["first"]))
            )
    form = Form({}, (), (ask("first", Kind.WHOLE), *items), {"list": tuple(Choice(each) for each in "012")})
    inside = [f"g[{number}]/" for number in (1, 2)] if repeats else ["g/"]
    paths = [
        "first",
        *(n for n in NAMES if n not in NAMES[2:5]),
        *(i + n for i in inside for n in NAMES[2:5]),
    ]
    texts = st.sampled_from(["", "0", "1", "2", "1 2"])
    return form, draw(st.dictionaries(st.sampled_from(paths), texts)), draw(
        st.lists(st.tuples(st.sampled_from(paths), texts), min_size=1, max_size=5)
    )  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms_with_changes())
def test_a_change_gives_what_evaluating_everything_gives(made):
    form, values, changes = made
    logic = compile_form(form)
    result = logic.evaluate(values, **WHEN)

    for path, text in changes:
        before = seen(result)
        changed = logic.change(result, path, text)
        assert seen(changed) == seen(logic.evaluate({**result.values, path: text}, **WHEN))
        assert seen(result) == before
        result = changed


def test_only_what_hangs_on_the_answer_is_evaluated_again():
    logic = logic_of(
        ask("a"), ask("b", relevant="${a} = 'x'"), ask("c", relevant="${b} = 'x'"),
        ask("d", relevant="${c} != ''"),
        calculated("e", "${a}"),
    )  # fmt: skip
    result = logic.evaluate({}, **WHEN)

    assert [rule.path for rule in logic.after["b"]] == ["c", "d"]
    assert [rule.path for rule in logic.after["d"]] == []
    assert {rule.path for rule in logic.after["a"]} == {"b", "c", "d", "e"}
    assert logic.change(result, "a", "y").values["e"] == "y"


def test_the_day_comes_from_outside():
    logic = logic_of(
        ask("d", Kind.DAY, constraint=". <= today()"), calculated("late", "today() > '2026-02-01'")
    )

    early = logic.evaluate({"d": "2026-01-20"}, **WHEN)
    late = logic.evaluate({"d": "2026-01-20"}, **{**WHEN, "today": datetime.date(2026, 3, 1)})

    assert (early.allowed["d"], early.values["late"]) == (False, "false")
    assert (late.allowed["d"], late.values["late"]) == (True, "true")


def test_a_form_without_logic_has_all_relevant_and_nothing_required():
    result = compile_form(form_of(ask("a"), Group("g", items=(ask("b"),)))).evaluate({}, **WHEN)

    assert result.relevant == {"a": True, "g": True, "g/b": True}
    assert result.required == {"a": False, "g/b": False}
