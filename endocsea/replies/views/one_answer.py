"""One answer that a page sends, by itself or by its button: read, saved, or shown again with why it was not taken.

The same for whoever answers with an account, by a link, or from a letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, NamedTuple, Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.form import Question
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import refusals
from ..anchors import anchor_of
from ..answers.follow_up import follow_up
from ..answers.given import Given, Status
from ..answers.saying import in_words
from ..models import Answer, VoiceAnswer
from ..reading import Desk, Field, field_of, typed_again

BY_ITSELF: Final = "autosave"  # what the page's script says of itself
STATUSES: Final = (
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


class Saves(Protocol):
    """`actions.save` with round, state, doer and moment filled in."""

    def __call__(
        self, *, question: str, given: Given, seen: int, harmless: str | None
    ) -> Answer | VoiceAnswer: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent and not taken, as the page shows it again, and why."""

    field: Field
    refusal: Refusal
    theirs: Theirs | None = None
    reason: str = ""  # why it is no case data

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.CONFLICT if self.theirs else HTTPStatus.UNPROCESSABLE_ENTITY


def asked_in(request: HttpRequest, seen: Desk) -> tuple[str, Question]:
    """The question that an answer was sent for. Raises Http404 where there is none that the reader may see."""
    path = request.POST.get("question", "")
    question = seen.form.by_path().get(path)
    if question is None or not seen.may_read(path, question):
        raise Http404
    return path, question


def take(
    request: HttpRequest,
    see: Callable[[], Desk],
    *,
    save: Saves,
    page: Callable[[Desk, Typed], HttpResponse],
    where: Callable[[str], str],
) -> HttpResponse:
    """Save what was sent; ``page`` shows it again where it is not taken, ``where`` is the page to go back to, by path.

    Saving asks by itself who may: the whole reply, which is what ``see`` reads, is looked at only where it was refused.
    """
    path = request.POST.get("question", "")
    given, version = given_in(request.POST), number(request.POST.get("seen", ""))
    reason = request.POST.get("not_case_data", "")
    try:
        saved = save(question=path, given=given, seen=version, harmless=reason or None)
    except Refusal as refusal:
        seen = see()
        asked_in(request, seen)
        typed = not_taken(seen, path, given, version, refusal, reason)
        return told(refusal, typed.theirs) if by_itself(request) else page(seen, typed)
    if by_itself(request):
        told_so = follow_up(see, saved)
        return JsonResponse({"seen": saved.number, "at": f"{localtime(now()):%H:%M}", **told_so})
    return HttpResponseRedirect(f"{where(path)}#{anchor_of(path)}")


def not_taken(seen: Desk, path: str, given: Given, version: int, refusal: Refusal, reason: str = "") -> Typed:
    """What was sent on top of a version, with why it was not taken, and what stands there meanwhile."""
    question = seen.form.by_path()[path]
    theirs = _theirs(seen, question, refusal)
    field = typed_again(field_of(seen, path, question), given, theirs.seen if theirs else version)
    return Typed(field, refusal, theirs, reason)


def shown(fields: list[Field], typed: Typed | None = None) -> dict[str, Any]:
    """What `question.html` needs for each of the questions; what was typed stands in the place of what is saved."""
    refusal = typed.refusal if typed else None
    return {
        "fields": [
            typed_again(each, typed.field.given, typed.field.seen)
            if typed and each.path == typed.field.path
            else each
            for each in fields
        ],
        "typed": typed.field if typed else None,
        "refusal": refusal,
        "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
        "reason": typed.reason if typed else "",
        "theirs": typed.theirs if typed else None,
        "statuses": STATUSES,
    }


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


def told(refusal: Refusal, theirs: Theirs | None = None) -> JsonResponse:
    """Why an answer was not taken, for the page's script."""
    body: dict[str, object] = {"sentence": str(refusal)}
    if theirs is not None:
        body["theirs"] = render_to_string("replies/theirs.html", {"theirs": theirs})
        body["seen"] = theirs.seen
    return JsonResponse(body, status=HTTPStatus.CONFLICT if theirs else HTTPStatus.UNPROCESSABLE_ENTITY)


def by_itself(request: HttpRequest) -> bool:
    """Whether the page's script sent it."""
    return request.headers.get("X-Requested-With") == BY_ITSELF


def number(text: str) -> int:
    """A version number as a form says it; -1, which no answer has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _theirs(seen: Desk, question: Question, refusal: Refusal) -> Theirs | None:
    if not isinstance(refusal, refusals.SavedMeanwhile):
        return None
    there = refusal.theirs
    choices = seen.form.choices.get(question.choices, ())
    return Theirs(there.given, in_words(question, choices, there.given), there.number)
