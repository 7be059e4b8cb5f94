"""The page of a section, and the address that takes one answer: from the page by itself, or by its button."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Group
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, refusals
from ..given import Given, Status
from ..reading import Desk, Field, asking, desk, field_of, fields, typed_again
from ..saying import in_words

BY_ITSELF = "autosave"  # what the page's script says of itself
STATUSES = (
    (Status.ANSWERED.value, _("answered as above")),
    (Status.NOT_KNOWN.value, _("not known")),
    (Status.NOT_APPLICABLE.value, _("does not apply to us")),
    (Status.WITHHELD.value, _("known, and withheld")),
    (Status.NOT_ANSWERED.value, _("not answered yet")),
)


class Theirs(NamedTuple):
    """What a colleague saved meanwhile, as the page shows it."""

    given: Given
    said: str
    seen: int


@login_required
def section(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    seen = desk(person_of(request), round=round, state=state, at=now(), on=localdate())
    return _page(request, seen, section)


@require_POST
@login_required
def answer(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    path = request.POST.get("question", "")
    question = seen.form.by_path().get(path)
    if question is None or not seen.may_read(path, question):
        raise Http404
    given, version = given_in(request.POST), _number(request.POST.get("seen", ""))
    try:
        saved = actions.save(
            round=seen.reply.round,
            state=seen.reply.state,
            question=path,
            given=given,
            seen=version,
            harmless=request.POST.get("not_case_data") or None,
            by=person,
            at=at,
        )
    except Refusal as refusal:
        return _refused(request, seen, path, given, version, refusal)
    if _by_itself(request):
        return JsonResponse({"seen": saved.number, "at": f"{localtime(at):%H:%M}"})
    where = reverse("replies:section", args=[round, state, path.split("/", 1)[0]])
    return redirect(f"{where}#{field_of(seen, path, question).anchor}")


def given_in(posted: QueryDict) -> Given:
    """An answer from the fields of a form. A value says that it is answered, unless something else was chosen."""
    status = posted.get("status", "")
    value = " ".join(part.strip() for part in posted.getlist("value")).strip()
    known = Status(status) if status in set(Status) else Status.NOT_ANSWERED
    if known is Status.NOT_ANSWERED and (value or posted.get("other")):
        known = Status.ANSWERED
    return Given(
        status=known,
        value=value,
        other=posted.get("other", ""),
        reason=posted.get("reason", "").strip(),
        explanation=posted.get("explanation", "").strip(),
        respondent=posted.get("respondent", "").strip(),
        language=posted.get("language", ""),
    )


def _refused(
    request: HttpRequest, seen: Desk, path: str, given: Given, version: int, refusal: Refusal
) -> HttpResponse:
    question = seen.form.by_path()[path]
    conflict = refusal if isinstance(refusal, refusals.SavedMeanwhile) else None
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    theirs = None
    if conflict is not None:
        there = conflict.theirs
        choices = seen.form.choices.get(question.choices, ())
        theirs = Theirs(there.given, in_words(question, choices, there.given), there.number)
    if _by_itself(request):
        body: dict[str, object] = {"sentence": str(refusal)}
        if theirs is not None:
            body["theirs"] = render_to_string("replies/theirs.html", {"theirs": theirs})
            body["seen"] = theirs.seen
        return JsonResponse(body, status=status)
    typed = typed_again(field_of(seen, path, question), given, theirs.seen if theirs else version)
    return _page(
        request,
        seen,
        path.split("/", 1)[0],
        typed=typed,
        refusal=refusal,
        theirs=theirs,
        status=status,
    )


def _page(
    request: HttpRequest,
    seen: Desk,
    section: str,
    *,
    typed: Field | None = None,
    refusal: Refusal | None = None,
    theirs: Theirs | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    only_mine = bool(seen.mine) and "all" not in request.GET
    shown = fields(seen, section, only_mine=only_mine)
    if not shown:
        raise Http404
    sections = _sections(seen)
    place = [each.name for each in sections].index(section)
    return render(
        request,
        "replies/section.html",
        {
            "desk": seen,
            "section": sections[place],
            "number": place + 1,
            "of": len(sections),
            "earlier": sections[place - 1] if place else None,
            "later": sections[place + 1] if place + 1 < len(sections) else None,
            "fields": [typed if typed is not None and each.path == typed.path else each for each in shown],
            "typed": typed,
            "refusal": refusal,
            "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
            "reason": request.POST.get("not_case_data", ""),
            "theirs": theirs,
            "only_mine": only_mine,
            "statuses": STATUSES,
        },
        status=status,
    )


def _sections(seen: Desk) -> list[Group]:
    """Those with a question that the reader may see."""
    return [
        each
        for each in seen.form.items
        if isinstance(each, Group) and any(seen.may_read(*asked) for asked in asking(each))
    ]


def _by_itself(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == BY_ITSELF


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
