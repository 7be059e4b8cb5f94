"""The register as persons use it: a source that is there is found and used again, another one is put there."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from .models import Citation, Source
from .rules import tidy_address


def matching(text: str, within: QuerySet[Source]) -> QuerySet[Source]:
    """Sources whose title or address holds every word of a text."""
    for word in text.split()[:8]:
        within = within.filter(Q(title__icontains=word) | Q(address__icontains=word))
    return within


def source_of(address: str, title: str, *, known: QuerySet[Source]) -> Source:
    """The one record of a source, made where there is none.

    ``known`` are those that whoever asks may know of: one of them with the same address is the same source, though
    it may be called otherwise. One that has no title yet does not take the place of a title that was written.

    Raises ValidationError: the address or the title is longer than any, or the address is none.
    """
    address, title = tidy_address(address), " ".join(title.split())
    if address:
        there = known.filter(address=address)
        named = there.filter(title=title).first() or there.exclude(title="").order_by("pk").first()
        if found := named or (there.first() if not title else None):
            return found
    if found := Source.objects.filter(address=address, title=title).first():
        return found
    made = Source(address=address, title=title)
    made.full_clean()
    made.save()
    return made


def place_in(source: Source, locator: str, *, seen_on: datetime.date | None = None) -> Citation:
    """The one record of a place in a source, seen on a day if that is known. Raises ValidationError: the place is
    longer than any.
    """
    locator = " ".join(locator.split())
    found = Citation.objects.filter(source=source, locator=locator, seen_on=seen_on).first()
    if found is None:
        found = Citation(source=source, locator=locator, seen_on=seen_on)
        found.full_clean()
        found.save()
    return found
