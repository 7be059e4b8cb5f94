"""Whom a provision binds on a day: it binds, it does not, or we cannot tell, always with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.citing import addresses, places_of
from endocsea.public.instruments import Article, Listed
from endocsea.public.standings import Row, how_known, reservations_cell, two_lines
from endocsea.standards.meanings import STATUS_KNOWN_BY
from endocsea.standards.models import Provision, TreatyStatus
from endocsea.standards.rules import Applicability, Verdict
from endocsea.standards.standing import Everywhere, Named
from endocsea.standards.words import REASONS, VERDICTS
from endocsea.support.days import long_day
from endocsea.support.texts import labelled, plain


@dataclass(frozen=True, slots=True)
class Group:
    """The states of one verdict by name. Where all have the same bare reason, it stands alone as ``reason``."""

    key: str
    heading: str
    count: int
    reason: str
    table: Table | None

    @property
    def markup(self) -> Markup | None:
        """The table under its heading, which says what the caption would."""
        return self.table.html(hide_caption=True) if self.table else None


def groups_of(instrument: Listed, article: Article, over: Everywhere) -> list[Group]:
    """Three groups, empty ones too: that nobody is in a group says something."""
    headings = {
        Verdict.BINDS: _("Binds"),
        Verdict.DOES_NOT_BIND: _("Does not bind"),
        Verdict.CANNOT_TELL: _("We cannot tell"),
    }
    groups = []
    for verdict, found in over.by_verdict(instrument.pk, article.article).items():
        reasons = {(each.reason, each.since) for _state, each in found}
        alike = len(reasons) == 1 and len(found) == len(over.states) and next(iter(reasons))[1] is None
        groups.append(
            Group(
                verdict.name.lower().replace("_", "-"),
                headings[verdict],
                len(found),
                str(REASONS[found[0][1].reason]) if alike else "",
                _table(headings[verdict], instrument, found, over) if found and not alike else None,
            )
        )
    return groups


def _table(
    heading: str, instrument: Listed, found: list[tuple[Named, Applicability]], over: Everywhere
) -> Table:
    """Those of one verdict by name, with since when the instrument is in force for each, and why."""
    rows: list[list[Value]] = []
    for state, verdict in found:
        row = over.laws[state.pk].statuses.get(instrument.pk)
        cells: list[Value] = [_link(state), _since(verdict, row), why(verdict)]
        if instrument.kind == "treaty":
            cells.append(reservations_cell(row))
        rows.append(cells)
    columns = [Column(_("State")), Column(_("In force for the state")), Column(_("Why we say so"))]
    if instrument.kind == "treaty":
        columns.append(Column(_("Reservations and declarations")))
    else:
        columns[1] = Column(_("Member of the Union since"))
    return Table(labelled(heading, len(rows)), tuple(columns), rows)


def training_table(instrument: Listed, article: Article, over: Everywhere) -> Table | None:
    """The made-up states on their own day; nothing where this installation leaves them out."""
    if not over.states:
        return None
    rows: list[list[Value]] = []
    for verdict, found in over.by_verdict(instrument.pk, article.article).items():
        for state, each in found:
            row = over.laws[state.pk].statuses.get(instrument.pk)
            rows.append([_link(state), str(VERDICTS[verdict]), _since(each, row), why(each)])
    columns = (
        Column(_("Made-up state")), Column(_("Does it bind?")), Column(_("In force for the state")),
        Column(_("Why we say so")),
    )  # fmt: skip
    rows.sort(key=lambda cells: cells[0].text if isinstance(cells[0], Cell) else "")
    return Table(
        _("Training material: made-up states on %(day)s") % {"day": long_day(over.on)}, columns, rows
    )


def who_is_bound_download(
    instrument: Listed, article: Article, over: Everywhere
) -> tuple[Table, list[str], list[str]]:
    """The real states by name: verdict, reason and dates, with the sources of each row and how it is known."""
    places = places_of(
        TreatyStatus.citations.through.objects.filter(treatystatus__instrument_id=instrument.pk),
        "treatystatus_id",
    )
    forces = dict(Provision.Force.choices)
    rows: list[list[Value]] = []
    sources, known = [], []
    for state in over.states:
        law = over.laws[state.pk]
        verdict, row = law.of_provision(instrument.pk, article.article), law.statuses.get(instrument.pk)
        rows.append(
            [
                state.name,
                state.code,
                plain(instrument.short_title),
                article.article,
                plain(article.title),
                str(forces[article.force]),
                str(VERDICTS[verdict.verdict]),
                why(verdict),
                verdict.since.isoformat() if verdict.since else "",
                how_known(row, "in_force_on") if row and verdict.since else "",
                row["reservations"] if row else "",
            ]
        )
        sources.append(addresses(places[row["pk"]]) if row else "")
        known.append(str(STATUS_KNOWN_BY.get(row["verified"], row["verified"])) if row else "")
    columns = (
        Column(_("State")), Column(_("Code of the state")), Column(_("Instrument")), Column(_("Article")),
        Column(_("Title")), Column(_("Force")), Column(_("Does it bind?")), Column(_("Why we say so")),
        Column(_("In force for the state")), Column(_("In force: how known")),
        Column(_("Reservations and declarations")),
    )  # fmt: skip
    return Table(_("Who is bound"), columns, rows), sources, known


def _link(state: Named) -> Cell:
    return Cell(state.name, href=f"{reverse('public:state', args=(state.slug,))}#obligations")


def _since(verdict: Applicability, row: Row | None) -> Value:
    if verdict.since is None:
        return "–"
    day = long_day(verdict.since)
    if row is None:
        return day
    note = how_known(row, "in_force_on")
    return Cell(f"{day} ({note})", html=two_lines(element("span", day, class_="day"), note))


def why(verdict: Applicability) -> str:
    reason = str(REASONS[verdict.reason])
    if verdict.limits:
        reason += "; " + _("reservation: %(text)s") % {"text": "; ".join(verdict.limits)}
    return reason
