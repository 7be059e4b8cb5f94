"""What public views share: who looks, of which day a page speaks, where it stands."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup, element, join
from endocsea.states.models import Programme
from endocsea.support.actors import PREVIEW, VISITOR, Fixed


def viewer() -> Fixed:
    """Who looks at a public page: the person at this machine in a preview, or anybody."""
    return PREVIEW if settings.PREVIEW else VISITOR


@dataclass(frozen=True, slots=True)
class Picture:
    """The programme, and the days of which its pages speak."""

    code: str
    name: dict[str, str]
    as_of: datetime.date
    training_as_of: datetime.date
    starts: datetime.date | None
    ends: datetime.date | None


def picture() -> Picture:
    """The programme of this installation."""
    code, name, as_of, training, starts, ends = Programme.objects.values_list(
        "code", "name", "as_of", "training_as_of", "starts", "ends"
    ).get(retired_on=None)
    return Picture(code, name, as_of, training or as_of, starts, ends)


def show(
    request: HttpRequest,
    template: str,
    *,
    section: str,
    trail: tuple[tuple[str, str], ...] = (),
    **context: Any,
) -> HttpResponse:
    """Render a public page. ``trail``: the steps above it (name, address), home excepted."""
    steps = ((_("Home"), reverse("public:home")), *trail)
    response = render(request, f"public/{template}.html", {"section": section, "trail": steps, **context})
    response.headers["Cache-Control"] = "no-cache"
    return response


def figure(wide: Chart, narrow: Chart | None = None, *, level: int = 3, table_open: bool = False) -> Markup:
    """A chart on a page: title, picture (another one for narrow screens), caption, data behind a fold."""
    drawing: object = wide.svg
    if narrow is not None:
        drawing = join(
            (
                element("div", wide.svg, class_="drawing drawing-wide"),
                element("div", narrow.svg, class_="drawing drawing-narrow"),
            )
        )
    parts = [
        element(f"h{level}", wide.title),
        drawing,
        element("figcaption", wide.caption),
        element(
            "details",
            join((element("summary", _("Show as table")), wide.table.html(hide_caption=True))),
            open=table_open,
        ),
    ]
    return element("figure", join(parts), class_="figure", id=wide.key)
