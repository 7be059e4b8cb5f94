"""Downloads of what the pages of states and capabilities show: the same records, for the same visitor."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.profiles.queries import current_public_run
from endocsea.public.downloads import csv_response
from endocsea.public.levels import reviewed_picture
from endocsea.public.lists import states_table
from endocsea.public.page import Picture, picture, viewer
from endocsea.public.spreads import spread_of
from endocsea.public.state_files import (
    File,
    figures_file,
    observations_file,
    provisions_file,
    spread_file,
    states_file,
    treaties_file,
)
from endocsea.standards.models import Capability
from endocsea.states.models import State
from endocsea.support.classes import BASES, Basis
from endocsea.support.texts import plain


def states(request: HttpRequest) -> HttpResponse:
    now = picture()
    return _answer(states_file(states_table(now)), _("States"), now.as_of)


def treaties(request: HttpRequest, slug: str) -> HttpResponse:
    state, now = _state(slug), picture()
    on, training = _day(state, now), state["training"]
    return _answer(
        treaties_file(state["pk"], on=on, training=training), _named(state, _("treaties")), on
    )  # fmt: skip


def provisions(request: HttpRequest, slug: str) -> HttpResponse:
    state, now = _state(slug), picture()
    on, training = _day(state, now), state["training"]
    return _answer(
        provisions_file(state["pk"], on=on, training=training), _named(state, _("provisions")), on
    )  # fmt: skip


def observations(request: HttpRequest, slug: str) -> HttpResponse:
    """About real states only: made-up ones have findings instead."""
    state, now = _state(slug, training=False), picture()
    name = plain(state["name"])
    file = observations_file(state["pk"], name, actor=viewer(), today=localdate())
    return _answer(file, _named(state, _("observations")), now.as_of)


def figures(request: HttpRequest, slug: str) -> HttpResponse:
    state = _state(slug, training=False)
    return _answer(
        figures_file(state["pk"], plain(state["name"])), _named(state, _("figures")), localdate()
    )  # fmt: skip


def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Levels of a made-up state: no real state has a reviewed round."""
    state, now = _state(slug, training=True), picture()
    run = current_public_run(training=True)
    if run is None:
        raise Http404(slug)
    on = now.training_as_of
    table = reviewed_picture(state["pk"], plain(state["name"]), run, on=on).wide.table
    return csv_response(
        table, _named(state, _("profile")), day=on, known=str(BASES[Basis.MADE_UP])
    )  # fmt: skip


def spread(request: HttpRequest, number: int) -> HttpResponse:
    """Where states stand on a capability that the programme follows."""
    found: Any = (
        Capability.objects.filter(number=number, in_scope=True, retired_on=None)
        .values("pk", "number", "name")
        .first()
    )
    if found is None:
        raise Http404(str(number))
    now = picture()
    wide, _narrow = spread_of(found, now)
    file = spread_file(wide.table, training_on=now.training_as_of)
    return _answer(file, _("Capability %(n)d") % {"n": number}, now.as_of)


def _state(slug: str, *, training: bool | None = None) -> Any:
    """A state that pages show: any, or a real or a made-up one only."""
    states = State.objects.shown().filter(slug=slug)
    if training is not None:
        states = states.filter(training=training)
    found = states.values("pk", "slug", "name", "training").first()
    if found is None:
        raise Http404(slug)
    return found


def _day(state: Any, now: Picture) -> Any:
    return now.training_as_of if state["training"] else now.as_of


def _named(state: Any, what: str) -> str:
    made_up = _("made up") + " " if state["training"] else ""
    return f"{made_up}{plain(state['name'])} {what}"


def _answer(file: File, name: str, day: Any) -> HttpResponse:
    return csv_response(file.table, name, day=day, sources=file.sources, known=file.known)
