"""The one way into the journal, and the one way to erase what it holds of a person.

Who may do a deed, export or read is asked by the chapter that does it, before it writes here.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection, transaction

from endocsea.support.actors import Actor, Fixed

from . import heads, rules
from .models import Doer, Entry, Particulars
from .rules import BEGINNING, ERASING, PERSON, Head, Part, person_id

TURN: Final = int.from_bytes(b"journal")  # the advisory lock in PostgreSQL under which an entry is written
THEMSELVES: Final = Fixed("themselves")  # whoever erased their own data: naming them would keep it


@transaction.atomic
def record(
    deed: str,
    *,
    by: Actor,
    at: datetime.datetime,
    about: tuple[str, str] = ("", ""),
    concerns: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write down a deed, inside the transaction of the deed itself, as the last thing in it.

    Last, because other writers wait for their turn until that transaction ends.

    ``about`` is (kind, key) of the record, ``concerns`` the journal id of a person whom the deed concerns;
    about ``("person", key)`` says both. ``facts`` must be plain data, and nothing in it may name a person.
    """
    kind, key = about
    if kind == PERSON:
        concerns, key = person_id(key), ""
    doer = Part(secrets.token_hex(32), by.journal_id, ", ".join(sorted(by.roles(on=at.date()))))
    particulars = Part(secrets.token_hex(32), concerns, rules.text_of(facts or {}))
    number, previous = _last_in_turn()
    chained = {
        "previous": previous,
        "deed": deed,
        "about_kind": kind,
        "about_key": key,
        "doer_digest": rules.doer_digest(doer),
        "particulars_digest": rules.particulars_digest(particulars),
    }
    link = rules.link_of(at=rules.moment(at), **chained)
    entry = Entry.objects.create(number=number + 1, at=at, link=link, **chained)
    Doer.objects.create(entry=entry, salt=doer.salt, actor=doer.person, role=doer.text)
    Particulars.objects.create(
        entry=entry, salt=particulars.salt, person=particulars.person, text=particulars.text
    )
    head = Head(entry.number, link, rules.moment(at))
    transaction.on_commit(lambda: heads.move_forward(head), robust=True)
    return entry


def record_export(
    what: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime.datetime,
    about: tuple[str, str] = ("", ""),
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Write down that something left the system, with the digest of its bytes, before it is handed over."""
    given = {"what": what, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return record("exported", by=by, at=at, about=about, facts={**(facts or {}), **given})


def record_reading(*, by: Actor, at: datetime.datetime, about: tuple[str, str], concerns: str = "") -> Entry:
    """Write down that somebody read a restricted record, before it is shown: what is not noted is not seen."""
    return record("restricted record read", by=by, at=at, about=about, concerns=concerns)


@transaction.atomic
def erase(person: str, *, by: Actor, at: datetime.datetime) -> Entry:
    """Erase who a person was in what they did, and what entries say about them; the chain stays whole.

    Only how many parts went is written down: which ones would tie a person's entries together.
    """
    if not person.startswith(f"{PERSON}:"):
        raise ValueError(f"{person} is no person: what programmes did stays")
    parts, _by_model = Doer.objects.filter(actor=person).delete()
    parts += Particulars.objects.filter(person=person).delete()[0]
    return record(ERASING, by=THEMSELVES if by.journal_id == person else by, at=at, facts={"parts": parts})


def _last_in_turn() -> tuple[int, str]:
    """Number and link of the last entry, which stays the last one until this transaction ends.

    SQLite: a transaction that writes has been alone since it began (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    return Entry.objects.order_by("-number").values_list("number", "link").first() or (0, BEGINNING)
