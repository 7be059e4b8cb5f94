"""What a person may see of a reply: read once for a page, with the answer to who may what beside each question."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localtime

from endocsea.people.models import Person
from endocsea.people.standing import Standing
from endocsea.questionnaires.form import ASKS_NOTHING, Choice, Form, Group, Item, Kind, Question
from endocsea.questionnaires.models import Round, Share
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.texts import collation, plain

from . import policies
from .anchors import anchor_of
from .answers.consequences import NOTHING, Consequences, always_due, what_follows
from .answers.given import Given, Status
from .answers.last_time import Before, last_time
from .answers.readiness import Count, by_section, is_ready
from .answers.saying import in_words
from .answers.translations import beside
from .answers.ways import ways
from .evidence.proofs import Proof, asks_for_a_source, proofs_of
from .models import Answer, Reply, SectionSigned
from .talking import Talk, talks

if TYPE_CHECKING:
    from .answers.translations import Translated
    from .offering.on_pages import Offered


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer that contradicts another, or what the form expects, and the sentence that says so."""

    path: str
    question: Question
    sentence: str

    @property
    def section(self) -> str:
        return self.path.partition("/")[0]

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)


@dataclass(frozen=True, slots=True)
class Desk:
    """A reply as one person sees it on a day. ``mine`` are the questions that were shared with them, ``signed`` the
    sections that stand signed off, by name, ``follows`` is what follows from the answers by the form's logic.
    """

    reply: Reply
    form: Form
    reader: Actor
    on: datetime.date
    answers: dict[str, Given]
    numbers: dict[str, int]
    mine: frozenset[str]
    open: bool
    signed: Mapping[str, SectionSigned] = field(default_factory=dict, kw_only=True)
    follows: Consequences = field(default=NOTHING, kw_only=True)

    @property
    def reads(self) -> bool:
        """Whether the reader may know what was answered, as far as it is not restricted."""
        place = policies.Place(self.reply.state.iso3, sent=self.reply.is_sent)
        return policies.may_read(self.reader, place, on=self.on)

    @property
    def counted(self) -> frozenset[str] | None:
        """The paths that count: see `Consequences.due`."""
        return self.follows.due(self.form, self.answers)

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
        open = self.open and path.partition("/")[0] not in self.signed
        return open and policies.may_answer(self.reader, self.place(path, question), on=self.on)

    def counts(self) -> dict[str, Count]:
        """How far each section is; to whoever follows without reading, by what is asked whatever is answered, and not
        how much is withheld: that says what was answered.
        """
        if self.reads:
            return by_section(self.form, self.answers, relevant=self.counted)
        always = always_due(self.form, on=self.on)
        counts = by_section(self.form, self.follows.settled(self.form, self.answers), relevant=always)
        return {name: replace(each, withheld=0) for name, each in counts.items()}

    def not_ready_in(self, section: str) -> list[tuple[str, Question]]:
        """The questions of a section that are still to be answered."""
        counted = self.counted
        return [
            (path, question)
            for path, question in self.form.questions()
            if path.startswith(f"{section}/")
            and question.kind not in ASKS_NOTHING
            and (counted is None or path in counted)
            and not is_ready(self.answers.get(path))
        ]

    def contradictions(self, section: str = "") -> list[Contradiction]:
        """What the reader may know of answers that contradict, in the whole reply or in a section."""
        asked = self.form.by_path()
        wrong = [path for path in asked if path in self.follows.broken or path in self.follows.gone]
        return [
            Contradiction(path, asked[path], sentence)
            for path in wrong
            if (not section or path.startswith(f"{section}/")) and self.may_read(path, asked[path])
            for sentence in self.follows.contradictions(self.form, path)
        ]


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
    proofs: tuple[Proof, ...] = ()
    confirms: bool = False  # what is not confirmed yet can be, by a button
    offers: tuple[Offered, ...] = ()  # what public sources say at this question
    off: bool = False  # not asked, because of the answers to these questions
    because: tuple[Question, ...] = ()
    contradictions: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()  # choices that were taken and are not offered any more
    talk: Talk | None = None
    translated: Translated | None = None  # into the page's language

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)

    @property
    def chosen(self) -> list[str]:
        return self.given.value.split()

    @property
    def is_list(self) -> bool:
        return self.question.kind in (Kind.LEVEL, Kind.ONE, Kind.SEVERAL)

    @property
    def is_draft(self) -> bool:
        return self.given.status is Status.PREFILLED

    @property
    def still_so(self) -> bool:
        """It was said again, in this round."""
        return bool(self.seen) and self.said == self.before

    @property
    def asks_for_a_source(self) -> bool:
        return asks_for_a_source(self.question, self.given, self.proofs)

    @property
    def says_more(self) -> bool:
        return bool(self.given.explanation or self.given.respondent)


