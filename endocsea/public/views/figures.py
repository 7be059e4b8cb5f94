"""Published figures over time: all measures, and one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public.downloads import csv_response
from endocsea.public.metrics import (
    figures_table,
    measure_of,
    measures_table,
    regions_over_time,
    sources_of,
    states_by_name,
)
from endocsea.public.page import figure, show
from endocsea.support.texts import plain


def index(request: HttpRequest) -> HttpResponse:
    table, figures = measures_table()
    years = [year for row in table.rows for year in str(row[2]).split("–")]
    return show(
        request, "figures", section="figures", measures=table, figures=figures,
        first=min(years, default=""), last=max(years, default=""),
    )  # fmt: skip


def metric(request: HttpRequest, code: str) -> HttpResponse:
    """What one measure counts, what it does not mean, and its figures."""
    measure = measure_of(code)
    if measure is None:
        raise Http404(code)
    charts = regions_over_time(measure)
    return show(
        request, "metric", section="figures", trail=((_("Published figures"), reverse("public:figures")),),
        measure=measure, here=plain(measure.name), over_time=figure(*charts, level=2) if charts else None,
        states=states_by_name(measure), sources=sources_of(measure),
    )  # fmt: skip


def metric_csv(request: HttpRequest, code: str) -> HttpResponse:
    """All figures of one measure, each with its source."""
    measure = measure_of(code)
    if measure is None:
        raise Http404(code)
    table, sources, known = figures_table(measure)
    return csv_response(table, measure.code, day=localdate(), sources=sources, known=known)
