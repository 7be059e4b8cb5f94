"""What makes the journal a chain, and how a break in it is found.

Each entry carries the link of the one before it and a link of its own, the SHA-256 (as hexadecimal) of

    ["endocsea journal 1", previous, at, deed, about_kind, about_key, doer_digest, particulars_digest]

and the two digests are those of the parts that can be erased, each with a random salt of its own:

    ["doer", salt, actor, role]        ["particulars", salt, person, facts]

All are hashed as JSON arrays of strings without spaces, other letters than ASCII escaped. ``at`` is in
UTC with microseconds; ``facts`` is the JSON text as it is kept, so that no database rewrites it.

The number is not in the link: it is the place in the chain, 1 for the entry whose previous link is empty.
So one entry put in between is one fault, and not one for each entry behind it that had to give way.

A salt goes with its part. Without it nobody can try who it might have been, and the entry, with the digest
in it, still fits into the chain.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FORM: Final = "endocsea journal 1"
BEGINNING: Final = ""  # the link before the first entry
PERSON: Final = "person"  # the kind of record whose key never stands in the chain itself
EXPORTED: Final = "exported"  # the deed; its facts say what and the digest of its bytes
READ: Final = "restricted record read"
ERASING: Final = "personal data erased"  # the deed; its facts say how many parts were erased


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an entry that can be erased: its doer (an actor, the role) or its particulars (a person, facts)."""

    salt: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as the database holds it. A part is None where it is not there (any more)."""

    number: int
    previous: str
    at: str
    deed: str
    about_kind: str
    about_key: str
    doer_digest: str
    particulars_digest: str
    link: str
    doer: Part | None
    particulars: Part | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the journal as something outside the database knew it. ``where`` says what."""

    number: int
    link: str
    at: str
    where: str = ""


class Flaw(StrEnum):
    ALTERED = "altered"
    DOER = "doer"
    PARTICULARS = "particulars"
    MISSING = "missing"
    START = "start"
    NUMBERING = "numbering"
    PUT_IN = "put-in"
    PUT_IN_FRONT = "put-in-front"
    MOVED = "moved"
    LOOSE = "loose"
    ERASURES = "erasures"
    CUT = "cut"
    HEAD = "head"
    HEAD_UNKNOWN = "head-unknown"
    HEAD_UNREADABLE = "head-unreadable"
    GUARD = "guard"
    UNREADABLE = "unreadable"


