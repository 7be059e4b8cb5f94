"""Functions and operators, each by hand; what cannot be read, with its place."""

from pathlib import Path

import pytest

import endocsea
from endocsea.questionnaires.form import Choice, Form, Kind
from endocsea.questionnaires.logic import LogicRefused, compile_form
from endocsea.questionnaires.logic.functions import FUNCTIONS, NO_SERVICE, SPECIAL
from endocsea.questionnaires.logic.grammar import DEEPEST, LONGEST

from .forms import ANSWERS, ITEMS, WHEN, ask, calculated, form_of, logic_of, repeated, value

BY_HAND = [
    # operators
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("7 mod 3", "1"), ("-7 mod 3", "-1"), ("1 div 4", "0.25"),
    ("1 div 0", ""), ("0 div 0", ""), ("0.1 + 0.2", "0.3"), ("- - 3", "3"), ("-(${n})", "-5"),
    ("2 - 1 - 1", "0"),
    ("100000 * 100000 * 100000 * 100000", "100000000000000000000"), ("1 div 10000000", "0.0000001"),
    ("1 < 2 and 2 < 3 or false()", "true"), ("${n} = 5", "true"), ("${n} != ''", "true"),
    ("${n}=${m}", "true"),
    ("${n} != ${m}", "false"), ("${e} = ''", "true"), ("${e} < 3", "false"), ("${e} = 0", "false"),
    ("'' < 3", "false"),
    ("${e} + 1", ""), ("'10' = 10", "true"), ("'10.0' = '10'", "false"), ("true() = 'true'", "true"),
    ("${t} = \"It’s “ours”\"", "true"), ("'it is' = \"it is\"", "true"), ("number(' 5 ')", "5"),
    ("3 > 2 > 0", "true"),
    # days: compared as days, kept as text
    ("${d} < ${later}", "true"), ("${d} >= '2026-01-02'", "true"), ("${d} < '2025-12-31'", "false"),
    ("${e} < today()", "false"), ("${d} = '2026-01-02'", "true"), ("today() - ${d}", "13"),
    ("${d} + 1 = today() - 12", "true"),
    ("today()", "2026-01-15"), ("now()", "2026-01-15T09:30:00.000"), ("${moment} < now()", "true"),
    ("date(${d} + 30)", "2026-02-01"), ("date('2026-02-30')", ""), ("date('no day')", ""),
    ("date(18263)", "2020-01-02"),
    ("date-time('2026-01-02')", "2026-01-02T00:00:00.000"),
    ("decimal-date-time('1970-01-02T12:00:00')", "1.5"),
    ("decimal-time(${time})", "0.75"), ("decimal-time('25:00')", ""),
    ("format-date(${d}, '%d.%m.%Y %e/%n/%y')", "02.01.2026 2/1/26"),
    ("format-date(${d}, '%a %b %%')", "Fri Jan %"), ("format-date(${e}, '%Y')", ""),
    ("format-date('x', '%Y')", ""),
    ("format-date-time(${moment}, '%H:%M:%S.%3 %h')", "10:05:06.250 10"), ("${time} < '19:00'", "true"),
    ("max(${d}, ${later}) = decimal-date-time(${later})", "true"), ("${on} > '2026-02-01'", "true"),
    # choices
    ("selected(${s}, 'c')", "true"), ("selected(${s}, 'b')", "false"), ("selected(${s}, '')", "false"),
    ("selected(${s}, 'a c')", "false"), ("selected(${s}, ${e})", "false"), ("selected-at(${s}, 1)", "c"),
    ("selected-at(${s}, 2)", ""), ("selected-at(${s}, -1)", ""), ("count-selected(${s})", "2"),
    ("count-selected(${e})", "0"),
    ("checklist(1, 2, 'yes', 'no', 'yes')", "true"), ("checklist(-1, 1, 'yes', 'yes')", "false"),
    ("weighted-checklist(3, -1, 'yes', 3, 'no', 2)", "true"),
    ("weighted-checklist(4, 5, 'yes', 3, 'no', 2)", "false"),
    # one or the other
    ("if(${n} > 3, 'many', 'few')", "many"), ("if(${e}, 1, 0)", "0"), ("if(${e} = '', '', ${n})", ""),
    ("coalesce(${e}, ${n})", "5"), ("coalesce(0, 5)", "0"), ("coalesce(${e}, '')", ""),
    ("once('new')", "new"),
    ("boolean(${n})", "true"), ("boolean(${e})", "false"), ("not(${e})", "true"), ("${e} or ${n}", "true"),
    ("boolean-from-string('1')", "true"), ("boolean-from-string('yes')", "false"), ("true()", "true"),
    ("false()", "false"),
    # over instances
    ("count(${r})", "3"), ("count(${x})", "3"), ("count-non-empty(${x})", "2"), ("sum(${x})", ""),
    ("sum(${r}[x != '']/x)", "4"), ("max(${r}[${x} > 0]/x)", "3"), ("min(4, ${n}, 7)", "4"),
    ("max(${x})", ""),
    ("join(', ', ${x})", "1, , 3"), ("concat(${x})", "13"), ("indexed-repeat(${x}, ${r}, 3)", "3"),
    ("indexed-repeat(${x}, ${r}, 9)", ""), ("${x} = 3", "true"), ("${r}[position() = 3]/x", "3"),
    ("${r}[last()]/x", "3"),
    ("string-length(join('', randomize(${x}, 7)))", "2"),
    # texts
    ("concat('a', 1, ${e}, 'ü')", "a1ü"), ("string-length('añ😀')", "3"), ("contains('abc', '')", "true"),
    ("starts-with('abc', 'ab')", "true"), ("ends-with('abc', 'bc')", "true"), ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3)", "llo"), ("substr('hello', 1, -1)", "ell"), ("substr('hello', 3, 1)", ""),
    ("substr('x', ${e})", ""),
    ("substring('hello', 2)", "ello"), ("substring-before('a-b', '-')", "a"),
    ("substring-after('a-b', '-')", "b"),
    ("substring-before('ab', 'x')", ""), ("translate('aabb', 'ab', 'x')", "xx"),
    ("normalize-space('  a  b ')", "a b"),
    ("string(1.50)", "1.5"), ("join('-', 'a', 'b')", "a-b"), ("regex('abc', '[a-c]+')", "true"),
    ("regex('abc', 'b')", "false"),
    ("digest('a', 'MD5', 'hex')", "0cc175b9c0f1b6a831c399e269772661"), ("digest('a', 'NO')", ""),
    # numbers
    ("round(2.5)", "3"), ("round(-1.5)", "-2"), ("round(2.675, 2)", "2.68"),
    ("round(12345, -2)", "12300"), ("round(${e})", ""),
    ("int(-3.7)", "-3"), ("int('x')", ""), ("int(1 div 0)", ""), ("floor(1.5)", "1"),
    ("ceiling(1.2)", "2"), ("abs(-3)", "3"),
    ("pow(2, 10)", "1024"), ("pow(0, -1)", ""), ("pow(10, 999)", ""), ("sqrt(9)", "3"), ("sqrt(-1)", ""),
    ("log(1)", "0"),
    ("log(0)", ""), ("log10(100)", "2"), ("exp(0)", "1"), ("exp10(2)", "100"),
    ("round(pi(), 4)", "3.1416"), ("sin(0)", "0"),
    ("cos(0)", "1"), ("tan(0)", "0"), ("asin(2)", ""), ("acos(1)", "0"), ("atan(0)", "0"),
    ("atan2(0, 1)", "0"),
    ("random() < 1", "true"), ("string-length(uuid())", "36"), ("string-length(uuid(5))", "5"),
]  # fmt: skip


