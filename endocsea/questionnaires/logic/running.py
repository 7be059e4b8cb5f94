"""Answers evaluated: all of them, or what hangs on one that has changed.

Rules run in an order that was settled on loading: what others hang on comes first. A change copies the document and
runs a rule again only if something that it follows has become different.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from endocsea.questionnaires.form import ASKS_NOTHING, Choice, Form, Question, Texts
from endocsea.questionnaires.logic.answers import Answers, blank
from endocsea.questionnaires.logic.expressions import Facts, Key, Rule, facts_of, list_trees
from endocsea.questionnaires.logic.library import text_of
from endocsea.questionnaires.logic.places import Places, item_of


@dataclass(frozen=True, slots=True)
class Result:
    """What follows from answers, by path.

    ``values`` is all that was typed, with the calculated values in it: what is to be kept, and given again next time.
    ``relevant`` says it of groups too, ``household`` of all instances and ``household[1]`` of one. ``required`` only
    holds of what is relevant; ``allowed`` is false where a constraint speaks against an answer that is there.
    ``choices`` are those that are offered, ``instances`` how many a group that repeats has.
    """

    values: Mapping[str, str]
    relevant: Mapping[str, bool]
    required: Mapping[str, bool]
    allowed: Mapping[str, bool]
    choices: Mapping[str, tuple[Choice, ...]]
    instances: Mapping[str, int]
    today: datetime.date
    now: datetime.datetime
    language: str
    form: Form = field(repr=False)
    _questions: Mapping[str, Question] = field(repr=False, compare=False)
    _answers: Answers = field(repr=False, compare=False)

    def answer(self, path: str) -> str:
        """The value that counts: nothing, if it is not relevant."""
        return self.values.get(path, "") if self.relevant.get(path, False) else ""

    def missing(self) -> list[str]:
        """What is required and has no answer."""
        return [path for path, required in self.required.items() if required and not self.values.get(path)]

    def refused(self) -> dict[str, Texts]:
        """What a constraint speaks against, with what its author says there."""
        return {
            path: self._questions[item_of(path)].constraint_message
            for path, allowed in self.allowed.items()
            if not allowed
        }


class Logic:
    """The logic of a form. Nothing in it changes: one may serve all requests."""

    def __init__(self, places: Places, rules: Sequence[Rule], defaults: Sequence[Rule]) -> None:
        self.places, self.form, self.rules, self.defaults = places, places.form, tuple(rules), tuple(defaults)
        self.questions = {path: item for path, item in places.items.items() if isinstance(item, Question)}
        self.blank = blank(places)
        self.lists: dict[str, Mapping[str, etree._Element]] = {}
        self.asked = [
            path
            for path in self.blank.paths
            if path in self.questions and self.questions[path].kind not in ASKS_NOTHING
        ]
        self.offered = {
            path: places.choices(item.choices) for path, item in self.questions.items() if item.choices
        }
        self.always_offered = {path: self.offered[path] for path in self.blank.paths if path in self.offered}
        self.after = {path: self._after(path) for path in self.questions}

    def _after(self, path: str) -> tuple[Rule, ...]:
        """The rules that an answer can reach, in their order."""
        reached: set[Key] = {("calculation", path)}
        found = []
        for rule in self.rules:
            if rule.follows & reached or (rule.part == "calculation" and rule.path == path):
                reached.add(rule.key)
                found.append(rule)
        return tuple(found)

    def evaluate(
        self, values: Mapping[str, str], *, today: datetime.date, now: datetime.datetime, language: str
    ) -> Result:
        """All that follows from these answers."""
        answers = Answers(self.blank, dict(values))
        run = _Run(self, answers, facts_of(today, now, language))
        for rule in self.rules:
            for path in answers.where.get(rule.path, ()):
                run.apply(rule, path)
        return self._result(run, today, now, language)

    def _result(self, run: _Run, today: datetime.date, now: datetime.datetime, language: str) -> Result:
        answers = run.answers
        required, allowed, choices = dict.fromkeys(self.asked, False), dict.fromkeys(self.asked, True), {}
        choices.update(self.always_offered)
        if answers.instances:
            for path in answers.at:
                if "[" in path and (question := self.questions.get(item_of(path))) is not None:
                    if question.kind not in ASKS_NOTHING:
                        required[path], allowed[path] = False, True
                    if question.choices:
                        choices[path] = self.offered[item_of(path)]
        required.update(run.required)
        allowed.update(run.allowed)
        choices.update(run.choices)
        relevant = dict(answers.on)
        del relevant[""]
        return Result(
            values=answers.values,
            relevant=relevant,
            required=required,
            allowed=allowed,
            choices=choices,
            instances=dict(answers.instances),
            today=today,
            now=now,
            language=language,
            form=self.form,
            _questions=self.questions,
            _answers=answers,
        )

    def change(self, result: Result, path: str, value: str) -> Result:
        """What follows when one answer has become another; the same as evaluating all of them."""
        values = {**result.values, path: value}
        item = item_of(path)
        if path not in result._answers.at and "[" in path:
            return self._anew(result, values)
        answers = result._answers.copied()
        answers.values = values
        run = _Run(self, answers, facts_of(result.today, result.now, result.language))
        if path in answers.at and item in self.questions:
            if answers.on[path]:
                answers.set_text(answers.at[path], value)
            different: set[Key] = {("calculation", item)}
            for rule in self.after[item]:
                own = rule.part == "calculation" and rule.path == item
                if not own and different.isdisjoint(rule.follows):
                    continue
                if rule.part == "count":  # instances come or go: everything in them is new
                    return self._anew(result, values)
                changed = False
                for place in answers.where.get(rule.path, ()):
                    changed |= run.apply(rule, place)
                if changed:
                    different.add(rule.key)
        relevant = dict(answers.on)
        del relevant[""]
        return Result(
            values=values,
            relevant=relevant,
            required={**result.required, **run.required},
            allowed={**result.allowed, **run.allowed},
            choices={**result.choices, **run.choices},
            instances=result.instances,
            today=result.today,
            now=result.now,
            language=result.language,
            form=result.form,
            _questions=self.questions,
            _answers=answers,
        )

    def _anew(self, result: Result, values: Mapping[str, str]) -> Result:
        return self.evaluate(values, today=result.today, now=result.now, language=result.language)

    def opened(
        self, values: Mapping[str, str], *, today: datetime.date, now: datetime.datetime, language: str
    ) -> Result:
        """The same with defaults where nothing was kept yet: for a form, or an instance, that is opened first."""
        calculated = {rule.path for rule in self.defaults}
        kept = dict(values)
        result = self.evaluate(kept, today=today, now=now, language=language)
        for item, question in self.questions.items():
            if question.default and item not in calculated:
                for path in result._answers.where.get(item, ()):
                    kept.setdefault(path, question.default)
        result = self.evaluate(kept, today=today, now=now, language=language)
        for rule in self.defaults:
            for path in result._answers.where.get(rule.path, ()):
                if path not in kept:
                    run = _Run(self, result._answers, facts_of(today, now, language))
                    kept[path] = text_of(run.outcome(rule, path))
                    result = self.change(result, path, kept[path])
        return result

    def trees(self, language: str) -> Mapping[str, etree._Element]:
        if language not in self.lists:
            self.lists[language] = list_trees(self.form, language if language in self.form.languages else "")
        return self.lists[language]


class _Run:
    """Rules applied to answers; what only tells is gathered beside them."""

    def __init__(self, logic: Logic, answers: Answers, facts: Facts) -> None:
        self.logic, self.answers, self.facts = logic, answers, facts
        self.required: dict[str, bool] = {}
        self.allowed: dict[str, bool] = {}
        self.choices: dict[str, tuple[Choice, ...]] = {}
        self.parts = {
            "relevant": self.relevant,
            "calculation": self.calculation,
            "count": self.count,
            "required": self.require,
            "constraint": self.constrain,
            "choice_filter": self.offer,
        }

    def apply(self, rule: Rule, path: str) -> bool:
        """Run a rule for an item; whether others may see something new."""
        return self.parts[rule.part](rule, path)

    def outcome(self, rule: Rule, path: str) -> Any:
        assert rule.run is not None
        element = self.answers.at[path]
        return rule.run(element, **self.given(rule, element)) if rule.needs else rule.run(element)

    def given(self, rule: Rule, element: etree._Element) -> Facts:
        found: Facts = {}
        for need in rule.needs:
            if need == "here":
                found[need] = [element]
            elif need == "data":
                found[need] = [self.answers.root]
            elif need.startswith("list-"):
                found[need] = [self.logic.trees(self.facts["language"])[need.removeprefix("list-")]]
            else:
                found[need] = self.facts[need]
        return found

    def relevant(self, rule: Rule, path: str) -> bool:
        answers = self.answers
        on = answers.on[path.rpartition("/")[0]] and self.outcome(rule, path)
        return answers.on[path] != on and answers.switch(rule.path, path, on)

    def calculation(self, rule: Rule, path: str) -> bool:
        answers = self.answers
        before = answers.values.get(path, "")
        element = answers.at[path]
        if rule.own:
            answers.set_text(element, before)
        text = text_of(self.outcome(rule, path))
        answers.values[path] = text
        if answers.on[path]:
            answers.set_text(element, text)
        elif rule.own:
            element.text = None
        return text != before

    def count(self, rule: Rule, path: str) -> bool:
        wanted = float(self.answers.found.get(path, 0)) if rule.run is None else self.outcome(rule, path)
        # a count that is not a number is none; the largest are cut off where instances are made
        self.answers.repeat(rule.path, path, int(min(wanted, 1e6)) if not math.isnan(wanted) else 0)
        return True

    def require(self, rule: Rule, path: str) -> bool:
        self.required[path] = self.answers.on[path] and self.outcome(rule, path)
        return False

    def constrain(self, rule: Rule, path: str) -> bool:
        self.allowed[path] = not self.answers.at[path].text or self.outcome(rule, path)
        return False

    def offer(self, rule: Rule, path: str) -> bool:
        assert rule.run is not None
        name = self.logic.questions[rule.path].choices
        tree = self.logic.trees(self.facts["language"])[name]
        found = rule.run(tree, **self.given(rule, self.answers.at[path]))
        choices = self.logic.offered[rule.path]
        self.choices[path] = tuple(choices[int(each.get("number"))] for each in found)
        return False
