"""A person's own data: what is kept, correcting it, erasing it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal import actions as journal
from endocsea.journal.actions import record
from endocsea.support.actors import Actor

from .. import policies, refusals, register
from ..models import Person
from ..rules import VISIT_ENDS_AFTER
from .turn import take_turn


def own_data(person: Person) -> dict[str, Any]:
    """All that is kept of a person, as plain data under the names that the register gives."""
    return {part.key: part.read(person) for part in register.PARTS}


@transaction.atomic
def correct_own_data(*, person: Person, name: str, language: str, at: datetime.datetime) -> Person:
    """Change one's own name and language. Raises `refusals.MayNot`."""
    take_turn(person)
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.name, person.language = name, language
    person.full_clean()
    person.save(update_fields=["name", "language"])
    record("own data corrected", by=person, at=at, about=("person", str(person.key)))
    return person


def note_visit(*, person: Person, at: datetime.datetime) -> datetime.datetime | None:
    """Note that a person has come to My work; when they were last there in the visit before this one.

    No deed: the journal says what people did, and not when they looked.
    """
    goes_on = person.here_at is not None and at - person.here_at < VISIT_ENDS_AFTER
    before = person.here_before_at if goes_on else person.here_at
    Person.objects.filter(pk=person.pk).update(here_at=at, here_before_at=before)
    return before


@transaction.atomic
def erase(*, person: Person, by: Actor, at: datetime.datetime) -> Person:
    """Erase what names a person. What they did stays with their post, and the journal stays true.

    The account keeps its key, so that roles held and deeds done stay countable; nobody can sign in with it.
    Raises `refusals.MayNot`, `StillHoldsRole`.
    """
    take_turn(by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    on = localdate(at)
    if not policies.may_erase(by, person, on=on):
        raise refusals.MayNot
    if person.appointments.beyond(on).exists():
        raise refusals.StillHoldsRole
    for part in register.PARTS:
        part.erase(person, at)
    journal.erase(person.journal_id, by=by, at=at)
    return Person.objects.get(pk=person.pk)
