"""What is hidden, what waits for the officer, and where a text stands."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from . import rules
from .models import Report
from .places import all_places


class Found(NamedTuple):
    """A record that holds a text; where in it and what the text is, nobody is shown."""

    kind: str
    key: str


EVERYWHERE: Final = Found("", "")  # in place of a record, where a text is destroyed wherever it stands


def hidden(kind: str) -> frozenset[str]:
    """The keys of the records of a kind that are not shown until the officer has decided."""
    return frozenset(Report.objects.waiting().filter(kind=kind).values_list("key", flat=True))


def is_hidden(kind: str, key: str) -> bool:
    return Report.objects.waiting().filter(kind=kind, key=key).exists()


def without_hidden(within: QuerySet[Any], kind: str, key: Any) -> QuerySet[Any]:
    """The records of a query without those that wait for a decision; ``key`` is the expression of a text."""
    waiting = Report.objects.filter(decided_at=None, kind=kind).values("key")
    found: QuerySet[Any] = within.alias(asked_key=key).exclude(asked_key__in=waiting)
    return found


def records_with(text: str) -> list[Found]:
    """The records, each once, in which a text stands whole or as a part."""
    sought = rules.same(text)
    found = {
        Found(place.kind, row.key)
        for place in all_places()
        for row in place.rows()
        if any(sought in rules.same(each) for each in row.texts())
    }
    return sorted(found)
