"""What binds a state on a day: treaty by treaty, then provision by provision."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import cell, english, host_of, labelled, plain, say

from .applicability import Law, law_of
from .meanings import known_by_check
from .models import Instrument, Provision, TreatyStatus
from .rules import Applicability, Verdict
from .words import KNOWN_BY, REASONS, TREATY_STATUS, VERDICTS


@dataclass(frozen=True, slots=True)
class DatesFrom:
    """Where the dates of a treaty were read: (address, title, place) each; the day of the status; remarks."""

    name: str
    places: tuple[tuple[str, str, str], ...]
    as_of: str
    note: str

    def markup(self) -> Markup:
        links = []
        for address, title, place in self.places:
            link = element("a", host_of(address), href=address) if address else english(title)
            links.append(join((link, " (", english(place), ")")) if place else link)
        parts = [join(links, "; "), ". ", _("Status as of %(day)s.") % {"day": fuzzy(self.as_of)}]
        if self.note:
            parts += [" ", english(self.note), "."]
        return join(parts)


@dataclass(frozen=True, slots=True)
class Obligations:
    """The table by treaty, the provisions under each instrument, and how many verdicts of each kind there."""

    treaties: Table
    sources: tuple[DatesFrom, ...]
    provisions: tuple[tuple[str, str, Table], ...]  # heading, summary line, table
    by_instrument: tuple[tuple[str, Counter[Verdict]], ...]

    @property
    def counts(self) -> Counter[Verdict]:
        return sum((counted for _name, counted in self.by_instrument), Counter())


def obligations_of(state: int, *, on: datetime.date, training: bool) -> Obligations:
    """Everything on a state's page about what binds it. Six statements, whatever the state."""
    instruments = [
        _Instrument(*row)
        for row in Instrument.objects.filter(retired_on=None).values_list(
            "pk", "kind", "short_title", "number"
        )
    ]
    law = law_of(state, on=on, training=training)
    sources = _sources(law)
    shown = [i for i in instruments if i.kind in ("treaty", "EU law")]
    tables, by_instrument = _provision_tables(instruments, law)
    return Obligations(
        Table(
            _("Treaties and law, as of %(day)s") % {"day": long_day(on)},
            (
                Column(_("Instrument")),
                Column(_("Status")),
                Column(_("In force for the state")),
                Column(_("Does it bind?")),
                Column(_("Reservations and declarations")),
            ),
            [_treaty_row(i, law.statuses.get(i.pk), law.verdicts[i.pk], on) for i in shown],
        ),
        tuple(
            DatesFrom(
                plain(i.name), tuple(sources[i.pk]), law.statuses[i.pk]["as_of"], law.statuses[i.pk]["note"]
            )
            for i in shown
            if i.pk in sources
        ),
        tables,
        by_instrument,
    )


class _Instrument(NamedTuple):
    pk: int
    kind: str
    name: dict[str, str]
    number: dict[str, str]


def _treaty_row(
    instrument: _Instrument, row: dict[str, Any] | None, verdict: Applicability, on: datetime.date
) -> list[Value]:
    number = element("span", plain(instrument.number), class_="small muted")
    name = Cell(plain(instrument.name), html=join((say(instrument.name), element("br"), number)))
    if row is None:
        status: Value = _("law of the European Union") if instrument.kind == "EU law" else "–"
    else:
        status = _status_cell(row, on)
    return [name, status, _force_cell(row, verdict), verdict_cell(verdict), _reservation_cell(row)]


def _status_cell(row: dict[str, Any], on: datetime.date) -> Cell:
    """What the state was to the treaty on the day; what came later is told as later."""
    status = str(TREATY_STATUS[_status_on(row, on)])
    dates = []
    for sentence, later, field in (
        (_("signed %(day)s"), _("later signed, %(day)s"), "signed_on"),
        (_("deposited %(day)s"), _("later deposited, %(day)s"), "ratified_on"),
        (_("ended %(day)s"), _("later ended, %(day)s"), "ended_on"),
    ):
        if day := row[field]:
            dates.append(_dated(later if day > on else sentence, day, row["known_by"].get(field), row))
    small = [element("span", each, class_="small muted") for each in dates]
    return Cell("; ".join([status, *dates]), html=_lines([status, *small]))


