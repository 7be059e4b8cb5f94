"""Which provision binds which state on which day.

A provision *binds* a state on a day, *does not bind* it, or we *cannot tell*. It binds if the
treaty is in force for the state on that day and no reservation takes the provision out. We
cannot tell where the date was not read in a source, where sources differ, or where nobody
compared reservations with the depositary. The reason always travels with the verdict.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    BINDS = "binds"
    DOES_NOT_BIND = "does not bind"
    CANNOT_TELL = "cannot tell"


class Reason(StrEnum):
    """Why: one reason for each verdict, the first that holds in the order of the rules."""

    IN_FORCE = "in force, reservations checked"
    NOT_OPEN_YET = "the treaty was not open for signature on that day"
    NOT_A_PARTY = "not a Party"
    NOT_YET_IN_FORCE = "not yet in force for the state"
    ENDED = "no longer in force for the state"
    RESERVED = "taken out by a reservation"
    NOT_LAW = "not law: recommended to all member states"
    NOT_A_UNION_MEMBER = "not a member of the European Union"
    UNION_MEMBER = "member of the European Union"
    UNION_UNCHECKED = "member of the European Union; opt-outs unchecked"
    DATE_FROM_MEMORY = "the date of entry into force is from memory"
    DATE_UNKNOWN = "the date of entry into force is not known"
    SOURCES_DIFFER = "sources differ"
    READ_EARLIER = "the status was read on an earlier day"
    STATUS_FROM_MEMORY = "the status is from memory"
    RESERVATIONS_UNCHECKED = "reservations unchecked"
    NOTHING_KNOWN = "nothing is known"


@dataclass(frozen=True, slots=True)
class Applicability:
    """A verdict with its reason; ``limits`` are reservations that touch the provision in part."""

    verdict: Verdict
    reason: Reason
    since: datetime.date | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a state and a treaty, as :class:`.models.TreatyStatus` keeps it."""

    status: str  # party, signatory, none, ratified, withdrawn, unknown
    in_force_on: datetime.date | None
    ended_on: datetime.date | None
    reservations: str
    as_of: str  # a day, month or year: when the source spoke
    verified: str  # seen, memory, conflict
    known_by: Mapping[str, str]  # date field -> seen, derived, memory
    checked_on: datetime.date | None


def treaty_applies(status: Status | None, *, opened: str, on: datetime.date) -> Applicability:
    """Whether a treaty as a whole is law for a state on a day.

    ``opened`` is the day (or year) on which the treaty was opened for signature.
    """
    if opened and _begins(opened) > on:
        return Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_OPEN_YET)
    if status is None or status.status == "unknown":
        return Applicability(Verdict.CANNOT_TELL, Reason.NOTHING_KNOWN)
    checked = status.checked_on is not None and status.checked_on <= on
    if status.in_force_on is None:
        return _without_force(status, on, checked)
    return _with_date(status, on, checked, status.in_force_on)


def _without_force(status: Status, on: datetime.date, checked: bool) -> Applicability:
    """No entry into force is known: because there is none, or because nobody read it."""
    if status.status == "party":
        return Applicability(Verdict.CANNOT_TELL, Reason.DATE_UNKNOWN)
    if checked or (status.verified == "seen" and _begins(status.as_of) >= on):
        return Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_A_PARTY)
    if status.verified == "conflict":
        return Applicability(Verdict.CANNOT_TELL, Reason.SOURCES_DIFFER)
    if status.verified != "seen":
        return Applicability(Verdict.CANNOT_TELL, Reason.STATUS_FROM_MEMORY)
    return Applicability(Verdict.CANNOT_TELL, Reason.READ_EARLIER)


def _with_date(status: Status, on: datetime.date, checked: bool, in_force_on: datetime.date) -> Applicability:
    since = in_force_on
    if not checked:
        if status.verified == "conflict":
            return Applicability(Verdict.CANNOT_TELL, Reason.SOURCES_DIFFER, since)
        if status.known_by.get("in_force_on") not in ("seen", "derived"):
            return Applicability(Verdict.CANNOT_TELL, Reason.DATE_FROM_MEMORY, since)
    if in_force_on > on:
        return Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_YET_IN_FORCE, since)
    if status.ended_on is not None and status.ended_on <= on:
        return Applicability(Verdict.DOES_NOT_BIND, Reason.ENDED, since)
    if not checked:
        return Applicability(Verdict.CANNOT_TELL, Reason.RESERVATIONS_UNCHECKED, since)
    return Applicability(Verdict.BINDS, Reason.IN_FORCE, since)


def provision_applies(treaty: Applicability, *, article: str, reservations: str) -> Applicability:
    """Whether one provision of a treaty binds, given the treaty's own verdict.

    A reservation takes out the provision that it names and what stands below it; a provision
    above or beside the named one in the same article binds with that limit, which is named.
    """
    if treaty.verdict is not Verdict.BINDS or not reservations:
        return treaty
    limits = []
    for text in filter(None, (part.strip() for part in reservations.split(";"))):
        match = _ARTICLE.match(text)
        if match is None:
            continue
        named = match.group()
        if article == named or article.startswith(f"{named}("):
            return Applicability(Verdict.DOES_NOT_BIND, Reason.RESERVED, treaty.since)
        if article.split("(", maxsplit=1)[0] == named.split("(")[0]:
            limits.append(text)
    return Applicability(treaty.verdict, treaty.reason, treaty.since, tuple(limits))


def union_law_applies(member: bool, *, checked: bool, since: datetime.date | None = None) -> Applicability:
    """Whether law of the European Union is addressed to a state that is, or is not, a member that day.

    Some acts do not bind every member (protocols to the Treaties): without a check we cannot tell.
    """
    if not member:
        return Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_A_UNION_MEMBER)
    if not checked:
        return Applicability(Verdict.CANNOT_TELL, Reason.UNION_UNCHECKED, since)
    return Applicability(Verdict.BINDS, Reason.UNION_MEMBER, since)


NOT_LAW = Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_LAW)

_ARTICLE = re.compile(r"\d+(\(\w+\))*")


def _begins(written: str) -> datetime.date:
    """The first day of a day, month or year."""
    parts = [int(part) for part in written.split("-")]
    return datetime.date(*[*parts, 1, 1][:3])
