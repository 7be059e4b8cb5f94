"""Where to report and get help. What nobody has confirmed is marked in a preview and absent elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from endocsea.public.words import CHANNELS
from endocsea.states.models import ReportingChannel
from endocsea.support.actors import Fixed, Role
from endocsea.support.classes import Basis
from endocsea.support.texts import collation, plain

# Help comes first: somebody to talk to before somewhere to report.
_ORDER = ("helpline", "police", "hotline for illegal content", "other")


@dataclass(frozen=True, slots=True)
class Channel:
    name: str
    kind: str
    organisation: str
    url: str
    phones: tuple[str, ...]
    network: str
    as_of: str
    confirmed_on: datetime.date | None
    source: str
    from_memory: bool

    @property
    def missing(self) -> str:
        """What a person would need and we do not have."""
        return "" if self.url or self.phones else _("neither address nor telephone number is known to us yet")


def channels_of(state: int, actor: Fixed) -> list[Channel]:
    """The channels of one state, those who help first."""
    rows = _visible(actor).filter(state_id=state).values_list(*_FIELDS)
    return _in_order(rows)


def channels_by_state(actor: Fixed) -> list[tuple[str, str, list[Channel]]]:
    """(name, slug, channels) of every state that has any, by name."""
    grouped: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for slug, name, *rest in _visible(actor).values_list("state__slug", "state__name", *_FIELDS):
        grouped.setdefault((plain(name), slug), []).append(tuple(rest))
    return [
        (name, slug, _in_order(rows))
        for (name, slug), rows in sorted(grouped.items(), key=lambda group: collation(group[0][0]))
    ]


_FIELDS = (
    "name", "kind", "organisation", "url", "phones", "network", "as_of", "confirmed_on",
    "citation__source__address", "basis",
)  # fmt: skip


def _visible(actor: Fixed) -> QuerySet[ReportingChannel]:
    channels = ReportingChannel.objects.filter(retired_on=None)
    if Role.PREVIEW in actor.roles(on=datetime.date.max):
        return channels
    return channels.exclude(confirmed_on=None)


def _in_order(rows: Iterable[Sequence[Any]]) -> list[Channel]:
    ordered = sorted(
        rows, key=lambda row: (_ORDER.index(row[1]) if row[1] in _ORDER else len(_ORDER), row[0])
    )
    channels = []
    for name, kind, organisation, url, phones, network, as_of, confirmed, source, basis in ordered:
        channels.append(
            Channel(
                name=name,
                kind=str(CHANNELS.get(kind, kind)),
                organisation=organisation,
                url=url,
                phones=tuple(phones),
                network=network,
                as_of=as_of,
                confirmed_on=confirmed,
                source=source or "",
                from_memory=basis == Basis.MEMORY,
            )
        )
    return channels
