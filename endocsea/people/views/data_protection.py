"""Pages of the data protection officer: who saw and took out what; accounts, and erasing one for somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.support.refusals import Refusal

from .. import accesses, actions, policies
from ..closing import ending
from ..models import Person
from ..signing_in import person_of

ON_A_PAGE = 50


def _reader(request: HttpRequest) -> Person:
    """Who is signed in; for anybody but the data protection officer there is nothing here."""
    person = person_of(request)
    if not policies.may_protect_data(person, on=localdate()):
        raise Http404
    return person


@login_required
def log(request: HttpRequest) -> HttpResponse:
    _reader(request)
    who = accesses.person_named(request.GET.get("person", ""))
    kind = accesses.kind_named(request.GET.get("kind", ""))
    pages = Paginator(accesses.entries(who=who, kind=kind), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "people/access_log.html",
        {
            "page": page,
            "accesses": accesses.shown(page.object_list),
            "people": accesses.people_in_the_log(),
            "kinds": accesses.KINDS,
            "who": who,
            "kind": kind,
            "kept": "&" + urlencode({"person": str(who.key) if who else "", "kind": kind}),
        },
    )


@login_required
def accounts(request: HttpRequest) -> HttpResponse:
    _reader(request)
    on = localdate()
    found = Person.objects.filter(erased_at=None).order_by("name", "email")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/accounts.html", {"ending": ending(on=on), "page": page})


@login_required
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase somebody else's data: what will happen, and doing it."""
    reader = _reader(request)
    person = get_object_or_404(Person.objects.filter(erased_at=None).exclude(pk=reader.pk), pk=pk)
    on = localdate()
    if request.method == "POST":
        try:
            actions.erase(person=person, by=reader, at=now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("people:erase-for", pk=pk)
        messages.success(request, _("The account is erased."))
        return redirect("people:accounts")
    holds = person.appointments.beyond(on).select_related("state").order_by("role", "pk")
    return render(request, "people/erase_for.html", {"person": person, "holds": holds})
