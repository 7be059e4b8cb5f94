"""Where to report and get help. Nothing of these pages may stay on a shared device."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public.channels import channels_by_state, channels_of, channels_table, groups_of
from endocsea.public.downloads import csv_response
from endocsea.public.page import show, viewer
from endocsea.states.models import State
from endocsea.support.texts import plain

# Where the way out leads: a page that says nothing about why somebody opened it.
ELSEWHERE = "https://www.wikipedia.org/"


def index(request: HttpRequest) -> HttpResponse:
    """What anybody can do anywhere, and the states that have somebody to turn to."""
    states = channels_by_state(viewer())
    return _without_trace(
        show(
            request, "help", section="help", elsewhere=ELSEWHERE, groups=groups_of(()), states=states,
            unconfirmed=sum(each.confirmed_on is None for state in states for each in state.channels),
        )
    )  # fmt: skip


def of_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Who helps in one state; where nobody is known, what anybody can do anywhere."""
    found = State.objects.real().filter(slug=slug).values("pk", "name", "slug").first()
    if found is None:
        raise Http404(slug)
    channels = channels_of(found["pk"], viewer())
    return _without_trace(
        show(
            request, "help_of_state", section="help", trail=((_("Get help"), reverse("public:help")),),
            elsewhere=ELSEWHERE, name=plain(found["name"]), slug=slug, groups=groups_of(channels),
            channels=channels, unconfirmed=any(each.confirmed_on is None for each in channels),
        )
    )  # fmt: skip


def channels_csv(request: HttpRequest) -> HttpResponse:
    """The channels that the page shows, all states in one file."""
    table, sources, known = channels_table(channels_by_state(viewer()))
    return _without_trace(
        csv_response(table, _("Where to get help"), day=localdate(), sources=sources, known=known)
    )


def _without_trace(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
