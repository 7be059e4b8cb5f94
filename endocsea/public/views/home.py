"""The first page: who takes part, and the ways in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from endocsea.public.maps import map_of_states
from endocsea.public.page import picture, show
from endocsea.standards.models import Capability, Indicator
from endocsea.states.models import ProgrammeFact, State


def home(request: HttpRequest) -> HttpResponse:
    now = picture()
    facts = (
        ProgrammeFact.objects.filter(key__in=("donor", "implementing_unit"), retired_on=None)
        .order_by("pk")
        .values_list("group", "key", "value", "citation__source__title")
    )
    return show(
        request, "home", section="home", picture=now, map_figure=map_of_states(now), facts=facts,
        real=State.objects.real().count(), in_scope=Capability.objects.filter(in_scope=True).count(),
        asked=Indicator.objects.filter(retired_on=None).count(), training=settings.WITH_TRAINING,
    )  # fmt: skip
