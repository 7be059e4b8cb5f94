"""The capabilities, and one of them across states."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.public.page import figure, picture, show
from endocsea.public.questions import questions_of
from endocsea.public.spreads import sources_table, spread_of
from endocsea.standards.models import Capability
from endocsea.support.texts import plain


def index(request: HttpRequest) -> HttpResponse:
    rows = list(
        Capability.objects.filter(retired_on=None)
        .annotate(questions=Count("indicators", filter=Q(indicators__retired_on=None)))
        .values("number", "name", "arena", "outcome", "in_scope", "questions")
    )
    return show(
        request, "capabilities", section="capabilities", picture=picture(),
        in_scope=[row for row in rows if row["in_scope"]], others=[row for row in rows if not row["in_scope"]],
    )  # fmt: skip


def capability(request: HttpRequest, number: int) -> HttpResponse:
    """What one capability asks, and how states are spread over it: never a ranking."""
    found: Any = (
        Capability.objects.filter(number=number, retired_on=None)
        .values("pk", "number", "name", "arena", "outcome", "in_scope")
        .first()
    )
    if found is None:
        raise Http404(str(number))
    now = picture()
    trail = ((_("Capabilities"), reverse("public:capabilities")),)
    context = {
        "capability": found,
        "here": f"{number} {plain(found['name'])}",
        "picture": now,
        "citations": Capability.citations.through.objects.filter(capability_id=found["pk"])
        .order_by("citation_id")
        .values_list("citation__source__title", "citation__source__address", "citation__locator"),
    }
    if found["in_scope"]:
        asked = questions_of(found["pk"])
        context |= {
            "questions": asked.codes,
            "level_questions": asked.with_levels,
            "question_list": asked.markup,
            "spread_figure": figure(*spread_of(found, now)),
            "sources": sources_table(found["pk"]),
            "neighbours": Capability.objects.filter(in_scope=True, retired_on=None)
            .exclude(number=number)
            .values_list("number", "name"),
        }
    return show(request, "capability", section="capabilities", trail=trail, **context)
