"""Where the chapter keeps texts that a person entered: names. The address goes with the erasure of the account."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.places import Place
from endocsea.support.actors import Actor

from .models import Appointment, Invitation, Person


def _people(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    return Person.objects.filter(pk__in=Appointment.objects.visible_to(actor, on=on).values("person"))


def _invitations(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    return Invitation.objects.waiting().visible_to(actor, on=on)


PLACES = (
    Place(
        "person", _("Name of a person"), "people.Person", ("name",), "key", _people, marked=False, opaque=True
    ),
    Place(
        "invitation",
        _("Name in an invitation"),
        "people.Invitation",
        ("name",),
        Cast("pk", CharField()),
        _invitations,
        marked=False,
    ),
)
