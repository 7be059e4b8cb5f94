"""The texts of an answer in another language, written beside the original by whoever may read both."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.people.standing import as_they_stand
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.guard import texts as guard
from endocsea.support.texts import storable

from .. import policies, refusals
from ..answers.given import Given
from ..answers.texts import PARTS, see_that_it_is_one, texts_of
from ..languages import language_name
from ..models import Answer, AnswerTranslation
from .answering import MOST_CHARACTERS, asked_at, key_of, locked, place_of

TRANSLATORS: Final = (
    Role.COORDINATOR,
    Role.TEAM,
    Role.SECRETARIAT,
    Role.RAPPORTEUR,
)  # the first held is named


@transaction.atomic
def translate(
    *,
    round: Round,
    state: State,
    question: str,
    number: int,
    language: str,
    texts: Mapping[str, str],
    seen: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> AnswerTranslation:
    """Write what one version (``number``) of an answer says in another language, part by part (`answer_texts.PARTS`).

    A part that the original does not have is left out. ``seen`` is the moment (ISO 8601) of the translation that the
    writer saw, nothing where there was none. What is the same already is left as it is. ``harmless`` is why a text
    that looks like case data is none.

    Raises `refusals.NotAskedHere`, `NoSuchQuestion`, `MayNotTranslate`, `NothingToTranslate`, `NoSuchLanguage`,
    `SameLanguage`, `NothingSaid`, `TooLong`, `TranslatedByTheState`, `TranslatedMeanwhile`, and what `guard.check`
    raises.
    """
    reply, on = locked(round, state), localdate(at)
    by = as_they_stand(by, on=on)
    form = reply.round.version.form if reply.round.version else None
    asked = asked_at(form, question) if form else None
    if asked is None:
        raise refusals.NoSuchQuestion(question=question)
    if not policies.may_translate(by, place_of(reply, asked, question, by, on=on), on=on):
        raise refusals.MayNotTranslate
    answer = Answer.objects.filter(round=round, state=state, question=question, retired_on=None).first()
    original = _version(answer, number)
    there = texts_of(asked, original)
    if answer is None or not there:
        raise refusals.NothingToTranslate
    see_that_it_is_one(language)
    if language == original.language:
        raise refusals.SameLanguage(language=language_name(language))
    said = {part: storable(texts.get(part, "")).strip() if part in there else "" for part in PARTS}
    longest = max(len(text) for text in said.values())
    if not longest:
        raise refusals.NothingSaid
    if longest > MOST_CHARACTERS:
        raise refusals.TooLong(question=asked.name, length=longest, most=MOST_CHARACTERS)
    declared = guard.check([text for text in said.values() if text], harmless)
    role = _role(by, state.iso3, on)
    stands = AnswerTranslation.objects.filter(answer=answer, number=number, language=language).first()
    if stands is not None:
        if all(getattr(stands, part) == text for part, text in said.items()):
            return stands
        _see_that_it_gives_way(stands, role, seen)
    made = stands or AnswerTranslation(answer=answer, number=number, language=language)
    for part, text in said.items():
        setattr(made, part, text)
    made.role, made.made_at = role, at
    made.full_clean()
    made.save()
    facts: dict[str, object] = {"version": number, "language": language, "in place of another": bool(stands)}
    if declared:
        facts |= {"declared harmless": sorted({each.kind.value for each in declared}), "because": harmless}
    record("answer translated", by=by, at=at, about=("answer", key_of(reply, question)), facts=facts)
    return made


def _see_that_it_gives_way(stands: AnswerTranslation, role: Role, seen: str) -> None:
    """Raises `refusals.TranslatedByTheState`, `TranslatedMeanwhile`."""
    language = language_name(stands.language)
    if role in policies.REVIEW and stands.role not in policies.REVIEW:
        raise refusals.TranslatedByTheState(language=language)
    if stands.made_at.isoformat() != seen:
        raise refusals.TranslatedMeanwhile(language=language, theirs=stands)


def _version(answer: Answer | None, number: int) -> Given:
    """What a version of an answer said; nothing where there is none of that number."""
    if answer is None:
        return Given()
    if answer.number == number:
        return answer.given
    kept = answer.versions.filter(number=number).first()
    return kept.given if kept else Given()


def _role(by: Actor, state: str, on: datetime.date) -> Role:
    held = by.roles(on=on, state=state)
    return next(role for role in TRANSLATORS if role in held)
