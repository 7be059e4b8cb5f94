"""What stands in the grey cells beside a question: what is meant, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from endocsea.questionnaires.form import Kind
from endocsea.support.texts import labelled, plain

from ...answers.fitting import OTHER
from ...answers.given import Status
from ...answers.saying import in_words
from .. import offered
from ..sheet import Line
from ..sheet_words import LABELS, Field
from . import words


def meant(line: Line) -> Iterable[str]:
    """The levels in words, what is meant, what shows it, and what public sources say."""
    question = line.question
    if question.kind in (Kind.LEVEL, Kind.ONE):
        options = words.options_of(question, line.choices)
        yield from (said for name, said in options.items() if name != OTHER)
    if question.guidance:
        yield plain(question.guidance)
    if question.hint:
        yield _("Evidence: %(text)s") % {"text": plain(question.hint)}
    if question.unit:
        yield _("Unit: %(text)s") % {"text": plain(question.unit)}
    if said := offered.lines_of(line.offers):
        yield labelled(LABELS[Field.OFFERED], said[0])
        yield from said[1:]


def before(line: Line) -> str:
    if line.before is None or line.before.status in (Status.NOT_ANSWERED, Status.PREFILLED):
        return ""
    return in_words(line.question, line.choices, line.before)
