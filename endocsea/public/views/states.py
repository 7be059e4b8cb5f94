"""All states, and a state."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.profiles.queries import current_public_run
from endocsea.public.channels import channels_of
from endocsea.public.figures import figures_of
from endocsea.public.levels import reviewed_picture
from endocsea.public.lists import states_table, training_table
from endocsea.public.maps import grid_of_states
from endocsea.public.observed import observed_about
from endocsea.public.page import Picture, figure, picture, show, viewer
from endocsea.standards.obligations import obligations_of
from endocsea.states.models import Membership, Part, State
from endocsea.states.words import PARTS
from endocsea.support.texts import plain


def index(request: HttpRequest) -> HttpResponse:
    now = picture()
    return show(
        request, "states", section="states", picture=now, states=states_table(now), grid=grid_of_states(now),
        training=training_table(),
    )  # fmt: skip


def state(request: HttpRequest, slug: str) -> HttpResponse:
    """A state: what binds it, what is known of it and what is not, what is published, who helps."""
    found: Any = (
        State.objects.shown()
        .filter(slug=slug)
        .values("pk", "iso3", "slug", "name", "official_name", "training", "summary", "note")
        .first()
    )
    if found is None:
        raise Http404(slug)
    now = picture()
    name = plain(found["name"])
    trail = ((_("States"), reverse("public:states")),)
    draw = _training_state if found["training"] else _real_state
    return show(
        request, "state_training" if found["training"] else "state", section="states", trail=trail,
        state=found, name=name, picture=now, **draw(found, name, now),
    )  # fmt: skip


def _real_state(found: dict[str, Any], name: str, now: Picture) -> dict[str, Any]:
    actor, on = viewer(), now.as_of
    observed = observed_about(found["pk"], name, actor=actor, as_of=on, today=localdate())
    figures = figures_of(found["pk"], name)
    return {
        "on": on,
        "tags": _tags(found["pk"], now),
        "takes_part": Part.objects.filter(state_id=found["pk"], retired_on=None).exists(),
        "observed": observed,
        "known_figure": figure(observed.wide, observed.narrow),
        "obligations": obligations_of(found["pk"], on=on, training=False),
        "figures": figures,
        "figures_figure": figure(figures.wide, figures.narrow) if figures else "",
        "channels": channels_of(found["pk"], actor),
    }


def _training_state(found: dict[str, Any], name: str, now: Picture) -> dict[str, Any]:
    run = current_public_run(training=True)
    on = now.training_as_of
    reviewed = None if run is None else reviewed_picture(found["pk"], name, run, on=on)
    return {
        "on": on,
        "reviewed": reviewed,
        "profile_figure": figure(reviewed.wide, reviewed.narrow) if reviewed else "",
        "obligations": obligations_of(found["pk"], on=on, training=True),
    }


def _tags(state: int, now: Picture) -> list[dict[str, Any]]:
    """What the state is: its part in the programme, its memberships, each with its days."""
    tags: list[dict[str, Any]] = [
        {"strong": True, "name": str(PARTS[Part.Kind(kind)]), "since": since, "until": until}
        for kind, since, until in Part.objects.filter(state_id=state, retired_on=None)
        .order_by("since", "pk")
        .values_list("kind", "since", "until")
    ]
    bodies = {
        Membership.Body.COUNCIL_OF_EUROPE: _("member of the Council of Europe"),
        Membership.Body.EUROPEAN_UNION: _("member of the European Union"),
    }
    tags += [
        {"strong": False, "name": bodies[Membership.Body(body)], "since": since, "until": until}
        for body, since, until in Membership.objects.filter(state_id=state, retired_on=None)
        .order_by("body", F("since").asc(nulls_first=True))
        .values_list("body", "since", "until")
    ]
    return tags