@pytest.fixture(scope="module")
def all_by_hand():
    """One form with every expression of the table: evaluated once."""
    questions = [calculated(f"c{number}", text) for number, (text, _) in enumerate(BY_HAND)]
    logic = logic_of(*ITEMS, *questions, list="a b c")
    return logic.evaluate(ANSWERS, **WHEN).values


@pytest.mark.parametrize("number", range(len(BY_HAND)), ids=[text for text, _ in BY_HAND])
def test_each_expression_gives_what_it_gives_by_hand(all_by_hand, number):
    assert all_by_hand[f"c{number}"] == BY_HAND[number][1]


def test_operators_may_be_names_of_items():
    logic = logic_of(
        *(ask(name, Kind.WHOLE) for name in ("div", "mod", "and", "or")),
        calculated("a", "../div div ../mod"), calculated("b", "${div} mod ${mod}"),
        calculated("c", "/data/and and /data/or"), calculated("d",
        "../div*../mod -../or"), calculated("not", "not(../and)"),
    )  # fmt: skip

    values = logic.evaluate({"div": "9", "mod": "2", "and": "1"}, **WHEN).values

    assert (values["a"], values["b"], values["c"], values["d"], values["not"]) == (
        "4.5",
        "1",
        "false",
        "",
        "false",
    )


