"""Other voices: organisations that answer the same questions beside a state, and what the state says to that."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.people.models import Appointment
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.guard import texts as guard
from endocsea.support.texts import storable

from .. import policies, refusals
from ..answers.given import Given, Status
from ..answers.texts import in_a_language
from ..links.bearer import Bearer
from ..models import Comment, Voice, VoiceAnswer
from ..rules import is_asked_beside
from .answering import MOST_CHARACTERS, asked_at, free_texts, locked, see_that_it_fits, tidy


@transaction.atomic
def invite_voice(
    *,
    round: Round,
    state: State,
    organisation: str,
    shown: Voice.Shown,
    member: Appointment | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Voice:
    """Have an organisation answer beside a state; ``member`` is the role of whoever answers for it.

    Raises `refusals.MayNotInviteVoices`, `NotAskedHere`, `NamedOrNot`, `NotOfCivilSociety`, `AskedAlready`, and
    what `guard.check` raises.
    """
    if not policies.may_invite_voices(by, on=localdate(at)):
        raise refusals.MayNotInviteVoices
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not round.states.filter(pk=state.pk).exists():
        raise refusals.NotAskedHere(state=state.iso3)
    organisation = organisation.strip()
    if bool(organisation) == (shown == Voice.Shown.UNATTRIBUTED):
        raise refusals.NamedOrNot
    guard.check(organisation)
    if member is not None:
        _see_member(member, state, localdate(at))
    standing = Voice.objects.filter(round=round, state=state, withdrawn_at=None)
    if organisation and standing.filter(organisation__iexact=organisation).exists():
        raise refusals.AskedAlready(organisation=organisation)
    made = Voice(round=round, state=state, organisation=organisation, shown=shown, member=member, added_at=at)
    made.full_clean()
    made.save()
    # without the name: the journal is kept for good, and some want to be known to the secretariat only
    facts = {"round": round.code, "state": state.iso3, "shown": made.shown}
    record("organisation asked", by=by, at=at, about=about(made), facts=facts)
    return made


@transaction.atomic
def withdraw_voice(*, voice: Voice, by: Actor, at: datetime.datetime) -> None:
    """Have an organisation answer no more, with or without an account; what it said is kept, and shown no more.

    Raises `refusals.MayNotInviteVoices`, `NoSuchVoice`.
    """
    if not policies.may_invite_voices(by, on=localdate(at)):
        raise refusals.MayNotInviteVoices
    # links first: whoever answers by one holds it before the voice
    voice.links.filter(done_at=None, ended_at=None).update(ended_at=at)
    # links before the voice: whoever answers by one of them holds them in this order
    list(voice.links.select_for_update().filter(done_at=None, ended_at=None))
    if not Voice.objects.filter(pk=voice.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise refusals.NoSuchVoice
    record("organisation withdrawn", by=by, at=at, about=about(voice))


@transaction.atomic
def speak(
    *,
    voice: Voice,
    question: str,
    given: Given,
    seen: int,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> VoiceAnswer:
    """Save what an organisation answers, on top of the version that its writer saw (0: there was none).

    What is the same already is left as it is. ``harmless`` is why a text that looks like case data is none.

    Raises `refusals.NoSuchVoice`, `MayNotSpeak`, `RoundTakesNoAnswers`, `NoSuchQuestion`, `DoesNotFit`, `TooLong`,
    `NoSuchLanguage`, `SavedMeanwhile`, and what `guard.check` raises.
    """
    voice = locked_voice(voice)
    if not policies.may_speak(by, voice.state.iso3, _speaker(voice, by), on=localdate(at)):
        raise refusals.MayNotSpeak
    if not voice.round.takes_answers(at=at):
        raise refusals.RoundTakesNoAnswers
    form = voice.round.version.form if voice.round.version else None
    asked = asked_at(form, question) if form else None
    if form is None or asked is None or not is_asked_beside(asked):
        raise refusals.NoSuchQuestion(question=question)
    given = replace(tidy(given), respondent="")
    if given.status is Status.PREFILLED:  # nobody drafts for an organisation: what it sends, it says
        given = replace(given, status=Status.ANSWERED)
    see_that_it_fits(asked, form, given)
    declared = guard.check(free_texts(asked, given), harmless)

    last = VoiceAnswer.objects.filter(voice=voice, question=question).order_by("-number").first()
    given = in_a_language(asked, given, last.language if last else "")
    if last is not None and last.given == given:
        return last
    number = last.number if last else 0
    if number != seen:
        nothing = VoiceAnswer(question=question, number=0, status=Status.NOT_ANSWERED.value)
        raise refusals.SavedMeanwhile(question=asked.name, theirs=last or nothing)
    saved = VoiceAnswer.objects.create(
        voice=voice,
        question=question,
        number=number + 1,
        status=given.status.value,
        value=given.value,
        other=given.other,
        reason=given.reason,
        explanation=given.explanation,
        language=given.language,
        saved_at=at,
    )
    facts: dict[str, object] = {"question": question, "version": saved.number, "status": saved.status}
    facts |= _why_harmless(declared, harmless)
    record("organisation answered", by=by, at=at, about=about(voice), facts=facts)
    return saved


@transaction.atomic
def react(
    *,
    voice: Voice,
    question: str,
    text: str,
    language: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Comment:
    """Say in the state's name what it thinks of an organisation's answer. Who may hear the voices reads it.

    Raises `refusals.NoSuchVoice`, `MayNotReact`, `NoSuchQuestion`, `NothingSaid`, `TooLong`, and what `guard.check`
    raises.
    """
    voice = locked_voice(voice)
    if not policies.may_react(by, voice.state.iso3, on=localdate(at)):
        raise refusals.MayNotReact
    if not VoiceAnswer.objects.filter(voice=voice, question=question).exists():
        raise refusals.NoSuchQuestion(question=question)
    text = storable(text).strip()
    if not text:
        raise refusals.NothingSaid
    if len(text) > MOST_CHARACTERS:
        raise refusals.TooLong(question=question, length=len(text), most=MOST_CHARACTERS)
    declared = guard.check(text, harmless)
    said = Comment.objects.create(
        reply=locked(voice.round, voice.state),
        question=question,
        voice=voice,
        role=Role.COORDINATOR,
        within=Comment.Within.SECRETARIAT,
        text=text,
        language=language,
        at=at,
    )
    facts = {"question": question, "comment": said.pk, **_why_harmless(declared, harmless)}
    record("state reacted", by=by, at=at, about=about(voice), facts=facts)
    return said


def about(voice: Voice) -> tuple[str, str]:
    """How the journal names a voice: by number, as it may want no name."""
    return "voice", str(voice.pk)


def locked_voice(voice: Voice) -> Voice:
    """The voice, which nobody else changes until this transaction ends. Raises `refusals.NoSuchVoice`."""
    found = (
        Voice.objects.select_for_update(of=("self",))
        .select_related("round__version", "state", "member__person")
        .filter(pk=voice.pk, withdrawn_at=None)
        .first()
    )
    if found is None:
        raise refusals.NoSuchVoice
    return found


def _speaker(voice: Voice, by: Actor) -> str:
    """Who answers for a voice, as the journal names them; nobody: an empty text."""
    if isinstance(by, Bearer):
        linked = voice.links.filter(key=by.key, done_at=None, ended_at=None).exists()
        return by.journal_id if linked else ""
    return voice.member.person.journal_id if voice.member else ""


def _why_harmless(declared: Iterable[guard.Suspicion], harmless: str | None) -> dict[str, object]:
    """The kinds of what looked like case data and is none, and why: there is no other place that keeps it."""
    kinds = sorted({each.kind.value for each in declared})
    return {"declared harmless": kinds, "because": harmless} if kinds else {}


def _see_member(member: Appointment, state: State, on: datetime.date) -> None:
    held = (
        Appointment.objects.on(on)
        .filter(pk=member.pk, role=Role.CIVIL_SOCIETY)
        .select_related("person")
        .first()
    )
    if held is None or not policies.may_speak(held.person, state.iso3, held.person.journal_id, on=on):
        raise refusals.NotOfCivilSociety
