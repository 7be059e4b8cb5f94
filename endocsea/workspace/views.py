"""My work today: what waits for me, what changed since I was last here, and where to begin."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from endocsea.people.actions import note_visit
from endocsea.people.closing import closing_day_of
from endocsea.people.queries import own_roles
from endocsea.people.signing_in import person_of

from .beginnings import first_steps
from .changes import changes_since
from .waiting import waits_for

SHOWN = 12  # changes on the page; more of them are counted


@login_required
def home(request: HttpRequest) -> HttpResponse:
    person, at = person_of(request), now()
    on = localdate(at)
    since = note_visit(person=person, at=at)
    changes = changes_since(since, reader=person, at=at) if since else []
    held = [own.appointment for own in own_roles(person, on=on) if own.appointment.since <= on]
    return render(
        request,
        "workspace/home.html",
        {
            "roles": held,
            "waiting": waits_for(person, at=at),
            "since": since,
            "changes": changes[:SHOWN],
            "more": max(0, len(changes) - SHOWN),
            "first": first_steps(held, on=on),
            "closes_on": closing_day_of(person, on=on),
        },
    )
