"""All replies to a question as a file that leaves the system, and the note that somebody read restricted ones."""

from __future__ import annotations

import datetime

from django.utils.timezone import localdate

from endocsea.journal.actions import record_export, record_reading
from endocsea.people.models import Person
from endocsea.questionnaires.models import Round

from .. import policies, refusals
from ..by_question.files import WRITERS
from ..by_question.reading import Compilation, compiled


def all_replies(*, round: Round, question: str, by: Person, at: datetime.datetime) -> Compilation:
    """What a person may read of all replies to a question; that they read restricted ones is noted before.

    Raises `refusals.MayNotCompare`; Http404 where the round does not ask the question.
    """
    compilation = _compiled(round, question, by, at)
    if compilation.shows_restricted:
        record_reading(by=by, at=at, about=_about(round, question))
    return compilation


def question_file(*, round: Round, question: str, format: str, by: Person, at: datetime.datetime) -> bytes:
    """The same as a file, in one of the ``WRITERS``. Raises as `all_replies` does."""
    compilation = _compiled(round, question, by, at)
    written = WRITERS[format](compilation, on=localdate(at))
    facts = {"format": format, "states": compilation.replied}
    record_export("replies to a question", written, by=by, at=at, about=_about(round, question), facts=facts)
    return written


def _compiled(round: Round, question: str, by: Person, at: datetime.datetime) -> Compilation:
    day = localdate(at)
    reader = by.standing(on=day)
    if not policies.may_compare(reader, on=day):
        raise refusals.MayNotCompare
    return compiled(round, question, reader, on=day)


def _about(round: Round, question: str) -> tuple[str, str]:
    return "question", f"{round.code}/{question}"
