"""Lists of states, by name: never by any measure."""

from __future__ import annotations

from django.db.models import Count, F
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.charts.scales import plain_number
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.models import Observation
from endocsea.public.page import Picture, viewer
from endocsea.public.words import FACTS
from endocsea.states.models import Membership, Part, ProgrammeFact, State, StateQuerySet
from endocsea.states.words import PARTS
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import collation, plain, separators


def states_table(now: Picture) -> Table:
    """The real states: part in the programme, membership, observations, reviewed or not."""
    parts = _parts()
    members = {
        state: (since, until)
        for state, since, until in Membership.objects.filter(
            body=Membership.Body.COUNCIL_OF_EUROPE, retired_on=None
        )
        .order_by(F("since").asc(nulls_first=True))
        .values_list("state_id", "since", "until")
    }
    observations = dict(
        Observation.objects.visible_to(viewer(), on=localdate())
        .values_list("state_id")
        .annotate(n=Count("pk"))
        .order_by()
    )
    rows: list[list[Value]] = []
    for pk, slug, name in _by_name(State.objects.real()):
        since, until = members.get(pk, (None, None))
        period = _("since %(day)s") % {"day": long_day(since)} if since else "–"
        if until:
            period = _("%(since)s to %(until)s") % {"since": long_day(since), "until": long_day(until)}
        rows.append(
            [
                Cell(name, href=reverse("public:state", args=(slug,))),
                parts.get(pk, ("–", "", ""))[0],
                period,
                observations.get(pk, 0) or _("none yet"),
                _("not reviewed"),
            ]
        )
    return Table(
        _("The %(n)d states, by name") % {"n": len(rows)},
        (
            Column(_("State")), Column(_("Part in the programme")), Column(_("Council of Europe member")),
            Column(_("Observations"), "number"), Column(_("Levels")),
        ),
        rows,
        id="all-states",
    )  # fmt: skip


def training_table() -> Table | None:
    """The made-up states, apart; nothing where this installation leaves them out."""
    rows: list[list[Value]] = [
        [Cell(plain(name), href=reverse("public:state", args=(slug,))), Cell(summary, lang="en")]
        for slug, name, summary in State.objects.for_training()
        .order_by("iso3")
        .values_list("slug", "name", "summary")
    ]
    if not rows:
        return None
    return Table(_("Made-up training states"), (Column(_("State")), Column(_("In one sentence"))), rows)


def facts_table() -> Table:
    """The programme as its own summary gives it, fact by fact."""
    rows: list[list[Value]] = []
    for key, value, title, address in (
        ProgrammeFact.objects.filter(key__in=FACTS, retired_on=None)
        .order_by("content_key")
        .values_list("key", "value", "citation__source__title", "citation__source__address")
    ):
        source = Cell(title or address, href=address or None, lang="en")
        rows.append([str(FACTS[key]), _fact(key, value), source])
    return Table(
        _("Facts about the programme"), (Column(_("What")), Column(_("Fact")), Column(_("Source"))), rows
    )


def _fact(key: str, value: str) -> Value:
    """A fact as its source words it; a day or an amount as the page's language writes it."""
    if key in ("start", "end"):
        return fuzzy(value)
    if key == "budget_total_eur":
        return plain_number(float(value), separators())
    if key == "website":
        return Cell(value, href=value)
    return Cell(value, lang="en")


def _parts() -> dict[int, tuple[str, str, str]]:
    return {
        state: (str(PARTS[Part.Kind(kind)]), long_day(since), long_day(until) or "–")
        for state, kind, since, until in Part.objects.filter(retired_on=None)
        .order_by("since", "pk")
        .values_list("state_id", "kind", "since", "until")
    }


def _by_name(states: StateQuerySet) -> list[tuple[int, str, str]]:
    rows = [(pk, slug, plain(name)) for pk, slug, name in states.values_list("pk", "slug", "name")]
    return sorted(rows, key=lambda row: collation(row[2]))
