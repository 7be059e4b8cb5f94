"""What cannot be meant: a question that no answers lead to, a constraint that nothing satisfies, a loop.

Decided by trying answers to the few questions that a condition hangs on, in a form of these alone. An example that
is found settles it. That there is none is only said where all answers were tried that can differ; else it is said
that it cannot be told.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.form import ASKS_NOTHING, Form, Group, Item, Question
from endocsea.questionnaires.logic.compiling import compile_form, expressions
from endocsea.questionnaires.logic.faults import LogicRefused, told
from endocsea.questionnaires.logic.grammar import Expression, parse
from endocsea.questionnaires.logic.places import TOP, item_of
from endocsea.questionnaires.logic.running import Logic, Result
from endocsea.questionnaires.logic.trying import Answers, Uses, uses_of, worth_trying
from endocsea.support.pack.defects import printable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_TRIED = 2_000  # combinations of answers for one condition

SENTENCES: Mapping[str, _StrPromise] = {
    "never-reached": _("No answers lead here. It hangs on: %(names)s."),
    "never-allowed": _("No answer satisfies it. It hangs on: %(names)s."),
    "loop": _("It depends on itself: %(names)s."),
    "cannot-tell": _("Whether any answers satisfy it cannot be told by trying. It hangs on: %(names)s."),
}
# any day: where one matters, nothing is said to be impossible
_DAY = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that its author should look at. ``code`` is a key of `SENTENCES`."""

    path: str
    part: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return printable(told(self.path, self.part, SENTENCES[self.code] % self.facts))


def contradictions(form: Form) -> tuple[Doubt, ...]:
    """All of a form, in its order. Of one whose logic cannot be run only the loops are told."""
    try:
        logic = compile_form(form)
    except LogicRefused as refused:
        return tuple(
            Doubt(fault.path, fault.part, fault.code, fault.facts)
            for fault in refused.faults
            if fault.code == "loop"
        )
    return tuple(_doubts(logic))


def _doubts(logic: Logic) -> Iterator[Doubt]:
    unreached: set[str] = set()
    for path, item in logic.places.items.items():
        if unreached.intersection(logic.places.above(path)):
            continue
        if item.relevant and (code := _verdict(logic, path, "relevant")):
            if code == "never-reached":
                unreached.add(path)
            yield Doubt(path, "relevant", code, {"names": _names(logic, path, "relevant")})
        checked = isinstance(item, Question) and item.constraint and path not in unreached
        if checked and (code := _verdict(logic, path, "constraint")):
            yield Doubt(path, "constraint", code, {"names": _names(logic, path, "constraint")})


def _names(logic: Logic, path: str, part: str) -> str:
    return ", ".join(sorted(_involved(logic, path, part) - {path})) or "–"


def _involved(logic: Logic, path: str, part: str) -> set[str]:
    """The items that a condition hangs on, with those that these hang on."""
    found: set[str] = set()
    new = {path}
    while new:
        each = new.pop()
        found.add(each)
        # whether the item itself is allowed plays no part in whether it is reached
        only_relevant = each == path and part == "relevant"
        for rule in logic.rules:
            around = rule.part in ("relevant", "count") and each.startswith(f"{rule.path}/")
            own = (
                rule.path == each
                and rule.part != "required"
                and (not only_relevant or rule.part == "relevant")
            )
            if around or own:
                new |= rule.refers - found - {TOP}
    return found


def _verdict(logic: Logic, path: str, part: str) -> str:
    """Nothing if an example is found; else a code."""
    involved = _involved(logic, path, part)
    small = _only(logic.form, involved, path, part)
    uses, closed = uses_of(logic.places, _trees(small))
    variables: dict[str, Answers] = {}
    for each in sorted(involved):
        question = logic.questions.get(each)
        if question is None or question.calculation or question.kind in ASKS_NOTHING:
            continue
        if each != path or part == "constraint":
            variables[each] = worth_trying(logic.places, question, uses.get(each, Uses()))
    tried = compile_form(small)
    count = 0
    for answers in itertools.product(*(each.texts for each in variables.values())):
        count += 1
        if count > MOST_TRIED:
            break
        values = {_first(logic, each): text for each, text in zip(variables, answers, strict=True) if text}
        if _holds(
            tried,
            tried.evaluate(values, today=_DAY.date(), now=_DAY, language=""),
            values,
            _first(logic, path),
            part,
        ):
            return ""
    repeated = any(
        logic.places.repeats(each) for item in involved for each in (item, *logic.places.above(item))
    )
    if count > MOST_TRIED or repeated or not closed or not all(each.all for each in variables.values()):
        return "cannot-tell"
    return "never-reached" if part == "relevant" else "never-allowed"


def _holds(logic: Logic, result: Result, values: Mapping[str, str], path: str, part: str) -> bool:
    """Whether answers are an example: each may be given, and they satisfy the condition."""
    for each, text in values.items():
        if not result.relevant.get(each, False) or not result.allowed.get(each, True):
            return False
        offered = {choice.name for choice in result.choices.get(each, ())}
        if logic.questions[item_of(each)].choice_filter and not offered.issuperset(text.split()):
            return False
    if part == "constraint":
        return bool(values.get(path))
    return result.relevant.get(path, False)


def _only(form: Form, involved: set[str], path: str, part: str) -> Form:
    """The form with these items alone, and what decides about them."""

    def kept(items: tuple[Item, ...], above: str) -> Iterator[Item]:
        for item in items:
            at = f"{above}{item.name}"
            if isinstance(item, Group):
                inside = tuple(kept(item.items, f"{at}/"))
                if inside or at in involved:
                    yield replace(item, items=inside)
            elif at in involved or f"{at}_other" in involved:
                reached_only = at == path and part == "relevant"
                yield replace(
                    item,
                    required="",
                    default="",
                    constraint="" if reached_only else item.constraint,
                    calculation="" if reached_only else item.calculation,
                    choice_filter="" if reached_only else item.choice_filter,
                )

    return replace(form, items=tuple(kept(form.items, "")))


def _trees(form: Form) -> Iterator[tuple[str, str, Expression]]:
    return ((path, part, parse(text)) for path, item in form.walk() for part, text in expressions(item))


def _first(logic: Logic, path: str) -> str:
    """The item in the first instance of each group around it that repeats."""
    names, at = [], ""
    for name in path.split("/"):
        at = f"{at}/{name}" if at else name
        repeats = logic.places.repeats(at) and at != path
        names.append(f"{name}[1]" if repeats else name)
    return "/".join(names)
