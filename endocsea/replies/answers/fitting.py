"""Whether what was given can be an answer to a question. Pure: whether it is a sensible one is for the logic to say."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.form import CHOOSES, Choice, Kind, Question

WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?")
TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")
PATTERNS: Final = {
    Kind.WHOLE: WHOLE,
    Kind.NUMBER: NUMBER,
    Kind.TIME: TIME,
    Kind.CONSENT: re.compile("OK"),
}
OTHER: Final = "other"  # the name of the choice beside which something is written in

EXPECTED: Final[dict[Kind, str | Promise]] = {
    Kind.WHOLE: _("Write a whole number in digits, as in 12."),
    Kind.NUMBER: _("Write a number in digits, as in 12 or 12.5."),
    Kind.RANGE: _("Choose a number of the range."),
    Kind.DAY: _("Write the day as year-month-day, as in 2020-03-31."),
    Kind.TIME: _("Write the time as hours and minutes, as in 09:30."),
    Kind.MOMENT: _("Write day and time, as in 2020-03-31T09:30."),
    Kind.CONSENT: _("Tick the box, or leave it empty."),
    Kind.LEVEL: _("Choose one of the levels of the list."),
    Kind.ONE: _("Choose one answer of the list."),
    Kind.SEVERAL: _("Choose answers of the list, each once."),
    Kind.RANKED: _("Put all answers of the list in an order."),
}


def fits(question: Question, value: str, choices: tuple[Choice, ...]) -> bool:
    """Whether a value is one of those that the kind of question takes; an empty one always is."""
    if not value or question.kind not in EXPECTED:
        return True
    if question.kind in CHOOSES:
        return _is_chosen(question, value, choices)
    if question.kind in PATTERNS:
        return bool(PATTERNS[question.kind].fullmatch(value))
    if question.kind is Kind.RANGE:
        return bool(NUMBER.fullmatch(value)) and _in_range(question, value)
    day, _t, time = value.partition("T")
    if question.kind is Kind.DAY:
        return _is_day(value)
    return _is_day(day) and bool(TIME.fullmatch(time))


def _is_chosen(question: Question, value: str, choices: tuple[Choice, ...]) -> bool:
    names = [choice.name for choice in choices] + ([OTHER] if question.other else [])
    chosen = value.split(" ")
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(names):
        return False
    if question.kind is Kind.RANKED:
        return len(chosen) == len(names)
    return question.kind is Kind.SEVERAL or len(chosen) == 1


def _in_range(question: Question, value: str) -> bool:
    try:
        number, start = Decimal(value), Decimal(question.start or "1")
        end, step = Decimal(question.end or "10"), Decimal(question.step or "1")
    except InvalidOperation:
        return False
    low, high = min(start, end), max(start, end)
    return low <= number <= high and (step == 0 or (number - start) % step == 0)


def _is_day(value: str) -> bool:
    if len(value) != len("2020-03-31"):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True
