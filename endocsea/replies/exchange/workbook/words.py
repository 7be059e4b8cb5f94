"""What a workbook says beside its questions: its columns, the words of its lists, and its first sheet."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.form import Choice, Kind, Question
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import plain

from ...answers.fitting import OTHER as OTHER_NAME
from ...answers.given import Status
from ..sheet_texts import normal
from ..sheet_words import CLASSES, LABELS, NO_CASES, OTHER, YES, Field

__all__ = ["CLASSES", "NO_CASES", "OTHER", "YES", "Column"]

Named = TypeVar("Named", bound=object)


class Column(StrEnum):
    """The columns of a section's sheet, in their order."""

    # hidden: which question a row is of, and which of its list
    PATH = "path"
    OPTION = "option"
    # to be read
    CODE = "code"
    ASKED = "asked"
    MEANT = "meant"
    BEFORE = "before"
    # to be filled in
    STATUS = "status"
    ANSWER = "answer"
    WHY = "why"
    MORE = "more"
    PROOF = "proof"
    POST = "post"
    CLASS = "class"


HIDDEN: Final = (Column.PATH, Column.OPTION)
FILLED: Final = (
    *(Column.STATUS, Column.ANSWER, Column.WHY, Column.MORE, Column.PROOF, Column.POST, Column.CLASS),
)

HEADINGS: Final[Mapping[Column, Promise]] = {
    Column.CODE: _("Code"),
    Column.ASKED: _("Question"),
    Column.MEANT: LABELS[Field.MEANT],
    Column.BEFORE: _("The last time"),
    Column.STATUS: _("Status"),
    Column.ANSWER: LABELS[Field.ANSWER],
    Column.WHY: LABELS[Field.WHY],
    Column.MORE: LABELS[Field.MORE],
    Column.PROOF: LABELS[Field.PROOF],
    Column.POST: LABELS[Field.POST],
    Column.CLASS: LABELS[Field.CLASS],
}

STATUSES: Final[Mapping[Status, Promise]] = {
    Status.ANSWERED: _("answered"),
    Status.NOT_KNOWN: _("not known"),
    Status.NOT_APPLICABLE: _("not applicable"),
    Status.WITHHELD: _("withheld"),
    Status.PREFILLED: _("prefilled from public sources, unconfirmed"),
    Status.NOT_ANSWERED: _("not answered"),
}
NO: Final = _("no")
MARK: Final = "x"
MARK_BELOW: Final = _("Mark what applies with x in the rows below.")
ORDER_BELOW: Final = _("Number the rows below in your order, from 1.")

READ_ME: Final = _("Read me")
NONE: Final = _("(empty)")
MEANINGS: Final[tuple[tuple[Promise, Promise], ...]] = (
    (STATUSES[Status.ANSWERED], _("There is an answer beside it.")),
    (STATUSES[Status.NOT_KNOWN], _("You asked, and nobody knows. It is never counted as a zero.")),
    (STATUSES[Status.NOT_APPLICABLE], _("The question does not concern your state. Say why.")),
    (STATUSES[Status.WITHHELD], _("You know, and do not say it here. Say why.")),
    (
        STATUSES[Status.PREFILLED],
        _(
            "Drafted from public sources, and nobody of your state has confirmed it. Choose “answered” to confirm it, "
            "or give another answer."
        ),
    ),
    (NONE, _("Not answered yet. As soon as there is an answer beside it, the question counts as answered.")),
)
STEPS: Final[tuple[Promise, ...]] = (
    _(
        "Each section has a sheet of its own, and each question a row. Its code and its text stay on the left."
    ),
    _(
        "Fill in the white cells; the grey ones are there to be read. Where a cell has a list, a click on it shows a "
        "small arrow, and the arrow the list."
    ),
    _(
        "Where several answers are possible, each stands in a row below the question: mark with x what applies."
    ),
    _(
        "Where there is no answer, choose a status instead. “Why not” is asked for where a question does not apply or "
        "is withheld."
    ),
    _(
        "Say under “What shows it” which law, decision or report shows the answer, with article or page and its date."
    ),
    _("Say under “Answered by” which institution or post answers, never a name."),
    _(
        "You may make rows and columns larger, hide rows, and rename sheets. The rows keep their order. Leave the "
        "hidden columns as they are: they tell us which question a row is about."
    ),
    _("Save it as an Excel workbook (.xlsx) without a password, and send it back to whoever sent it to you."),
)
LAST_WORDS: Final[tuple[Promise, ...]] = (
    _("Nothing becomes public before the state has seen the text that is to be published."),
    NO_CASES,
)


def in_every_language(words: Promise) -> Iterator[str]:
    """The words as a workbook may carry them, in whatever language it went out."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(words)


@functools.cache
def statuses() -> Mapping[str, Status]:
    """Each status by all words for it, and by its own name."""
    return {**_by_words(STATUSES), **{status.value: status for status in Status}}


@functools.cache
def classes() -> Mapping[str, Confidentiality]:
    return _by_words(CLASSES)


@functools.cache
def yes_or_no() -> Mapping[str, bool]:
    return _by_words({True: YES, False: NO})


def _by_words(words: Mapping[Named, Promise]) -> dict[str, Named]:
    return {normal(said): name for name, label in words.items() for said in in_every_language(label)}


def options_of(question: Question, choices: tuple[Choice, ...]) -> dict[str, str]:
    """The lines of a list by name, in the language of the moment: levels with their number."""
    labels = {each.name: " ".join(plain(each.label).split()) or each.name for each in choices}
    if question.other:
        labels[OTHER_NAME] = str(OTHER)
    alike = len(set(labels.values())) < len(labels)
    if question.kind is Kind.LEVEL or alike:
        return {name: f"{name} – {label}" for name, label in labels.items()}
    return labels
