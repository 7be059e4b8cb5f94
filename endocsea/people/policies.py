"""Who may invite, confirm, end, see and erase. Asked here and nowhere else."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from endocsea.support.actors import Actor, Role

from .rules import (
    GIVEN,
    INVITE,
    INVITE_FOR_THEIR_STATE,
    NEED_A_SECOND_FACTOR,
    NOMINATE_FOR_THEIR_STATE,
    SPEAK_FOR_A_STATE,
)

if TYPE_CHECKING:
    from .models import Appointment, Invitation, Person
    from .standing import Standing

SEE_EVERYBODY: Final = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR, Role.DATA_PROTECTION})


def may_invite(actor: Actor, role: Role, *, on: datetime.date, state: str | None = None) -> bool:
    """Whether an actor may invite somebody to a role, without asking anybody else."""
    if actor.roles(on=on) & INVITE.get(role, frozenset()):
        return True
    return _coordinates(actor, state, on=on, rule=INVITE_FOR_THEIR_STATE.get(role))


def may_nominate(actor: Actor, role: Role, *, on: datetime.date, state: str | None = None) -> bool:
    """Whether an actor may name somebody for a role; the secretariat confirms."""
    if may_invite(actor, role, on=on, state=state):
        return True
    return _coordinates(actor, state, on=on, rule=NOMINATE_FOR_THEIR_STATE.get(role))


def may_invite_anybody(actor: Actor, *, on: datetime.date) -> bool:
    """Whether there is a role to which an actor may invite or nominate."""
    states = [None, *actor.speaks_for(on=on)]
    return any(may_nominate(actor, role, on=on, state=state) for role in GIVEN for state in states)


def may_withdraw(actor: Actor, invitation: Invitation, *, on: datetime.date) -> bool:
    """Whoever may invite to the role, and whoever sent or nominated, may take it back."""
    own = invitation.invited_by is not None and invitation.invited_by.journal_id == actor.journal_id
    return own or may_invite(actor, Role(invitation.role), on=on, state=_code(invitation))


def letter_stands(invitation: Invitation, sender: Actor | None, *, on: datetime.date) -> bool:
    """A letter stands as long as its sender may invite to the role; what the machine itself sent, always."""
    if sender is None:
        return True
    return may_invite(sender, Role(invitation.role), on=on, state=_code(invitation))


def may_end(actor: Actor, appointment: Appointment, *, on: datetime.date) -> bool:
    """Whoever may invite to a role may end it; everybody may leave."""
    own = actor.journal_id == appointment.person.journal_id
    return own or may_invite(actor, Role(appointment.role), on=on, state=_code(appointment))


def may_see_people(actor: Actor, *, on: datetime.date) -> bool:
    """Whether an actor sees any people but themselves."""
    return any(may_see_people_of(actor, state, on=on) for state in (None, *actor.speaks_for(on=on)))


def may_see_people_of(actor: Actor, state: str | None, *, on: datetime.date) -> bool:
    """Secretariat, administrators and data protection see everybody; a state's own people see each other.

    Without a state: whether an actor sees everybody.
    """
    return bool(actor.roles(on=on) & SEE_EVERYBODY) or state in actor.speaks_for(on=on)


def may_see_appointment(actor: Actor, appointment: Appointment, *, on: datetime.date) -> bool:
    """One's own always; others as `may_see_people_of` says. Civil society of a state is none of its own people."""
    if actor.journal_id == appointment.person.journal_id:
        return True
    state = _code(appointment) if appointment.role in SPEAK_FOR_A_STATE else None
    return may_see_people_of(actor, state, on=on)


def may_see_every_invitation(actor: Actor, *, on: datetime.date) -> bool:
    """The data protection officer answers for what is kept of those who were asked."""
    return Role.DATA_PROTECTION in actor.roles(on=on)


def may_see_invitation(actor: Actor, invitation: Invitation, *, on: datetime.date) -> bool:
    """An address that was written to is seen by whoever may nominate for the role, and by who did."""
    own = invitation.invited_by is not None and invitation.invited_by.journal_id == actor.journal_id
    return (
        own
        or may_see_every_invitation(actor, on=on)
        or may_nominate(actor, Role(invitation.role), on=on, state=_code(invitation))
    )


def may_erase(actor: Actor, person: Person, *, on: datetime.date) -> bool:
    """Everybody their own data; the data protection officer anybody's."""
    return actor.journal_id == person.journal_id or Role.DATA_PROTECTION in actor.roles(on=on)


def may_protect_data(actor: Actor, *, on: datetime.date) -> bool:
    """Whether an actor sees the log of access and every account, to answer for what is kept of people."""
    return Role.DATA_PROTECTION in actor.roles(on=on)


def may_let_in_again(actor: Actor, person: Standing, *, on: datetime.date) -> bool:
    """Whether an actor may take away what a person has lost, so that they begin anew; nobody for themselves.

    The secretariat for everybody, an administrator for the secretariat, and a coordinator for whoever is of
    their team and nothing else: what opens more than their own state is not theirs to reset. Whoever sits at the
    machine itself lets an administrator in: there may be nobody else left.
    """
    if actor.journal_id == person.journal_id:
        return False
    roles = actor.roles(on=on)
    if Role.SECRETARIAT in roles:
        return True
    if Role.PREVIEW in roles:
        return Role.ADMINISTRATOR in person.roles(on=on)
    if Role.ADMINISTRATOR in roles and Role.SECRETARIAT in person.roles(on=on):
        return True
    return any(
        Role.COORDINATOR in actor.roles(on=on, state=state) and person.held == {(Role.TEAM, state)}
        for state in actor.speaks_for(on=on)
    )


def may_judge(person: Person, state: str, *, on: datetime.date, capability: int | None = None) -> bool:
    """A rapporteur judges the states and capabilities of the appointment, and never a state that they speak for."""
    if state in person.speaks_for(on=on):
        return False
    for held in person.appointments.on(on).filter(role=Role.RAPPORTEUR).select_related("state"):
        if held.state is None or held.state.iso3 == state:
            numbers = set(held.capabilities.values_list("number", flat=True))
            if capability is None or not numbers or capability in numbers:
                return True
    return False


def needs_a_second_factor(actor: Actor, *, on: datetime.date) -> bool:
    """Whether one of the roles that an actor holds asks for more than a password."""
    return bool(actor.roles(on=on) & NEED_A_SECOND_FACTOR)


def _coordinates(actor: Actor, state: str | None, *, on: datetime.date, rule: frozenset[Role] | None) -> bool:
    """Whether an actor belongs to a state's own people in one of the roles that a rule names."""
    if state is None or rule is None or state not in actor.speaks_for(on=on):
        return False
    return bool(actor.roles(on=on, state=state) & rule)


def _code(record: Appointment | Invitation) -> str | None:
    return record.state.iso3 if record.state else None
