"""Letters that go out because a day has come: that a round has opened, and that answers are due."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate, localtime

from endocsea.journal.actions import record
from endocsea.people.models import Appointment, Person
from endocsea.questionnaires.form import ASKS_NOTHING
from endocsea.questionnaires.models import Reminder, Round
from endocsea.questionnaires.reminders import latest_reminder
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role

from .. import letters
from ..answers.consequences import what_follows
from ..answers.readiness import not_ready
from ..models import Answer, Reply
from ..refusals import ReminderNotSent


@dataclass(frozen=True, slots=True)
class Letters:
    """How many went out; ``failed`` are tried again by the next run."""

    sent: int = 0
    failed: int = 0

    def __add__(self, other: Letters) -> Letters:
        return Letters(self.sent + other.sent, self.failed + other.failed)


def remind(*, only: Round | None = None, by: Actor, at: datetime.datetime) -> Letters:
    """Send the coordinators of each open round, or of one, what is due by this moment, and nothing twice.

    First that the round has opened; then, some days before the due day, how many questions are open. Of several
    reminders whose day has come only the latest goes: the machine may have been off. A state that has sent its
    reply gets none, nor does one without a due day. Each state's letters are a transaction of their own.
    """
    total = Letters()
    rounds = Round.objects.open(at=at).filter(version__isnull=False)
    for round in rounds if only is None else rounds.filter(pk=only.pk):
        for state in round.states.order_by("iso3"):
            total += _to_state(round, state, by=by, at=at)
    return total


def _to_state(round: Round, state: State, *, by: Actor, at: datetime.datetime) -> Letters:
    coordinators = _coordinators(state, localdate(at))
    try:
        return _one(round, state, coordinators, by=by, at=at) if coordinators else Letters()
    except ReminderNotSent:
        return Letters(failed=len(coordinators))


@transaction.atomic
def _one(
    round: Round, state: State, coordinators: list[Person], *, by: Actor, at: datetime.datetime
) -> Letters:
    """Whatever letter is due to a state. Raises `refusals.ReminderNotSent`, and notes nothing then."""
    on = localdate(at)
    round = Round.objects.select_for_update(of=("self",)).select_related("version").get(pk=round.pk)
    due = round.due_for(state)
    reply = Reply.objects.filter(round=round, state=state).first()
    if due is None or (reply is not None and reply.is_sent):
        return Letters()
    gone = list(Reminder.objects.filter(round=round, state=state).values_list("due_on", "days"))
    left = (due - on).days
    days = max(left, 0)
    if gone:
        latest = latest_reminder(round.reminders, left, [days for day, days in gone if day == due])
        if latest is None:
            return Letters()
        days = latest
    questions, open_ones = _counts(round, state, at=at)
    Reminder.objects.create(round=round, state=state, due_on=due, days=days, sent_at=at)
    for person in coordinators:
        if gone:
            letters.reminder(person, round, state, questions=questions, left=open_ones, due=due, on=on)
        else:
            letters.asked(person, round, state, questions=questions, due=due, on=on)
    facts = {"state": state.iso3, "due": due.isoformat(), "letters": len(coordinators)}
    record("reminded" if gone else "asked by letter", by=by, at=at, about=("round", round.code), facts=facts)
    return Letters(sent=len(coordinators))


def _coordinators(state: State, on: datetime.date) -> list[Person]:
    held = Appointment.objects.on(on).filter(role=Role.COORDINATOR, state=state, person__is_active=True)
    return [each.person for each in held.select_related("person").order_by("pk")]


def _counts(round: Round, state: State, *, at: datetime.datetime) -> tuple[int, int]:
    """How many questions there are, and how many of them are open."""
    assert round.version is not None
    form = round.version.form
    found = Answer.objects.filter(round=round, state=state, retired_on=None)
    answers = {each.question: each.given for each in found}
    counted = what_follows(form, answers, at=localtime(at)).due(form, answers)
    asked = sum(
        question.kind not in ASKS_NOTHING and (counted is None or path in counted)
        for path, question in form.questions()
    )
    return asked, len(not_ready(form, answers, relevant=counted))
