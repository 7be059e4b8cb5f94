"""Beginning and ending a role."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.standards.models import Capability
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.texts import plain

from .. import policies, refusals
from ..models import Appointment, Invitation, Person
from ..queries import states_with_people
from ..rules import MAY_NAME_A_STATE, MAY_NAME_CAPABILITIES, SPEAK_FOR_A_STATE
from .turn import take_turn


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: Role,
    state: State | None = None,
    capabilities: Iterable[Capability] = (),
    since: datetime.date,
    instead_of: Appointment | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Appointment:
    """Give a person a role from a day on; ``instead_of`` ends the day before (a handover).

    Who may was asked when the invitation was sent and again when its link was followed: this is a step of
    accepting it, not a deed of its own. An appointment that began on that very day cannot end before it: then
    both hold the role for that one day. Raises the refusals of `check`, and `refusals.HasCoordinator`,
    `SpeaksForAnother`, `HoldsRole`.
    """
    capabilities = list(capabilities)
    check(role, state, capabilities, since)
    take_turn(by)
    if instead_of is not None:
        _close(Appointment.objects.get(pk=instead_of.pk), since, by=by, at=at)
    _refuse_double(person, role, state, capabilities, since)
    made = Appointment(person=person, role=role, state=state, since=since)
    made.full_clean()
    made.save()
    made.capabilities.set(capabilities)
    facts = {**_which(made), "since": since.isoformat()}
    record("role given", by=by, at=at, about=("person", str(person.key)), facts=facts)
    return made


@transaction.atomic
def end(*, appointment: Appointment, on: datetime.date, by: Actor, at: datetime.datetime) -> Appointment:
    """Let a role end: that day is the last one. A role that would begin later was never held, and goes.

    Raises `refusals.MayNot`, `RoleOver`, `RoleTakenBack`, `LastAdministrator`.
    """
    take_turn(by)
    appointment = _still_there(appointment)
    if not policies.may_end(by, appointment, on=localdate(at)):
        raise refusals.MayNot
    if appointment.until is not None and appointment.until <= on:
        raise refusals.RoleOver(day=appointment.until)
    if appointment.since > on:
        _take_back(appointment, by=by, at=at)
        return appointment
    if appointment.role == Role.ADMINISTRATOR:
        others = Appointment.objects.filter(
            role=Role.ADMINISTRATOR, until=None, since__lte=on, person__is_active=True
        )
        if not others.exclude(person=appointment.person).exists():
            raise refusals.LastAdministrator
    _end(appointment, on, by=by, at=at)
    return appointment


def check(
    role: Role, state: State | None, capabilities: Collection[Capability], since: datetime.date
) -> None:
    """Whether a role can be held for a state and for capabilities from a day on.

    Raises `refusals.RoleWithoutState`, `RoleOfTheProgramme`, `NoMemberThatDay`, `AllCapabilities`.
    """
    if capabilities and role not in MAY_NAME_CAPABILITIES:
        raise refusals.AllCapabilities
    if role in SPEAK_FOR_A_STATE and state is None:
        raise refusals.RoleWithoutState
    if state is None:
        return
    if role not in MAY_NAME_A_STATE:
        raise refusals.RoleOfTheProgramme
    if not states_with_people(on=since).filter(pk=state.pk).exists():
        raise refusals.NoMemberThatDay(state=plain(state.name), day=since)


def _still_there(appointment: Appointment) -> Appointment:
    found = Appointment.objects.filter(pk=appointment.pk).first()
    if found is None:
        raise refusals.RoleTakenBack
    return found


def _close(held: Appointment, since: datetime.date, *, by: Actor, at: datetime.datetime) -> None:
    """End what a handover replaces, unless it has ended already."""
    until = max(since - datetime.timedelta(days=1), held.since)
    if held.until is None or held.until > until:
        _end(held, until, by=by, at=at)


def _end(held: Appointment, until: datetime.date, *, by: Actor, at: datetime.datetime) -> None:
    held.until = until
    held.full_clean()
    held.save(update_fields=["until"])
    facts = {**_which(held), "until": until.isoformat()}
    record("role ended", by=by, at=at, about=("person", str(held.person.key)), facts=facts)


def _take_back(held: Appointment, *, by: Actor, at: datetime.datetime) -> None:
    Invitation.objects.filter(follows=held).update(follows=None)
    held.delete()
    record("role taken back", by=by, at=at, about=("person", str(held.person.key)), facts=_which(held))


def _which(held: Appointment) -> dict[str, str]:
    return {"role": held.role, "state": held.state.iso3 if held.state else ""}


def _refuse_double(
    person: Person,
    role: Role,
    state: State | None,
    capabilities: Collection[Capability],
    since: datetime.date,
) -> None:
    own = person.appointments.after(since)
    asked = {each.pk for each in capabilities}
    for held in own.beyond(since).filter(role=role, state=state):
        has = set(held.capabilities.values_list("pk", flat=True))
        if not has or (asked and asked <= has):
            raise refusals.HoldsRole
    if role in SPEAK_FOR_A_STATE:
        other = own.filter(role__in=SPEAK_FOR_A_STATE).exclude(state=state).select_related("state").first()
        if other is not None and other.state is not None:
            raise refusals.SpeaksForAnother(state=plain(other.state.name))
    if role == Role.COORDINATOR and state is not None:
        there = Appointment.objects.beyond(since).filter(role=role, state=state).order_by("since").first()
        if there is not None:
            raise refusals.HasCoordinator(state=plain(state.name), day=there.since)
