"""Who has which role; states without a coordinator; ending a role."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.support.refusals import Refusal

from .. import actions, policies, queries
from ..models import Appointment
from ..signing_in import person_of


@login_required
def people(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    on = localdate()
    reader = person.standing(on=on)
    if not policies.may_see_people(reader, on=on):
        raise Http404
    everybody = policies.may_see_people_of(reader, None, on=on)
    return render(
        request,
        "people/people.html",
        {
            "appointments": queries.appointments(on=on, seen_by=person),
            "invitations": queries.invitations(at=now(), seen_by=person),
            "without": queries.states_without_coordinator(on=on) if everybody else [],
            "may_invite": policies.may_invite_anybody(reader, on=on),
        },
    )


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    on = localdate()
    appointment = get_object_or_404(Appointment.objects.visible_to(person, on=on), pk=pk)
    try:
        actions.end(appointment=appointment, on=on, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role ends today."))
    # whoever left their own role may not see the list any more
    return redirect("people:account" if appointment.person == person else "people:people")
