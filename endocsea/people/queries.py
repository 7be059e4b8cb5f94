"""Lists that the pages of people show."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from endocsea.states.models import Membership, State
from endocsea.support.actors import Role
from endocsea.support.texts import collation, plain

from . import policies
from .models import Appointment, Invitation, Person
from .naming import without_reported
from .rules import GIVEN
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment, and whether the reader may end it, and let whoever holds it in again."""

    appointment: Appointment
    may_end: bool
    may_let_in: bool


@dataclass(frozen=True, slots=True)
class Own:
    """A role of one's own: whether it can be left, and for a coordinator who is named to come after."""

    appointment: Appointment
    may_leave: bool
    successor: Invitation | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An invitation that waits, and what the reader may do with it.

    ``expired``: its link does not work any more, for its days are over or who sent it may no longer invite.
    """

    invitation: Invitation
    expired: bool
    may_confirm: bool
    may_send_again: bool
    may_withdraw: bool


def appointments(*, on: datetime.date, seen_by: Person) -> list[Held]:
    """Roles that hold on a day or will begin, as far as a person sees them."""
    found = Appointment.objects.after(on).visible_to(seen_by, on=on).select_related("person", "state")
    listed = sorted(found.prefetch_related("capabilities"), key=_by_state_and_role)
    without_reported(each.person for each in listed)
    reader = seen_by.standing(on=on)
    standings = _standings({each.person for each in listed}, on=on)
    return [
        Held(
            each,
            may_end=_goes_on(each, on) and policies.may_end(reader, each, on=on),
            may_let_in=policies.may_let_in_again(reader, standings[each.person], on=on),
        )
        for each in listed
    ]


def others_seen_by(reader: Person, *, on: datetime.date) -> QuerySet[Person]:
    """Whoever else holds or will hold a role that a person sees, and can sign in."""
    seen = Appointment.objects.after(on).visible_to(reader, on=on).values("person")
    return Person.objects.filter(pk__in=seen, is_active=True).exclude(pk=reader.pk)


def own_roles(person: Person, *, on: datetime.date) -> list[Own]:
    """The roles that a person holds on a day or will hold."""
    found = person.appointments.after(on).select_related("person", "state").prefetch_related("capabilities")
    reader = person.standing(on=on)
    named = Invitation.objects.waiting().filter(role=Role.COORDINATOR).order_by("nominated_at", "pk")
    return [
        Own(
            each,
            may_leave=_goes_on(each, on) and policies.may_end(reader, each, on=on),
            successor=named.filter(state=each.state).last() if each.role == Role.COORDINATOR else None,
        )
        for each in sorted(found, key=_by_state_and_role)
    ]


def invitations(*, at: datetime.datetime, seen_by: Person) -> list[Offered]:
    """Invitations that wait, as far as a person sees them."""
    on = localdate(at)
    found = Invitation.objects.waiting().visible_to(seen_by, on=on).order_by("nominated_at", "pk")
    reader = seen_by.standing(on=on)
    senders: dict[int, Standing] = {}
    listed = []
    waiting = list(found.select_related("state", "invited_by", "sent_by"))
    without_reported(waiting)
    for each in waiting:
        if each.sent_by is not None and each.sent_by.pk not in senders:
            senders[each.sent_by.pk] = each.sent_by.standing(on=on)
        sender = senders[each.sent_by.pk] if each.sent_by else None
        over = each.expires_at is not None and each.expires_at <= at
        stands = policies.letter_stands(each, sender, on=on)
        may = policies.may_invite(
            reader, Role(each.role), on=on, state=each.state.iso3 if each.state else None
        )
        listed.append(
            Offered(
                each,
                expired=each.confirmed_at is not None and (over or not stands),
                may_confirm=may and each.confirmed_at is None,
                may_send_again=may and each.confirmed_at is not None,
                may_withdraw=policies.may_withdraw(reader, each, on=on),
            )
        )
    return listed


def states_with_people(*, on: datetime.date) -> QuerySet[State]:
    """States for which a role can be held on a day: members of the Council of Europe, and the made-up ones."""
    members = Membership.objects.on(on).filter(body=Membership.Body.COUNCIL_OF_EUROPE).values("state")
    return State.objects.shown().filter(Q(training=True) | Q(pk__in=members))


def states_without_coordinator(*, on: datetime.date) -> list[State]:
    """States that could have a coordinator on a day and have none; made-up ones are left out."""
    held = Appointment.objects.on(on).filter(role=Role.COORDINATOR).values("state")
    without = states_with_people(on=on).filter(training=False).exclude(pk__in=held)
    return sorted(without, key=lambda state: collation(plain(state.name)))


def _goes_on(held: Appointment, on: datetime.date) -> bool:
    return held.until is None or held.until > on


def _by_state_and_role(held: Appointment) -> tuple[object, ...]:
    """The programme's first, then by the names of states, the made-up ones last; within a state as `GIVEN` has it."""
    state = (held.state.training, collation(plain(held.state.name))) if held.state else ()
    return state, GIVEN.index(Role(held.role)), collation(held.person.name or held.person.email), held.pk


def _standings(people: Collection[Person], *, on: datetime.date) -> dict[Person, Standing]:
    """The roles that were given to people, read at once."""
    held: dict[int, set[tuple[Role, str | None]]] = {person.pk: set() for person in people}
    given = Appointment.objects.on(on).filter(person__in=held)
    for person, role, state in given.values_list("person", "role", "state__iso3"):
        held[person].add((Role(role), state))
    return {person: Standing(person.journal_id, on, frozenset(held[person.pk])) for person in people}
