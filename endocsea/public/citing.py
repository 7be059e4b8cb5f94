"""Where something was read: each source once in a list of a page, its address in each row of a download."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from endocsea.charts.markup import Markup, element, join
from endocsea.support.texts import english


class Place(NamedTuple):
    """A source, and the place in it."""

    address: str
    title: str
    locator: str


def places_of(links: QuerySet[Any], owner: str) -> dict[int, list[Place]]:
    """The places that records cite, by the record's id. ``links`` are rows of their table of citations."""
    found: dict[int, list[Place]] = defaultdict(list)
    for pk, *place in links.order_by("citation_id").values_list(owner, *_PLACE):
        found[pk].append(Place(*place))
    return found


_PLACE = ("citation__source__address", "citation__source__title", "citation__locator")


def listed(places: Iterable[Place]) -> list[Markup]:
    """Each source once, in the order of addresses, with the places that are cited in it."""
    by_source: dict[tuple[str, str], list[str]] = {}
    for address, title, locator in sorted(set(places)):
        by_source.setdefault((address, title), []).append(locator)
    items = []
    for (address, title), locators in by_source.items():
        name: object = element("a", address, href=address) if address else english(title)
        beside = join(map(english, filter(None, locators)), "; ")
        items.append(
            join((name, element("span", beside, class_="muted")), " · ") if beside else join((name,))
        )
    return items


def addresses(places: Iterable[Place]) -> str:
    """The same for a row of a download: addresses, or titles where there is none."""
    return "; ".join(dict.fromkeys(place.address or place.title for place in places))
