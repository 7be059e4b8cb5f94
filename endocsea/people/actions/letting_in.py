"""Letting somebody in again who has lost the device and the recovery codes: they begin anew, by a letter."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.support.actors import Actor

from .. import letters, policies, refusals
from ..models import Person
from ..signing_in import authenticators, end_sessions, path_to_choose_a_password
from .turn import take_turn


@transaction.atomic
def let_in_again(*, person: Person, by: Actor, at: datetime.datetime) -> Person:
    """Remove a person's second factors and password, end their sessions, and send a link for a new password.

    The password goes too: whoever tricks somebody into this deed with a stolen one must not get in by it.
    Raises `refusals.MayNot`, `LinkNotSent`.
    """
    take_turn(by)
    person = Person.objects.get(pk=person.pk)
    on = localdate(at)
    if not person.is_active or not policies.may_let_in_again(by, person.standing(on=on), on=on):
        raise refusals.MayNot
    removed, _by_model = authenticators(person).delete()
    end_sessions(person)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    path = path_to_choose_a_password(person)
    transaction.on_commit(lambda: letters.beginning_anew(person, path))
    record(
        "let in again",
        by=by,
        at=at,
        about=("person", str(person.key)),
        facts={"second factors removed": removed},
    )
    return person
