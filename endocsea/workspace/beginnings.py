"""Where to begin: what a person does first in each of their roles, while nothing waits for them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.people.models import Appointment
from endocsea.people.queries import states_without_coordinator
from endocsea.states.models import State
from endocsea.support.actors import Role

from .tasks import Task


def first_steps(held: list[Appointment], *, on: datetime.date) -> list[Task]:
    """One thing per role, in the order of the roles; for whoever holds none, their own data."""
    if not held:
        return [Task(_("See what is kept of you, take it along, or erase it"), reverse("people:account"))]
    return list(dict.fromkeys(FIRST[Role(each.role)](each.state, on) for each in held))


def _administrator(state: State | None, on: datetime.date) -> Task:
    if Appointment.objects.on(on).filter(role=Role.SECRETARIAT).exists():
        return _people(state, on)
    return Task(_("Invite the secretariat: it invites everybody else"), _invite(Role.SECRETARIAT))


def _secretariat(state: State | None, on: datetime.date) -> Task:
    if not states_without_coordinator(on=on):
        return _people(state, on)
    return Task(_("Invite coordinators for the states that have none"), reverse("people:people") + "#without")


def _coordinator(state: State | None, on: datetime.date) -> Task:
    if state is None or Appointment.objects.on(on).filter(role=Role.TEAM, state=state).exists():
        return _people(state, on)
    return Task(_("Invite the people who will answer with you"), _invite(Role.TEAM, state))


def _people(state: State | None, on: datetime.date) -> Task:
    return Task(_("See who holds which role, and who is invited"), reverse("people:people"))


def _of_state(state: State | None, on: datetime.date) -> Task:
    if state is None:
        return _states(state, on)
    return Task(_("Read what is known of your state so far"), _public(f"states/{state.slug}/"))


def _states(state: State | None, on: datetime.date) -> Task:
    return Task(_("Read what is known so far, state by state"), _public("states/"))


def _method(state: State | None, on: datetime.date) -> Task:
    return Task(_("Read how answers are rated, and what a level means"), _public("method/"))


def _capabilities(state: State | None, on: datetime.date) -> Task:
    return Task(
        _("Read what a state needs to be able to do, capability by capability"), _public("capabilities/")
    )


def _help(state: State | None, on: datetime.date) -> Task:
    return Task(_("Look whether the places to report to are right, state by state"), _public("help/"))


def _invite(role: Role, state: State | None = None) -> str:
    chosen = {"role": role.value, **({"state": state.pk} if state else {})}
    return f"{reverse('people:invite')}?{urlencode(chosen)}"


def _public(page: str) -> str:
    return f"/{get_language()}/{page}"


FIRST: Final[dict[Role, Callable[[State | None, datetime.date], Task]]] = {
    Role.SECRETARIAT: _secretariat,
    Role.COORDINATOR: _coordinator,
    Role.TEAM: _of_state,
    Role.RAPPORTEUR: _method,
    Role.PARTNER: _states,
    Role.DONOR: _states,
    Role.CIVIL_SOCIETY: _of_state,
    Role.TRAINER: _capabilities,
    Role.SAFEGUARDING: _help,
    Role.DATA_PROTECTION: _people,
    Role.ADMINISTRATOR: _administrator,
}
