"""The questions of the benchmark, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public.answered import observed_on, training_levels
from endocsea.public.downloads import csv_response
from endocsea.public.indicators import (
    asked,
    chapters_of,
    ladder,
    provisions_behind,
    questions_download,
    steps,
)
from endocsea.public.page import Picture, picture, show
from endocsea.standards.meanings import ANSWERS_MEAN
from endocsea.standards.models import Capability, Indicator
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import plain


def index(request: HttpRequest) -> HttpResponse:
    """All questions, by capability."""
    questions = asked()
    editions = Indicator.objects.filter(retired_on=None).values_list("edition__code", flat=True)
    return show(
        request, "indicators", section="standards", trail=_above(), picture=picture(), asked=len(questions),
        chapters=chapters_of(questions), editions=", ".join(sorted(set(editions))),
        with_levels=sum(each.answer_type == Indicator.Answer.LEVEL for each in questions),
        core=sum(each.core for each in questions), restricted=sum(each.restricted for each in questions),
        download=reverse("public:indicators_csv"),
    )  # fmt: skip


def index_csv(request: HttpRequest) -> HttpResponse:
    table, sources = questions_download()
    known = _("written for this benchmark")
    return csv_response(table, _("questions"), day=picture().as_of, sources=sources, known=known)


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """A question: what it asks, what each answer means, what it rests on; never what a real state's level is."""
    found = _indicator(code)
    questions = asked()
    place = next(place for place, each in enumerate(questions) if each.pk == found["pk"])
    now = picture()
    restricted = found["sensitivity"] == Confidentiality.RESTRICTED
    return show(
        request, "indicator", section="standards",
        trail=(*_above(), (_("Questions"), reverse("public:indicators"))),
        indicator=found, picture=now, restricted=restricted,
        answer=dict(Indicator.Answer.choices)[found["answer_type"]],
        answer_means=ANSWERS_MEAN[Indicator.Answer(found["answer_type"])],
        dimension=dict(Indicator.Dimension.choices)[found["dimension"]],
        ladder=ladder(found["levels"]) if found["levels"] else "", choices=steps(found["options"]),
        provisions=provisions_behind(found["pk"]),
        elements=Capability.objects.filter(
            pk__in=Indicator.elements.through.objects.filter(indicator_id=found["pk"]).values("capability_id")
        ).values_list("number", "name"),
        before=questions[place - 1] if place else None,
        after=questions[place + 1] if place + 1 < len(questions) else None,
        **({} if restricted else _shown(found, now)),
    )  # fmt: skip


def observations_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The states to which public sources speak on a question; nothing of a restricted one, not even that."""
    found = _indicator(code)
    if found["sensitivity"] == Confidentiality.RESTRICTED:
        raise Http404(code)
    table, sources, known = observed_on(found["pk"], today=localdate())
    if table is None:
        raise Http404(code)
    return csv_response(
        table, " ".join((code, _("observations"))), day=picture().as_of, sources=sources, known=known
    )


def _shown(found: dict[str, Any], now: Picture) -> dict[str, Any]:
    observed, _sources, _known = observed_on(found["pk"], today=localdate())
    training = None
    if found["answer_type"] == Indicator.Answer.LEVEL:
        training = training_levels(found["pk"], found["levels"], on=now.training_as_of)
    return {
        "observed": observed,
        "training": training,
        "download": reverse("public:indicator_csv", args=(found["code"],)),
    }


def _indicator(code: str) -> dict[str, Any]:
    """The question of that code, in the newest edition that asks it."""
    found: Any = (
        Indicator.objects.filter(code=code, retired_on=None)
        .order_by("-edition__code")
        .values(
            "pk", "code", "question", "answer_type", "levels", "options", "unit", "guidance", "evidence", "theme",
            "dimension", "sensitivity", "core", "source", "edition__code", "capability__number", "capability__name",
        )
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404(code)
    return {**found, "edition": found["edition__code"], "name": plain(found["question"])}


def _above() -> tuple[tuple[str, str], ...]:
    return ((_("Standards"), reverse("public:standards")),)
