"""Published figures about a state over time, each with its source and what it does not mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts import time
from endocsea.charts.chart import Chart
from endocsea.states.models import Figure
from endocsea.support.texts import plain, separators


@dataclass(frozen=True, slots=True)
class Figures:
    wide: Chart
    narrow: Chart
    caveats: tuple[tuple[str, str], ...]  # what is counted, what it does not mean
    count: int


def figures_of(state: int, name: str) -> Figures | None:
    """All published figures of one state, a panel for each measure; nothing where there are none."""
    series: dict[tuple[str, str], list[time.Figure]] = defaultdict(list)
    caveats: dict[str, str] = {}
    for code, metric, caveat, year, value, unit, address, title in (
        Figure.objects.filter(state_id=state, retired_on=None)
        .order_by("metric__pk", "year")
        .values_list(
            "metric__code", "metric__name", "metric__caveat", "year", "value", "unit",
            "citation__source__address", "citation__source__title",
        )
    ):  # fmt: skip
        counted = plain(metric)
        series[code, counted].append(drawn(year, value, plain(unit), title, address))
        if caveat:
            caveats[counted] = plain(caveat)
    if not series:
        return None
    draw = partial(
        time.time,
        title=_("Published figures about %(state)s") % {"state": name},
        caption=_(
            "Each figure as its source published it; sources stand in the table. "
            "Volumes of reports are not performance."
        ),
        description="; ".join(
            f"{counted}: {', '.join(str(f.year) for f in figures)}"
            for (_code, counted), figures in series.items()
        ),
        panels=[
            time.Series(counted, tuple(figures), href=reverse("public:metric", args=(code,)))
            for (code, counted), figures in series.items()
        ],
        words=time_words(),
        separators=separators(),
    )
    return Figures(
        draw(key="figures"),
        draw(key="figures-narrow", width=320),
        tuple(caveats.items()),
        sum(len(figures) for figures in series.values()),
    )


def drawn(year: int, value: Decimal, unit: str, title: str, address: str) -> time.Figure:
    """A published figure as the chart takes it."""
    return time.Figure(year, float(value), unit, title or short(address), href=address or None)


def time_words() -> time.TimeWords:
    return time.TimeWords(
        series=_("What is counted"),
        year=_("Year"),
        value=_("Figure"),
        unit=_("Unit"),
        source=_("Source"),
        line=_("published figure"),
        broken=_("break in the series"),
        new_unit=_("unit from here: {unit}"),
        note=_("{year}: {reason}"),
        unknown=_("unknown"),
        not_applicable=_("not applicable"),
    )


def short(address: str) -> str:
    """The host of an address, where a source has no title."""
    return address.split("/")[2] if "://" in address else address


def exact(value: Decimal) -> int | str:
    """A figure as a download writes it: every digit, a point, no grouping."""
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"
