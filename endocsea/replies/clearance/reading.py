"""A clearance file from the records, for the state's coordinator. Whose eyes it is for is asked before."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import translation
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.questionnaires.form import Choice, Kind, Question, Texts
from endocsea.questionnaires.models import Round, Share
from endocsea.standards.obligations import obligations_of
from endocsea.states.models import ProgrammeFact, State
from endocsea.support.days import fuzzy
from endocsea.support.texts import labelled, plain

from ..answers.given import WITH_A_VALUE, Given, Status
from ..answers.saying import in_words
from ..answers.translations import Translated, is_foreign, of_reply
from ..exchange.making import sheet_of
from ..exchange.sheet import Line
from ..models import Answer, AnswerTranslation, Comment, Wish
from ..offering.offers import offers_for
from .file import ClearanceFile, Entry, Sentence, Wanted

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
    disputed = disputed_in(round, state)
    sheet = sheet_of(round, state, language=LANGUAGE, on=on)
    with translation.override(LANGUAGE):
        translations = of_reply(round, state)
        return ClearanceFile(
            state=state.name,
            round=round.name,
            questionnaire=round.version.form.title,
            asked_by=_asked_by(round),
            due_on=sheet.due_on,
            made_on=on,
            training=round.training,
            languages=languages,
            entries=tuple(
                _entry(
                    line,
                    held.get(line.path, ""),
                    languages,
                    disputed=line.path in disputed,
                    translated=_in_english(line, translations.get(line.path)),
                )
                for line in sheet.lines
            ),
            obligations=obligations_of(state.pk, on=on, training=state.training).treaties,
            sentences=tuple(sentences_about(state, on=on)),
            wishes=tuple(_wishes(round, state)),
            closes_on=round.closes_on,
        )


def beside_for(round: Round, state: State, *, page: str) -> str | None:
    """The language that stands beside the English: that of the reader's page, else an official one that the
    questionnaire has. None: there is none.
    """
    assert round.version is not None
    there = round.version.form.languages
    found = [each for each in (page, *state.languages) if each != LANGUAGE and each in there]
    return found[0] if found else None


def sentences_about(state: State, *, on: datetime.date) -> Iterator[Sentence]:
    """What the public site says of a state, and what public sources say that may be published about it."""
    own = _("the public page of the state")
    if state.summary:
        yield Sentence("state summary", f"{state.summary}.", own)
    if state.note:
        yield Sentence("state note", f"{capfirst(state.note)}.", own)
    for offer in offers_for(state, on=on):
        yield Sentence(offer.key, offer.statement, ", ".join((offer.source, fuzzy(offer.as_of))))


def disputed_in(round: Round, state: State) -> frozenset[str]:
    """The paths of the questions at which a comment or a question is not settled."""
    open_ones = Comment.objects.filter(reply__round=round, reply__state=state, voice=None, to=None)
    return frozenset(open_ones.filter(settled_at=None).values_list("question", flat=True))


def _wishes(round: Round, state: State) -> Iterator[Wanted]:
    for each in Wish.objects.filter(reply__round=round, reply__state=state, withdrawn_at=None).order_by("pk"):
        day = localdate(each.given_at) if each.given_at else None
        yield Wanted(each.text, each.language, each.given, day)


def _asked_by(round: Round) -> str:
    unit = ProgrammeFact.objects.filter(
        programme=round.programme, key="implementing_unit", retired_on=None
    ).values_list("value", flat=True)
    return ", ".join([plain(round.programme.name), *unit])


def _in_english(line: Line, made: AnswerTranslation | None) -> tuple[str, ...]:
    """Who made the translation, of which version, and what it says."""
    if made is None or not is_foreign(line.question, line.given):
        return ()
    translated = Translated(made, earlier=made.number != line.seen)
    return (translated.by, *translated.texts)


def _entry(
    line: Line,
    institution: str,
    languages: tuple[str, ...],
    *,
    disputed: bool,
    translated: tuple[str, ...],
) -> Entry:
    before = line.before if line.before and line.before.status is not Status.NOT_ANSWERED else None
    return Entry(
        path=line.path,
        code=line.question.name,
        section=line.section,
        question=line.question.label,
        given=line.given,
        said=_said(line.question, line.choices, line.given, languages),
        cleared=cleared_words(line.question, line.choices, line.given),
        before=_said(line.question, line.choices, before, languages) if before else {},
        level=_level(line.question, line.given),
        level_before=_level(line.question, before) if before else None,
        proof=line.beside.proof,
        confidentiality=line.beside.confidentiality,
        restricted=line.question.restricted,
        institution=institution,
        disputed=disputed,
        translated=translated,
    )


def cleared_words(question: Question, choices: tuple[Choice, ...], given: Given) -> str:
    """All that an answer says, in English, as it is cleared: a line each for what is said beside it."""
    with translation.override(LANGUAGE):
        lines = [in_words(question, choices, given)]
        if given.status is Status.PREFILLED:
            lines.append(str(Answer.Status.PREFILLED.label))
        if given.reason:
            lines.append(labelled(_("Why not"), given.reason))
        if given.explanation:
            lines.append(labelled(_("Explanation"), given.explanation))
    return "\n".join(lines)


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
