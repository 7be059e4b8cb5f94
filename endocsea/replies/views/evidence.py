"""The evidence of one answer: what there is, adding a piece, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.models import Person
from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Question
from endocsea.sources.models import Source
from endocsea.support.guard import refused as guarded
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.guard.uploads import MEGABYTES, Accepted, inspect, serving
from endocsea.support.refusals import Refusal
from endocsea.support.uploading import was_too_large

from .. import actions, policies
from ..actions.citing import Piece
from ..evidence.forms import ANOTHER, Checked, NewEvidence
from ..evidence.known import known_to, offered
from ..evidence.proofs import Looked, Proof, asks_for_a_source, looked, proofs_of, said_of
from ..models import Evidence, Reply
from ..reading import Desk, Field, desk, field_of


class Row(NamedTuple):
    """A piece of evidence on its page: what came when somebody looked, and the form that says what became of it."""

    proof: Proof
    looked: Looked | None
    check: Checked | None


class At(NamedTuple):
    """A question of a reply, and the person who looks at it."""

    person: Person
    seen: Desk
    path: str
    question: Question

    @property
    def field(self) -> Field:
        return field_of(self.seen, self.path, self.question)

    @property
    def may_change(self) -> bool:
        section = self.path.partition("/")[0]
        signed = self.seen.reply.pk and self.seen.reply.sections_signed.filter(
            section=section, reopened_at=None
        )
        return self.seen.may_answer(self.path, self.question) and not (signed and signed.exists())

    @property
    def may_check(self) -> bool:
        place = self.seen.place(self.path, self.question)
        return self.seen.reply.is_sent and policies.may_check_evidence(
            self.seen.reader, place, on=self.seen.on
        )

    def back(self, anchor: str = "") -> str:
        here = reverse(
            "replies:evidence", args=[self.seen.reply.round.code, self.seen.reply.state.slug, self.path]
        )
        return f"{here}#{anchor}" if anchor else here


@login_required
def evidence(request: HttpRequest, round: str, state: str, question: str) -> HttpResponse:
    here = _at(request, round, state, question)
    actions.note_reading(here.seen, [question], at=now())
    if request.method != "POST":
        return _page(request, here)
    form = NewEvidence(request.POST, request.FILES, offered=_offered(request, here))
    if "look" in request.POST and request.POST.get("sought", "").strip():
        kept = NewEvidence(initial=request.POST.dict(), offered=_offered(request, here))
        return _page(request, here, form=kept)
    valid = form.is_valid()
    try:
        if was_too_large(request):
            raise guarded.TooLarge(limit=MEGABYTES)
        if not valid:
            return _page(request, here, form=form, status=HTTPStatus.BAD_REQUEST)
        made = _add(request, here, form)
    except Refusal as refusal:
        return _page(request, here, form=form, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The evidence is attached to this answer."))
    return redirect(here.back(f"evidence-{made.pk}"))


@require_POST
@login_required
def withdraw(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    piece, here = _piece(request, round, state, pk)
    try:
        actions.withdraw_evidence(evidence=piece, by=here.person, at=now())
    except Refusal as refusal:
        return _page(request, here, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The evidence is withdrawn; the answer stays as it is."))
    return redirect(here.back())


@require_POST
@login_required
def check(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    piece, here = _piece(request, round, state, pk)
    form = Checked(request.POST, reviews=here.may_check, prefix=f"of-{pk}")
    if not form.is_valid():
        return _page(request, here, checked={pk: form}, status=HTTPStatus.BAD_REQUEST)
    try:
        actions.check_evidence(
            evidence=piece,
            life=Evidence.Life(form.cleaned_data["life"]),
            why=form.cleaned_data["why"],
            harmless=request.POST.get("not_case_data") or None,
            by=here.person,
            at=now(),
        )
    except Refusal as refusal:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, here, checked={pk: form}, refusal=refusal, status=status)
    messages.success(request, _("It is written down what became of this evidence."))
    return redirect(here.back(f"evidence-{pk}"))


@require_POST
@login_required
def look(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    """See whether its address opens: the one place where the server asks another site for a page."""
    piece, here = _piece(request, round, state, pk)
    try:
        came = actions.look_whether_it_opens(evidence=piece, by=here.person, at=now())
    except Refusal as refusal:
        return _page(request, here, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = _("Looked a moment ago: %(said)s.") % {"said": said_of(came)}
    (messages.success if 200 <= came.status < 300 else messages.warning)(request, said)
    return redirect(here.back(f"evidence-{pk}"))


@login_required
def file(request: HttpRequest, round: str, state: str, key: UUID) -> HttpResponse:
    """A file as a download, for whoever may read an answer that it proves."""
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    try:
        kept = actions.hand_out_file(reply=seen.reply, key=key, by=person, at=at)
    except Refusal as refusal:
        raise Http404 from refusal
    kind = FileKind(kept.kind)
    return HttpResponse(bytes(kept.content), headers=serving(kind, kept.name))


def _add(request: HttpRequest, here: At, form: NewEvidence) -> Evidence:
    given = form.cleaned_data
    chosen = given["source"]
    piece = Piece(
        source=Source.objects.get(pk=chosen) if chosen != ANOTHER else None,
        **{
            name: given[name]
            for name in ("address", "title", "locator", "kind", "dated", "language", "excerpt")
        },
    )
    return actions.cite(
        round=here.seen.reply.round,
        state=here.seen.reply.state,
        question=here.path,
        piece=replace(piece, address="", title="") if piece.source else piece,
        file=_accepted(given["file"]),
        instead_of=_replaced(request, here),
        harmless=request.POST.get("not_case_data") or None,
        by=here.person,
        at=now(),
    )


def _accepted(sent: Any) -> Accepted | None:
    return inspect(sent, sent.name, sent.size) if sent else None


def _replaced(request: HttpRequest, here: At) -> Evidence | None:
    """The piece that the new one supersedes, if the page was opened for that."""
    number = (
        request.POST.get("instead_of", "") if request.method == "POST" else request.GET.get("instead_of", "")
    )
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    return _pieces(here.seen.reply).filter(pk=int(number), answer__question=here.path).first()


def _pieces(reply: Reply) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(answer__round=reply.round, answer__state=reply.state, retired_on=None)
    return found.select_related(
        "answer__round__version", "answer__round__edition", "answer__state", "citation__source"
    )


def _at(request: HttpRequest, round: str, state: str, path: str) -> At:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    question = seen.form.by_path().get(path)
    if question is None or not seen.may_read(path, question):
        raise Http404
    return At(person, seen, path, question)


def _piece(request: HttpRequest, round: str, state: str, pk: int) -> tuple[Evidence, At]:
    """Raises Http404 for a piece of another reply, and for one that the person may not see."""
    found = Evidence.objects.filter(
        pk=pk, answer__round__code=round, answer__state__slug=state, retired_on=None
    ).first()
    if found is None:
        raise Http404
    here = _at(request, round, state, found.answer.question)
    return _pieces(here.seen.reply).get(pk=pk), here


def _offered(request: HttpRequest, here: At) -> list[Source]:
    """What is found for what was sought, and what was chosen before it was sought."""
    state, on = here.seen.reply.state, here.seen.on
    found = offered(state, request.POST.get("sought", ""), on=on)
    chosen = request.POST.get("source", "")
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        found += [each for each in known_to(state, on=on).filter(pk=int(chosen)) if each not in found]
    return found


def _page(
    request: HttpRequest,
    here: At,
    *,
    form: NewEvidence | None = None,
    checked: dict[int, Checked] | None = None,
    refusal: Refusal | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    proofs = proofs_of(here.seen.reply, [here.path]).get(here.path, ())
    known = looked(each.source for each in proofs)
    case_data = refusal if isinstance(refusal, LooksLikeCaseData) else None
    instead_of = _replaced(request, here)
    if form is None and here.may_change:
        form = NewEvidence(offered=_offered(request, here), initial={"source": ANOTHER})
    return render(
        request,
        "replies/evidence.html",
        {
            "desk": here.seen,
            "field": here.field,
            "section": here.path.partition("/")[0],
            "rows": [
                Row(each, known.get(each.source), _check_of(here, each, checked or {})) for each in proofs
            ],
            "asks_for_a_source": asks_for_a_source(here.question, here.seen.answers.get(here.path), proofs),
            "form": form,
            "sought": request.POST.get("sought", ""),
            "instead_of": next((each for each in proofs if instead_of and each.pk == instead_of.pk), None),
            "may_change": here.may_change,
            "may_check": here.may_check,
            "refusal": refusal,
            "case_data": case_data,
            "of_check": next(iter(checked or ()), None),
            "reason": request.POST.get("not_case_data", ""),
        },
        status=status,
    )


def _check_of(here: At, proof: Proof, checked: dict[int, Checked]) -> Checked | None:
    """The form that says what became of a piece, for whoever may."""
    if proof.life == Evidence.Life.SUPERSEDED or not (here.may_check or here.may_change):
        return None
    return checked.get(proof.pk) or Checked(reviews=here.may_check, prefix=f"of-{proof.pk}")
