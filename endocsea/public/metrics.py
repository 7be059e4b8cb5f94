"""Published figures measure by measure: regions over time, states by name.

Figures that stand beside each other invite comparing. So states stand by name, nothing is divided by
population, and what a measure does not mean stands with every picture, table and file of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from endocsea.charts import time
from endocsea.charts.chart import Chart
from endocsea.charts.scales import plain_number
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.public.figures import drawn, exact, short, time_words
from endocsea.public.words import REGIONS
from endocsea.states.models import Figure, Metric
from endocsea.support.classes import BASES, Basis
from endocsea.support.texts import cell, collation, plain, separators

FEW = 3  # states that are named where they are counted
MANY = 40  # from so many figures on, states stand in rows and years in columns


class Row(NamedTuple):
    """One published figure with its place, its source and how it is known."""

    place: str
    slug: str | None  # of a state
    state: dict[str, str] | None
    year: int
    value: Decimal
    units: dict[str, str]
    basis: str
    title: str
    address: str
    locator: str

    @property
    def unit(self) -> str:
        return plain(self.units)

    @property
    def name(self) -> str:
        return plain(self.state) if self.state else str(REGIONS.get(self.place, self.place))

    @property
    def source(self) -> str:
        return self.address or self.title


class Source(NamedTuple):
    """A source of a measure: how it was read, and for how many of its figures it stands."""

    title: str
    address: str
    locator: str
    known: str
    figures: int


@dataclass(frozen=True, slots=True)
class Measure:
    """Everything that a page about one measure shows."""

    code: str
    name: dict[str, str]
    caveat: dict[str, str]
    rows: tuple[Row, ...]

    @property
    def first(self) -> int:
        return min(row.year for row in self.rows)

    @property
    def last(self) -> int:
        return max(row.year for row in self.rows)

    @property
    def regions(self) -> list[Row]:
        return [row for row in self.rows if row.slug is None]

    @property
    def states(self) -> list[Row]:
        """The figures about states, by name and year."""
        return sorted((row for row in self.rows if row.slug), key=lambda row: (collation(row.name), row.year))

    @property
    def places(self) -> str:
        """Of whom it speaks: regions and few states by name, many states by their number."""
        regions, states = (
            list(dict.fromkeys(row.name for row in rows)) for rows in (self.regions, self.states)
        )
        if len(states) > FEW:
            states = [_("%(n)d states") % {"n": len(states)}]
        return ", ".join([*regions, *states])

    @property
    def years(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def measure_of(code: str) -> Measure | None:
    """A measure with all its figures, or nothing where there is no such measure. Two statements."""
    found = Metric.objects.filter(code=code, retired_on=None).values_list("pk", "name", "caveat").first()
    if found is None:
        return None
    pk, name, caveat = found
    figures = Figure.objects.filter(metric_id=pk, retired_on=None).order_by("place", "year")
    rows = tuple(Row(*row) for row in figures.values_list(*_FIELDS))
    return Measure(code, name, caveat, rows) if rows else None


def measures_table() -> tuple[Table, int]:
    """All measures in the order of the content, and how many figures there are in all."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    names: dict[str, dict[str, str]] = {}
    for code, name, *row in (
        Figure.objects.filter(retired_on=None, metric__retired_on=None)
        .order_by("metric__pk", "place", "year")
        .values_list("metric__code", "metric__name", *_FIELDS)
    ):
        names[code] = name
        grouped[code].append(Row(*row))
    rows: list[list[Value]] = []
    for code, figures in grouped.items():
        measure = Measure(code, names[code], {}, tuple(figures))
        rows.append(
            [
                cell(measure.name, href=reverse("public:metric", args=(code,))),
                measure.places,
                measure.years,
                len(figures),
            ]
        )
    columns = (
        Column(_("What is counted")), Column(_("Published for")), Column(_("Years")),
        Column(_("Figures"), "number"),
    )  # fmt: skip
    return Table(_("All measures"), columns, rows, id="measures"), sum(map(len, grouped.values()))


