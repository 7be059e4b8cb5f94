"""What binds a state on a day: treaty by treaty, then provision by provision."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.words import KNOWN_BY, REASONS, TREATY_STATUS, VERDICTS
from endocsea.standards.models import Instrument, Provision, TreatyStatus
from endocsea.standards.rules import (
    NOT_LAW,
    Applicability,
    Status,
    Verdict,
    provision_applies,
    treaty_applies,
    union_law_applies,
)
from endocsea.states.models import Membership
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import cell, english, plain, say


@dataclass(frozen=True, slots=True)
class Obligations:
    """The table by treaty, the provisions under each instrument, and how many verdicts of each kind."""

    treaties: Table
    sources: tuple[tuple[str, Markup], ...]  # instrument, where its dates were read
    provisions: tuple[tuple[str, str, Table], ...]  # heading, summary line, table
    counts: Counter[Verdict]


@dataclass(frozen=True, slots=True)
class _Known:
    status: Status
    row: dict[str, Any]


def obligations_of(state: int, *, on: datetime.date, training: bool) -> Obligations:
    """Everything on a state's page about what binds it. Four statements, whatever the state."""
    instruments = list(
        Instrument.objects.filter(retired_on=None).values_list(
            "pk", "code", "kind", "opened", "short_title", "title", "number"
        )
    )
    known = _statuses(state)
    member, since = _union_member(state, on)
    verdicts: dict[int, Applicability] = {}
    for pk, _code, kind, opened, *_rest in instruments:
        if kind == "treaty":
            status = known[pk].status if pk in known else None
            verdicts[pk] = treaty_applies(status, opened=opened, on=on)
        elif kind == "EU law":
            verdicts[pk] = union_law_applies(member, checked=training, since=since)
        else:
            verdicts[pk] = NOT_LAW
    tables, counts = _provision_tables(instruments, known, verdicts)
    treaties = [i for i in instruments if i[2] in ("treaty", "EU law")]
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
            [_treaty_row(i, known.get(i[0]), verdicts[i[0]], on) for i in treaties],
        ),
        tuple(
            (plain(i[4]), _sources(known[i[0]].row))
            for i in treaties
            if i[0] in known and known[i[0]].row["sources"]
        ),
        tables,
        counts,
    )


def _statuses(state: int) -> dict[int, _Known]:
    fields = (
        "instrument_id", "status", "action", "signed_on", "ratified_on", "in_force_on", "ended_on", "reservations",
        "as_of", "verified", "known_by", "checked_on", "checked_by", "note", "pk",
    )  # fmt: skip
    rows = {
        row["instrument_id"]: row
        for row in TreatyStatus.objects.filter(state_id=state, retired_on=None).values(*fields)
    }
    sources = defaultdict(list)
    for status, address, title, locator in TreatyStatus.objects.filter(
        pk__in=[row["pk"] for row in rows.values()], citations__isnull=False
    ).values_list("pk", "citations__source__address", "citations__source__title", "citations__locator"):
        sources[status].append((address, title, locator))
    return {
        instrument: _Known(
            Status(
                row["status"],
                row["in_force_on"],
                row["ended_on"],
                row["reservations"],
                row["as_of"],
                row["verified"],
                row["known_by"],
                row["checked_on"],
            ),
            {**row, "sources": sources[row["pk"]]},
        )
        for instrument, row in rows.items()
    }


def _union_member(state: int, on: datetime.date) -> tuple[bool, datetime.date | None]:
    found = (
        Membership.objects.filter(state_id=state, body=Membership.Body.EUROPEAN_UNION)
        .on(on)
        .values_list("since", flat=True)
        .first()
    )
    exists = (
        found is not None
        or Membership.objects.filter(
            state_id=state, body=Membership.Body.EUROPEAN_UNION, since=None, retired_on=None
        ).exists()
    )
    return exists, found


def _treaty_row(
    instrument: tuple[Any, ...], known: _Known | None, verdict: Applicability, on: datetime.date
) -> list[Value]:
    _pk, _code, kind, _opened, short, _title, number = instrument
    name = Cell(
        plain(short),
        html=join((say(short), element("br"), element("span", plain(number), class_="small muted"))),
    )
    row = known.row if known else None
    if row is None:
        status: Value = _("law of the European Union") if kind == "EU law" else "–"
    else:
        status = _status_cell(row, on)
    return [name, status, _force_cell(row, verdict), verdict_cell(verdict), _reservation_cell(row)]


