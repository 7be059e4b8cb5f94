"""The same forms, converted by pyxform, run by two engines that are not ours.

rxeval takes whole forms. It is given the answers that count, since it lets irrelevant ones count for others. Known
to differ, and left out: `position(..)`, `indexed-repeat`, days (it compares them as texts),
a bare answer as a
condition (it asks whether the question exists),
a comparison of several instances (it takes the first one, XPath any),
and the digits of a number: 15 here, as in lxml, and 17 there.
elementpath takes what pure XPath 1.0 has, on the document that pyxform makes. Known to differ, each against the
recommendation: it stops at `'' > 1`, compares only the first of several elements with a number, gives `mod` the sign
of the divisor, and reads no chain of comparisons.
"""

import functools
import math

import elementpath
import pytest
import rxeval
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pyxform.xls2xform import convert

from endocsea.questionnaires.form import Choice, Form, Group, Kind
from endocsea.questionnaires.logic import compile_form

from .forms import WHEN, ask, calculated, repeated

TYPES = {
    Kind.WHOLE: "integer", Kind.NUMBER: "decimal", Kind.TEXT: "text", Kind.CALCULATED: "calculate", Kind.DAY: "date",
    Kind.SEVERAL: "select_multiple {0.choices}", Kind.ONE: "select_one {0.choices}",
}  # fmt: skip
COLUMNS = ("relevant", "required", "constraint", "calculation", "choice_filter")
LISTS = {
    "list": (
        Choice("a", columns={"in": "x"}),
        Choice("b", columns={"in": "y"}),
        Choice("c", columns={"in": "x"}),
    )
}


def as_markdown(form):
    """The form as XLSForm, in pyxform's own way of writing tables."""
    rows = [["type", "name", "label", *COLUMNS, "repeat_count"]]

    def write(items):
        for item in items:
            cells = [getattr(item, column, "") for column in COLUMNS]
            if isinstance(item, Group):
                kind = "repeat" if item.repeats else "group"
                rows.append([f"begin_{kind}", item.name, item.name, *cells, item.count])
                write(item.items)
                rows.append([f"end_{kind}", "", "", *[""] * len(COLUMNS), ""])
            else:
                kind = TYPES[item.kind].format(item)
                rows.append([kind + " or_other" * item.other, item.name, item.name, *cells, ""])

    write(form.items)
    survey = "\n".join("| | " + " | ".join(row) + " |" for row in rows)
    choices = "\n".join(
        f"| | list | {each.name} | {each.name} | {each.columns['in']} |" for each in LISTS["list"]
    )
    return f"| survey |\n{survey}\n| choices |\n| | list_name | name | label | in |\n{choices}\n"


FORM = Form({"en": "x"}, ("en",), (
    ask("n", Kind.WHOLE, required="yes", constraint=". > 0 and . < 5"),
    ask("m", Kind.NUMBER, constraint=". != ${n}"),
    ask("t", relevant="${n} > 1", required="${n} = 2", constraint="regex(., '[a-z]+')"),
    ask("s", Kind.SEVERAL, choices="list", constraint="not(selected(., 'a') and selected(., 'b'))"),
    ask("o", Kind.ONE, choices="list", choice_filter="in = 'x' and selected(${s}, name) or ${s} = ''"),
    Group("g", relevant="selected(${s}, 'c') or ${n} = 4", items=(
        ask("u", relevant="${t} != ''", required="true()"), ask("div", Kind.WHOLE), ask("and"),
        calculated("half", "${div} div 2 - ${n}"), calculated("both", "concat(${and}, ' and ', ${u})"),
    )),
    repeated("p", ask("age", Kind.WHOLE, constraint=". >= 0"),
    ask("school", relevant="${age} < 18", required="${t} = 'a'"),
             calculated("twice", "${age} * 2 + ${n}")),
    calculated("sum", "sum(${age}) + count(${p})"), calculated("oldest", "max(${age})"),
    calculated("name", "coalesce(${t}, 'nobody')"),
    calculated("chosen", "concat(count-selected(${s}), selected-at(${s}, 1))"),
    calculated("round", "round(${m}, 1)"), calculated("int", "int(${m} * 3)"), calculated("mod",
    "${n} mod 2"),
    calculated("sub", "substr(${t}, 1, 3)"), calculated("len", "string-length(${t})"), calculated("pow",
    "pow(${n}, 2)"),
    calculated("deep",
    "if(${n} = 1, 'one', if(${n} = 2, 'two', if(${n} = '', 'none', concat(${n}, ' others'))))"),
    calculated("joined", "join(';', ${age})"), calculated("parts",
    "substring-before(concat(${t}, '-'), '-')"),
), LISTS)  # fmt: skip

OURS = compile_form(FORM)
PATHS = ("n", "m", "t", "s", "g/u", "g/div", "g/and", "p[1]/age", "p[2]/age", "p[1]/school")
TEXTS = {
    "n": st.sampled_from(["", "1", "2", "3", "4", "9"]), "m": st.sampled_from(["", "1", "2.25", "-0.5",
    "1234567.89"]),
    "t": st.sampled_from(["", "a", "abc-d", "É “x”", "5", "a & <b>"]), "s": st.sampled_from(["", "a",
    "a b", "b c", "a b c"]),
    "g/div": st.sampled_from(["", "0", "7"]), "p[1]/age": st.sampled_from(["", "-1", "9", "18", "40"]),
    "p[2]/age": st.sampled_from(["", "9", "40"]),
}  # fmt: skip


