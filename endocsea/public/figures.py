"""Published figures about a state over time, each with its source and what it does not mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

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
    series: dict[str, list[time.Figure]] = defaultdict(list)
    caveats: dict[str, str] = {}
    for metric, caveat, year, value, unit, address, title in (
        Figure.objects.filter(state_id=state, retired_on=None)
        .order_by("metric__pk", "year")
        .values_list(
            "metric__name", "metric__caveat", "year", "value", "unit", "citation__source__address",
            "citation__source__title",
        )
    ):  # fmt: skip
        counted = plain(metric)
        series[counted].append(
            time.Figure(year, float(value), unit, title or _short(address), href=address or None)
        )
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
            f"{counted}: {', '.join(str(f.year) for f in figures)}" for counted, figures in series.items()
        ),
        panels=[time.Series(counted, tuple(figures)) for counted, figures in series.items()],
        words=time.TimeWords(
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
        ),
        separators=separators(),
    )
    return Figures(
        draw(key="figures"),
        draw(key="figures-narrow", width=320),
        tuple(caveats.items()),
        sum(len(figures) for figures in series.values()),
    )


def _short(address: str) -> str:
    """The host of an address, where a source has no title."""
    return address.split("/")[2] if "://" in address else address
