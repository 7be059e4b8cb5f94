"""The file for clearance on a page, the signed letter that comes in, and what was cleared beside what is said now."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from endocsea.documents.page import markup
from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Question
from endocsea.support.guard import refused as guarded
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES, serving
from endocsea.support.refusals import Refusal
from endocsea.support.uploading import was_too_large

from .. import actions, policies, refusals
from ..clearance.differing import differences, printed
from ..clearance.document import document_of
from ..clearance.reading import LANGUAGE, beside_for, clearance_of
from ..models import Cleared
from ..reading import Desk, desk
from ..signing_off import open_in_reply


class Letter(forms.Form):
    """What stands on the signed letter, and the letter itself."""

    letter = forms.CharField(label=gettext_lazy("Letter no."), max_length=120)
    dated = forms.DateField(
        label=gettext_lazy("Letter dated"), widget=forms.DateInput(attrs={"type": "date"})
    )
    signed_as = forms.CharField(
        label=gettext_lazy("Cleared by (function)"),
        help_text=gettext_lazy("A function, never a name: “Deputy Minister of Justice”."),
        max_length=160,
    )
    checksum = forms.CharField(
        label=gettext_lazy("Checksum of the file that was signed"),
        help_text=gettext_lazy("It stands on the first and on the last page, in four groups."),
        max_length=80,
        # the guard would take it for the hash of a file
        widget=forms.TextInput(
            attrs={
                "data-unguarded": "",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Signed letter (PDF)"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class Place(NamedTuple):
    """A place whose wording is another by now; without a question it is a sentence about the state."""

    question: Question | None
    cleared: str
    now: str


@login_required
def clearance(request: HttpRequest, round: str, state: str) -> HttpResponse:
    _person, seen = _coordinator(request, round, state)
    about = (seen.reply.round, seen.reply.state)
    file = clearance_of(*about, on=seen.on, beside=beside_for(*about, page=get_language() or LANGUAGE))
    document = document_of(file)
    context = {"desk": seen, "document": document, "file": markup(document), "written_in": LANGUAGE}
    return render(request, "replies/clearance.html", context)


@login_required
def clear(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, seen = _coordinator(request, round, state)
    if not seen.open or seen.reply.pk is None:
        raise Http404
    form = Letter(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "desk": seen,
        "form": form,
        "missing": open_in_reply(seen),
        "reason": request.POST.get("not_case_data", ""),
    }
    try:
        if was_too_large(request):
            raise guarded.TooLarge(limit=MEGABYTES)
        if request.method == "POST" and form.is_valid():
            _clear(request, seen, form.cleaned_data, person)
            messages.success(request, _("The letter is kept, and the reply is signed and sent."))
            return redirect("replies:reply", round, state)
    except Refusal as refusal:
        context["refusal"] = refusal
        context["case_data"] = refusal if isinstance(refusal, LooksLikeCaseData) else None
        if isinstance(refusal, refusals.ClearedSomethingElse):
            context["asks"] = True
            context["differing"] = None if refusal.places is None else _places(seen, refusal.places)
    status = 422 if "refusal" in context else 400 if form.errors else 200
    return render(request, "replies/clear.html", context, status=status)


@login_required
def cleared(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not was_cleared(seen):
        raise Http404
    found = seen.reply.clearances.order_by("pk").last()
    assert found is not None
    file = clearance_of(seen.reply.round, seen.reply.state, on=seen.on)
    differing = [each for each in differences(found.said, file.cleared()) if _may_be_read(seen, each.place)]
    context = {
        "desk": seen,
        "cleared": found,
        "checksum": printed(found.checksum),
        "differing": _places(seen, differing),
        "letter": policies.may_read(
            seen.reader, policies.Place(seen.reply.state.iso3, sent=seen.reply.is_sent), on=seen.on
        ),
        "drafts": not seen.reply.is_sent and not seen.coordinates,
    }
    return render(request, "replies/cleared.html", context)


@login_required
def letter(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if seen.reply.pk is None:
        raise Http404
    rows = Cleared.objects.select_related("file", "reply__round", "reply__state")
    try:
        file = actions.letter_file(cleared=get_object_or_404(rows, pk=pk, reply=seen.reply), by=person, at=at)
    except refusals.MayNotTakeOut as refusal:
        raise Http404 from refusal
    return HttpResponse(bytes(file.content), headers=serving(FileKind(file.kind), file.name))


def was_cleared(seen: Desk) -> bool:
    """Whether there is a page that compares what was cleared, and the reader may see it."""
    may = policies.may_see_cleared(seen.reader, seen.reply.state.iso3, on=seen.on)
    return may and seen.reply.pk is not None and seen.reply.clearances.exists()


def _clear(request: HttpRequest, seen: Desk, given: dict[str, Any], person: Any) -> None:
    upload = given["file"]
    actions.clear(
        reply=seen.reply,
        letter=actions.SignedLetter(
            number=given["letter"],
            dated=given["dated"],
            signed_as=given["signed_as"],
            checksum=given["checksum"],
            file=uploads.inspect(upload, upload.name, upload.size),
        ),
        knowing=bool(request.POST.get("knowing")),
        harmless=request.POST.get("not_case_data") or None,
        by=person,
        at=now(),
    )


def _may_be_read(seen: Desk, path: str) -> bool:
    """A sentence about the state is no draft; an answer is one until the reply is sent."""
    question = seen.form.by_path().get(path)
    return question is None or seen.may_read(path, question)


def _places(seen: Desk, differing: Any) -> list[Place]:
    questions = seen.form.by_path()
    return [Place(questions.get(each.place), each.cleared, each.now) for each in differing]


def _coordinator(request: HttpRequest, round: str, state: str) -> tuple[Any, Desk]:
    """Whoever signs for the state; for everybody else there is no such page."""
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not seen.coordinates:
        raise Http404
    return person, seen
