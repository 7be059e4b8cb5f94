"""Who answers what of a state's reply."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires import actions
from endocsea.questionnaires.models import Share
from endocsea.questionnaires.policies import may_share
from endocsea.support.refusals import Refusal

from ..answers.readiness import is_ready
from ..forms import NewShare, team_of
from ..reading import Desk, desk
from .linking import Line, lines


class Sheet(NamedTuple):
    """An institution's questions, how many of them are ready, and the links to them."""

    share: Share
    ready: int
    asked: int
    links: list[Line]


@login_required
def shares(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not may_share(seen.reader, seen.reply.state.iso3, on=seen.on):
        raise Http404
    form = NewShare(request.POST or None, form=seen.form, team=team_of(seen.reply.state, on=seen.on))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        team = {str(held.pk): held for held in team_of(seen.reply.state, on=seen.on)}
        try:
            actions.share(
                round=seen.reply.round,
                state=seen.reply.state,
                institution=given["institution"],
                questions=given["questions"],
                member=team.get(given["member"]),
                due_on=given["due_on"],
                by=person,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The questions are shared."))
            return redirect("replies:shares", round, state)
    status = 400 if form.errors else 200
    return render(
        request, "replies/shares.html", {**_standing(seen), "desk": seen, "form": form}, status=status
    )


@require_POST
@login_required
def take_back(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    found = get_object_or_404(
        Share.objects.select_related("round", "state"), pk=pk, round=seen.reply.round, state=seen.reply.state
    )
    try:
        actions.withdraw(share=found, by=person, at=at)
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("The questions are with nobody now; what was answered stays."))
    return redirect("replies:shares", round, state)


def _ready(seen: Desk, share: Share) -> tuple[int, int]:
    """How many of the questions of a share are ready, and how many are asked."""
    asked = [path for path in share.questions if seen.counted is None or path in seen.counted]
    return sum(is_ready(seen.answers.get(path)) for path in asked), len(asked)


def _standing(seen: Desk) -> dict[str, object]:
    found = Share.objects.filter(
        round=seen.reply.round, state=seen.reply.state, withdrawn_at=None
    ).select_related("member__person")
    found, at = found.prefetch_related("links"), now()
    sheets = [
        Sheet(
            each,
            *_ready(seen, each),
            lines(each.links.all(), at=at),
        )
        for each in found.order_by("institution")
    ]
    shared = {path for each in sheets for path in each.share.questions}
    asked = [path for path, _question in seen.form.questions()]
    return {"sheets": sheets, "left": sum(path not in shared for path in asked)}
