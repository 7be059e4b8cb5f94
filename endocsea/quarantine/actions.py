"""Reporting a text, releasing it, destroying it, and destroying it again when a copy has brought it back.

The journal learns of the record and the day, never of the text.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import erase_facts, record
from endocsea.support import turns
from endocsea.support.actors import Actor
from endocsea.support.guard.texts import check

from . import digests, policies, refusals, rules, traces
from .digests import Line
from .models import Destroyed, Report
from .places import Place, Row, all_places, places_of
from .queries import EVERYWHERE, Found, records_with

LONGEST_REASON: Final = 500

# whether a text of a record goes
Going = Callable[[Found, str], bool]
Gone = dict[Found, list[str]]


@transaction.atomic
def report(*, kind: str, key: str, by: Actor, at: datetime.datetime) -> Report:
    """Hide a record until the safeguarding officer has decided. A second report of it changes nothing.

    Raises `refusals.NoSuchRecord`.
    """
    turns.take("text")
    on = localdate(at)
    if not any(policies.may_report(by, place, key, on=on) for place in places_of(kind)):
        raise refusals.NoSuchRecord
    if there := Report.objects.waiting().filter(kind=kind, key=key).first():
        return there
    made = Report(kind=kind, key=key, post=", ".join(sorted(by.roles(on=on))), reported_at=at)
    made.full_clean()
    made.save()
    record("text reported", by=by, at=at, about=(kind, key))
    return made


@transaction.atomic
def release(
    *, report: Report, reason: str, not_case_data: str = "", by: Actor, at: datetime.datetime
) -> Report:
    """Show a record again: its text may stay.

    Raises `refusals.MayNot`, `DecidedAlready`, `ReasonMissing`, and those of the guard for the reason.
    """
    _refuse_others(by, at)
    report = _waiting(report)
    if not reason.strip():
        raise refusals.ReasonMissing
    check(reason, not_case_data)
    report.outcome, report.decided_at, report.reason = Report.Outcome.RELEASED, at, reason.strip()
    report.full_clean()
    report.save(update_fields=["outcome", "decided_at", "reason"])
    record("text released", by=by, at=at, about=(report.kind, report.key))
    return report


@transaction.atomic
def destroy(*, kind: str, key: str, by: Actor, at: datetime.datetime) -> int:
    """Destroy every text of a record, in drafts and versions too. Says how many went.

    Raises `refusals.MayNot`, `NoSuchRecord`.
    """
    _refuse_others(by, at)
    of = Found(kind, key)
    rows = [(place, row) for place in places_of(kind) for row in place.rows(place.records(place.all(), key))]
    if not rows:
        raise refusals.NoSuchRecord
    gone = _remove(rows, lambda found, text: found == of, by=by, at=at)
    Report.objects.waiting().filter(kind=kind, key=key).update(
        outcome=Report.Outcome.DESTROYED, decided_at=at
    )
    _remember({(of, text) for text in gone.get(of, ())}, localdate(at))
    return _write_down(gone or {of: []}, by=by, at=at)


def look_for(*, text: str, by: Actor, at: datetime.datetime) -> list[Found]:
    """The records in which a text stands. Raises `refusals.MayNot`, `TextTooShort`."""
    if not policies.may_quarantine(by, on=localdate(at)):
        raise refusals.MayNot
    if not rules.long_enough(text):
        raise refusals.TextTooShort(least=rules.REMEMBERED_FROM)
    return records_with(text)


@transaction.atomic
def destroy_text(*, text: str, by: Actor, at: datetime.datetime) -> int:
    """Destroy a text in every record: each column in which it stands, whole or as a part. Says how many went.

    It is remembered even where it stands nowhere: a backup may hold it.
    Raises `refusals.MayNot`, `TextTooShort`.
    """
    _refuse_others(by, at)
    if not rules.long_enough(text):
        raise refusals.TextTooShort(least=rules.REMEMBERED_FROM)
    sought = rules.same(text)
    gone = _remove(_everything(), lambda found, each: sought in rules.same(each), by=by, at=at)
    texts = {each for one in gone.values() for each in one} | {text}
    _remember({(EVERYWHERE, each) for each in texts}, localdate(at))
    return _write_down(gone or {EVERYWHERE: []}, by=by, at=at)


@transaction.atomic
def destroy_again(*, by: Actor, at: datetime.datetime) -> int:
    """Destroy what was destroyed before and is there again: from a backup, or from a content pack.

    The list in the data folder and the one in the database learn from each other first. Says how many went.
    Raises `refusals.ListUnreadable`.
    """
    turns.take("text")
    lines = _both_lists()
    if not lines:
        return 0
    salts, known = {line.salt for line in lines}, {line.digest for line in lines}

    def is_known(found: Found, text: str) -> bool:
        return rules.long_enough(text) and any(
            rules.digest_of(salt, scope, text) in known for salt in salts for scope in (found, EVERYWHERE)
        )

    gone = _remove(_everything(), is_known, by=by, at=at)
    return _write_down(gone, by=by, at=at, deed="text destroyed again") if gone else 0


def _refuse_others(by: Actor, at: datetime.datetime) -> None:
    turns.take("text")
    if not policies.may_quarantine(by, on=localdate(at)):
        raise refusals.MayNot


def _waiting(report: Report) -> Report:
    found = Report.objects.waiting().filter(pk=report.pk).first()
    if found is None:
        raise refusals.DecidedAlready
    return found


def _everything() -> Iterable[tuple[Place, Row]]:
    return ((place, row) for place in all_places() for row in place.rows())


def _remove(rows: Iterable[tuple[Place, Row]], going: Going, *, by: Actor, at: datetime.datetime) -> Gone:
    """Remove the texts that go from the rows and from the facts of the journal; those that went, by record."""
    hit = [
        (place, row, found)
        for place, row in rows
        if (found := Found(place.kind, row.key)) and any(going(found, text) for text in row.texts())
    ]
    gone: Gone = {}
    for place, row, found in hit:
        texts = place.remove(row, partial(going, found), on=localdate(at))
        gone.setdefault(found, []).extend(texts)
    for about, texts in erase_facts(lambda about, text: going(Found(*about), text), by=by, at=at).items():
        gone.setdefault(Found(*about), []).extend(texts)
    return gone


def _remember(texts: set[tuple[Found, str]], on: datetime.date) -> None:
    """Keep the digests, under the salt of this installation if there is one already."""
    known = Destroyed.objects.order_by("pk").values_list("salt", flat=True).last()
    salt = known or secrets.token_hex(32)
    lines = {
        Line(salt, rules.digest_of(salt, scope, text), on) for scope, text in texts if rules.long_enough(text)
    }
    _add(lines)
    transaction.on_commit(lambda: digests.keep(lines), robust=True)


def _both_lists() -> set[Line]:
    inside, outside = digests.in_database(), digests.read(digests.file())
    _add(outside - inside)
    transaction.on_commit(lambda: digests.keep(inside), robust=True)
    return inside | outside


def _add(lines: Iterable[Line]) -> None:
    Destroyed.objects.bulk_create([Destroyed(**line._asdict()) for line in lines], ignore_conflicts=True)


def _write_down(gone: Gone, *, by: Actor, at: datetime.datetime, deed: str = "text destroyed") -> int:
    """An entry for each record, and nothing left of the texts in the files once this is done."""
    for found, texts in sorted(gone.items()):
        record(deed, by=by, at=at, about=found, facts={"texts": len(texts)})
    transaction.on_commit(traces.wipe, robust=True)
    return sum(map(len, gone.values()))
