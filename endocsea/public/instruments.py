"""The instruments in their groups, and the provisions of one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.citing import addresses, places_of
from endocsea.standards.meanings import KINDS, TEXT_KNOWN_BY
from endocsea.standards.models import Instrument, Provision
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import cell, plain, say

Text = dict[str, str]


class Listed(NamedTuple):
    pk: int
    slug: str
    number: Text
    kind: str
    title: Text
    short_title: Text
    opened: str
    in_force_on: datetime.date | None
    body: str
    benchmark: str
    provisions: int

    @property
    def address(self) -> str:
        return reverse("public:instrument", args=(self.slug,))

    @property
    def group(self) -> str:
        """The framework, the benchmark, what surrounds it, or what came after the project."""
        if self.kind == "framework":
            return "framework"
        return {"yes": "benchmark", "context": "context"}.get(self.benchmark, "later")


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    heading: str
    sentence: str
    table: Table

    @property
    def markup(self) -> Markup:
        """The table under its heading, which says what the caption would."""
        return self.table.html(hide_caption=True)


def instruments() -> list[Listed]:
    """All instruments in their order. One statement."""
    return [
        Listed(*row)
        for row in Instrument.objects.filter(retired_on=None)
        .annotate(n=Count("provisions", filter=Q(provisions__retired_on=None)))
        .order_by("position")
        .values_list(
            "pk", "slug", "number", "kind", "title", "short_title", "opened", "in_force_on", "body", "benchmark", "n"
        )
    ]  # fmt: skip


def groups_of(listed: list[Listed]) -> list[Group]:
    words = {
        "benchmark": (
            _("The benchmark"),
            _("The programme measures states against these instruments. Its questions rest on their provisions."),
        ),
        "framework": (
            _("The framework"),
            _("It orders the questions: each belongs to one of its capabilities."),
        ),
        "context": (
            _("Around the benchmark"),
            _("These explain and add to the benchmark. Some questions rest on them too."),
        ),
        "later": (
            _("After the project"),
            _("Opened for signature after the project had ended: nobody was bound by it then."),
        ),
    }  # fmt: skip
    return [
        Group(key, heading, sentence, _table(heading, [each for each in listed if each.group == key]))
        for key, (heading, sentence) in words.items()
    ]


def _table(caption: str, listed: list[Listed]) -> Table:
    rows: list[list[Value]] = [
        [
            _name_cell(each),
            str(KINDS.get(each.kind, each.kind)),
            fuzzy(each.opened) or "–",
            long_day(each.in_force_on) or "–",
            Cell(each.body, lang="en"),
            each.provisions or _("none"),
        ]
        for each in listed
    ]
    columns = (
        Column(_("Instrument")), Column(_("Kind")), Column(_("Adopted or opened")), Column(_("In force since")),
        Column(_("Watched over by")), Column(_("Provisions here"), "number"),
    )  # fmt: skip
    return Table(caption, columns, rows)


def _name_cell(each: Listed) -> Cell:
    """The short name as a link; under it the full title and the number, as far as they say more."""
    name, title, number = plain(each.short_title), plain(each.title), plain(each.number)
    beside = [say(each.title)] if title != name else []
    if number and number not in (name, title) and number not in title:
        beside.append(join((number,)))
    link = element("a", say(each.short_title), href=each.address)
    return Cell(
        name,
        html=join(
            (link, *([element("br"), element("span", join(beside, ", "), class_="under")] if beside else []))
        ),
    )


def instruments_download() -> tuple[Table, list[str]]:
    """All instruments in one table, and the sources of the provisions of each."""
    places = places_of(
        Provision.citations.through.objects.filter(provision__retired_on=None), "provision__instrument_id"
    )
    listed = instruments()
    headings = {group.key: group.heading for group in groups_of(listed)}
    rows: list[list[Value]] = [
        [
            plain(each.short_title),
            plain(each.number),
            plain(each.title),
            str(KINDS.get(each.kind, each.kind)),
            headings[each.group],
            each.opened,
            each.in_force_on.isoformat() if each.in_force_on else "",
            each.body,
            each.provisions,
        ]
        for each in listed
    ]
    columns = (
        Column(_("Instrument")), Column(_("Number")), Column(_("Full title")), Column(_("Kind")),
        Column(_("Group")), Column(_("Adopted or opened")), Column(_("In force since")), Column(_("Watched over by")),
        Column(_("Provisions here"), "number"),
    )  # fmt: skip
    return Table(_("Standards"), columns, rows), [addresses(places[each.pk]) for each in listed]


class Article(NamedTuple):
    """A provision of an instrument."""

    pk: int
    article: str
    slug: str
    title: Text
    obligation: Text
    force: str
    verified: str

    @property
    def asks(self) -> Cell:
        """What it asks in our words, or that nobody has compared our words with the text."""
        return cell(self.obligation) if self.verified != "memory" else Cell(str(TEXT_KNOWN_BY["memory"]))

    @property
    def known_by(self) -> str:
        return str(TEXT_KNOWN_BY.get(self.verified, self.verified))


def articles_of(instrument: int) -> list[Article]:
    """The provisions of an instrument in its order. One statement."""
    return [
        Article(*row)
        for row in Provision.objects.filter(instrument_id=instrument, retired_on=None)
        .order_by("position")
        .values_list("pk", "article", "slug", "title", "obligation", "force", "verified")
    ]


def provisions_table(slug: str, name: str, articles: list[Article]) -> Table:
    """The provisions of an instrument, each with its force and a link to its page."""
    forces = dict(Provision.Force.choices)
    rows: list[list[Value]] = [
        [
            Cell(each.article, href=reverse("public:article", args=(slug, each.slug))),
            cell(each.title),
            each.asks,
            str(forces[each.force]),
            each.known_by,
        ]
        for each in articles
    ]
    columns = (
        Column(_("Article")), Column(_("Title")), Column(_("What it asks, in our words")), Column(_("Force")),
        Column(_("How we know its text")),
    )  # fmt: skip
    return Table(_("%(instrument)s: provisions") % {"instrument": name}, columns, rows)


def provisions_download(instrument: int, name: str) -> tuple[Table, list[str], list[str]]:
    """The provisions with the sources of each, and how its text is known."""
    articles = articles_of(instrument)
    places = places_of(
        Provision.citations.through.objects.filter(provision__instrument_id=instrument), "provision_id"
    )
    forces = dict(Provision.Force.choices)
    rows: list[list[Value]] = [
        [name, each.article, plain(each.title), each.asks.text, str(forces[each.force])] for each in articles
    ]
    columns = (
        Column(_("Instrument")), Column(_("Article")), Column(_("Title")), Column(_("What it asks, in our words")),
        Column(_("Force")),
    )  # fmt: skip
    return (
        Table(_("Provisions"), columns, rows),
        [addresses(places[each.pk]) for each in articles],
        [each.known_by for each in articles],
    )
