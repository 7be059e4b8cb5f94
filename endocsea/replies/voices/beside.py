"""What organisations answer, side by side with what the state answers: read for whoever may hear them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.people.models import Person
from endocsea.questionnaires.form import Kind, Question
from endocsea.questionnaires.models import Round
from endocsea.states.models import State

from .. import policies
from ..answers.given import Given, Status
from ..answers.saying import in_words
from ..models import Answer, Comment, Reply, Voice, VoiceAnswer
from ..rules import is_asked_beside
from .desk import called, in_order, latest


@dataclass(frozen=True, slots=True)
class Heard:
    """What one voice answers to a question, and what the state says to that."""

    voice: Voice
    name: str
    answer: VoiceAnswer
    said: str
    difference: str  # from the level that the state gives, in words; nothing where that is not for the reader
    reactions: tuple[Comment, ...]

    @property
    def saved_on(self) -> datetime.date:
        return localdate(self.answer.saved_at)


@dataclass(frozen=True, slots=True)
class Compared:
    """One question with the state's answer and those of the voices. ``said`` is None where it may not be read."""

    path: str
    question: Question
    said: str | None
    given: Given
    heard: tuple[Heard, ...]

    @property
    def anchor(self) -> str:
        return f"q-{self.path.replace('/', '-')}"


@dataclass(frozen=True, slots=True)
class Beside:
    """All that the voices answer about one state in a round, question by question."""

    round: Round
    state: State
    sent: bool
    names: tuple[str, ...]
    asked: int
    compared: tuple[Compared, ...]
    reacts: bool  # whether the reader may answer in the state's name
    enters: bool  # whether the reader finds a way into the state's reply


def beside(person: Person, *, round: str, state: str, on: datetime.date) -> Beside:
    """The answers of the voices beside those of the state. Raises Http404 where the reader may not hear them."""
    reader = person.standing(on=on)
    asked = (
        Round.objects.select_related("version")
        .filter(code=round, states__slug=state, retired_on=None)
        .first()
    )
    found = State.objects.filter(slug=state).first()
    if asked is None or asked.version is None or found is None:
        raise Http404
    if not policies.may_hear_voices(reader, found.iso3, on=on):
        raise Http404
    reply = Reply.objects.filter(round=asked, state=found).first()
    form, sent = asked.version.form, reply is not None and reply.is_sent
    voices = in_order(Voice.objects.filter(round=asked, state=found, withdrawn_at=None))
    names, answers = called(voices, reader, on=on), latest(voices)
    own = {
        each.question: each.given for each in Answer.objects.filter(round=asked, state=found, retired_on=None)
    }
    reactions: dict[tuple[int | None, str], list[Comment]] = {}
    for each in Comment.objects.filter(voice__in=voices).order_by("at", "pk"):
        reactions.setdefault((each.voice_id, each.question), []).append(each)

    compared = []
    for path, question in form.questions():
        spoken = [(voice, answers[voice.pk, path]) for voice in voices if (voice.pk, path) in answers]
        if not spoken:
            continue
        choices = form.choices.get(question.choices, ())
        given = own.get(path, Given())
        place = policies.Place(found.iso3, sent=sent, restricted=question.restricted)
        reads = policies.may_read(reader, place, on=on)
        heard = tuple(
            Heard(
                voice,
                names[voice.pk],
                answer,
                in_words(question, choices, answer.given),
                difference(question, given, answer.given) if reads else "",
                tuple(reactions.get((voice.pk, path), ())),
            )
            for voice, answer in spoken
        )
        said = in_words(question, choices, given) if reads else None
        compared.append(Compared(path, question, said, given if reads else Given(), heard))
    return Beside(
        round=asked,
        state=found,
        sent=sent,
        names=tuple(names.values()),
        asked=sum(is_asked_beside(question) for _path, question in form.questions()),
        compared=tuple(compared),
        reacts=policies.may_react(reader, found.iso3, on=on),
        enters=policies.may_enter(reader, policies.Place(found.iso3, sent=sent), on=on),
    )


def difference(question: Question, state: Given, voice: Given) -> str:
    """How the level of a voice differs from the state's, in words; nothing for questions without levels."""
    if question.kind is not Kind.LEVEL:
        return ""
    theirs, spoken = _level(state), _level(voice)
    if theirs is None or spoken is None:
        return _("not to be compared: one of the two names no level")
    apart = spoken - theirs
    if apart == 0:
        return _("the same level as the state")
    if apart > 0:
        return ngettext(
            "one level higher than the state", "%(count)s levels higher than the state", apart
        ) % {"count": apart}
    return ngettext("one level lower than the state", "%(count)s levels lower than the state", -apart) % {
        "count": -apart
    }


def _level(given: Given) -> int | None:
    return int(given.value) if given.status is Status.ANSWERED and given.value.isdigit() else None
