"""What a visitor reads when an address leads nowhere, or when we made a mistake."""

from __future__ import annotations

import difflib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from endocsea.standards.models import Indicator, Instrument
from endocsea.states.models import Metric, State, StateQuerySet
from endocsea.support.texts import plain


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that helps on: what is named most like the thing that was asked for."""
    steps = [step for step in request.path_info.lower().split("/") if step]
    section, asked = (
        (steps[1] if len(steps) > 1 else ""),
        (steps[2] if len(steps) > 2 else "".join(steps[-1:])),
    )
    named = _NAMED.get(section, _states)()
    close = [named[key] for key in difflib.get_close_matches(asked, named, n=3)]
    response = render(
        request, "public/not_found.html", {"asked": request.path_info[:120], "close": close}, status=404
    )
    if section == "help":
        response.headers["Cache-Control"] = "no-store"  # as the pages for help themselves
    return response


def unforeseen(request: HttpRequest) -> HttpResponse:
    """Our own mistake: no trace on the page, and no database needed to say so."""
    return HttpResponse(render_to_string("public/unforeseen.html"), status=500)


Named = dict[str, tuple[str, str]]  # what an address calls a thing -> its name, its address


def _states() -> Named:
    return _of_states(State.objects.shown(), "state")


def _states_with_help() -> Named:
    return _of_states(State.objects.real(), "help_of_state")


def _of_states(states: StateQuerySet, page: str) -> Named:
    return {
        slug: (plain(name), reverse(f"public:{page}", args=(slug,)))
        for slug, name in states.values_list("slug", "name")
    }


def _measures() -> Named:
    return {
        code: (plain(name), reverse("public:metric", args=(code,)))
        for code, name in Metric.objects.filter(retired_on=None).values_list("code", "name")
    }


def _instruments() -> Named:
    return {
        slug: (plain(name), reverse("public:instrument", args=(slug,)))
        for slug, name in Instrument.objects.filter(retired_on=None).values_list("slug", "short_title")
    }


def _questions() -> Named:
    return {
        code.lower(): (f"{plain(question)} ({code})", reverse("public:indicator", args=(code,)))
        for code, question in Indicator.objects.filter(retired_on=None).values_list("code", "question")
    }


_NAMED = {
    "help": _states_with_help,
    "figures": _measures,
    "standards": _instruments,
    "indicators": _questions,
}