def test_twenty_conditions_inside_each_other():
    nested = "0"
    for number in range(20):
        nested = f"if(${{n}} = {number}, '{number}', {nested})"

    assert value(nested) == "5"


def test_an_expression_of_ten_thousand_characters():
    row = " or ".join(f"${{t}} = 'answer {number:04}'" for number in range(450))
    assert len(row) > 10_000

    assert value(row, t="answer 0449") == "true"
    assert value(row, t="answer 0450") == "false"


def test_long_sums_and_nested_brackets_run_or_are_refused_never_break():
    assert value("+".join(["1"] * 2_000)) == "2000"
    assert value("(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1)) == "1"
    nested = "${n}"
    for _ in range(DEEPEST - 1):
        nested = f"if(not({nested} = 9), 1, 2)" if nested == "${n}" else f"coalesce('', {nested})"
    assert value(nested.removeprefix("coalesce('', ").removesuffix(")")) == "1"
    for text, code in (
        ("(" * 3_000 + "1" + ")" * 3_000, "too-deep"),
        ("1" * (LONGEST + 1), "too-long"),
        ("+".join(["1"] * 9_000), "not-read"),
    ):
        with pytest.raises(LogicRefused) as refused:
            value(text)
        assert [fault.code for fault in refused.value.faults] == [code]


UNREADABLE = [
    ("1 +", "ends-early", 4), ("(1", "ends-early", 3), ("'open", "unfinished-text", 1),
    ("1 = = 2", "unexpected", 5),
    ("1 2", "unexpected", 3), ("${n", "unexpected", 1), ("${n} && ${m}", "unexpected", 6),
    ("if(1,,2)", "unexpected", 6),
    ("/data//n", "path-kind", 6), ("@n", "path-kind", 1), ("child::n", "path-kind", 1),
    ("../*", "path-kind", 4),
    ("${nn}", "unknown-name", 1), ("../nn", "unknown-name", 4), ("../../n", "unknown-name", 1),
    ("twice(1)", "unknown-function", 1),
    ("if(1, 2)", "arguments", 1), ("today(1)", "arguments", 1),
    ("weighted-checklist(1, 2, 'yes')", "arguments", 1),
    ("weighted-checklist(1, 2, 'a', 1, 'b')", "arguments", 1), ("count(3)", "argument-kind", 1),
    ("indexed-repeat(${n}, ${r}, 1)", "argument-kind", 1),
    ("jr:choice-name('a', '${n}')", "argument-kind", 1),
    ("pulldata('file', 'a', 'b', ${n})", "no-service", 1), ("jr:itext('a')", "no-service", 1),
    ("area(${n})", "no-service", 1),
    ("${last-saved#n}", "no-service", 1), ("regex(${t}, '(')", "pattern", 1),
    ("instance('none')/root/item", "unknown-list", 1),
    ("'a'[1]", "argument-kind", 1), ("$variable", "unexpected", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "at"), UNREADABLE, ids=[text for text, *_ in UNREADABLE])
def test_what_cannot_be_read_is_told_with_its_place(text, code, at):
    with pytest.raises(LogicRefused) as refused:
        value(text)

    fault = refused.value.faults[0]
    assert (fault.path, fault.part, fault.code) == ("result", "calculation", code)
    assert fault.facts.get("at", 1) == at
    assert "%" not in str(fault)


def test_all_faults_come_in_one_refusal_in_the_order_of_the_form():
    bad = form_of(
        ask("a", relevant="${b} = 1", constraint="3 > 2"),
        ask("b", relevant="${c}", choices="nowhere"),
        ask("c", relevant="${a}", required="foo(1, ${zz})"),
        calculated("s", ". + 1"),
        ask("1st"), ask("q"), repeated("r", ask("q")), ask("v", relevant="${q}"),
    )  # fmt: skip

    with pytest.raises(LogicRefused) as refused:
        compile_form(bad)

    assert [(fault.path, fault.part, fault.code) for fault in refused.value.faults] == [
        ("a", "constraint", "no-item"), ("a", "relevant", "loop"), ("b", "choices", "unknown-list"),
        ("c", "required", "unknown-name"), ("c", "required", "unknown-function"),
        ("s", "calculation", "loop"),
        ("1st", "name", "unfit-name"), ("v", "relevant", "ambiguous-name"),
    ]  # fmt: skip
    text = str(refused.value)
    assert "a, relevant: It depends on itself: a → b → c → a." in text
    assert "Faults found: 8." in text
    assert "q, r/q" in text


def test_loops_are_told_apart_and_run_through_conditions_and_counts():
    bad = form_of(
        calculated("a", "${b} + 1"), calculated("b", "${a} + 1"),
        ask("x", relevant="${y} = ''"), ask("y", relevant=". = '' or ${z}"), calculated("z", "${x}"),
        repeated("r", ask("k"), count="count-non-empty(${k})"),
    )  # fmt: skip

    with pytest.raises(LogicRefused) as refused:
        compile_form(bad)

    loops = [fault.facts["names"] for fault in refused.value.faults]
    assert "a → b → a" in loops
    assert "x → y → z → x" in loops
    assert "y → y" in loops
    assert "r → r" in loops


def test_an_item_that_asks_for_its_own_kept_value_once_is_no_loop():
    logic = logic_of(ask("n"), calculated("first", "once(${n})"))

    result = logic.evaluate({"n": "1"}, **WHEN)
    result = logic.change(result, "n", "2")

    assert result.values["first"] == "1"
    assert logic.evaluate(result.values, **WHEN).values["first"] == "1"


def test_labels_of_choices_and_lists_are_found_in_the_language():
    towns = (
        Choice("v", {"en": "Vale", "fr": "Val"}, {"land": "a", "size": "7"}),
        Choice("h", {"en": "Hill"}, {"land": "b", "size": "2"}),
    )
    form = Form(
        {"en": "T"}, ("en", "fr"),
        (
            ask("land"),
            ask("town", Kind.ONE, choices="towns", choice_filter="land = ${land} or ${land} = ''"),
            calculated("name", "jr:choice-name(${town}, '${town}')"),
            calculated("looked_up", "instance('towns')/root/item[name = ${town}]/label"),
            calculated("size", "instance('towns')/root/item[name = current()/../town]/size + 1"),
            calculated("month", "format-date('2026-02-03', '%b %a')"),
        ),
        {"towns": towns},
    )  # fmt: skip
    logic = compile_form(form)

    french = logic.evaluate({"town": "v", "land": "b"}, **{**WHEN, "language": "fr"})
    english = logic.evaluate({"town": "h"}, **WHEN)
    odd = logic.evaluate({"town": "v"}, **{**WHEN, "language": "English (en)"})

    assert [french.values[name] for name in ("name", "looked_up", "size")] == ["Val", "Val", "8"]
    assert french.choices["town"] == (towns[1],)
    assert french.values["month"].startswith("F")
    assert english.values["name"] == "Hill"
    assert english.choices["town"] == towns
    assert odd.values["name"] == "Vale"


def test_every_function_is_on_the_page_that_explains_them():
    page = (Path(endocsea.__file__).parents[1] / "docs/explanation/logic.md").read_text()

    missing = [
        name
        for name in (*FUNCTIONS, *SPECIAL, *NO_SERVICE)
        if f"`{name}(" not in page and f"`{name}`" not in page
    ]

    assert not missing


def test_names_are_those_of_xml_in_any_script_and_lists_may_have_any_name():
    towns = (Choice("v", columns={"land": "é", "no column::fr": "x"}),)
    form = Form(
        {}, (),
        (ask("ünï"), ask("քաղաք.1-x", relevant="${ünï} = 'é'"),
         ask("t", Kind.ONE, choices="my list", choice_filter="land = ${ünï}")),
        {"my list": towns},
    )  # fmt: skip

    result = compile_form(form).evaluate({"ünï": "é"}, **WHEN)

    assert result.relevant["քաղաք.1-x"]
    assert result.choices["t"] == towns
    for name in ("ªb", "a²", "a:b", "a b", "", "-a", "100%"):
        with pytest.raises(LogicRefused) as refused:
            logic_of(ask(name))
        assert refused.value.faults[0].code == "unfit-name"
        assert f"“{name}”" in str(refused.value)
