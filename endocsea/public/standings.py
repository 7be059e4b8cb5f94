"""How instruments stand with all states, by name and never by rank: on a page, and as a download."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.citing import addresses, places_of
from endocsea.public.instruments import Listed
from endocsea.standards.meanings import BESIDE_STANDING, DEEDS, STANDINGS, STATUS_KNOWN_BY, known_by_check
from endocsea.standards.models import TreatyStatus
from endocsea.standards.obligations import verdict_cell
from endocsea.standards.rules import Applicability
from endocsea.standards.standing import Everywhere, Named, standing
from endocsea.standards.words import KNOWN_BY, REASONS, VERDICTS
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import english, labelled, plain

Row = dict[str, Any]  # the status of a state under a treaty, column by column


def standings_table(instrument: Listed, over: Everywhere) -> Table:
    """All states by name: how the instrument stands with each, its dates, and how each date is known."""
    name, on = plain(instrument.short_title), over.on
    caption = _("%(instrument)s: the states by name, on %(day)s") % {
        "instrument": name,
        "day": long_day(on),
    }
    if instrument.kind == "EU law":
        columns: tuple[Column, ...] = (
            Column(_("State")), Column(_("On that day")), Column(_("Member of the Union since")),
        )  # fmt: skip
        found = ((state, over.laws[state.pk].verdicts[instrument.pk]) for state in over.states)
        return Table(
            caption, columns, [[_link(s), verdict_cell(v), long_day(v.since) or "–"] for s, v in found]
        )
    rows: list[list[Value]] = []
    for state in over.states:
        law = over.laws[state.pk]
        row = law.statuses.get(instrument.pk)
        rows.append(
            [
                _link(state),
                standing_cell(law.verdicts[instrument.pk]),
                day_cell(row, "signed_on", on),
                day_cell(row, "ratified_on", on),
                day_cell(row, "in_force_on", on),
                reservations_cell(row),
            ]
        )
    return Table(
        caption,
        (
            Column(_("State")), Column(_("On that day")), Column(_("Signed")), Column(_("Ratified or acceded")),
            Column(_("In force for the state")), Column(_("Reservations and declarations")),
        ),
        rows,
    )  # fmt: skip


def standings_download(instruments: list[Listed], over: Everywhere) -> tuple[Table, list[str], list[str]]:
    """A row for each treaty and state, with the sources of the row and how it is known."""
    places = places_of(
        TreatyStatus.citations.through.objects.filter(
            treatystatus__instrument_id__in=[each.pk for each in instruments]
        ),
        "treatystatus_id",
    )
    rows: list[list[Value]] = []
    sources, known = [], []
    for each in instruments:
        for state in over.states:
            law = over.laws[state.pk]
            verdict, row = law.verdicts[each.pk], law.statuses.get(each.pk)
            rows.append(
                [
                    state.name,
                    state.code,
                    plain(each.short_title),
                    plain(each.number),
                    _word(each, verdict),
                    str(REASONS[verdict.reason]),
                    *_dates(row, verdict),
                    row["reservations"] if row else "",
                    row["note"] if row else "",
                    row["as_of"] if row else "",
                ]
            )
            sources.append(addresses(places[row["pk"]]) if row else "")
            known.append(str(STATUS_KNOWN_BY.get(row["verified"], row["verified"])) if row else "")
    columns = (
        Column(_("State")), Column(_("Code of the state")), Column(_("Instrument")), Column(_("Number")),
        Column(_("On that day")), Column(_("Why we say so")),
        Column(_("Signed")), Column(_("Signed: how known")),
        Column(_("Ratified or acceded")), Column(_("Ratified or acceded: how known")),
        Column(_("In force for the state")), Column(_("In force: how known")), Column(_("Ended")),
        Column(_("Reservations and declarations")), Column(_("Remarks")), Column(_("Source speaks of")),
    )  # fmt: skip
    return Table(_("Status of the treaties"), columns, rows), sources, known


def _dates(row: Row | None, verdict: Applicability) -> Iterable[str]:
    if row is None:
        return ("", "", "", "", _iso(verdict.since), "", "")
    pairs = []
    for field in ("signed_on", "ratified_on", "in_force_on"):
        pairs += [_iso(row[field]), how_known(row, field) if row[field] else ""]
    return (*pairs, _iso(row["ended_on"]))


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _link(state: Named) -> Cell:
    return Cell(state.name, href=f"{reverse('public:state', args=(state.slug,))}#obligations")


def _word(instrument: Listed, verdict: Applicability) -> str:
    """Treaties are in force for a state; law of the Union binds it or not, by membership alone."""
    if instrument.kind == "EU law":
        return str(VERDICTS[verdict.verdict])
    return str(STANDINGS[standing(verdict)])


def standing_cell(verdict: Applicability) -> Cell:
    """The standing with its reason: neither stands without the other."""
    word = str(STANDINGS[standing(verdict)])
    reason = str(BESIDE_STANDING.get(verdict.reason, REASONS[verdict.reason]))
    return Cell(labelled(word, reason), html=two_lines(element("strong", word), reason))


def day_cell(row: Row | None, field: str, on: datetime.date) -> Value:
    """A date and how it is known; one after the day of the picture says so."""
    if row is None or row[field] is None:
        return "–"
    day = long_day(row[field])
    if row[field] > on:
        day = _("later: %(day)s") % {"day": day}
    note = how_known(row, field)
    if field == "ratified_on" and row.get("action") in DEEDS:
        note = f"{DEEDS[row['action']]}, {note}"
    if field == "in_force_on" and row["ended_on"]:
        note += "; " + _("until %(day)s") % {"day": long_day(row["ended_on"])}
    return Cell(f"{day} ({note})", html=two_lines(element("span", day, class_="day"), note))


def how_known(row: Row, field: str) -> str:
    """Read, derived or unverified; or who checked it when."""
    if row["checked_on"]:
        return known_by_check(long_day(row["checked_on"]), row["checked_by"])
    return str(KNOWN_BY.get(row["known_by"].get(field), KNOWN_BY["memory"]))


def reservations_cell(row: Row | None) -> Value:
    if row is None:
        return "–"
    if row["reservations"]:
        return Cell(row["reservations"], html=element("span", english(row["reservations"]), class_="small"))
    if row["in_force_on"] is None:
        return "–"
    words = _("none") if row["checked_on"] else _("none found; unchecked")
    return Cell(words, html=element("span", words, class_="small muted"))


def two_lines(first: object, second: str) -> Markup:
    return join((first, element("span", second, class_="small muted")), "<br>")


def read_on(over: Everywhere, instrument: int) -> list[str]:
    """The days, months or years of which the sources of an instrument's statuses speak, in words."""
    spoken = {law.statuses[instrument]["as_of"] for law in over.laws.values() if instrument in law.statuses}
    return [fuzzy(written) for written in sorted(spoken - {""})]
