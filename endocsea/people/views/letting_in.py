"""Letting somebody in again: what will happen, and doing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.support.refusals import Refusal

from .. import actions, policies, queries, refusals
from ..signing_in import person_of


@login_required
def let_in_again(request: HttpRequest, pk: int) -> HttpResponse:
    reader, on = person_of(request), localdate()
    person = get_object_or_404(queries.others_seen_by(reader, on=on), pk=pk)
    try:
        if request.method != "POST":
            if not policies.may_let_in_again(reader, person.standing(on=on), on=on):
                raise refusals.MayNot
            return render(request, "people/let_in_again.html", {"person": person})
        actions.let_in_again(person=person, by=reader, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A letter is on its way to %(who)s.") % {"who": person.email})
    return redirect("people:people")