SENTENCES: Final[Mapping[Flaw, _StrPromise]] = {
    Flaw.ALTERED: _("Entry %(number)s was changed after it had been written."),
    Flaw.DOER: _("Entry %(number)s: who did it was changed after it had been written."),
    Flaw.PARTICULARS: _("Entry %(number)s: its particulars were changed after it had been written."),
    Flaw.MISSING: _("After entry %(before)s comes entry %(after)s: what stood between them was deleted."),
    Flaw.START: _("The journal begins with entry %(after)s: what stood before it was deleted."),
    Flaw.NUMBERING: _(
        "Entry %(number)s stands behind entry %(before)s: it was put in or given another number."
    ),
    Flaw.PUT_IN: _(
        "Entry %(number)s was written right after entry %(after)s: what stands between them was put in later."
    ),
    Flaw.PUT_IN_FRONT: _(
        "Entry %(number)s was written as the first one: what stands before it was put in later."
    ),
    Flaw.MOVED: _(
        "Entry %(number)s was written right after what is now entry %(after)s: the order has been changed."
    ),
    Flaw.LOOSE: _(
        "Entry %(number)s was not written after what stands before it: that was changed, or something between "
        "them was deleted."
    ),
    Flaw.ERASURES: _(
        "%(missing)s erasable parts of entries are not there, and the erasures that were written down make "
        "%(accounted)s: some were removed, or put back, without a trace."
    ),
    Flaw.CUT: _(
        "The journal ends with entry %(last)s, and %(where)s knows entry %(known)s: the last %(count)s were cut off."
    ),
    Flaw.HEAD: _(
        "Entry %(number)s is not the one that %(where)s knows: it and the entries around it were written anew."
    ),
    Flaw.HEAD_UNKNOWN: _(
        "%(where)s is not there. Without it nobody can see whether the last entries were cut off, or all written anew."
    ),
    Flaw.HEAD_UNREADABLE: _("%(where)s cannot be read as the head of a journal."),
    Flaw.GUARD: _("The database does not refuse changes as it should: its trigger %(name)s is missing."),
    Flaw.UNREADABLE: _("The database cannot be read: %(why)s."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at an entry or with the whole."""

    flaw: Flaw
    number: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.flaw]) % {"number": self.number, **self.facts}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the journal found. ``beyond`` counts the entries that no head outside knows yet."""

    entries: int
    erased: int
    since: str | None
    head: Head | None
    beyond: int
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


def person_id(key: str) -> str:
    """The journal id of the person with a key (or with that id)."""
    return f"{PERSON}:{key.removeprefix(f'{PERSON}:')}"


def moment(at: datetime.datetime) -> str:
    """A point in time as it is hashed. Raises ``ValueError`` for one without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a time in the journal needs a time zone")
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def text_of(facts: Mapping[str, Any]) -> str:
    """Facts as they are kept and hashed. Raises ``TypeError`` or ``ValueError`` for what is no plain data."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def doer_digest(part: Part) -> str:
    return _sha256("doer", part.salt, part.person, part.text)


def particulars_digest(part: Part) -> str:
    return _sha256("particulars", part.salt, part.person, part.text)


def link_of(
    *,
    previous: str,
    at: str,
    deed: str,
    about_kind: str,
    about_key: str,
    doer_digest: str,
    particulars_digest: str,
) -> str:
    return _sha256(FORM, previous, at, deed, about_kind, about_key, doer_digest, particulars_digest)


def _sha256(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def verify(entries: Iterable[Written], heads: Sequence[Head] = ()) -> Verdict:
    """Check entries, in the order of their numbers, against each other and against the heads known outside.

    An erased part is no fault as long as an erasure that was written down accounts for it.
    """
    count = missing = accounted = erased = 0
    since: str | None = None
    last: Written | None = None
    faults: list[Fault] = []
    loose: list[Written] = []
    place_of = {BEGINNING: 0}
    known = {head.number: "" for head in heads}
    for entry in entries:
        count += 1
        since = since or entry.at
        place_of.setdefault(entry.link, entry.number)
        if entry.number in known:
            known[entry.number] = entry.link
        before = last.number if last else 0
        if entry.number <= before:
            faults.append(Fault(Flaw.NUMBERING, entry.number, {"before": before}))
        elif entry.number > before + 1:
            flaw = Flaw.MISSING if last else Flaw.START
            faults.append(Fault(flaw, before + 1, {"before": before, "after": entry.number}))
        if _own_link(entry) != entry.link:
            faults.append(Fault(Flaw.ALTERED, entry.number))
        elif entry.number == before + 1 and entry.previous != (last.link if last else BEGINNING):
            loose.append(entry)
        faults += _changed_parts(entry)
        gone = (entry.doer is None) + (entry.particulars is None)
        missing += gone
        erased += bool(gone)
        accounted += _erased_by(entry)
        last = entry
    faults += [_why_loose(entry, place_of) for entry in loose]
    if missing != accounted:
        faults.append(Fault(Flaw.ERASURES, None, {"missing": missing, "accounted": accounted}))
    faults += [fault for head in heads if (fault := _unfitting(head, known, last.number if last else 0))]
    return Verdict(
        entries=count,
        erased=erased,
        since=since,
        head=Head(last.number, last.link, last.at) if last else None,
        beyond=max(0, (last.number if last else 0) - max(known)) if known else 0,
        faults=tuple(sorted(faults, key=lambda fault: (fault.number is None, fault.number or 0))),
    )


def _own_link(entry: Written) -> str:
    return link_of(
        previous=entry.previous,
        at=entry.at,
        deed=entry.deed,
        about_kind=entry.about_kind,
        about_key=entry.about_key,
        doer_digest=entry.doer_digest,
        particulars_digest=entry.particulars_digest,
    )


def _changed_parts(entry: Written) -> list[Fault]:
    found = []
    if entry.doer and doer_digest(entry.doer) != entry.doer_digest:
        found.append(Fault(Flaw.DOER, entry.number))
    if entry.particulars and particulars_digest(entry.particulars) != entry.particulars_digest:
        found.append(Fault(Flaw.PARTICULARS, entry.number))
    return found


def _erased_by(entry: Written) -> int:
    """How many parts an entry says were erased; none where it does not say so, or was changed."""
    part = entry.particulars
    if entry.deed != ERASING or part is None or particulars_digest(part) != entry.particulars_digest:
        return 0
    parts = json.loads(part.text).get("parts")
    return parts if isinstance(parts, int) else 0


def _why_loose(entry: Written, place_of: Mapping[str, int]) -> Fault:
    """An entry that is itself unchanged, and was written after another one than stands before it."""
    after = place_of.get(entry.previous)
    if after is None:
        return Fault(Flaw.LOOSE, entry.number)
    if after == 0:
        return Fault(Flaw.PUT_IN_FRONT, entry.number)
    flaw = Flaw.PUT_IN if after < entry.number else Flaw.MOVED
    return Fault(flaw, entry.number, {"after": after})


def _unfitting(head: Head, known: Mapping[int, str], last: int) -> Fault | None:
    if head.number > last:
        facts = {"last": last, "known": head.number, "count": head.number - last, "where": head.where}
        return Fault(Flaw.CUT, last + 1, facts)
    if known[head.number] != head.link:
        return Fault(Flaw.HEAD, head.number, {"where": head.where})
    return None
