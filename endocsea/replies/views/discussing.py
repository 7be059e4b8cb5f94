"""All that is said at the questions of a reply; saying something more; settling."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import ASKS_NOTHING, Group, Question, Texts
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..anchors import anchor_of
from ..models import Comment
from ..reading import Desk, asking, desk
from ..talking import Talk, talks

FROM_A_SECTION: Final = ("section", "whole")  # the page that a comment comes from, if it is a section's


@dataclass(frozen=True, slots=True)
class Place:
    """A question and what is said there."""

    path: str
    question: Question
    talk: Talk
    reads: bool  # whether the reader may go to the question itself

    @property
    def section(self) -> str:
        return self.path.partition("/")[0]

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)


@dataclass(frozen=True, slots=True)
class Typed:
    """A comment that was sent and not taken."""

    question: str
    to: int | None
    text: str
    within: str
    reason: str
    refusal: Refusal

    @property
    def case_data(self) -> LooksLikeCaseData | None:
        return self.refusal if isinstance(self.refusal, LooksLikeCaseData) else None


@login_required
def comments(request: HttpRequest, round: str, state: str) -> HttpResponse:
    """The page of all comments, and the address that takes one."""
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if request.method != "POST":
        return _page(request, seen)
    path, to = request.POST.get("question", ""), None
    if path and not _may_comment(seen, path):
        raise Http404
    if request.POST.get("to"):
        to = _found(seen, request.POST["to"])
    within, reason = request.POST.get("within", ""), request.POST.get("not_case_data", "")
    try:
        made = actions.comment(
            round=seen.reply.round,
            state=seen.reply.state,
            question=path,
            text=request.POST.get("text", ""),
            within=Comment.Within(within) if within in Comment.Within else Comment.Within.STATE,
            to=to,
            harmless=reason or None,
            by=person,
            at=at,
        )
    except Refusal as refusal:
        text = request.POST.get("text", "")
        return _page(request, seen, Typed(path, to.pk if to else None, text, within, reason, refusal))
    return _back(request, seen, made)


@require_POST
@login_required
def settle(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    found = _found(seen, str(pk))
    try:
        actions.settle(comment=found, by=person, at=at)
    except Refusal as refusal:
        raise Http404 from refusal
    return _back(request, seen, found)


def _found(seen: Desk, pk: str) -> Comment:
    """A comment of this reply at which the reader may say something. Raises Http404 for every other."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10) or seen.reply.pk is None:
        raise Http404
    found = Comment.objects.filter(reply=seen.reply, voice=None, pk=int(pk)).first()
    if found is None or not _may_comment(seen, found.question):
        raise Http404
    threads = talks(seen, [found.question])[found.question].threads
    known = {remark.comment.pk for thread in threads for remark in (thread.first, *thread.answers)}
    if found.pk not in known:
        raise Http404
    return found


def _may_comment(seen: Desk, path: str) -> bool:
    question = seen.form.by_path().get(path)
    return question is not None and policies.may_comment(seen.reader, seen.place(path, question), on=seen.on)


def _back(request: HttpRequest, seen: Desk, comment: Comment) -> HttpResponseRedirect:
    """To the question where the comment stands: in the page of its section, if it came from there."""
    round, state = seen.reply.round.code, seen.reply.state.slug
    section, anchor = comment.question.partition("/")[0], anchor_of(comment.question)
    origin = request.POST.get("back", "")
    if origin in FROM_A_SECTION:
        where = reverse("replies:section", args=[round, state, section])
        return HttpResponseRedirect(f"{where}{'?all' if origin == 'whole' else ''}#{anchor}")
    return HttpResponseRedirect(f"{reverse('replies:comments', args=[round, state])}#{anchor}")


def _page(request: HttpRequest, seen: Desk, typed: Typed | None = None) -> HttpResponse:
    found, asked = talks(seen), seen.form.by_path()
    places = [
        Place(path, asked[path], talk, seen.may_read(path, asked[path]))
        for path, talk in found.items()
        if talk.threads
    ]
    places.sort(key=lambda place: not place.talk.open)
    return render(
        request,
        "replies/comments.html",
        {
            "desk": seen,
            "discussed": places,
            "open": sum(place.talk.open for place in places),
            "choices": _choices(seen, found),
            "new": next((talk for talk in found.values() if talk.may_comment), None),
            "said": typed,
            "asked": request.GET.get("question", ""),
        },
        status=HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK,
    )


def _choices(seen: Desk, found: dict[str, Talk]) -> list[tuple[Texts, list[tuple[str, Question]]]]:
    """The questions at which the reader may comment, by section."""
    sections = [
        (
            section.label,
            [
                (path, question)
                for path, question in asking(section)
                if path in found and found[path].may_comment and question.kind not in ASKS_NOTHING
            ],
        )
        for section in seen.form.items
        if isinstance(section, Group)
    ]
    return [(label, questions) for label, questions in sections if questions]
