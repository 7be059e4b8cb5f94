"""Pages of the safeguarding officer: what waits for a decision, and a text that is to go wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from endocsea.people.models import Person
from endocsea.people.rules import NAMES
from endocsea.people.signing_in import person_of
from endocsea.quarantine import actions
from endocsea.quarantine.models import Report
from endocsea.quarantine.places import places_of
from endocsea.quarantine.policies import may_quarantine
from endocsea.quarantine.queries import Found
from endocsea.support.actors import Role
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in words: kind and place, and by which post. Nothing of the text."""

    report: Report
    where: str
    post: str


class Text(forms.Form):
    """The text that is to go. It is looked for, and neither kept nor written down."""

    text = forms.CharField(
        label=gettext_lazy("The text that must not be here"),
        widget=forms.Textarea(
            attrs={"rows": 4, "data-unguarded": "", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("Word for word, as it stands; spaces and line breaks do not matter."),
    )


@login_required
def reported(request: HttpRequest) -> HttpResponse:
    _officer(request)
    return render(request, "workspace/reported.html", {"waiting": _waiting()})


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Destroy what was reported, or show it again with a reason."""
    officer = _officer(request)
    report = get_object_or_404(Report, pk=pk)
    reason, declared = request.POST.get("reason", ""), request.POST.get("not_case_data", "")
    try:
        if deed == "destroy":
            actions.destroy(kind=report.kind, key=report.key, by=officer, at=now())
            messages.success(
                request, _("Destroyed. The journal keeps that it was done, and not what it was.")
            )
        elif deed == "release":
            actions.release(report=report, reason=reason, not_case_data=declared, by=officer, at=now())
            messages.success(request, _("The text is shown again."))
        else:
            raise Http404
    except LooksLikeCaseData as refusal:
        told = {"refused": pk, "refusal": refusal, "reason": reason, "declared": declared}
        return render(request, "workspace/reported.html", {"waiting": _waiting(), **told}, status=400)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("workspace:reported")


@login_required
def everywhere(request: HttpRequest) -> HttpResponse:
    """Look where a text stands, then destroy it there: two steps, for it may stand where it belongs too."""
    officer = _officer(request)
    form = Text(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if request.POST.get("deed") == "destroy":
                count = actions.destroy_text(text=text, by=officer, at=now())
                messages.success(request, _destroyed(count))
                return redirect("workspace:reported")
            found = [_where(each) for each in actions.look_for(text=text, by=officer, at=now())]
        except Refusal as refusal:
            form.add_error("text", str(refusal))
    context = {"form": form, "found": found}
    return render(request, "workspace/text_everywhere.html", context, status=400 if form.errors else 200)


def _officer(request: HttpRequest) -> Person:
    """Who is signed in; for anybody but the safeguarding officer there is nothing here."""
    person = person_of(request)
    if not may_quarantine(person, on=localdate()):
        raise Http404
    return person


def _waiting() -> list[Waiting]:
    return [
        Waiting(
            report,
            _where(Found(report.kind, report.key)),
            ", ".join(str(NAMES[Role(role)]) for role in report.post.split(", ") if role in NAMES),
        )
        for report in Report.objects.waiting()
    ]


def _where(found: Found) -> str:
    places = places_of(found.kind)
    if not places:
        return found.kind
    what = str(places[0].what)
    return what if places[0].opaque else f"{what} {found.key}"


def _destroyed(count: int) -> str:
    said = ngettext("Destroyed in %(count)s place.", "Destroyed in %(count)s places.", count) % {
        "count": count
    }
    return said + " " + _("Where a backup brings it back, it is destroyed again.")
