"""Organisations that answer beside a state: what each answers, what it is called, and its own page."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.http import Http404
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endocsea.people.models import Person
from endocsea.people.standing import Standing
from endocsea.questionnaires.form import Group, Question, Texts
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.texts import collation, plain

from .. import policies
from ..answers.consequences import left_out_beside
from ..answers.given import Status
from ..models import Reply, Voice, VoiceAnswer
from ..reading import Desk, asking
from ..rules import is_asked_beside

CALLED: Final[dict[str, Promise]] = {
    Voice.Shown.KNOWN: gettext_lazy("an organisation known to the secretariat"),
    Voice.Shown.UNATTRIBUTED: gettext_lazy("an organisation"),
}


class Section(NamedTuple):
    name: str
    label: Texts
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class VoiceDesk(Desk):
    """The questions of a round as one organisation answers them. Nothing in it comes from the state: ``reply`` only
    says of which round and state it is.
    """

    voice: Voice = field(kw_only=True)

    def may_read(self, path: str, question: Question) -> bool:
        return is_asked_beside(question)

    def may_answer(self, path: str, question: Question) -> bool:
        return self.open and is_asked_beside(question)

    def sections(self) -> list[Section]:
        """Those that ask organisations something; what was left out because of other answers is not counted."""
        found = []
        for each in self.form.items:
            asked = [path for path, question in asking(each) if self.may_read(path, question)]
            if isinstance(each, Group) and asked:
                due = [path for path in asked if path not in self.follows.off]
                answered = sum(self._says_something(path) for path in due)
                found.append(Section(each.name, each.label, len(due), answered))
        return found

    def _says_something(self, path: str) -> bool:
        return path in self.answers and self.answers[path].status is not Status.NOT_ANSWERED


def voice_desk(person: Person, pk: int, *, at: datetime.datetime, on: datetime.date) -> VoiceDesk:
    """Raises Http404 where there is no such voice, or where the person does not answer for it."""
    reader = person.standing(on=on)
    voice = (
        Voice.objects.select_related("round__version", "state", "member__person")
        .filter(pk=pk, withdrawn_at=None, round__version__isnull=False, round__retired_on=None)
        .first()
    )
    if voice is None or not speaks(reader, voice, on=on) or voice.round.opened_at is None:
        raise Http404
    return desk_of_voice(voice, reader, at=at, on=on)


def desk_of_voice(voice: Voice, reader: Actor, *, at: datetime.datetime, on: datetime.date) -> VoiceDesk:
    """The questions of a voice, whose round has a version, for whoever answers for it."""
    assert voice.round.version is not None
    form, found = voice.round.version.form, latest([voice])
    answers = {path: each.given for (_pk, path), each in found.items()}
    return VoiceDesk(
        reply=Reply(round=voice.round, state=voice.state),
        form=form,
        reader=reader,
        on=on,
        answers=answers,
        numbers={path: each.number for (_pk, path), each in found.items()},
        mine=frozenset(),
        open=voice.round.takes_answers(at=at),
        follows=left_out_beside(form, answers, at=localtime(at)),
        voice=voice,
    )


def voices_of(person: Person, *, on: datetime.date) -> list[Voice]:
    """For whom a person answers: the newest round first."""
    reader = person.standing(on=on)
    found = Voice.objects.select_related("round__version", "state", "member__person").filter(
        member__person=person, withdrawn_at=None, round__retired_on=None, round__version__isnull=False
    )
    opened = found.exclude(round__opened_at=None).order_by("-round__opens_on", "round__code", "pk")
    return [each for each in opened if speaks(reader, each, on=on)]


def answers_with_an_account(voice: Voice, *, on: datetime.date) -> bool:
    """Whether somebody can answer for it today who was asked to."""
    return voice.member is not None and speaks(voice.member.person.standing(on=on), voice, on=on)


def speaks(reader: Standing, voice: Voice, *, on: datetime.date) -> bool:
    """`policies.may_speak`, of a voice with its member and state."""
    member = voice.member.person.journal_id if voice.member else ""
    return policies.may_speak(reader, voice.state.iso3, member, on=on)


def latest(voices: Iterable[Voice]) -> dict[tuple[int, str], VoiceAnswer]:
    """What stands, by number of the voice and question. One statement."""
    found = VoiceAnswer.objects.filter(voice__in=[each.pk for each in voices]).order_by("number")
    return {(each.voice_id, each.question): each for each in found}


def called(voices: Iterable[Voice], reader: Actor, *, on: datetime.date) -> dict[int, str]:
    """How each voice is called before a reader, by its number; those that would be called the same are counted."""
    told = policies.may_name_voices(reader, on=on)
    names = {each.pk: _name(each, told=told) for each in voices}
    alike, counted = Counter(names.values()), Counter[str]()
    for pk, name in names.items():
        if alike[name] > 1:
            counted[name] += 1
            names[pk] = _("%(name)s (%(number)s)") % {"name": name, "number": counted[name]}
    return names


def _name(voice: Voice, *, told: bool) -> str:
    if voice.shown == Voice.Shown.NAMED or (voice.shown == Voice.Shown.KNOWN and told):
        return voice.organisation
    return str(CALLED[voice.shown])


def by_state(
    round: Round, reader: Standing, *, on: datetime.date
) -> list[tuple[State, list[tuple[Voice, str]]]]:
    """The voices of a round with what each is called, by state, those by name."""
    found: dict[int, list[Voice]] = {}
    for each in (
        Voice.objects.filter(round=round, withdrawn_at=None).select_related("member__person").order_by("pk")
    ):
        found.setdefault(each.state_id, []).append(each)
    rows = []
    for state in sorted(round.states.all(), key=lambda state: collation(plain(state.name))):
        voices = in_order(found.get(state.pk, ()))
        names = called(voices, reader, on=on)
        rows.append((state, [(each, names[each.pk]) for each in voices]))
    return rows


def in_order(voices: Iterable[Voice]) -> list[Voice]:
    """Those that are named by name; then the others as they were added: their order tells no name."""
    named = [each for each in voices if each.shown == Voice.Shown.NAMED]
    others = [each for each in voices if each.shown != Voice.Shown.NAMED]
    return sorted(named, key=lambda each: collation(each.organisation)) + sorted(
        others, key=lambda each: each.pk
    )


def heard_by(reader: Actor, *, on: datetime.date) -> dict[int, list[State]]:
    """About which states of each round, by its number, a reader may hear voices: those by name. One statement."""
    found: dict[int, dict[int, State]] = {}
    for each in Voice.objects.filter(withdrawn_at=None, round__retired_on=None).select_related("state"):
        if policies.may_hear_voices(reader, each.state.iso3, on=on):
            found.setdefault(each.round_id, {})[each.state_id] = each.state
    return {
        round: sorted(states.values(), key=lambda state: collation(plain(state.name)))
        for round, states in found.items()
    }