def regions_over_time(measure: Measure) -> tuple[Chart, Chart] | None:
    """A panel for each region, for wide and narrow screens; nothing where only states have figures."""
    series: dict[str, list[Row]] = defaultdict(list)
    for row in measure.regions:
        series[row.name].append(row)
    if not series:
        return None
    name, caveat = plain(measure.name), plain(measure.caveat) if measure.caveat else ""
    draw = partial(
        time.time,
        title=_("%(measure)s: %(places)s") % {"measure": name, "places": ", ".join(series)},
        caption=" ".join(
            part
            for part in (caveat, _("Each figure as its source published it; sources stand in the table."))
            if part
        ),
        description="; ".join(
            f"{place}: {', '.join(f'{row.year} {exact(row.value)}' for row in rows)}"
            for place, rows in series.items()
        ),
        panels=[
            time.Series(
                capfirst(place),
                tuple(drawn(row.year, row.value, row.unit, row.title, row.address) for row in rows),
            )
            for place, rows in series.items()
        ],
        words=time_words(),
        separators=separators(),
    )
    return draw(key="regions"), draw(key="regions-narrow", width=320)


def states_by_name(measure: Measure) -> Table | None:
    """The states' figures: a column for each year where there are many, else a row for each figure."""
    rows = measure.states
    if not rows:
        return None
    caption = _("%(measure)s: states, by name") % {"measure": plain(measure.name)}
    one_unit = len({row.unit for row in rows}) == 1
    return _years_as_columns(rows, caption) if len(rows) >= MANY and one_unit else _one_by_one(rows, caption)


def _years_as_columns(rows: Sequence[Row], caption: str) -> Table:
    marks = separators()
    years = sorted({row.year for row in rows})
    by_state: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        by_state[row.slug or ""][row.year] = row
    lines: list[list[Value]] = []
    for its in by_state.values():
        first = next(iter(its.values()))
        numbers = [
            plain_number(float(its[year].value), marks) if year in its else _("unknown") for year in years
        ]
        lines.append([_state(first), *numbers])
    columns = (Column(_("State")), *(Column(str(year), "number") for year in years))
    return Table(f"{caption} ({rows[0].unit})", columns, lines, id="by-state")


def _one_by_one(rows: Sequence[Row], caption: str) -> Table:
    marks = separators()
    lines: list[list[Value]] = [
        [
            _state(row),
            str(row.year),
            plain_number(float(row.value), marks),
            cell(row.units),
            Cell(row.title or short(row.address), href=row.address or None),
        ]
        for row in rows
    ]
    columns = (
        Column(_("State")), Column(_("Year"), "number"), Column(_("Figure"), "number"), Column(_("Unit")),
        Column(_("Source")),
    )  # fmt: skip
    return Table(caption, columns, lines, id="by-state")


def _state(row: Row) -> Cell:
    return Cell(row.name, href=f"{reverse('public:state', args=(row.slug,))}#published")


def sources_of(measure: Measure) -> list[Source]:
    """Where the figures were read, how, and how many in each place."""
    counted: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in measure.rows:
        counted[row.title, row.address, row.locator, row.basis] += 1
    return [
        Source(title, address, locator, str(BASES[Basis(basis)]), n)
        for (title, address, locator, basis), n in counted.items()
    ]


def figures_table(measure: Measure) -> tuple[Table, list[str], list[str]]:
    """All figures of a measure for a download, with the source of each row and how it is known."""
    caveat = plain(measure.caveat) if measure.caveat else ""
    rows = [*measure.regions, *measure.states]
    columns = (
        Column(_("What is counted")), Column(_("Place")), Column(_("Code")), Column(_("Year"), "number"),
        Column(_("Figure"), "number"), Column(_("Unit")), Column(_("What it does not mean")),
    )  # fmt: skip
    lines: list[list[Value]] = [
        [plain(measure.name), row.name, row.place, str(row.year), exact(row.value), row.unit, caveat]
        for row in rows
    ]
    return (
        Table(plain(measure.name), columns, lines),
        [row.source for row in rows],
        [str(BASES[Basis(row.basis)]) for row in rows],
    )


_FIELDS = (
    "place", "state__slug", "state__name", "year", "value", "unit", "basis",
    "citation__source__title", "citation__source__address", "citation__locator",
)  # fmt: skip
