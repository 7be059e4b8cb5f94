"""Answers in words, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from endocsea.questionnaires.form import CHOOSES, Choice, Kind, Question
from endocsea.support.texts import plain

from ..models import Answer
from .fitting import OTHER
from .given import WITH_A_VALUE, Given, Status


def in_words(question: Question, choices: tuple[Choice, ...], given: Given) -> str:
    """What was answered, as a person would read it out; the status where there is no value. A draft says so."""
    if given.status not in WITH_A_VALUE or not (given.value or given.other):
        return str(Answer.Status(given.status.value).label)
    said = _value(question, choices, given)
    if given.status is Status.PREFILLED:
        return _("%(answer)s (drafted by the secretariat from public sources, unconfirmed)") % {
            "answer": said
        }
    return said


def _value(question: Question, choices: tuple[Choice, ...], given: Given) -> str:
    if question.kind in CHOOSES:
        return _chosen(question, choices, given)
    if question.kind is Kind.CONSENT:
        return _("yes")
    if question.unit:
        return _("%(number)s (%(unit)s)") % {"number": given.value, "unit": plain(question.unit)}
    return given.value


def _chosen(question: Question, choices: tuple[Choice, ...], given: Given) -> str:
    labels: Mapping[str, str] = {choice.name: plain(choice.label) for choice in choices}
    said = []
    for name in given.value.split():
        if name == OTHER and given.other:
            said.append(given.other)
        elif question.kind is Kind.LEVEL:
            said.append(_("level %(number)s: %(words)s") % {"number": name, "words": labels.get(name, "")})
        else:
            said.append(labels.get(name, name))
    return "; ".join(said)
