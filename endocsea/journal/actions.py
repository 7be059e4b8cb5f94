"""The one way into the journal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from endocsea.support.actors import Actor

from .models import Entry


def record(
    deed: str,
    *,
    by: Actor,
    at: datetime.datetime,
    about: tuple[str, str] = ("", ""),
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write down a deed, inside the transaction of the deed itself.

    ``about`` is (kind, key) of the record; ``facts`` must be plain data without personal data.
    """
    roles = sorted(by.roles(on=at.date()))
    kind, key = about
    return Entry.objects.create(
        at=at,
        actor=by.journal_id,
        role=roles[0] if roles else "",
        deed=deed,
        about_kind=kind,
        about_key=key,
        facts=dict(facts or {}),
    )
