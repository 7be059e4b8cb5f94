"""One's own account: what is kept and why, correcting it, taking it along, erasing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.support.refusals import Refusal

from .. import actions, forms, queries, register
from ..signing_in import person_of


@login_required
def account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = forms.OwnData(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_own_data(person=person, **form.cleaned_data, at=now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your data is corrected."))
        return redirect("people:account")
    context = {"form": form, "parts": register.PARTS, "person": person}
    context["roles"] = queries.own_roles(person, on=localdate())
    return render(request, "people/account.html", context, status=400 if form.errors else 200)


@login_required
def download(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(
        actions.own_data(person_of(request)), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="endocsea-my-data.json"'
    return answer


@require_POST
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    try:
        actions.erase(person=person, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people:account")
    logout(request)
    return redirect("account_login")
