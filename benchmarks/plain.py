"""The references: a plain Django page with as many rows, looped over in a template; a page that updates one row."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from endocsea.findings.models import Observation
from endocsea.people.models import Person
from endocsea.standards.models import Indicator, Provision, TreatyStatus
from endocsea.states.models import Figure, Membership, Part, ReportingChannel, State


def plain_state(request: HttpRequest, slug: str) -> HttpResponse:
    """What a state's page holds, row for row, written the usual way. No chart is drawn."""
    state = get_object_or_404(State, slug=slug)
    observations = Observation.objects.filter(state=state).exclude(confidentiality="restricted")
    return render(
        request,
        "benchmarks/plain.html",
        {
            "state": state,
            "parts": Part.objects.filter(state=state),
            "memberships": Membership.objects.filter(state=state),
            "indicators": Indicator.objects.filter(sensitivity="public").select_related("capability"),
            "observations": observations.select_related("capability", "indicator", "citation__source"),
            "treaties": TreatyStatus.objects.filter(state=state)
            .select_related("instrument")
            .prefetch_related("citations__source"),
            "provisions": Provision.objects.select_related("instrument"),
            "figures": Figure.objects.filter(state=state).select_related("metric", "citation__source"),
            "channels": ReportingChannel.objects.filter(state=state).select_related("citation__source"),
        },
    )


@login_required
def plain_update(request: HttpRequest) -> HttpResponse:
    """Updates one row, commits, and greets."""
    user: Any = request.user
    Person.objects.filter(pk=user.pk).update(language="fr" if user.language == "en" else "en")
    return HttpResponse("Hello, world.")
