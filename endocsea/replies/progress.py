"""How far every state of a round is: for whoever runs it, and reads no draft.

All that is told of a draft are counts, and only of questions that are asked whatever is answered: see
`consequences.always_due`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from endocsea.questionnaires.form import Group, Texts
from endocsea.questionnaires.models import Reminder, Round
from endocsea.states.models import State
from endocsea.support.texts import collation, plain

from .answers.consequences import always_due, what_follows
from .answers.given import Given, Status
from .answers.readiness import Count, asked_in, by_section, is_ready
from .models import Answer, Reply
from .offering.silence import own_answers


class Standing(NamedTuple):
    """How far a state is. ``ready`` of ``asked`` are counts: what they say stays with the state."""

    state: State
    ready: int
    asked: int
    due: datetime.date | None
    late: bool
    step: str
    drafted: int  # from public sources, unconfirmed
    silent: bool  # so that its answers may be drafted
    sections: tuple[Count, ...]  # in the order of `sections`


class MoreTime(NamedTuple):
    """More time that a state was given, when, and why."""

    state: State
    given_on: datetime.date
    until: datetime.date
    reason: str


class Letter(NamedTuple):
    """A letter to a state's coordinators: on which day, and how many days before its answers were due."""

    day: datetime.date
    left: int


class Reminded(NamedTuple):
    state: State
    letters: tuple[Letter, ...]


def standings(round: Round, *, at: datetime.datetime) -> list[Standing]:
    """Every state by name; in six statements, however many there are."""
    on, open_now = localdate(at), round.takes_answers(at=at)
    given: dict[int, dict[str, Given]] = {}
    for answer in Answer.objects.filter(round=round, retired_on=None):
        given.setdefault(answer.state_id, {})[answer.question] = answer.given
    answered = set(own_answers(round).values_list("state_id", flat=True))
    replies = {reply.state_id: reply for reply in Reply.objects.filter(round=round)}
    days = round.due_days()
    asked = _asked(round, on)
    found = []
    for state in states_of(round):
        reply, due, answers = replies.get(state.pk), days[state.pk], given.get(state.pk, {})
        sent = reply is not None and reply.is_sent
        late = not sent and due is not None and due < on
        settled = _settled(round, answers, at)
        found.append(
            Standing(
                state,
                sum(is_ready(settled.get(path)) for path in asked),
                len(asked),
                due,
                late=late,
                step=str(reply.get_step_display()) if reply and state.pk in answered else _("not begun"),
                drafted=sum(each.status is Status.PREFILLED for each in answers.values()),
                silent=open_now and late and state.pk not in answered,
                sections=_by_section(round, settled, asked),
            )
        )
    return found


def sections(round: Round) -> list[Texts]:
    """What the sections are called that ask every state something, in order."""
    if round.version is None:
        return []
    return [each.label for each in _groups(round, _asked(round, localdate()))]


def extensions(round: Round) -> list[MoreTime]:
    """By state and day."""
    found = [
        MoreTime(each.state, localdate(each.given_at), each.until, each.reason)
        for each in round.extensions.select_related("state").order_by("until")
    ]
    return sorted(found, key=lambda each: collation(plain(each.state.name)))


def reminded(round: Round) -> list[Reminded]:
    """Letters that went out, by state, the first first; states to which none went are left out."""
    letters: dict[int, list[Letter]] = {}
    for each in Reminder.objects.filter(round=round).order_by("sent_at", "pk"):
        day = localdate(each.sent_at)
        letters.setdefault(each.state_id, []).append(Letter(day, (each.due_on - day).days))
    return [Reminded(state, tuple(letters[state.pk])) for state in states_of(round) if state.pk in letters]


def states_of(round: Round) -> list[State]:
    """By name."""
    return sorted(round.states.all(), key=lambda state: collation(plain(state.name)))


def _asked(round: Round, on: datetime.date) -> list[str]:
    """The questions that every state is asked, whatever it answers."""
    if round.version is None:
        return []
    always = always_due(round.version.form, on=on)
    return [path for path in asked_in(round.version.form) if always is None or path in always]


def _groups(round: Round, asked: list[str]) -> list[Group]:
    asking = {path.partition("/")[0] for path in asked}
    items = round.version.form.items if round.version else ()
    return [each for each in items if isinstance(each, Group) and each.name in asking]


def _settled(round: Round, answers: Mapping[str, Given], at: datetime.datetime) -> Mapping[str, Given]:
    if round.version is None:
        return answers
    form = round.version.form
    return what_follows(form, answers, at=localtime(at)).settled(form, answers)


def _by_section(round: Round, settled: Mapping[str, Given], asked: list[str]) -> tuple[Count, ...]:
    if round.version is None:
        return ()
    counts = by_section(round.version.form, settled, relevant=asked)
    return tuple(counts[each.name] for each in _groups(round, asked))
