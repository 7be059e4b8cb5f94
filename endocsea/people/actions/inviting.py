"""Invitations: nominated, confirmed, sent, accepted. The letter holds a link; the database only its hash."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.standards.models import Capability
from endocsea.states.models import State
from endocsea.support.actors import CONTENT, VISITOR, Actor, Role

from .. import letters, policies, refusals
from ..models import Appointment, Invitation, Person
from ..rules import INVITATION_LASTS
from .appointing import appoint, check
from .closing import open_again
from .turn import take_turn


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    state: State | None = None,
    capabilities: Iterable[Capability] = (),
    name: str = "",
    language: str = "en",
    by: Person,
    at: datetime.datetime,
) -> Invitation:
    """Invite somebody; or nominate them, where the secretariat has to confirm first.

    The letter goes out when the deed is done. A coordinator who nominates somebody hands over to them.
    Raises `refusals.MayNot`, `AlreadyInvited`, `LetterNotSent` and those of `appointing.check`.
    """
    take_turn(by)
    code, on, capabilities = state.iso3 if state else None, localdate(at), list(capabilities)
    if not policies.may_nominate(by, role, on=on, state=code):
        raise refusals.MayNot
    check(role, state, capabilities, on)
    email = Person.objects.normalize_email(email).lower()
    if Invitation.objects.waiting().filter(email=email, role=role, state=state).exists():
        raise refusals.AlreadyInvited(address=email)
    follows = None
    if role == Role.COORDINATOR:
        follows = Appointment.objects.beyond(on).filter(role=role, state=state).order_by("since").last()
    made = Invitation(
        email=email,
        name=name,
        role=role,
        state=state,
        language=language,
        follows=follows,
        invited_by=by,
        nominated_at=at,
    )
    made.full_clean()
    made.save()
    made.capabilities.set(capabilities)
    if policies.may_invite(by, role, on=on, state=code):
        _send(made, by=by, at=at)
        _record("person invited", made, by=by, at=at)
    else:
        _record("person nominated", made, by=by, at=at)
    return made


@transaction.atomic
def invite_from_the_machine(*, email: str, at: datetime.datetime) -> Invitation:
    """Invite the first administrator, by whoever sits at the machine itself.

    An earlier letter from there that nobody followed (its address may have been mistyped) stops working.
    Raises `refusals.AdministratorThere`, `LetterNotSent`.
    """
    take_turn(CONTENT)
    administrators = Appointment.objects.on(localdate(at)).filter(role=Role.ADMINISTRATOR)
    if administrators.filter(person__is_active=True).exists():
        raise refusals.AdministratorThere
    for earlier in Invitation.objects.waiting().filter(role=Role.ADMINISTRATOR, sent_by=None):
        _close(earlier, by=CONTENT, at=at)
    made = Invitation(
        email=Person.objects.normalize_email(email).lower(), role=Role.ADMINISTRATOR, nominated_at=at
    )
    made.full_clean()
    made.save()
    _send(made, by=None, at=at)
    _record("person invited", made, by=CONTENT, at=at)
    return made


@transaction.atomic
def confirm(*, invitation: Invitation, by: Person, at: datetime.datetime) -> Invitation:
    """Confirm a nomination: now the letter goes out. Raises `refusals.MayNot`, `NotWaiting`, `LetterNotSent`."""
    take_turn(by)
    invitation = _still_waiting(invitation)
    _refuse_strangers(invitation, by, at)
    if invitation.confirmed_at is not None:
        raise refusals.NotWaiting
    _send(invitation, by=by, at=at)
    _record("nomination confirmed", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person, at: datetime.datetime) -> Invitation:
    """A new letter with a new link, for which the sender now answers; the old link stops working.

    Raises `refusals.MayNot`, `NotWaiting`, `LetterNotSent`.
    """
    take_turn(by)
    invitation = _still_waiting(invitation)
    _refuse_strangers(invitation, by, at)
    if invitation.confirmed_at is None:
        raise refusals.NotWaiting
    _send(invitation, by=by, at=at)
    _record("invitation sent again", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Actor, at: datetime.datetime) -> Invitation:
    """Take an invitation or nomination back. Raises `refusals.MayNot`, `NotWaiting`."""
    take_turn(by)
    invitation = _still_waiting(invitation)
    if not policies.may_withdraw(by, invitation, on=localdate(at)):
        raise refusals.MayNot
    _close(invitation, by=by, at=at)
    return invitation


def invitation_behind(token: str, *, at: datetime.datetime) -> Invitation:
    """The open invitation that a link belongs to. Raises `refusals.LinkUnknown`, whatever is wrong with it."""
    found = Invitation.objects.open(at=at).filter(token_digest=_digest(token)).first()
    if found is None or not policies.letter_stands(found, found.sent_by, on=localdate(at)):
        raise refusals.LinkUnknown
    return found


@transaction.atomic
def accept(
    *,
    token: str,
    name: str,
    password: str | None,
    signed_in: Person | None = None,
    at: datetime.datetime,
) -> Person:
    """Accept an invitation: an account, if the address has none, and the role from today on.

    Who has an account signs in first and gives no password; one that was closed opens again. The link stops
    working; so do other invitations to coordinate the same state. Raises `refusals.LinkUnknown`, `SignInFirst`,
    `OwnAccountOnly`, `PasswordTooWeak` and those of `appointing.appoint`.
    """
    take_turn(VISITOR)  # whether who accepts still has an account is asked below
    invitation = invitation_behind(token, at=at)
    person = Person.objects.filter(email=invitation.email).first()
    if signed_in is not None and signed_in != person:
        raise refusals.OwnAccountOnly(email=invitation.email)
    if person is None:
        person = _new_person(invitation, name, password)
    elif person.closed_at is not None:
        open_again(person, at=at)
    elif signed_in is None or not person.is_active:
        raise refusals.SignInFirst
    invitation.accepted_at, invitation.token_digest = at, ""
    invitation.save(update_fields=["accepted_at", "token_digest"])
    appoint(
        person=person,
        role=Role(invitation.role),
        state=invitation.state,
        capabilities=invitation.capabilities.all(),
        since=localdate(at),
        instead_of=invitation.follows,
        by=person,
        at=at,
    )
    if invitation.role == Role.COORDINATOR:
        for other in Invitation.objects.waiting().filter(role=invitation.role, state=invitation.state):
            _close(other, by=person, at=at)
    _record("invitation accepted", invitation, by=person, at=at)
    return person


def _new_person(invitation: Invitation, name: str, password: str | None) -> Person:
    person = Person(email=invitation.email, name=name, language=invitation.language)
    try:
        validate_password(password or "", person)
    except ValidationError as error:
        raise refusals.PasswordTooWeak(why=" ".join(error.messages)) from None
    return Person.objects.create_user(invitation.email, password, name=name, language=invitation.language)


def _still_waiting(invitation: Invitation) -> Invitation:
    found = Invitation.objects.waiting().filter(pk=invitation.pk).first()
    if found is None:
        raise refusals.NotWaiting
    return found


def _refuse_strangers(invitation: Invitation, by: Actor, at: datetime.datetime) -> None:
    state = invitation.state.iso3 if invitation.state else None
    if not policies.may_invite(by, Role(invitation.role), on=localdate(at), state=state):
        raise refusals.MayNot


def _close(invitation: Invitation, *, by: Actor, at: datetime.datetime) -> None:
    invitation.withdrawn_at, invitation.token_digest = at, ""
    invitation.save(update_fields=["withdrawn_at", "token_digest"])
    _record("invitation withdrawn", invitation, by=by, at=at)


def _send(invitation: Invitation, *, by: Person | None, at: datetime.datetime) -> None:
    token = secrets.token_urlsafe(32)
    invitation.confirmed_at = invitation.confirmed_at or at
    invitation.expires_at = at + INVITATION_LASTS
    invitation.token_digest = _digest(token)
    invitation.sent_by = by
    invitation.save(update_fields=["confirmed_at", "expires_at", "token_digest", "sent_by"])
    transaction.on_commit(lambda: letters.invitation(invitation, token))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _record(deed: str, invitation: Invitation, *, by: Actor, at: datetime.datetime) -> None:
    record(
        deed,
        by=by,
        at=at,
        about=("invitation", str(invitation.pk)),
        facts={"role": invitation.role, "state": invitation.state.iso3 if invitation.state else ""},
    )