@functools.cache
def converted():
    return convert(as_markdown(FORM), file_type=".md").xform


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.fixed_dictionaries({path: TEXTS.get(path, st.sampled_from(["", "a", "it’s"])) for path in PATHS}))
def test_a_whole_form_gives_what_rxeval_gives(values):
    ours = OURS.evaluate(values, **WHEN)
    session = rxeval.Session(converted(), today="2026-01-15", now="2026-01-15T09:30:00.000Z")
    session.add_row("/data/p")
    for path in values:
        session.set(f"/data/{path}", ours.answer(path))
    theirs = session.recompute()

    relevant = {
        path.removeprefix("/data/"): on for path, on in theirs["relevant"].items() if "/meta/" not in path
    }
    assert {path: ours.relevant[path] for path in relevant} == relevant
    assert set(ours.missing()) == {path.removeprefix("/data/") for path in theirs["missing"]}
    assert set(ours.refused()) == {path.removeprefix("/data/") for path, _ in theirs["invalid"]}
    calculated_paths = [path for path, item in OURS.places.items.items() if getattr(item, "calculation", "")]
    for item in calculated_paths:
        for path in (
            [item]
            if "/" not in item or item.startswith("g/")
            else [item.replace("p/", f"p[{n}]/") for n in (1, 2)]
        ):
            if ours.relevant[path]:
                assert ours.values[path] == (session.get(f"/data/{path}") or "").replace("NaN", ""), path
    offered = session.choices("/data/o")
    assert [each.name for each in ours.choices["o"]] == [each["value"] for each in offered]


PURE = [
    "${a} + ${b} * 2 - 3", "${a} div ${b}", "${a} mod 3", "(${a} > ${b}) or ${c} = 'x'", "not(${a} = ${b})",
    "${a} != '' and ${b} != ''", "concat(${c}, '-', ${a})", "string-length(normalize-space(${c}))",
    "contains(${c}, 'x')",
    "substring-after(${c}, ' ')", "translate(${c}, 'xyz', 'XY')", "floor(${a}) + ceiling(${b})", "-${a} * -2",
    "sum(${k})", "count(${r}[k > 2])", "${k} = 3", "number(${c}) = ${a}", "substring(${c}, 2, 2)",
    "../div div ../mod mod 3",
    "${r}[position() = 2]/k + 1", "${a} = 1 = true()", "1 - 1 - 1 + ${a}", "${c} = \"it's\"",
    "starts-with(${c}, '')",
]  # fmt: skip


DIFFERENT = {
    ("${k} = 3", 0), ("${a} = 1 = true()", 0), ("${a} = 1 = true()", 1), ("${a} = 1 = true()", 2),
    ("${a} = 1 = true()", 3),
    ("(${a} > ${b}) or ${c} = 'x'", 2), ("count(${r}[k > 2])", 2), ("count(${r}[k > 2])", 3),
    ("${a} mod 3", 3),
}  # fmt: skip
ANSWERED = [
    {"a": "1", "b": "1", "c": "x y z", "div": "8", "mod": "3", "r[1]/k": "1", "r[2]/k": "3"},
    {"a": "2.5", "b": "-4", "c": "it's", "div": "7", "mod": "2", "r[1]/k": "5", "r[2]/k": "9"},
    {"a": "", "b": "", "c": "", "div": "", "mod": "", "r[2]/k": ""},
    {"a": "-1", "b": "0", "c": "  ü 7 ", "div": "1", "mod": "0", "r[1]/k": "x", "r[2]/k": "2"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "number"),
    [(each, number) for each in PURE for number in range(len(ANSWERED)) if (each, number) not in DIFFERENT],
)
def test_pure_xpath_gives_what_elementpath_gives_on_pyxforms_document(expression, number):
    values = ANSWERED[number]
    form = Form({"en": "x"}, ("en",), (
        ask("a", Kind.NUMBER), ask("b", Kind.NUMBER), ask("c"),
        ask("div", Kind.WHOLE), ask("mod", Kind.WHOLE),
        repeated("r", ask("k", Kind.NUMBER)), calculated("result", expression),
    ), LISTS)  # fmt: skip
    ours = compile_form(form).evaluate(values, **WHEN).values["result"]

    model = etree.fromstring(convert(as_markdown(form), file_type=".md").xform.encode())
    written = model.xpath("string(//*[local-name() = 'bind'][@nodeset = '/data/result']/@calculate)")
    document = etree.fromstring("<data><a/><b/><c/><div/><mod/><r><k/></r><r><k/></r><result/></data>")
    for path, text in values.items():
        document.xpath(f"/data/{path}")[0].text = text
    context = elementpath.XPathContext(document, item=document.find("result"))
    theirs = elementpath.XPath1Parser().parse(written).evaluate(context)

    assert ours == _as_kept(theirs)


def _as_kept(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return f"{value:.15g}" if math.isfinite(value) else ""
    return str(value)
