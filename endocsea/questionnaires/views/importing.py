"""A workbook that becomes a questionnaire: first what it holds and what of it is not taken, then it is stored."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.models import Person
from endocsea.standards.models import Edition
from endocsea.support.guard import refused as guarded
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES
from endocsea.support.refusals import Refusal
from endocsea.support.uploading import was_too_large

from .. import actions
from ..form import Group
from ..forms import Import
from ..importing import taken, titled
from ..models import Questionnaire, Version
from ..written import as_data, from_data
from ..xlsform import Read
from ..xlsform.refused import too_large
from .finding import maker

SALT: Final = "questionnaires.workbook"
MOST_KEPT: Final = 2_000_000  # characters that a page sends back


@login_required
def bring(request: HttpRequest) -> HttpResponse:
    maker(request)
    form = Import(request.POST, request.FILES) if request.method == "POST" else Import()
    context: dict[str, Any] = {"form": form}
    try:
        if was_too_large(request):
            raise guarded.TooLarge(limit=MEGABYTES)
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            file = given["file"]
            context |= _shown(taken(file.read(), file.name, language=get_language() or "en"), form)
    except Refusal as refusal:
        context |= {"refusal": refusal, "found": getattr(refusal, "facts", {}).get("found")}
    status = 400 if "refusal" in context or form.errors else 200
    return render(request, "questionnaires/import.html", context, status=status)


@require_POST
@login_required
def take(request: HttpRequest) -> HttpResponse:
    person = maker(request)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    harmless = request.POST.get("not_case_data", "")
    try:
        made = _stored(kept, harmless, person)
    except Refusal as refusal:
        context = {
            "form": Import(initial=kept["given"]),
            "refusal": refusal,
            "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
            "reason": harmless,
            "kept": request.POST["kept"],
            "shown": kept["shown"],
        }
        return render(request, "questionnaires/import.html", context, status=422)
    messages.success(request, _("The workbook is taken in. It may be changed until a round uses it."))
    return redirect("questionnaires:version", made.questionnaire.code, made.number)


def _stored(kept: dict[str, Any], harmless: str, person: Person) -> Version:
    form, given = from_data(kept["form"]), kept["given"]
    more: dict[str, Any] = {"form": form, "harmless": harmless or None, "by": person, "at": now()}
    if given["into"]:
        found = get_object_or_404(Questionnaire, code=given["into"], retired_on=None)
        return actions.take_in_version(
            questionnaire=found, note=given["note"], instead=given["instead"], **more
        )
    edition = get_object_or_404(Edition, pk=given["edition"])
    return actions.take_in(edition=edition, code=given["code"], title=kept["title"], **more)


def _shown(read: Read, form: Import) -> dict[str, Any]:
    """What a workbook holds; it is kept in the page, signed, until somebody takes it."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "file"}
    title = titled(read.form, form.title())
    shown = {
        "title": title,
        "questions": sum(1 for _each in read.form.questions()),
        "groups": sum(1 for _path, item in read.form.walk() if isinstance(item, Group)),
        "lists": len(read.form.choices),
        "languages": list(read.form.languages),
        "not_supported": [str(each) for each in read.not_supported],
        "notes": [str(each) for each in read.notes],
    }
    kept = {"form": as_data(read.form), "given": given, "title": title, "shown": shown}
    signed = signing.dumps(kept, salt=SALT, compress=True)
    if len(signed) > MOST_KEPT:
        raise too_large("characters", MOST_KEPT)
    return {"kept": signed, "shown": shown}
