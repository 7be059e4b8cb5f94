"""My work today: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from endocsea.people.signing_in import person_of

from .waiting import waits_for


@login_required
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    return render(
        request,
        "workspace/home.html",
        {
            "roles": person.appointments.on(localdate()).select_related("state").order_by("role", "state"),
            "waiting": waits_for(person, at=now()),
        },
    )
