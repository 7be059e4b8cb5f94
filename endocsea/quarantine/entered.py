"""Where the chapter keeps texts that a person entered."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from endocsea.support.actors import Actor

from . import policies
from .models import Report
from .places import Place


def _decided(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    seen = Report.objects.filter(decided_at__isnull=False)
    return seen if policies.may_quarantine(actor, on=on) else seen.none()


PLACES = (
    Place(
        "report",
        _("Reason why a reported text may stay"),
        "quarantine.Report",
        ("reason",),
        Cast("pk", CharField()),
        _decided,
    ),
)
