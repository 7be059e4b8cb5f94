"""Saving one answer: the deed that a page does after every pause in typing, and an import for every row."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.people.models import Appointment
from endocsea.people.standing import as_they_stand
from endocsea.questionnaires.form import CHOOSES, Form, Group, Kind, Question
from endocsea.questionnaires.models import Round, Share
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.classes import Confidentiality
from endocsea.support.guard import texts as guard
from endocsea.support.texts import plain, storable

from .. import policies, refusals
from ..answers.fitting import EXPECTED, fits
from ..answers.given import WITH_A_VALUE, Given, Origin, Status
from ..answers.texts import in_a_language
from ..links.bearer import Bearer
from ..models import Answer, AnswerVersion, Reply
from ..offering.silence import is_silent

MOST_CHARACTERS: Final = 20_000
MOST_OF_A_LETTER: Final = 120  # characters of its number and date
MOST_OF_A_FUNCTION: Final = 160
MOST_OF_A_REASON: Final = 300  # why something is no case data
# What a deed looks at; the rest of a round and a state is read when it is asked for.
LOCKED: Final = (
    "step", "submitted_at", "signed_as",
    "round__code", "round__edition", "round__opened_at", "round__closed_at", "round__retired_on", "round__training",
    "round__version__digest", "round__version__digest_of_all",
    "state__iso3", "state__slug", "state__name", "state__training",
)  # fmt: skip
INSTANCE: Final = re.compile(r"\[[1-9][0-9]{0,3}\]")  # which one of a group that repeats
LANGUAGE: Final = re.compile(r"[A-Za-z0-9-]{1,12}")


@transaction.atomic
def save(
    *,
    round: Round,
    state: State,
    question: str,
    given: Given,
    seen: int,
    origin: Origin = Origin.TYPED,
    letter: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Answer:
    """Save an answer on top of the version that its writer saw (0: there was none), and keep what was there.

    What is the same already is left as it is, so that a page may send again what it is not sure of. ``harmless``
    is why a text that looks like case data is none.

    Raises `refusals.NotAskedHere`, `NoSuchQuestion`, `RoundTakesNoAnswers`, `AlreadySigned`, `MayNotAnswer`,
    `SectionIsSigned`, `NoLetter`, `DoesNotFit`, `TooLong`, `NoSuchLanguage`, `SavedMeanwhile`, for a draft of the
    secretariat `MayNotDraft`, `NotSilent`, and what `guard.check` raises.
    """
    reply = locked(round, state)
    by = as_they_stand(by, on=localdate(at))
    form = reply.round.version.form if reply.round.version else None
    asked = asked_at(form, question) if form else None
    if form is None or asked is None:
        raise refusals.NoSuchQuestion(question=question)
    see_that_it_takes_answers(reply, at=at)
    if origin is Origin.SOURCES:
        see_that_it_is_a_draft(reply, given, by=by, at=at)
    elif not policies.may_answer(
        by, place_of(reply, asked, question, by, on=localdate(at)), on=localdate(at)
    ):
        raise refusals.MayNotAnswer
    see_that_its_section_is_open(reply, question)
    letter, harmless = storable(letter).strip(), storable(harmless or "").strip() or None
    if origin is Origin.LETTER and not letter:
        raise refusals.NoLetter
    if len(letter) > MOST_OF_A_LETTER:
        raise refusals.TooLong(question=asked.name, length=len(letter), most=MOST_OF_A_LETTER)
    given = tidy(given)
    see_that_it_fits(asked, form, given)
    declared = guard.check([*free_texts(asked, given), letter], harmless)
    if declared and harmless and len(harmless) > MOST_OF_A_REASON:
        raise refusals.TooLong(question=asked.name, length=len(harmless), most=MOST_OF_A_REASON)

    answer = next(iter(Answer.objects.filter(round=round, state=state, question=question)), None)
    stands = answer.given if answer else Given()
    if origin is not Origin.SOURCES:
        given = own(given, stands)
    given = in_a_language(asked, given, stands.language)
    if answer is None:
        answer = new_answer(reply, asked, question)
    answer.round, answer.state = reply.round, reply.state
    if answer.pk is not None and stands == given:
        return answer
    if answer.number != seen:
        raise refusals.SavedMeanwhile(question=asked.name, theirs=answer)
    if answer.number == 0 and answer.content_key:
        _keep(answer, origin=Origin.CONTENT, letter="", declared="", at=at)
    _write(answer, given, number=answer.number + 1, at=at)
    _keep(answer, origin=origin, letter=letter, declared=harmless or "" if declared else "", at=at)
    facts = {"version": answer.number, "status": answer.status, "how": origin.value}
    if declared:
        facts["declared harmless"] = sorted({each.kind.value for each in declared})
    record("answer saved", by=by, at=at, about=("answer", key_of(reply, question)), facts=facts)
    return answer


def asked_at(form: Form, path: str) -> Question | None:
    """The question at a path, in which a group that repeats may say which one it is: ``courses[2]/hours``."""
    bare = INSTANCE.sub("", path)
    found = form.by_path().get(bare)
    if found is None or bare == path:
        return found
    repeats = {each for each, item in form.walk() if isinstance(item, Group) and item.repeats}
    parts = path.split("/")
    for place, part in enumerate(parts, 1):
        numbered = len(INSTANCE.findall(part))
        above = INSTANCE.sub("", "/".join(parts[:place]))
        if numbered > 1 or (numbered and (above not in repeats or not part.endswith("]"))):
            return None
    return found


def key_of(reply: Reply, question: str) -> str:
    """How the journal names an answer."""
    return f"{reply.round.code}/{reply.state.iso3}/{question}"


def see_that_it_takes_answers(reply: Reply, *, at: datetime.datetime) -> None:
    """Raises `refusals.RoundTakesNoAnswers`, `AlreadySigned`."""
    if not reply.round.takes_answers(at=at):
        raise refusals.RoundTakesNoAnswers
    if reply.is_sent:
        raise refusals.AlreadySigned


def see_that_it_is_a_draft(reply: Reply, given: Given, *, by: Actor, at: datetime.datetime) -> None:
    """Raises `refusals.MayNotDraft`, `NotSilent`."""
    if given.status is not Status.PREFILLED or not policies.may_draft(by, on=localdate(at)):
        raise refusals.MayNotDraft
    if not is_silent(reply, at=at, on=localdate(at)):
        raise refusals.NotSilent(state=plain(reply.state.name))


def own(given: Given, stands: Given) -> Given:
    """A draft stays one while the state leaves its answer as it is; another answer is the state's own."""
    if given.status is not Status.PREFILLED:
        return given
    if stands.status is Status.PREFILLED and (given.value, given.other) == (stands.value, stands.other):
        return given
    return replace(given, status=Status.ANSWERED if given.value or given.other else Status.NOT_ANSWERED)


