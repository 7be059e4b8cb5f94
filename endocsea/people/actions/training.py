"""One person per role, to try everything with: for the made-up states, in an installation without accounts."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from endocsea.states.models import State
from endocsea.support.actors import CONTENT, Role
from endocsea.support.texts import plain

from .. import refusals
from ..models import Invitation, Person
from ..rules import GIVEN, NAMES, NEED_A_SECOND_FACTOR, SPEAK_FOR_A_STATE
from ..signing_in import set_up_codes
from .appointing import appoint
from .turn import take_turn


@dataclass(frozen=True, slots=True)
class SignIn:
    """What lets a training person in. Nothing of it can be read again afterwards."""

    name: str
    address: str
    password: str
    secret: str = ""
    recovery_codes: tuple[str, ...] = ()


@transaction.atomic
def add_training_people(*, at: datetime.datetime) -> list[SignIn]:
    """Add one person per role. Raises `refusals.AccountsThere`, `NoTrainingStates`."""
    take_turn(CONTENT)
    if Person.objects.exists() or Invitation.objects.waiting().exists():
        raise refusals.AccountsThere
    state = State.objects.for_training().order_by("iso3").first()
    if state is None:
        raise refusals.NoTrainingStates
    with override("en"):
        return [_add(role, state, at) for role in GIVEN]


def addresses() -> list[str]:
    """The addresses of the people for training: of a domain in which nobody has one."""
    return [_address(role) for role in GIVEN]


def _address(role: Role) -> str:
    return f"{role}@example.org"


def _add(role: Role, state: State, at: datetime.datetime) -> SignIn:
    place = state if role in SPEAK_FOR_A_STATE | {Role.CIVIL_SOCIETY} else None
    name = f"{NAMES[role]} of {plain(state.name)}" if place else str(NAMES[role])
    password = secrets.token_urlsafe(12)
    person = Person.objects.create_user(_address(role), password, name=name)
    appoint(person=person, role=role, state=place, since=localdate(at), by=CONTENT, at=at)
    if role not in NEED_A_SECOND_FACTOR:
        return SignIn(name, person.email, password)
    secret, codes = set_up_codes(person)
    return SignIn(name, person.email, password, secret, codes)
