"""Every source of a reply, once; and the sites that may be asked whether a source opens."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Question
from endocsea.sources.models import Domain
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal
from endocsea.support.texts import collation

from .. import actions, policies
from ..evidence.forms import NewDomain
from ..evidence.proofs import Looked, Proof, looked, proofs_of, without_a_source
from ..reading import Desk, desk


@dataclass
class Cited:
    """A source, and the places where it is used: each piece of evidence with its question."""

    name: str
    link: str
    looked: Looked | None
    uses: list[tuple[Proof, Question]] = field(default_factory=list)


@login_required
def sources(request: HttpRequest, round: str, state: str) -> HttpResponse:
    at = now()
    seen = desk(person_of(request), round=round, state=state, at=at, on=localdate(at))
    asked = seen.form.by_path()
    may_read = {path for path, question in asked.items() if seen.may_read(path, question)}
    if not may_read:
        raise Http404
    proofs = {path: found for path, found in proofs_of(seen.reply).items() if path in may_read}
    pieces = [each for found in proofs.values() for each in found]
    known = looked({each.source for each in pieces})
    found: dict[int, Cited] = {}
    for each in pieces:
        cited = found.setdefault(each.source, Cited(each.name, each.link, known.get(each.source)))
        cited.uses.append((each, asked[each.question]))
    without = without_a_source(seen.form, seen.answers, proofs)
    return render(
        request,
        "replies/sources.html",
        {
            "desk": seen,
            "sources": sorted(found.values(), key=lambda each: collation(each.name)),
            "without": [(path, asked[path]) for path in without if path in may_read],
        },
    )


def part(seen: Desk, *, reads: bool) -> dict[str, int]:
    """What the page of a reply says about its evidence: counted for whoever may read what it says."""
    if not reads:
        return {}
    asked = seen.form.by_path()
    without = without_a_source(seen.form, seen.answers, proofs_of(seen.reply))
    return {"without_source": sum(seen.may_read(path, asked[path]) for path in without)}


@login_required
def domains(request: HttpRequest) -> HttpResponse:
    person, at = person_of(request), now()
    if not policies.may_list_domains(person.standing(on=localdate(at)), on=localdate(at)):
        raise Http404
    form, refused = NewDomain(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.list_domain(
                **form.cleaned_data, harmless=request.POST.get("not_case_data") or None, by=person, at=at
            )
        except LooksLikeCaseData as refusal:
            refused = refusal
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The site is listed."))
            return redirect("replies:domains")
    context = {
        "domains": Domain.objects.filter(removed_at=None).order_by("name"),
        "form": form,
        "case_data": refused,
        "reason": request.POST.get("not_case_data", ""),
    }
    return render(request, "replies/domains.html", context, status=400 if form.errors or refused else 200)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    try:
        actions.remove_domain(domain=get_object_or_404(Domain, pk=pk), by=person, at=now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("The site is asked no more."))
    return redirect("replies:domains")
