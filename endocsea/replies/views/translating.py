"""The page where an answer is translated, with the original beside the fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import ASKS_NOTHING
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, policies, refusals
from ..answers.texts import PARTS, texts_of
from ..answers.translations import Translated, of_answer
from ..languages import languages_for
from ..reading import Desk, Field, desk, field_of
from . import one_answer

ROWS: Final = {"value": 4, "other": 2, "reason": 3, "explanation": 6}


@dataclass(frozen=True, slots=True)
class Part:
    """One text of an answer, and its translation as the page has it in its field."""

    name: str
    label: str | Promise
    original: str
    translation: str
    rows: int
    theirs: str = ""  # what somebody else saved meanwhile


@dataclass(frozen=True, slots=True)
class Typed:
    """A translation that is being written: into which language, of which version, on top of what."""

    language: str
    number: int
    seen: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""  # why it is no case data
    refusal: Refusal | None = None

    @property
    def theirs(self) -> Mapping[str, str]:
        if not isinstance(self.refusal, refusals.TranslatedMeanwhile):
            return {}
        return Translated(self.refusal.theirs, earlier=False).parts

    @property
    def case_data(self) -> LooksLikeCaseData | None:
        return self.refusal if isinstance(self.refusal, LooksLikeCaseData) else None


@login_required
def translation(request: HttpRequest, round: str, state: str, question: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    asked = seen.form.by_path().get(question)
    if asked is None or asked.kind in ASKS_NOTHING or not seen.may_read(question, asked):
        raise Http404
    if request.method != "POST":
        actions.note_reading(seen, [question], at=at)
        return _page(request, seen, field_of(seen, question, asked))
    sent = request.POST
    typed = Typed(
        language=sent.get("language", ""),
        number=one_answer.number(sent.get("number", "")),
        seen=sent.get("seen", ""),
        texts={part: sent.get(part, "") for part in PARTS},
        reason=sent.get("not_case_data", ""),
    )
    try:
        actions.translate(
            round=seen.reply.round,
            state=seen.reply.state,
            question=question,
            number=typed.number,
            language=typed.language,
            texts=typed.texts,
            seen=typed.seen,
            harmless=typed.reason or None,
            by=person,
            at=at,
        )
    except Refusal as refusal:
        moment = typed.seen
        if isinstance(refusal, refusals.TranslatedMeanwhile):
            moment = refusal.theirs.made_at.isoformat()
        again = Typed(typed.language, typed.number, moment, typed.texts, typed.reason, refusal)
        return _page(request, seen, field_of(seen, question, asked), again)
    messages.success(request, _("The translation is saved."))
    return redirect("replies:translation", round, state, question)


def _page(request: HttpRequest, seen: Desk, here: Field, typed: Typed | None = None) -> HttpResponse:
    made, originals = of_answer(seen, here.path), texts_of(here.question, here.given)
    may = policies.may_translate(seen.reader, seen.place(here.path, here.question), on=seen.on)
    writing = typed or _beginning(seen, here, made, request.GET.get("language", ""))
    parts = [
        Part(
            name,
            label,
            originals.get(name, ""),
            writing.texts.get(name, ""),
            ROWS[name],
            writing.theirs.get(name, ""),
        )
        for name, label in PARTS.items()
        if name in originals or writing.texts.get(name)
    ]
    context: dict[str, Any] = {
        "desk": seen,
        "field": here,
        "section": here.path.partition("/")[0],
        "made": made,
        "writes": may and (bool(parts) or typed is not None),
        "typed": writing,
        "parts": parts,
        "languages": languages_for(seen.reply, also=writing.language),
        "moved": writing.number != here.seen,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK
    return render(request, "replies/translation.html", context, status=status)


def _beginning(seen: Desk, here: Field, made: list[Translated], wanted: str) -> Typed:
    """An empty translation of what stands, or the one that there is: into a language that somebody asked for, or else
    the first at hand that is not the original's.
    """
    offered = languages_for(seen.reply)
    known = {code for codes in offered for code, _name in codes}
    at_hand = [code for code, _name in offered.near if code != here.given.language]
    language = wanted if wanted in known - {here.given.language} else next(iter(at_hand), "")
    stands = next((each for each in made if each.language == language and not each.earlier), None)
    if stands is None:
        return Typed(language, here.seen)
    return Typed(language, here.seen, stands.record.made_at.isoformat(), stands.parts)
