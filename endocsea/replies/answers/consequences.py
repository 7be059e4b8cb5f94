"""What follows from a state's answers by the logic of the form: what is asked, what contradicts, what is offered.

A form without logic costs nothing here: `NOTHING` follows from its answers, and nobody compiles anything. How logic
runs is the business of `questionnaires.logic`; this module says what it means for a reply. A benchmark's form has no
more than the rule that no number is below zero.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.questionnaires.form import ASKS_NOTHING, Choice, Form, Kind
from endocsea.questionnaires.logic import Logic, LogicRefused, Result, compile_form
from endocsea.support.texts import plain

from .fitting import OTHER
from .given import WITH_A_VALUE, Given, Status
from .readiness import is_ready

LOG: Final = logging.getLogger(__name__)
KEPT: Final = 64  # as many as `questionnaires.written` keeps forms
THINKS: Final = ("relevant", "required", "constraint", "choice_filter", "calculation")
WRITTEN_IN: Final = "_other"  # behind the path of a question: what is written in beside its choices
_COMPILED: Final[dict[int, tuple[Form, Logic | None]]] = {}


@dataclass(frozen=True, slots=True)
class Consequences:
    """By path of a question. ``off`` is what is not asked, each with the questions whose answers say so.

    ``optional`` need no answer, as the form marks others as required. ``broken`` are answers that a constraint speaks
    against, ``offered`` the names of choices where a filter decides, ``gone`` those chosen and not offered any more.
    """

    off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def due(self, form: Form, answers: Mapping[str, Given]) -> frozenset[str] | None:
        """The paths that count: asked, and required or begun. None: every one."""
        if not self.off and not self.optional:
            return None
        return frozenset(
            path
            for path, question in form.questions()
            if question.kind not in ASKS_NOTHING
            and path not in self.off
            and (path not in self.optional or answers.get(path, Given()) != Given())
        )

    def settled(self, form: Form, answers: Mapping[str, Given]) -> Mapping[str, Given]:
        """The answers, with one where none is due."""
        due = self.due(form, answers)
        if due is None:
            return answers
        none_due = (path for path, _question in form.questions() if path not in due)
        return {**answers, **dict.fromkeys(none_due, Given(Status.NOT_KNOWN))}

    def contradictions(self, form: Form, path: str) -> tuple[str, ...]:
        """What speaks against an answer, in sentences of the page's language."""
        question = form.by_path()[path]
        found = []
        if path in self.broken:
            found.append(
                plain(question.constraint_message)
                or _("This answer does not agree with what the questionnaire expects here.")
            )
        if path in self.gone:
            labels = {each.name: each.label for each in form.choices.get(question.choices, ())}
            which = "; ".join(plain(labels.get(name, {})) or name for name in self.gone[path])
            found.append(_("No longer offered, because of another answer: %(which)s.") % {"which": which})
        return tuple(found)

    def choices(self, path: str, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Those that stand in the page: what is offered, and what was chosen before, so that nothing is lost."""
        if path not in self.offered:
            return choices
        stand = self.offered[path] | set(self.gone.get(path, ()))
        return tuple(choice for choice in choices if choice.name in stand)

    def left_out(self, answers: Mapping[str, Given]) -> frozenset[str]:
        """What a sheet need not ask: what is off, where the answers that say so have been given.

        A question that hangs on one which is still open may yet be asked, and the sheet is out by then.
        """
        return frozenset(
            path for path, because in self.off.items() if all(is_ready(answers.get(each)) for each in because)
        )


NOTHING: Final = Consequences()


def left_out_beside(form: Form, answers: Mapping[str, Given], *, at: datetime.datetime) -> Consequences:
    """What an organisation need not be asked, because of its own answers: nothing else follows from them.

    It may leave out what it likes, and is not asked everything: what hangs on a question without an answer is asked.
    """
    follows = what_follows(form, answers, at=at)
    left_out = follows.left_out(answers)
    return Consequences(off={path: because for path, because in follows.off.items() if path in left_out})


def what_follows(form: Form, answers: Mapping[str, Given], *, at: datetime.datetime) -> Consequences:
    """All that follows from these answers, by path, at a moment."""
    logic = _logic_of(form)
    if logic is None:
        return NOTHING
    result = logic.evaluate(
        dict(_values(form, answers)), today=at.date(), now=at, language=get_language() or ""
    )
    asked = [(path, each) for path, each in form.questions() if each.kind not in ASKS_NOTHING]
    off = {path: tuple(_because(logic, result, path)) for path, _question in asked if _is_off(result, path)}
    marks = any(question.required for _path, question in asked)
    offered = {
        path: frozenset(choice.name for choice in result.choices[path])
        for path, question in asked
        if question.choice_filter and path in result.choices and path not in off
    }
    return Consequences(
        off=off,
        optional=frozenset(path for path, _question in asked if marks and not result.required.get(path)),
        broken=frozenset(path for path, allowed in result.allowed.items() if not allowed and path not in off),
        offered=offered,
        gone=dict(_gone(form, answers, offered)),
    )


def always_due(form: Form, *, on: datetime.date) -> frozenset[str] | None:
    """The paths that count before anything is answered. None: every one.

    Whoever follows a reply without reading it is told of these alone: how many questions are asked because of an
    answer would say what was answered.
    """
    noon = datetime.datetime.combine(on, datetime.time(12), datetime.UTC)
    return what_follows(form, {}, at=noon).due(form, {})


def matters(form: Form, path: str) -> bool:
    """Whether anything hangs on the answer to a question."""
    logic = _logic_of(form)
    return logic is not None and any(logic.after.get(each) for each in (path, f"{path}{WRITTEN_IN}"))


def _logic_of(form: Form) -> Logic | None:
    """The compiled logic of a form, made once; None where it has none. Forms are read once, so they are told apart
    by which object they are: translations of one questionnaire are forms of their own.
    """
    known = _COMPILED.get(id(form))
    if known is None or known[0] is not form:
        if len(_COMPILED) >= KEPT:
            _COMPILED.pop(next(iter(_COMPILED)))
        known = _COMPILED[id(form)] = (form, _compiled(form))
    return known[1]


def _compiled(form: Form) -> Logic | None:
    if not any(getattr(item, part, "") for _path, item in form.walk() for part in THINKS):
        return None
    try:
        return compile_form(form)
    except LogicRefused:
        # whoever freezes a version is told; whoever answers is asked everything rather than met by a failure
        LOG.exception("a questionnaire in use has logic that cannot run: every question is asked")
        return None


def _values(form: Form, answers: Mapping[str, Given]) -> Iterator[tuple[str, str]]:
    for path, given in answers.items():
        if given.status in WITH_A_VALUE:
            yield path, given.value
            if given.other:
                yield f"{path}{WRITTEN_IN}", given.other


def _is_off(result: Result, path: str) -> bool:
    """A question in a group that repeats has no place of its own: what holds of the group holds of it."""
    while path:
        if path in result.relevant:
            return not result.relevant[path]
        path = path.rpartition("/")[0]
    return False


def _because(logic: Logic, result: Result, path: str, seen: frozenset[str] = frozenset()) -> list[str]:
    """The questions whose answers switch one off: those that the condition nearest to the top looks at."""
    switched = [each for each in logic.places.switches(path) if result.relevant.get(each) is False]
    if not switched or path in seen:
        return []
    found: dict[str, None] = {}
    for each in _looked_at(logic, ("relevant", switched[-1])):
        further = _because(logic, result, each, seen | {path}) if _is_off(result, each) else []
        found.update(dict.fromkeys(further or [each]))
    order = list(logic.places.items)
    return sorted(found, key=order.index)


def _looked_at(logic: Logic, key: tuple[str, str], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The questions that an expression looks at, through what is calculated."""
    rule = next((each for each in logic.rules if each.key == key), None)
    for path in rule.refers if rule else ():
        item = logic.questions.get(path)
        if item is None or path in seen:
            continue
        if item.kind is Kind.CALCULATED:
            yield from _looked_at(logic, ("calculation", path), seen | {path})
        elif item.kind not in ASKS_NOTHING:
            # what is written in beside choices has a place of its own in the logic, and none in the form
            yield path if path in logic.form.by_path() else path.removesuffix(WRITTEN_IN)


def _gone(
    form: Form, answers: Mapping[str, Given], offered: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, names in offered.items():
        given = answers.get(path, Given())
        if given.status in WITH_A_VALUE:
            gone = tuple(name for name in given.value.split() if name not in names and name != OTHER)
            if gone:
                yield path, gone
