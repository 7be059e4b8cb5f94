"""Lists that the pages of people show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from endocsea.states.models import Membership, State
from endocsea.support.actors import Role

from . import policies
from .models import Appointment, Invitation, Person
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment, and whether the reader may end it."""

    appointment: Appointment
    may_end: bool


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
    found = found.prefetch_related("capabilities").order_by("state__iso3", "role", "person__name", "pk")
    reader = seen_by.standing(on=on)
    return [
        Held(each, (each.until is None or each.until > on) and policies.may_end(reader, each, on=on))
        for each in found
    ]


def invitations(*, at: datetime.datetime, seen_by: Person) -> list[Offered]:
    """Invitations that wait, as far as a person sees them."""
    on = localdate(at)
    found = Invitation.objects.waiting().visible_to(seen_by, on=on).order_by("nominated_at", "pk")
    reader = seen_by.standing(on=on)
    senders: dict[int, Standing] = {}
    listed = []
    for each in found.select_related("state", "invited_by", "sent_by"):
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
    return list(states_with_people(on=on).filter(training=False).exclude(pk__in=held).order_by("iso3"))
