"""Files out and back: sheet, workbook, clearance file; what came back is shown before anything of it is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Question
from endocsea.questionnaires.models import Share
from endocsea.questionnaires.policies import may_share
from endocsea.support.guard import refused as guarded
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES, serving
from endocsea.support.refusals import Refusal
from endocsea.support.uploading import was_too_large

from .. import actions, refusals
from ..answers.given import Given, Origin, Status
from ..answers.saying import in_words
from ..clearance.reading import beside_for
from ..evidence.proofs import proofs_of
from ..exchange import word_reading, workbook
from ..exchange.making import answers_here, proofs_here, sheet_of, versions_of
from ..exchange.sheet import Difference, How, Returned, compare, new_proofs
from ..reading import Desk, desk

TAKEN_BY_ITSELF: Final = frozenset({How.FILLED, How.CHANGED})
READERS: Final[dict[str, tuple[Origin, Callable[..., Returned]]]] = {
    ".docx": (Origin.SHEET, word_reading.returned),
    ".xlsx": (Origin.WORKBOOK, workbook.returned),
}


def salt(round: str, state: str) -> str:
    """What was compared with one reply is taken into no other."""
    return f"replies.what-came-back {round}/{state}"


class File(forms.Form):
    file = forms.FileField(
        label=_("Sheet or workbook"), help_text=_("A Word document (.docx) or an Excel workbook (.xlsx).")
    )


class Row(NamedTuple):
    """One difference as the page shows it."""

    difference: Difference
    question: Question
    here: str
    back: str
    chosen: bool


class ProofRow(NamedTuple):
    """What somebody wrote as proof, beside what stands here."""

    number: int
    question: Question
    here: tuple[str, ...]
    back: str
    chosen: bool


@login_required
def sheet(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, seen = _coordinator(request, round, state)
    found = get_object_or_404(
        Share.objects.select_related("round__version", "state"),
        pk=pk,
        round=seen.reply.round,
        state=seen.reply.state,
        withdrawn_at=None,
    )
    written = actions.tear_off_sheet(share=found, language=get_language() or "en", by=person, at=now())
    return _file(written, FileKind.DOCX, f"{state}-{round}-{found.institution}.docx")


@login_required
def whole(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, seen = _coordinator(request, round, state)
    written = actions.workbook_file(
        round=seen.reply.round, state=seen.reply.state, language=get_language() or "en", by=person, at=now()
    )
    return _file(written, FileKind.XLSX, f"{state}-{round}.xlsx")


@login_required
def section(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    """One section as a workbook; it comes back as the whole does."""
    person, seen = _coordinator(request, round, state)
    try:
        written = actions.workbook_file(
            round=seen.reply.round,
            state=seen.reply.state,
            language=get_language() or "en",
            section=section,
            by=person,
            at=now(),
        )
    except refusals.NoSuchSection as refusal:
        raise Http404 from refusal
    return _file(written, FileKind.XLSX, f"{state}-{round}-{section}.xlsx")


@login_required
def clearance(request: HttpRequest, round: str, state: str, format: str) -> HttpResponse:
    person, seen = _coordinator(request, round, state)
    if format not in actions.WRITERS:
        raise Http404
    about = (seen.reply.round, seen.reply.state)
    written = actions.clearance_file(
        round=seen.reply.round,
        state=seen.reply.state,
        format=format,
        beside=beside_for(*about, page=get_language() or "en"),
        by=person,
        at=now(),
    )
    return _file(written, FileKind(format), f"{state}-{round}-clearance.{format}")


@login_required
def bring_back(request: HttpRequest, round: str, state: str) -> HttpResponse:
    _person, seen = _coordinator(request, round, state)
    if not seen.open:
        raise Http404
    form = File(request.POST, request.FILES) if request.method == "POST" else File()
    context: dict[str, Any] = {"desk": seen, "form": form}
    try:
        if was_too_large(request):
            raise guarded.TooLarge(limit=MEGABYTES)
        if form.is_bound and form.is_valid():
            context |= _read(seen, form.cleaned_data["file"])
    except Refusal as refusal:
        context |= {"form": File(), "refusal": refusal}
    status = 400 if "refusal" in context or form.errors else 200
    return render(request, "replies/bring_back.html", context, status=status)


@require_POST
@login_required
def take(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, seen = _coordinator(request, round, state)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=salt(round, state))
    except signing.BadSignature as error:
        raise Http404 from error
    chosen = set(request.POST.getlist("take"))
    differences = [_difference(each) for each in kept["differences"] if each["path"] in chosen]
    proven, came = set(request.POST.getlist("proof")), kept.get("proofs", [])
    proofs = [(path, words) for number, (path, words) in enumerate(came) if str(number) in proven]
    try:
        actions.take(
            round=seen.reply.round,
            state=seen.reply.state,
            differences=differences,
            origin=Origin(kept["origin"]),
            proofs=proofs,
            harmless=request.POST.get("not_case_data") or None,
            by=person,
            at=now(),
        )
    except Refusal as refusal:
        rows = [_row(seen, _difference(each), chosen) for each in kept["differences"]]
        context = {
            "desk": seen,
            "form": File(),
            "rows": rows,
            "proofs": _proof_rows(seen, came, proven),
            "kept": request.POST["kept"],
            "refusal": refusal,
            "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
        }
        return render(request, "replies/bring_back.html", context, status=422)
    done = ngettext("One answer was taken.", "%(count)s answers were taken.", len(differences))
    messages.success(request, done % {"count": len(differences)})
    if proofs:
        cited = ngettext(
            "One piece of evidence was taken.", "%(count)s pieces of evidence were taken.", len(proofs)
        )
        messages.success(request, cited % {"count": len(proofs)})
    return redirect("replies:reply", round, state)


def _read(seen: Desk, file: Any) -> dict[str, Any]:
    """What the file holds beside what stands here; nothing is taken yet."""
    ending = next((end for end in READERS if file.name.lower().endswith(end)), None)
    if ending is None:
        raise guarded.Unknown
    origin, reader = READERS[ending]
    reply = seen.reply
    asked = sheet_of(reply.round, reply.state, language=get_language() or "en", on=seen.on, whole=True)
    came = reader(file.read(), file.name, asked)
    found = compare(came, answers_here(reply.round, reply.state), versions_of(reply.round, reply.state))
    differences = [each for each in found if each.how is not How.SAME]
    proofs = new_proofs(came, proofs_here(reply.round, reply.state))
    kept = {
        "origin": origin.value,
        "differences": [_plain(each) for each in differences],
        "proofs": [list(each) for each in proofs],
    }
    return {
        "came": came,
        "same": len(found) - len(differences),
        "rows": [_row(seen, each) for each in differences],
        "proofs": _proof_rows(seen, proofs),
        "kept": signing.dumps(kept, salt=salt(seen.reply.round.code, seen.reply.state.slug), compress=True),
    }


def _proof_rows(
    seen: Desk, proofs: Sequence[Sequence[str]], chosen: Collection[str] | None = None
) -> list[ProofRow]:
    asked, here = seen.form.by_path(), proofs_of(seen.reply, {path for path, _words in proofs})
    return [
        ProofRow(
            number,
            asked[path],
            tuple(each.place for each in here.get(path, ())),
            words,
            chosen is None or str(number) in chosen,
        )
        for number, (path, words) in enumerate(proofs)
    ]


def _row(seen: Desk, difference: Difference, chosen: set[str] | None = None) -> Row:
    question = seen.form.by_path()[difference.path]
    choices = seen.form.choices.get(question.choices, ())
    taken = difference.how in TAKEN_BY_ITSELF if chosen is None else difference.path in chosen
    here, back = (in_words(question, choices, given) for given in (difference.here, difference.back))
    return Row(difference, question, here, back, taken)


def _plain(difference: Difference) -> dict[str, Any]:
    return {**asdict(difference), "how": difference.how.value}


def _difference(plain: dict[str, Any]) -> Difference:
    here, back = (
        Given(**{**plain[name], "status": Status(plain[name]["status"])}) for name in ("here", "back")
    )
    given = {"how": How(plain["how"]), "here": here, "back": back, "fields": tuple(plain["fields"])}
    return Difference(**{**plain, **given})


def _coordinator(request: HttpRequest, round: str, state: str) -> tuple[Any, Desk]:
    """Whoever may share a state's questions out; otherwise there is no such page."""
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not may_share(seen.reader, seen.reply.state.iso3, on=seen.on):
        raise Http404
    return person, seen


def _file(content: bytes, kind: FileKind, name: str) -> HttpResponse:
    return HttpResponse(content, headers=serving(kind, name))
