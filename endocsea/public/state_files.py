"""The tables behind a state's page as files, each row with its sources and how it is known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.observed import heard, seen_about
from endocsea.findings.words import PERIODS
from endocsea.public.citing import Place, addresses, places_of
from endocsea.public.figures import exact
from endocsea.standards.models import Provision, TreatyStatus
from endocsea.standards.obligations import obligations_of
from endocsea.standards.words import KNOWN_BY
from endocsea.states.models import Figure, State
from endocsea.support.actors import Actor
from endocsea.support.classes import BASES, Basis
from endocsea.support.texts import plain


@dataclass(frozen=True, slots=True)
class File:
    """A table with, for each row, its sources and how it is known."""

    table: Table
    sources: list[str]
    known: list[str]


def treaties_file(state: int, *, on: datetime.date, training: bool) -> File:
    """Treaty by treaty, as the page has it. Law of the Union cites what says that the state is a member."""
    obligations = obligations_of(state, on=on, training=training)
    cited = {each.name: addresses(map(Place._make, each.places)) for each in obligations.sources}
    known = {
        plain(name): _dates_known(known_by, training=training)
        for name, known_by in TreatyStatus.objects.filter(state_id=state, retired_on=None).values_list(
            "instrument__short_title", "known_by"
        )
    }
    member = addresses(
        places_of(State.citations.through.objects.filter(state_id=state), "state_id").get(state, ())
    )
    names = [_text(row[0]) for row in obligations.treaties.rows]
    return File(
        obligations.treaties,
        [cited.get(name, "" if name in known else member) for name in names],
        [known.get(name, str(BASES[Basis.MADE_UP]) if training else "") for name in names],
    )


def provisions_file(state: int, *, on: datetime.date, training: bool) -> File:
    """Provision by provision, with its instrument; the sources are those of the provision's wording."""
    obligations = obligations_of(state, on=on, training=training)
    cited = places_of(Provision.citations.through.objects.filter(provision__retired_on=None), "provision_id")
    wordings = {
        (plain(instrument), article): (addresses(cited.get(pk, ())), _wording_known(verified))
        for pk, instrument, article, verified in Provision.objects.filter(retired_on=None).values_list(
            "pk", "instrument__short_title", "article", "verified"
        )
    }
    rows: list[list[Value]] = []
    keys = []
    for _summary, _words, table in obligations.provisions:
        for row in table.rows:
            rows.append([table.caption, *row])
            keys.append((table.caption, _text(row[0])))
    made_up = f"; {BASES[Basis.MADE_UP]}" if training else ""
    columns = (Column(_("Instrument")), *obligations.provisions[0][2].columns)
    return File(
        Table(_("Provision by provision"), columns, rows),
        [wordings[key][0] for key in keys],
        [f"{wordings[key][1]}{made_up}" for key in keys],
    )


def observations_file(state: int, name: str, *, actor: Actor, today: datetime.date) -> File:
    """The observations that the actor's page shows, and how far the state was heard on each."""
    seen = seen_about(state, actor=actor, today=today)
    columns = (
        Column(_("Code")), Column(_("Capability"), "number"), Column(_("Question")),
        Column(_("Question in words")), Column(_("Observation")), Column(_("Speaks of")), Column(_("Time")),
        Column(_("Limits")), Column(_("Place in the source")), Column(_("Was the state heard?")),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            each.key,
            each.capability,
            each.code or "",
            plain(each.question) if each.question else "",
            Cell(each.statement, lang="en"),
            each.as_of,
            str(PERIODS[each.period]),
            each.note,
            each.locator,
            heard(each, name, today=today).words,
        ]
        for each in seen
    ]
    return File(
        Table(_("Observations about %(state)s") % {"state": name}, columns, rows),
        [each.address or each.title for each in seen],
        [str(BASES[Basis(each.basis)]) for each in seen],
    )


def figures_file(state: int, name: str) -> File:
    """The published figures about a state, with what each measure does not mean."""
    found = (
        Figure.objects.filter(state_id=state, retired_on=None)
        .order_by("metric__pk", "year")
        .values_list(
            "metric__name", "metric__caveat", "year", "value", "unit", "basis", "citation__source__address",
            "citation__source__title",
        )
    )  # fmt: skip
    columns = (
        Column(_("What is counted")), Column(_("Year"), "number"), Column(_("Figure"), "number"),
        Column(_("Unit")), Column(_("What it does not mean")),
    )  # fmt: skip
    rows: list[list[Value]] = []
    sources, known = [], []
    for metric, caveat, year, value, unit, basis, address, title in found:
        rows.append([plain(metric), str(year), exact(value), plain(unit), plain(caveat) if caveat else ""])
        sources.append(address or title)
        known.append(str(BASES[Basis(basis)]))
    return File(
        Table(_("Published figures about %(state)s") % {"state": name}, columns, rows), sources, known
    )


def states_file(table: Table) -> File:
    """The list of all states, with the sources of their names and memberships."""
    cited = places_of(State.citations.through.objects.filter(state__in=State.objects.real()), "state_id")
    known = {
        plain(name): (addresses(cited.get(pk, ())), str(BASES[Basis(basis)]))
        for pk, name, basis in State.objects.real().values_list("pk", "name", "basis")
    }
    names = [_text(row[0]) for row in table.rows]
    return File(table, [known[name][0] for name in names], [known[name][1] for name in names])


def spread_file(table: Table, *, training_on: datetime.date) -> File:
    """Where states stand on a capability; a made-up state says so, and of which day it speaks."""
    made_up = {plain(name) for name in State.objects.for_training().values_list("name", flat=True)}
    training = _("%(made_up)s; of %(day)s") % {
        "made_up": BASES[Basis.MADE_UP],
        "day": training_on.isoformat(),
    }
    return File(
        table,
        [""] * len(table.rows),
        [training if _text(row[0]) in made_up else "" for row in table.rows],
    )


def _dates_known(known_by: dict[str, str], *, training: bool) -> str:
    if training:
        return str(BASES[Basis.MADE_UP])
    names = {
        "signed_on": _("signature"), "ratified_on": _("ratification"), "in_force_on": _("entry into force"),
    }  # fmt: skip
    how = {key: str(words) for key, words in KNOWN_BY.items()} | {"memory": str(BASES[Basis.MEMORY])}
    return "; ".join(f"{name}: {how[known_by[field]]}" for field, name in names.items() if field in known_by)


def _wording_known(verified: str) -> str:
    if verified == "memory":
        return str(BASES[Basis.MEMORY])
    return str(BASES[Basis.READ_FULL if verified == "seen" else Basis.READ_PART])


def _text(value: Value) -> str:
    return value.text if isinstance(value, Cell) else str(value)
