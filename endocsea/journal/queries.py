"""Reading the journal: what happened to a record, what somebody did, what was done lately, all of it as written."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from endocsea.support.actors import Actor

from .models import Entry
from .rules import PERSON, Part, Written, moment, person_id


def deeds_of(actor: Actor) -> QuerySet[Entry]:
    """What an actor did, in order; nothing once that was erased."""
    return Entry.objects.with_parts().filter(doer__actor=actor.journal_id).order_by("number")


def history_of(kind: str, key: str) -> QuerySet[Entry]:
    """What happened to a record, in order; for a person, every entry that concerns them."""
    entries = Entry.objects.with_parts().order_by("number")
    if kind == PERSON:
        return entries.filter(particulars__person=person_id(key))
    return entries.filter(about_kind=kind, about_key=key)


def done_since(at: datetime.datetime, deeds: Collection[str]) -> QuerySet[Entry]:
    """What was done after a moment, of certain deeds, the latest first."""
    return Entry.objects.with_parts().filter(at__gt=at, deed__in=deeds).order_by("-number")


COLUMNS = (
    "number", "previous", "written_at", "deed", "about_kind", "about_key", "doer_digest", "particulars_digest",
    "link", "doer__salt", "doer__actor", "doer__role", "particulars__salt", "particulars__person", "particulars__text",
)  # fmt: skip


def written() -> Iterator[Written]:
    """Every entry as the database holds it, in the order of numbers, whatever somebody did to it."""
    rows = (
        Entry.objects.order_by("number")
        .annotate(written_at=Cast("at", TextField()))
        .values(*COLUMNS)
        .iterator(chunk_size=2000)
    )
    for row in rows:
        number = row["number"]
        yield Written(
            number=number if isinstance(number, int) else 0,
            previous=_text(row["previous"]),
            at=_moment(row["written_at"]),
            deed=_text(row["deed"]),
            about_kind=_text(row["about_kind"]),
            about_key=_text(row["about_key"]),
            doer_digest=_text(row["doer_digest"]),
            particulars_digest=_text(row["particulars_digest"]),
            link=_text(row["link"]),
            doer=_part(row["doer__salt"], row["doer__actor"], row["doer__role"]),
            particulars=_part(row["particulars__salt"], row["particulars__person"], row["particulars__text"]),
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _moment(stored: str) -> str:
    """A time in the form in which it is hashed; as it stands where it is none, which then fits no link."""
    try:
        at = datetime.datetime.fromisoformat(stored)
        return moment(at if at.tzinfo else at.replace(tzinfo=datetime.UTC))
    except (ValueError, OverflowError):
        return stored


def _part(salt: Any, person: Any, text: Any) -> Part | None:
    return None if salt is None else Part(_text(salt), _text(person), _text(text))
