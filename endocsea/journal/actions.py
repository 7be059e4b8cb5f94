"""The one way into the journal, and the one way to erase what it holds of a person.

Who may do a deed, export or read is asked by the chapter that does it, before it writes here.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.support import turns
from endocsea.support.actors import Actor, Fixed
from endocsea.support.texts import texts_in

from . import heads, rules
from .models import Doer, Entry, Particulars
from .rules import BEGINNING, ERASING, EXPORTED, PERSON, READ, Head, Part, person_id

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
    moment = rules.moment(at)  # first: a day can be told of a time in a zone only
    doer = Part(secrets.token_hex(32), by.journal_id, ", ".join(sorted(by.roles(on=localdate(at)))))
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
    link = rules.link_of(at=moment, **chained)
    entry = Entry.objects.create(number=number + 1, at=at, link=link, **chained)
    Doer.objects.create(entry=entry, salt=doer.salt, actor=doer.person, role=doer.text)
    Particulars.objects.create(
        entry=entry, salt=particulars.salt, person=particulars.person, text=particulars.text
    )
    head = Head(entry.number, link, moment)
    transaction.on_commit(lambda: heads.move_forward(head, previous), robust=True)
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
    return record(EXPORTED, by=by, at=at, about=about, facts={**(facts or {}), **given})


def record_reading(*, by: Actor, at: datetime.datetime, about: tuple[str, str], concerns: str = "") -> Entry:
    """Write down that somebody read a restricted record, before it is shown: what is not noted is not seen."""
    return record(READ, by=by, at=at, about=about, concerns=concerns)


@transaction.atomic
def erase(person: str, *, by: Actor, at: datetime.datetime) -> Entry:
    """Erase who a person was in what they did, and what entries say about them; the chain stays whole.

    Only how many parts went is written down: which ones would tie a person's entries together.
    """
    if not person.startswith(f"{PERSON}:"):
        raise ValueError(f"{person} is no person: what programmes did stays")
    turns.take("journal")  # an entry that is just being written must not be overlooked
    parts, _by_model = Doer.objects.filter(actor=person).delete()
    parts += Particulars.objects.filter(person=person).delete()[0]
    return record(ERASING, by=THEMSELVES if by.journal_id == person else by, at=at, facts={"parts": parts})


@transaction.atomic
def erase_facts(
    going: Callable[[tuple[str, str], str], bool], *, by: Actor, at: datetime.datetime
) -> dict[tuple[str, str], list[str]]:
    """Erase the particulars of each entry of which a fact goes; the facts that went, by kind and key of the record.

    ``going`` is asked for the record that an entry is about and a fact. A fact without a space is a code or a
    day, nothing that somebody wrote, and stays.
    """
    turns.take("journal")
    gone: dict[tuple[str, str], list[str]] = {}
    parts = []
    wordy = Particulars.objects.filter(text__contains=" ").exclude(entry__deed=ERASING)
    for part in wordy.select_related("entry").order_by("entry"):
        about = (part.entry.about_kind, part.entry.about_key or part.person.removeprefix(f"{PERSON}:"))
        if facts := [
            fact for fact in texts_in(json.loads(part.text)) if " " in fact.strip() and going(about, fact)
        ]:
            parts.append(part.pk)
            gone.setdefault(about, []).extend(facts)
    if parts:
        Particulars.objects.filter(pk__in=parts).delete()
        record(ERASING, by=by, at=at, facts={"parts": len(parts)})
    return gone


def _last_in_turn() -> tuple[int, str]:
    """Number and link of the last entry, which stays the last one until this transaction ends."""
    turns.take("journal")
    return Entry.objects.order_by("-number").values_list("number", "link").first() or (0, BEGINNING)
