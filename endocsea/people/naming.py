"""Names as others see them: one that was reported to the safeguarding officer is not shown until that is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from endocsea.quarantine.queries import hidden

from .models import Invitation, Person


def without_reported(records: Iterable[Person | Invitation]) -> list[Person | Invitation]:
    """The records, to be shown and not saved: a reported name is empty, and the address stands alone."""
    listed = list(records)
    people, invitations = hidden("person"), hidden("invitation")
    for each in listed:
        if _reported(each, people, invitations):
            each.name = ""
    return listed


def _reported(record: Person | Invitation, people: Collection[str], invitations: Collection[str]) -> bool:
    if isinstance(record, Person):
        return str(record.key) in people
    return str(record.pk) in invitations