def see_that_its_section_is_open(reply: Reply, question: str) -> None:
    """Raises `refusals.SectionIsSigned`."""
    section = question.partition("/")[0]
    if reply.sections_signed.filter(section=section, reopened_at=None).exists():
        raise refusals.SectionIsSigned(section=section)


def place_of(
    reply: Reply, asked: Question, question: str, actor: Actor, *, on: datetime.date
) -> policies.Place:
    """Where a question stands for an actor."""
    return policies.Place(
        state=reply.state.iso3,
        sent=reply.is_sent,
        restricted=asked.restricted,
        shared=_has_a_share(actor, reply, on)
        and INSTANCE.sub("", question) in shared_with(actor, reply, on=on),
        training=reply.state.training,
    )


def shared_with(actor: Actor, reply: Reply, *, on: datetime.date) -> frozenset[str]:
    """The paths of the questions that were shared with an actor for a reply. One statement."""
    shares = Share.objects.filter(round_id=reply.round_id, state_id=reply.state_id, withdrawn_at=None)
    if isinstance(actor, Bearer):
        linked = shares.filter(links__key=actor.key, links__done_at=None, links__ended_at=None)
        return frozenset(question for share in linked for question in share.questions)
    shares = shares.filter(member__in=Appointment.objects.on(on)).select_related("member__person")
    return frozenset(
        question
        for share in shares
        if share.member is not None and share.member.person.journal_id == actor.journal_id
        for question in share.questions
    )


