"""The address that takes the state's word on a sentence from public sources."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.support.refusals import Refusal

from .. import actions, refusals
from ..models import OfferTaken
from ..offering.on_pages import OfferRefused
from ..reading import desk, field_of
from . import answering, one_answer


@require_POST
@login_required
def offer(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    said = request.POST
    if said.get("word") not in OfferTaken.Word:
        raise Http404
    refused = partial(
        OfferRefused,
        said.get("offer", ""),
        said.get("question", ""),
        said.get("text", ""),
        reason=said.get("not_case_data", ""),
    )
    if not said.get("question"):
        return answering.page_of(
            request, seen, said.get("section", ""), offer=refused(refusal=refusals.AtWhichQuestion())
        )
    path, question = one_answer.asked_in(request, seen)
    section = path.partition("/")[0]
    try:
        actions.take_offer(
            round=seen.reply.round,
            state=seen.reply.state,
            question=path,
            offer=said.get("offer", ""),
            word=OfferTaken.Word(said["word"]),
            text=said.get("text", ""),
            harmless=said.get("not_case_data") or None,
            by=person,
            at=at,
        )
    except Refusal as refusal:
        return answering.page_of(request, seen, section, offer=refused(refusal=refusal))
    where = reverse("replies:section", args=[round, state, section])
    return redirect(f"{where}#{field_of(seen, path, question).anchor}")
