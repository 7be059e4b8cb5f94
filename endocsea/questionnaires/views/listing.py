"""All questionnaires with their versions; building one from a benchmark; what is different between two versions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from endocsea.standards.models import Edition
from endocsea.support.refusals import Refusal

from .. import actions
from ..differing import Difference, differences
from ..form import Kind
from ..forms import CORE, Build
from ..models import Questionnaire, Version
from ..saying import KINDS, PARTS, TEXTS
from ..translating import name_of
from .finding import maker, version_of, versions_of


@login_required
def questionnaires(request: HttpRequest) -> HttpResponse:
    maker(request)
    versions = Version.objects.filter(retired_on=None).defer("written").order_by("-number")
    found = Questionnaire.objects.filter(retired_on=None).select_related("edition").order_by("code")
    listed = found.prefetch_related(Prefetch("versions", versions))
    return render(request, "questionnaires/questionnaires.html", {"questionnaires": listed})


@login_required
def build(request: HttpRequest) -> HttpResponse:
    person = maker(request)
    form = Build(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.build(
                edition=Edition.objects.get(pk=given["edition"]),
                code=given["code"],
                title=form.title(),
                languages=dict(settings.LANGUAGES),
                core_only=given["scope"] == CORE,
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The questionnaire is made. It may be changed until a round uses it.")
            )
            return redirect("questionnaires:version", made.questionnaire.code, made.number)
    return render(request, "questionnaires/build.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def compare(request: HttpRequest, code: str, one: int, two: int) -> HttpResponse:
    maker(request)
    earlier, later = version_of(code, one), version_of(code, two)
    found = differences(earlier.form, later.form)
    context = {
        "earlier": earlier,
        "later": later,
        "versions": versions_of(later.questionnaire),
        "rows": [_row(each) for each in found],
    }
    return render(request, "questionnaires/compare.html", context)


def _row(difference: Difference) -> dict[str, object]:
    """A difference with its words."""
    before, after = difference.before, difference.after
    if difference.part == "kind":
        before, after = (str(KINDS[Kind(each)]) if each else "" for each in (before, after))
    what = {**PARTS, **TEXTS, "": ""}[difference.part]
    return {
        "difference": difference,
        "what": what,
        "language": name_of(difference.language) if difference.language else "",
        "code": difference.language,
        "before": before,
        "after": after,
    }
