"""Letters about a reply. They say how many questions are open and where to go, and nothing of what was answered."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from endocsea.people import letters
from endocsea.people.models import Person
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.texts import plain

from .refusals import ReminderNotSent


def asked(
    person: Person, round: Round, state: State, *, questions: int, due: datetime.date, on: datetime.date
) -> None:
    """To a coordinator: a round has opened. Raises `refusals.ReminderNotSent`."""
    with override(person.language):
        subject = _("Your state is asked to answer")
        told = _told(round, state, questions, due, on)
        _send(person, state, subject, "replies/letters/asked.txt", told)


def reminder(
    person: Person,
    round: Round,
    state: State,
    *,
    questions: int,
    left: int,
    due: datetime.date,
    on: datetime.date,
) -> None:
    """To a coordinator: ``left`` of ``questions`` are open. Raises `refusals.ReminderNotSent`."""
    with override(person.language):
        subject = _("Your state's answers are late") if due < on else _("Your state's answers are due")
        told = _told(round, state, questions, due, on) | {"left": left}
        _send(person, state, subject, "replies/letters/reminder.txt", told)


def _told(
    round: Round, state: State, questions: int, due: datetime.date, on: datetime.date
) -> dict[str, object]:
    return {
        "round": plain(round.name),
        "state": plain(state.name),
        "questions": questions,
        "due": due,
        "late": due < on,
        "link": settings.SITE + reverse("replies:reply", args=[round.code, state.slug]),
    }


def _send(person: Person, state: State, subject: str, template: str, told: dict[str, object]) -> None:
    letter = EmailMessage(subject, render_to_string(template, told), to=[person.email])
    letters.send(letter, ReminderNotSent(state=plain(state.name)))
