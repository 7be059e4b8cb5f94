"""A clearance file from the records, for the state's coordinator. Whose eyes it is for is asked before."""

from __future__ import annotations

import datetime

from django.utils import translation

from endocsea.questionnaires.form import Choice, Kind, Question, Texts
from endocsea.questionnaires.models import Round, Share
from endocsea.standards.obligations import obligations_of
from endocsea.states.models import ProgrammeFact, State
from endocsea.support.texts import plain

from ..exchange.making import sheet_of
from ..exchange.sheet import Line
from ..given import WITH_A_VALUE, Given, Status
from ..saying import in_words
from .file import ClearanceFile, Entry

LANGUAGE = "en"


def clearance_of(
    round: Round, state: State, *, on: datetime.date, beside: str | None = None
) -> ClearanceFile:
    """A state's reply as it stands on a day; ``beside`` is the language that stands beside the English."""
    assert round.version is not None
    languages = (LANGUAGE, *([beside] if beside and beside != LANGUAGE else []))
    held = {
        path: share.institution
        for share in Share.objects.filter(round=round, state=state, withdrawn_at=None).order_by("pk")
        for path in share.questions
    }
    sheet = sheet_of(round, state, language=LANGUAGE, on=on)
    with translation.override(LANGUAGE):
        return ClearanceFile(
            state=state.name,
            round=round.name,
            questionnaire=round.version.form.title,
            asked_by=_asked_by(round),
            due_on=sheet.due_on,
            made_on=on,
            training=round.training,
            languages=languages,
            entries=tuple(_entry(line, held.get(line.path, ""), languages) for line in sheet.lines),
            obligations=obligations_of(state.pk, on=on, training=state.training).treaties,
        )


def _asked_by(round: Round) -> str:
    unit = ProgrammeFact.objects.filter(
        programme=round.programme, key="implementing_unit", retired_on=None
    ).values_list("value", flat=True)
    return ", ".join([plain(round.programme.name), *unit])


def _entry(line: Line, institution: str, languages: tuple[str, ...]) -> Entry:
    before = line.before if line.before and line.before.status is not Status.NOT_ANSWERED else None
    return Entry(
        code=line.question.name,
        section=line.section,
        question=line.question.label,
        given=line.given,
        said=_said(line.question, line.choices, line.given, languages),
        before=_said(line.question, line.choices, before, languages) if before else {},
        level=_level(line.question, line.given),
        level_before=_level(line.question, before) if before else None,
        proof=line.beside.proof,
        confidentiality=line.beside.confidentiality,
        restricted=line.question.restricted,
        institution=institution,
    )


def _said(question: Question, choices: tuple[Choice, ...], given: Given, languages: tuple[str, ...]) -> Texts:
    said = {}
    for language in languages:
        with translation.override(language):
            said[language] = in_words(question, choices, given)
    return said


def _level(question: Question, given: Given) -> int | None:
    if question.kind is Kind.LEVEL and given.status in WITH_A_VALUE and given.value.isdecimal():
        return int(given.value)
    return None
