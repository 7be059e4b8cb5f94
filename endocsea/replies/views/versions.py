"""The page with all versions of one answer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from endocsea.people.signing_in import person_of

from .. import actions
from ..answers.versions import versions as told
from ..policies import may_read_drafts
from ..reading import desk, field_of


@login_required
def versions(request: HttpRequest, round: str, state: str, question: str) -> HttpResponse:
    at = now()
    seen = desk(person_of(request), round=round, state=state, at=at, on=localdate(at))
    asked = seen.form.by_path().get(question)
    if asked is None or not seen.may_read(question, asked):
        raise Http404
    actions.note_reading(seen, [question], at=at)
    context = {
        "desk": seen,
        "field": field_of(seen, question, asked),
        "section": question.split("/", 1)[0],
        "versions": told(seen, question, asked),
        "drafts": may_read_drafts(seen.reader, seen.reply.state.iso3, on=seen.on),
    }
    return render(request, "replies/versions.html", context)