def _status_on(row: dict[str, Any], on: datetime.date) -> str:
    """The status on the day, where dates show that today's is younger."""
    if row["signed_on"] and row["signed_on"] > on:
        return "none"
    if row["ratified_on"] and row["ratified_on"] > on:
        return "signatory" if row["signed_on"] else "none"
    if row["status"] == "withdrawn" and row["ended_on"] and row["ended_on"] > on:
        return "party"
    return str(row["status"])


def _force_cell(row: dict[str, Any] | None, verdict: Applicability) -> Value:
    if row is None:
        return long_day(verdict.since) or "–"
    if row["in_force_on"] is None:
        return "–"
    how = row["known_by"].get("in_force_on")
    if row["checked_on"]:
        note = known_by_check(long_day(row["checked_on"]), row["checked_by"])
    else:
        note = str(KNOWN_BY.get(how, ""))
    day = long_day(row["in_force_on"])
    return Cell(f"{day} ({note})", html=_lines([day, element("span", note, class_="small muted")]))


def verdict_cell(verdict: Applicability) -> Cell:
    """The verdict with its reason: neither stands without the other."""
    word, reason = str(VERDICTS[verdict.verdict]), str(REASONS[verdict.reason])
    if verdict.limits:
        reason += "; " + _("reservation: %(text)s") % {"text": "; ".join(verdict.limits)}
    return Cell(
        labelled(word, reason),
        html=_lines([element("strong", word), element("span", reason, class_="small muted")]),
    )


def _reservation_cell(row: dict[str, Any] | None) -> Value:
    if row is None:
        return "–"
    if row["reservations"]:
        text = row["reservations"]
        return Cell(text, lang="en", html=element("span", text, class_="small"))
    if row["checked_on"]:
        return _("none")
    return Cell(
        _("none found; unchecked"), html=element("span", _("none found; unchecked"), class_="small muted")
    )


def _sources(law: Law) -> dict[int, list[tuple[str, str, str]]]:
    """Where the dates of each treaty were read, by instrument."""
    places = defaultdict(list)
    by_status = {row["pk"]: instrument for instrument, row in law.statuses.items()}
    for status, address, title, place in (
        TreatyStatus.objects.filter(pk__in=by_status, citations__isnull=False)
        .order_by("citations")
        .values_list("pk", "citations__source__address", "citations__source__title", "citations__locator")
    ):
        places[by_status[status]].append((address, title, place))
    return places


def _dated(sentence: str, day: datetime.date, how: str | None, row: dict[str, Any]) -> str:
    text = sentence % {"day": long_day(day)}
    if how == "memory" and not row["checked_on"]:
        text += f" ({KNOWN_BY['memory']})"
    return text


def _lines(lines: list[object]) -> Markup:
    return join(lines, "<br>")


def _provision_tables(
    instruments: list[_Instrument], law: Law
) -> tuple[tuple[tuple[str, str, Table], ...], tuple[tuple[str, Counter[Verdict]], ...]]:
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    counted: dict[int, Counter[Verdict]] = defaultdict(Counter)
    forces = {value: str(label) for value, label in Provision.Force.choices}
    cells: dict[Applicability, Cell] = {}
    for instrument, article, obligation, title, force, verified in (
        Provision.objects.filter(retired_on=None, instrument__retired_on=None)
        .order_by("instrument__position", "position")
        .values_list("instrument_id", "article", "obligation", "title", "force", "verified")
    ):
        verdict = law.of_provision(instrument, article)
        counted[instrument][verdict.verdict] += 1
        if verdict not in cells:
            cells[verdict] = verdict_cell(verdict)
        asks = cell(obligation) if verified != "memory" else Cell(_("text to be verified"))
        rows[instrument].append([article, cell(title), asks, forces[force], cells[verdict]])
    columns = (
        Column(_("Article")),
        Column(_("Title")),
        Column(_("What it asks, in our words")),
        Column(_("Force")),
        Column(_("Does it bind?")),
    )
    tables = []
    for each in instruments:
        if rows[each.pk]:
            name, n = plain(each.name), len(rows[each.pk])
            summary = ngettext("%(name)s: %(n)d provision", "%(name)s: %(n)d provisions", n) % {
                "name": name,
                "n": n,
            }
            words = ", ".join(f"{n} × {VERDICTS[v]}" for v, n in sorted(counted[each.pk].items()))
            tables.append((summary, words, Table(name, columns, rows[each.pk])))
    by_instrument = tuple((plain(each.name), counted[each.pk]) for each in instruments if rows[each.pk])
    return tuple(tables), by_instrument
