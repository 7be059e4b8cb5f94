"""What a person may see of a reply: read once for a page, with the answer to who may what beside each question."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import Http404

from endocsea.people.models import Person
from endocsea.people.standing import Standing
from endocsea.questionnaires.form import ASKS_NOTHING, Choice, Form, Group, Item, Kind, Question
from endocsea.questionnaires.models import Round, Share
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.texts import collation, plain

from . import policies
from .given import Given
from .last_time import Before, last_time
from .models import Answer, Reply
from .readiness import Count, by_section
from .saying import in_words
from .ways import ways


@dataclass(frozen=True, slots=True)
class Desk:
    """A reply as one person sees it on a day. ``mine`` are the questions that were shared with them."""

    reply: Reply
    form: Form
    reader: Actor
    on: datetime.date
    answers: dict[str, Given]
    numbers: dict[str, int]
    mine: frozenset[str]
    open: bool

    @property
    def coordinates(self) -> bool:
        return policies.may_sign(self.reader, self.reply.state.iso3, on=self.on)

    def place(self, path: str, question: Question) -> policies.Place:
        return policies.Place(
            state=self.reply.state.iso3,
            sent=self.reply.is_sent,
            restricted=question.restricted,
            shared=path in self.mine,
        )

    def may_read(self, path: str, question: Question) -> bool:
        return policies.may_read(self.reader, self.place(path, question), on=self.on)

    def may_answer(self, path: str, question: Question) -> bool:
        return self.open and policies.may_answer(self.reader, self.place(path, question), on=self.on)

    def counts(self) -> dict[str, Count]:
        """How far each section is; whoever may not read the answers may still follow."""
        return by_section(self.form, self.answers)


@dataclass(frozen=True, slots=True)
class Field:
    """One question as a page shows it."""

    path: str
    question: Question
    choices: tuple[Choice, ...]
    given: Given
    seen: int
    said: str
    before: str  # what the state said a round ago, in words
    editable: bool
    before_on: datetime.date | None = None  # when it was said
    way: str = ""  # how the answer that stands came in

    @property
    def anchor(self) -> str:
        return f"q-{self.path.replace('/', '-')}"

    @property
    def chosen(self) -> list[str]:
        return self.given.value.split()

    @property
    def is_list(self) -> bool:
        return self.question.kind in (Kind.LEVEL, Kind.ONE, Kind.SEVERAL)

    @property
    def says_more(self) -> bool:
        return bool(self.given.explanation or self.given.respondent)


def desk(person: Person, *, round: str, state: str, at: datetime.datetime, on: datetime.date) -> Desk:
    """Raises Http404 where there is no such reply, or none that the person may enter."""
    asked = (
        Round.objects.select_related("version", "edition")
        .filter(code=round, states__slug=state, retired_on=None)
        .first()
    )
    reader = person.standing_once(on=on)
    found = State.objects.filter(slug=state).first()
    if asked is None or found is None or asked.version is None:
        raise Http404
    reply = Reply.objects.filter(round=asked, state=found).first() or Reply(round=asked, state=found)
    reply.round, reply.state = asked, found
    if not policies.may_enter(reader, policies.Place(found.iso3, sent=reply.is_sent), on=on):
        raise Http404
    rows = Answer.objects.filter(round=asked, state=found, retired_on=None)
    given = {each.question: (each.given, each.number) for each in rows}
    open_now = asked.takes_answers(at=at) and not reply.is_sent
    return Desk(
        reply=reply,
        form=asked.version.form,
        reader=reader,
        on=on,
        answers={path: each for path, (each, _number) in given.items()},
        numbers={path: number for path, (_given, number) in given.items()},
        mine=_mine(person, reader, asked, found, on),
        open=open_now,
    )


def fields(desk: Desk, section: str, *, only_mine: bool = False) -> list[Field]:
    """The questions of a section that the reader may see, or that were shared with them. Raises Http404 for none."""
    group = next((each for each in desk.form.items if each.name == section), None)
    if group is None:
        raise Http404
    return _fields(desk, ((path, each) for path, each in asking(group) if not only_mine or path in desk.mine))


def fields_at(desk: Desk, paths: Collection[str]) -> list[Field]:
    """The questions of an institution's sheet that the reader may see, in the order of the form."""
    return _fields(desk, ((path, each) for path, each in desk.form.questions() if path in paths))


def _fields(desk: Desk, asked: Iterable[tuple[str, Question]]) -> list[Field]:
    read = [(path, question) for path, question in asked if desk.may_read(path, question)]
    before = last_time(desk.reply.round, desk.reply.state)
    came = ways(desk.reply, [path for path, _question in read])
    return [
        replace(field_of(desk, path, question, before), way=came.get(path, "")) for path, question in read
    ]


def field_of(desk: Desk, path: str, question: Question, before: dict[str, Before] | None = None) -> Field:
    choices = desk.form.choices.get(question.choices, ())
    given = desk.answers.get(path, Given())
    earlier = (before or {}).get(question.indicator)
    return Field(
        path=path,
        question=question,
        choices=choices,
        given=given,
        seen=desk.numbers.get(path, 0),
        said=in_words(question, choices, given),
        before=in_words(question, choices, earlier.given) if earlier and earlier.says_something else "",
        before_on=earlier.answered_on if earlier else None,
        editable=desk.may_answer(path, question),
    )


def typed_again(field: Field, given: Given, seen: int) -> Field:
    """The field with what was typed and not taken, so that nothing of it is lost."""
    return replace(field, given=given, seen=seen)


def asking(item: Item, above: str = "") -> Iterator[tuple[str, Question]]:
    """The questions of a section that ask something, with their paths."""
    path = f"{above}{item.name}"
    if isinstance(item, Group):
        for each in item.items:
            yield from asking(each, f"{path}/")
    elif item.kind not in ASKS_NOTHING:
        yield path, item


def rounds_of(reader: Standing, *, on: datetime.date) -> list[tuple[Round, State]]:
    """Where a person finds replies: the newest round first, in it the states by name. Three statements."""
    asked = Round.objects.filter(retired_on=None, version__isnull=False).exclude(opened_at=None)
    sent = {(each.round_id, each.state_id) for each in Reply.objects.all() if each.is_sent}
    return [
        (each, state)
        for each in asked.prefetch_related("states").order_by("-opens_on", "code")
        for state in sorted(each.states.all(), key=lambda state: collation(plain(state.name)))
        if policies.may_enter(reader, policies.Place(state.iso3, sent=(each.pk, state.pk) in sent), on=on)
    ]


def due(desk: Desk) -> datetime.date | None:
    return desk.reply.round.due_for(desk.reply.state)


def _mine(person: Person, reader: Standing, round: Round, state: State, on: datetime.date) -> frozenset[str]:
    if Role.TEAM not in reader.roles(on=on, state=state.iso3) or state.iso3 not in reader.speaks_for(on=on):
        return frozenset()
    held: Collection[int] = [each.pk for each in person.appointments.on(on)]
    shares = Share.objects.filter(round=round, state=state, withdrawn_at=None, member__in=held)
    return frozenset(path for share in shares for path in share.questions)