def desk(person: Person, *, round: str, state: str, at: datetime.datetime, on: datetime.date) -> Desk:
    """Raises Http404 where there is no such reply, or none that the person may enter."""
    reader = person.standing_once(on=on)
    reply = _reply(round, state)
    asked, found = reply.round, reply.state
    if not policies.may_enter(reader, policies.Place(found.iso3, sent=reply.is_sent), on=on):
        raise Http404
    return desk_for(reader, reply, mine=_mine(person, reader, asked, found, on), at=at, on=on)


def _reply(round: str, state: str) -> Reply:
    """As it stands, or one that nobody has begun. Raises Http404 where nothing is asked."""
    asked = {"round__code": round, "state__slug": state, "round__retired_on": None}
    with_all = ("round__version", "state")
    replies = Reply.objects.select_related(*with_all).defer("round__version__written")
    found = replies.filter(**asked).first()
    if found is None:
        pair = asked_of(round, state)
        found = Reply(round=pair.round, state=pair.state)
    if found.round.version is None:
        raise Http404
    return found


def asked_of(round: str, state: str) -> Any:
    """The round and the state that it asks, as their names in an address say. Raises Http404 where it does not."""
    asked = {"round__code": round, "state__slug": state, "round__retired_on": None}
    for pairs in (Reply.objects, Round.states.through.objects):
        found = pairs.select_related("round", "state").only("round__code", "state__iso3").filter(**asked)
        for pair in found[:1]:
            return pair
    raise Http404


def desk_for(
    reader: Actor, reply: Reply, *, mine: frozenset[str], at: datetime.datetime, on: datetime.date
) -> Desk:
    """The reply for whoever may enter it, with the questions that were shared with them."""
    assert reply.round.version is not None
    form, asked = reply.round.version.form, {"round": reply.round, "state": reply.state, "retired_on": None}
    # what is put off is read when it is asked for: saving one answer does not wait for it
    rows = SimpleLazyObject(Answer.objects.filter(**asked).given)
    answers = cast(
        dict[str, Given],
        SimpleLazyObject(lambda: {path: given for path, (given, _number) in rows.items()}),
    )
    numbers = SimpleLazyObject(lambda: {path: number for path, (_given, number) in rows.items()})
    return Desk(
        reply=reply,
        form=form,
        reader=reader,
        on=on,
        answers=answers,
        numbers=cast(dict[str, int], numbers),
        mine=mine,
        open=reply.round.takes_answers(at=at) and not reply.is_sent,
        signed=cast(Mapping[str, SectionSigned], SimpleLazyObject(partial(_signed, reply))),
        follows=cast(Consequences, SimpleLazyObject(partial(what_follows, form, answers, at=localtime(at)))),
    )


def _signed(reply: Reply) -> dict[str, SectionSigned]:
    if reply.pk is None:
        return {}
    return {each.section: each for each in reply.sections_signed.filter(reopened_at=None)}


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
    drafts = policies.may_read_drafts(desk.reader, desk.reply.state.iso3, on=desk.on)
    before = last_time(desk.reply.round, desk.reply.state, drafts=drafts)
    came = ways(desk.reply, [path for path, _question in read])
    talked = talks(desk, [path for path, _question in read])
    proven = proofs_of(desk.reply, [path for path, _question in read])
    translated = beside(desk, [path for path, _question in read])
    return [
        replace(
            field_of(desk, path, question, before),
            way=came.get(path, ""),
            talk=talked.get(path),
            proofs=proven.get(path, ()),
            translated=translated.get(path),
        )
        for path, question in read
    ]


def field_of(desk: Desk, path: str, question: Question, before: dict[str, Before] | None = None) -> Field:
    choices = desk.form.choices.get(question.choices, ())
    given = desk.answers.get(path, Given())
    earlier = (before or {}).get(question.indicator)
    return Field(
        path=path,
        question=question,
        choices=desk.follows.choices(path, choices),
        given=given,
        seen=desk.numbers.get(path, 0),
        said=in_words(question, choices, given),
        before=in_words(question, choices, earlier.given) if earlier and earlier.says_something else "",
        before_on=earlier.answered_on if earlier else None,
        editable=desk.may_answer(path, question),
        off=path in desk.follows.off,
        because=_because(desk, path),
        contradictions=desk.follows.contradictions(desk.form, path),
        gone=desk.follows.gone.get(path, ()),
    )


def _because(desk: Desk, path: str) -> tuple[Question, ...]:
    """The questions whose answers say that one is not asked, as far as the reader may know those."""
    asked = desk.form.by_path()
    return tuple(asked[each] for each in desk.follows.off.get(path, ()) if desk.may_read(each, asked[each]))


def typed_again(field: Field, given: Given, seen: int) -> Field:
    """The field with what was typed and not taken, even where nothing is taken any more: nothing of it is lost."""
    return replace(field, given=given, seen=seen, editable=True)


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
