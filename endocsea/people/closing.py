"""Accounts whose last role has ended: on which day they are closed, and which ones are due."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Max, QuerySet

from .models import Appointment, Person
from .rules import closing_day


class Ending(NamedTuple):
    """An open account without a role to come: the last day of its last role, and the day on which it is closed."""

    person: Person
    last_day: datetime.date
    closes_on: datetime.date


def closing_day_of(person: Person, *, on: datetime.date) -> datetime.date | None:
    """When the account of a person is closed; nothing as long as a role goes on beyond a day, or none ever ended."""
    last_days = list(person.appointments.values_list("until", flat=True))
    if any(day is None or day > on for day in last_days):
        return None
    return closing_day(last_days)


def ending(*, on: datetime.date) -> list[Ending]:
    """Open accounts whose last role has ended by a day, the next to be closed first."""
    return [
        Ending(person, last_day, closes_on)
        for person, last_day in _without_a_role(on)
        if (closes_on := closing_day([last_day]))
    ]


def due(*, on: datetime.date) -> list[Person]:
    """Accounts that are to be closed on a day."""
    return [each.person for each in ending(on=on) if each.closes_on <= on]


def _without_a_role(on: datetime.date) -> list[tuple[Person, datetime.date]]:
    goes_on = Appointment.objects.beyond(on).values("person")
    found: QuerySet[Person] = Person.objects.filter(is_active=True).exclude(pk__in=goes_on)
    ended = found.annotate(last_day=Max("appointments__until")).exclude(last_day=None)
    return [(person, person.last_day) for person in ended.order_by("last_day", "pk")]
