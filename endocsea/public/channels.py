"""Where to report and get help. What nobody has confirmed is marked in a preview and absent elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.words import CHANNELS, LANGUAGES
from endocsea.states.models import ReportingChannel
from endocsea.support.actors import Fixed, Role
from endocsea.support.classes import BASES, Basis
from endocsea.support.days import long_day
from endocsea.support.texts import collation, plain

# Help comes first: somebody to talk to before somewhere to report.
KINDS = ("helpline", "police", "hotline for illegal content", "other")


class Phone(NamedTuple):
    """A number to dial, and the same as people write it."""

    dial: str
    shown: str


@dataclass(frozen=True, slots=True)
class Channel:
    name: str
    kind: str
    kind_name: str
    organisation: str
    url: str
    phones: tuple[Phone, ...]
    languages: tuple[str, ...]
    network: str
    as_of: str
    confirmed_on: datetime.date | None
    source: str
    basis: Basis

    @property
    def from_memory(self) -> bool:
        return self.basis is Basis.MEMORY

    @property
    def missing(self) -> str:
        """What a person would need and we do not have."""
        return "" if self.url or self.phones else _("neither address nor telephone number is known to us yet")

    @property
    def confirmed(self) -> str:
        """Whether anybody may rely on it, in words."""
        if self.confirmed_on is None:
            return _("not confirmed yet: do not rely on it")
        return _("confirmed on %(day)s") % {"day": long_day(self.confirmed_on)}


class StateChannels(NamedTuple):
    name: str
    slug: str
    channels: list[Channel]


class Group(NamedTuple):
    """The channels of one kind; there may be none."""

    kind: str
    channels: list[Channel]


def channels_of(state: int, actor: Fixed) -> list[Channel]:
    """The channels of one state, those who help first."""
    return _in_order(visible_to(actor).filter(state_id=state).values_list(*_FIELDS))


def channels_by_state(actor: Fixed) -> list[StateChannels]:
    """Every state that has any channel, by name."""
    grouped: dict[tuple[str, str], list[tuple[object, ...]]] = {}
    for slug, name, *rest in visible_to(actor).values_list("state__slug", "state__name", *_FIELDS):
        grouped.setdefault((plain(name), slug), []).append(tuple(rest))
    return [
        StateChannels(name, slug, _in_order(rows))
        for (name, slug), rows in sorted(grouped.items(), key=lambda group: collation(group[0][0]))
    ]


def groups_of(channels: Sequence[Channel]) -> list[Group]:
    """Channels by kind, in the order of help. A kind without any is there too: the page says so."""
    return [Group(kind, [each for each in channels if each.kind == kind]) for kind in KINDS]


def channels_table(states: Sequence[StateChannels]) -> tuple[Table, list[str], list[str]]:
    """All channels as a table, with the source of each row and how it is known."""
    rows: list[list[Value]] = []
    sources, known = [], []
    for state in states:
        for each in state.channels:
            rows.append(
                [
                    state.name,
                    each.name,
                    each.kind_name,
                    Cell(each.organisation),
                    "; ".join(f"tel:{phone.dial}" for phone in each.phones),
                    each.url or each.missing,
                    "; ".join(each.languages),
                    each.network,
                    each.as_of,
                    each.confirmed,
                ]
            )
            sources.append(each.source)
            known.append(str(BASES[each.basis]))
    columns = (
        Column(_("State")), Column(_("Name")), Column(_("Kind")), Column(_("Run by")), Column(_("Telephone")),
        Column(_("Address")), Column(_("Languages")), Column(_("Network")), Column(_("Source speaks of")),
        Column(_("Confirmed")),
    )  # fmt: skip
    return Table(_("Where to report and get help"), columns, rows), sources, known


_FIELDS = (
    "name", "kind", "organisation", "url", "phones", "languages", "network", "as_of", "confirmed_on",
    "citation__source__address", "basis",
)  # fmt: skip


def visible_to(actor: Fixed) -> QuerySet[ReportingChannel]:
    """What nobody has confirmed is in a preview alone."""
    channels = ReportingChannel.objects.filter(retired_on=None)
    if Role.PREVIEW in actor.roles(on=datetime.date.max):
        return channels
    return channels.exclude(confirmed_on=None)


def _in_order(rows: Iterable[Sequence[Any]]) -> list[Channel]:
    channels = [
        Channel(
            name=name,
            kind=kind if kind in KINDS else "other",
            kind_name=str(CHANNELS.get(kind, kind)),
            organisation=organisation,
            url=url,
            phones=tuple(Phone(number, _written(number)) for number in phones),
            languages=tuple(_language(code) for code in languages),
            network=network,
            as_of=as_of,
            confirmed_on=confirmed,
            source=source or "",
            basis=Basis(basis),
        )
        for name, kind, organisation, url, phones, languages, network, as_of, confirmed, source, basis in rows
    ]
    return sorted(channels, key=lambda each: (KINDS.index(each.kind), each.name))


def _written(number: str) -> str:
    """The harmonised six-digit numbers as everybody writes them, 116 111; any other as its source does."""
    harmonised = len(number) == 6 and number.startswith("116")
    return f"{number[:3]}\N{NO-BREAK SPACE}{number[3:]}" if harmonised else number


def _language(code: str) -> str:
    if code in LANGUAGES:
        return str(LANGUAGES[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
