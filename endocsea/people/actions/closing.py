"""Closing accounts whose last role has ended, and opening one again for a new role."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.support.actors import Actor

from ..closing import due
from ..models import Person
from ..signing_in import end_sessions
from .turn import take_turn


@transaction.atomic
def close_accounts(*, by: Actor, at: datetime.datetime) -> int:
    """Close every account that is due: nobody signs in with it, its sessions end, its data stay until erased.

    Says how many were closed.
    """
    take_turn(by)
    closed = due(on=localdate(at))
    for person in closed:
        person.is_active, person.closed_at = False, at
        person.save(update_fields=["is_active", "closed_at"])
        end_sessions(person)
        record("account closed", by=by, at=at, about=("person", str(person.key)))
    return len(closed)


def open_again(person: Person, *, at: datetime.datetime) -> None:
    """A step of accepting an invitation: password and second factor are what they were."""
    person.is_active, person.closed_at = True, None
    person.save(update_fields=["is_active", "closed_at"])
    record("account opened again", by=person, at=at, about=("person", str(person.key)))
