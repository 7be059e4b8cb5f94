"""All logic of a 250-question form, and one changed answer, beside lxml's compiled XPath for the same expressions."""

from __future__ import annotations

import datetime
import re
import statistics
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from endocsea.questionnaires.form import Form
    from endocsea.questionnaires.logic import Logic

RUNS, TIMES = 5, 40
SECTIONS, QUESTIONS = 10, 25
NOW = datetime.datetime(2026, 1, 15, 9, tzinfo=datetime.UTC)
WHEN = {"today": NOW.date(), "now": NOW, "language": "en"}


def run() -> None:
    """Print the medians of runs in turns, and their ratios."""
    from endocsea.questionnaires.logic import compile_form

    form = made_form()
    logic = compile_form(form)
    values = {path: _value(number) for number, (path, _) in enumerate(form.questions())}
    known = logic.evaluate(values, **WHEN)
    expressions = alone(logic, known.values)
    changed = [path for path, _ in form.questions()][:TIMES]

    def lxml_alone() -> None:
        for evaluate, element in expressions:
            evaluate(element)

    turn = iter(range(10**9))

    def one_change() -> None:
        number = next(turn)
        logic.change(known, changed[number % TIMES], _value(number + 1))

    contenders: dict[str, Callable[[], object]] = {
        "lxml alone": lxml_alone,
        "all logic": lambda: logic.evaluate(values, **WHEN),
        "one changed answer": one_change,
    }
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for work in contenders.values():
        work()
    for _ in range(RUNS):
        for name, work in contenders.items():
            began = time.perf_counter()
            for _ in range(TIMES):
                work()
            taken[name].append((time.perf_counter() - began) / TIMES)
    base = statistics.median(taken["lxml alone"])
    print(f"  {len(known.relevant)} items, {len(expressions)} expressions, medians of {RUNS} runs in turns")
    for name, seconds in taken.items():
        print(
            f"  {name:20}{statistics.median(seconds) * 1e6:8.0f} µs   ratio {statistics.median(seconds) / base:5.2f}"
        )


def alone(logic: Logic, values: Mapping[str, str]) -> list[tuple[etree.XPath, etree._Element]]:
    """The same expressions as their author wrote them, names as paths, on a document that is ready."""
    from lxml import etree

    from endocsea.questionnaires.logic.compiling import expressions, labels
    from endocsea.questionnaires.logic.library import functions

    document = etree.Element("data")
    elements = {"": document}
    for path in logic.places.items:
        above, _, name = path.rpartition("/")
        elements[path] = etree.SubElement(elements[above], name)
        elements[path].text = values.get(path)
    found = []
    ours = {name[2:]: function for (_, name), function in functions(labels(logic.form)).items()}
    extensions = {(None, name): function for name, function in ours.items()}
    for path, item in logic.places.items.items():
        for _, text in expressions(item):
            plain = re.sub(r"\$\{(\w+)\}", lambda name: f"/data/{logic.places.named[name[1]][0]}", text)
            plain = re.sub(r"\bselected\(([^,]+)", r"selected(string(\1)", plain)
            found.append((etree.XPath(plain, extensions=extensions, smart_strings=False), elements[path]))
    return found


def made_form() -> Form:
    """Sections of questions with the logic that official questionnaires have: most conditions look a little back."""
    from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question

    kinds = (Kind.ONE, Kind.LEVEL, Kind.WHOLE, Kind.SEVERAL, Kind.TEXT)
    sections = []
    for section in range(SECTIONS):
        questions = []
        for place in range(QUESTIONS):
            number = section * QUESTIONS + place
            kind = kinds[number % 5]
            before = f"${{q{number - number % 5}}}"
            questions.append(
                Question(
                    name=f"q{number}",
                    kind=kind,
                    choices="answers" if kind in (Kind.ONE, Kind.SEVERAL) else "",
                    relevant=f"{before} = 'yes' or {before} = 'partly'" if number % 5 in (1, 2, 3) else "",
                    required="yes" if kind == Kind.LEVEL else f"{before} != ''" if number % 5 == 4 else "",
                    constraint={
                        Kind.WHOLE: ". >= 0 and . <= 100000",
                        Kind.SEVERAL: "not(selected(., 'no') and selected(., 'yes'))",
                        Kind.TEXT: "string-length(.) < 2000",
                    }.get(kind, ""),
                )
            )
        total = f"q{section * QUESTIONS + 2}"
        questions.append(
            Question(
                name=f"t{section}",
                kind=Kind.CALCULATED,
                calculation=f"if(${{{total}}} > 10, ${{{total}}}, 0)",
            )
        )
        sections.append(
            Group(name=f"s{section}", items=tuple(questions), relevant="true()" if section else "")
        )
    choices = tuple(Choice(name) for name in ("yes", "partly", "no", "unknown"))
    return Form({"en": "Made up"}, ("en",), tuple(sections), {"answers": choices})


def _value(number: int) -> str:
    return ("yes", "2", "17", "yes no", "text", "no", "3", "200", "partly", "other")[number % 10]