def _has_a_share(actor: Actor, reply: Reply, on: datetime.date) -> bool:
    return isinstance(actor, Bearer) or Role.TEAM in actor.roles(on=on, state=reply.state.iso3)


def locked(round: Round, state: State) -> Reply:
    """The reply, which nobody else changes until this transaction ends; made when the first answer comes."""
    replies = (
        Reply.objects.select_for_update(of=("self",)).select_related("round__version", "state").only(*LOCKED)
    )
    for reply in replies.filter(round=round, state=state):
        return reply
    if not round.states.filter(pk=state.pk).exists():
        raise refusals.NotAskedHere(state=state.iso3)
    Reply.objects.get_or_create(round=round, state=state)
    return replies.get(round=round, state=state)


def tidy(given: Given) -> Given:
    """Without a value where the status has none: an answer of before stays among the versions."""
    if given.status not in WITH_A_VALUE:
        given = replace(given, value="", other="")
    return Given(
        status=given.status,
        value=storable(given.value).strip(),
        other=storable(given.other).strip(),
        reason=storable(given.reason),
        explanation=storable(given.explanation),
        respondent=storable(given.respondent),
        language=given.language if LANGUAGE.fullmatch(given.language) else "",
    )


def see_that_it_fits(asked: Question, form: Form, given: Given) -> None:
    """Raises `refusals.TooLong`, `DoesNotFit`."""
    for text in given.texts():
        if len(text) > MOST_CHARACTERS:
            raise refusals.TooLong(question=asked.name, length=len(text), most=MOST_CHARACTERS)
    if len(given.respondent) > MOST_OF_A_FUNCTION:
        raise refusals.TooLong(question=asked.name, length=len(given.respondent), most=MOST_OF_A_FUNCTION)
    if not fits(asked, given.value, form.choices.get(asked.choices, ()) if asked.kind in CHOOSES else ()):
        raise refusals.DoesNotFit(value=given.value[:80], question=asked.name, expected=EXPECTED[asked.kind])


def free_texts(asked: Question, given: Given) -> list[str]:
    """What somebody wrote freely; the rest are names of choices, numbers and days."""
    written = [given.other, given.reason, given.explanation, given.respondent]
    return [given.value, *written] if asked.kind is Kind.TEXT else written


def new_answer(reply: Reply, asked: Question, question: str) -> Answer:
    """One that is not written yet, and says nothing."""
    indicator = None
    if asked.indicator:
        indicator = reply.round.edition.indicators.get(code=asked.indicator)
    return Answer(
        round=reply.round,
        state=reply.state,
        question=question,
        indicator=indicator,
        status=Status.NOT_ANSWERED.value,
        confidentiality=Confidentiality.RESTRICTED if asked.restricted else Confidentiality.STATE,
    )


def _write(answer: Answer, given: Given, *, number: int, at: datetime.datetime) -> None:
    answer.number = number
    answer.status, answer.value, answer.other = given.status.value, given.value, given.other
    answer.reason, answer.explanation = given.reason, given.explanation
    answer.respondent, answer.language = given.respondent, given.language
    answer.answered_on = None if given.status is Status.NOT_ANSWERED else localdate(at)
    answer.save()


def _keep(answer: Answer, *, origin: Origin, letter: str, declared: str, at: datetime.datetime) -> None:
    AnswerVersion.objects.create(
        answer=answer,
        number=answer.number,
        status=answer.status,
        value=answer.value,
        other=answer.other,
        reason=answer.reason,
        explanation=answer.explanation,
        respondent=answer.respondent,
        language=answer.language,
        origin=origin.value,
        letter=letter,
        declared=declared,
        saved_at=at,
    )