def _status_cell(row: dict[str, Any], on: datetime.date) -> Cell:
    """What the state was to the treaty on the day; what came later is told as later."""
    lines: list[object] = [str(TREATY_STATUS[_status_on(row, on)])]
    for sentence, later, field in (
        (_("signed %(day)s"), _("later signed, %(day)s"), "signed_on"),
        (_("deposited %(day)s"), _("later deposited, %(day)s"), "ratified_on"),
        (_("ended %(day)s"), _("later ended, %(day)s"), "ended_on"),
    ):
        if day := row[field]:
            lines.append(_dated(later if day > on else sentence, day, row["known_by"].get(field), row))
    return Cell("; ".join(str(line) for line in lines), html=_lines(lines))


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
        note = _("checked %(day)s by: %(who)s") % {
            "day": long_day(row["checked_on"]),
            "who": row["checked_by"],
        }
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
        f"{word}: {reason}",
        html=_lines([element("strong", word), element("span", reason, class_="small muted")]),
    )


def _reservation_cell(row: dict[str, Any] | None) -> Value:
    if row is None:
        return "–"
    if row["reservations"]:
        text = row["reservations"]
        return Cell(text, html=element("span", english(text), class_="small"))
    if row["checked_on"]:
        return _("none")
    return Cell(
        _("none found; unchecked"), html=element("span", _("none found; unchecked"), class_="small muted")
    )


def _sources(row: dict[str, Any]) -> Markup:
    """Where the dates of a treaty were read, with the day of which the status speaks, and remarks."""
    links = [
        join(
            (
                element("a", _host(address), href=address) if address else english(title),
                f" ({place})" if place else "",
            )
        )
        for address, title, place in row["sources"]
    ]
    parts = [join(links, "; "), ". ", _("Status as of %(day)s.") % {"day": fuzzy(row["as_of"])}]
    if row["note"]:
        parts += [" ", english(row["note"]), "."]
    return join(parts)


def _host(address: str) -> str:
    return address.split("/")[2].removeprefix("www.")


def _dated(sentence: str, day: datetime.date, how: str | None, row: dict[str, Any]) -> Markup:
    text = sentence % {"day": long_day(day)}
    if how == "memory" and not row["checked_on"]:
        text += f" ({KNOWN_BY['memory']})"
    return element("span", text, class_="small muted")


def _lines(lines: list[object]) -> Markup:
    return join(lines, "<br>")


def _provision_tables(
    instruments: list[tuple[Any, ...]], known: dict[int, _Known], verdicts: dict[int, Applicability]
) -> tuple[tuple[tuple[str, str, Table], ...], Counter[Verdict]]:
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    counts: Counter[Verdict] = Counter()
    by_instrument: dict[int, Counter[Verdict]] = defaultdict(Counter)
    forces = dict(Provision.Force.choices)
    cells: dict[Applicability, Cell] = {}
    for instrument, article, obligation, title, force, verified in (
        Provision.objects.filter(retired_on=None, instrument__retired_on=None)
        .order_by("instrument__position", "position")
        .values_list("instrument_id", "article", "obligation", "title", "force", "verified")
    ):
        reservations = known[instrument].status.reservations if instrument in known else ""
        verdict = provision_applies(verdicts[instrument], article=article, reservations=reservations)
        counts[verdict.verdict] += 1
        by_instrument[instrument][verdict.verdict] += 1
        if verdict not in cells:
            cells[verdict] = verdict_cell(verdict)
        text = cell(obligation) if verified != "memory" else Cell(_("text to be verified"))
        rows[instrument].append([article, cell(title), text, str(forces[force]), cells[verdict]])
    columns = (
        Column(_("Article")),
        Column(_("Title")),
        Column(_("What it asks, in our words")),
        Column(_("Force")),
        Column(_("Does it bind?")),
    )
    tables = []
    for pk, _code, _kind, _opened, short, *_rest in instruments:
        if rows[pk]:
            name = plain(short)
            summary = ngettext("%(name)s: %(n)d provision", "%(name)s: %(n)d provisions", len(rows[pk])) % {
                "name": name,
                "n": len(rows[pk]),
            }
            words = ", ".join(f"{n} × {VERDICTS[v]}" for v, n in sorted(by_instrument[pk].items()))
            tables.append((summary, words, Table(name, columns, rows[pk])))
    return tuple(tables), counts
