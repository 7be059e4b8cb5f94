"""Where the chapter keeps texts that a person entered."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.places import Place
from endocsea.replies.keys import key_of
from endocsea.support.actors import Actor

from .models import Finding, Observation


def _observations(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    return Observation.objects.visible_to(actor, on=on)


def _findings(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    return Finding.objects.shown()


PLACES = (
    Place(
        "observation",
        _("Observation"),
        "findings.Observation",
        ("statement", "value", "note"),
        "code",
        _observations,
    ),
    Place(
        "finding",
        _("Finding"),
        "findings.Finding",
        ("reason", "state_comment"),
        key_of(question="indicator__code"),
        _findings,
    ),
    Place("finding", _("Finding"), "findings.Rating", ("rater",), key_of("finding__", "indicator__code")),
)
