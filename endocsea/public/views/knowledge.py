"""How we know what stands on this site, counted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public.downloads import csv_response
from endocsea.public.known import how_we_know
from endocsea.public.page import figure, picture, show
from endocsea.support.classes import Basis


def index(request: HttpRequest) -> HttpResponse:
    known = how_we_know()
    full, part, memory = (known.counted[how] for how in (Basis.READ_FULL, Basis.READ_PART, Basis.MEMORY))
    return show(
        request, "how_we_know", section="how-we-know", picture=picture(), known=known,
        known_figure=figure(known.wide, known.narrow, level=2),
        full=full, part=part, memory=memory, rest=known.total - full - part - memory,
    )  # fmt: skip


def records_csv(request: HttpRequest) -> HttpResponse:
    return csv_response(
        how_we_know().wide.table, _("How we know"), day=localdate(),
        sources=_("the records of this site"), known=_("counted"),
    )  # fmt: skip
