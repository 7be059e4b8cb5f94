"""How an answer is named, and a record about it: the same in every copy of the database."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import Concat


def key_of(before: str = "", question: str = "question") -> Concat:
    """Round, state and question; ``before`` is the way to the record that has them."""
    return Concat(
        f"{before}round__code",
        Value(" "),
        f"{before}state__iso3",
        Value(" "),
        f"{before}{question}",
    )
