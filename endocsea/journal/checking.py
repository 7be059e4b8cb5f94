"""Whether the journal is whole: its chain, the heads kept outside it, and the triggers that guard it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import DatabaseError

from . import guards, heads, queries
from .rules import Fault, Flaw, Head, Verdict, verify


def check(others: Sequence[Head] = ()) -> Verdict:
    """Check the journal against the head in the data folder and against ``others``, kept elsewhere."""
    # the head first: an entry written meanwhile is then beyond it, and not cut off
    known, found = _kept_head()
    try:
        verdict = verify(queries.written(), [*others, *known])
        found += [Fault(Flaw.GUARD, None, {"name": name}) for name in guards.missing()]
    except DatabaseError as error:
        verdict = Verdict(entries=0, erased=0, since=None, head=None, beyond=0, faults=())
        found.append(Fault(Flaw.UNREADABLE, None, {"why": str(error).strip()}))
    if verdict.entries == 0 and not known:
        # nothing was written yet, so nothing outside could know of it
        found = [fault for fault in found if fault.flaw != Flaw.HEAD_UNKNOWN]
    return replace(verdict, faults=(*verdict.faults, *found))


def _kept_head() -> tuple[list[Head], list[Fault]]:
    file = heads.file()
    try:
        head = heads.read(file)
    except heads.NotAHead:
        return [], [Fault(Flaw.HEAD_UNREADABLE, None, {"where": file})]
    return ([head], []) if head else ([], [Fault(Flaw.HEAD_UNKNOWN, None, {"where": file})])
