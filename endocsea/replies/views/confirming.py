"""One click: it is still so as the last time, or as the secretariat drafted it."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.support.refusals import Refusal

from .. import actions
from ..actions.confirming import drafted_at, said_last_time
from ..reading import desk, field_of, fields
from . import answering, one_answer

DEEDS: Final = {
    "last-time": (actions.confirm_last_time, said_last_time),
    "draft": (actions.confirm_draft, drafted_at),
}


@require_POST
@login_required
def confirm(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    path, question = one_answer.asked_in(request, seen)
    if (of := request.POST.get("of", "")) not in DEEDS:
        raise Http404
    deed, said = DEEDS[of]
    asked, answers = seen.reply.round, seen.reply.state
    version = one_answer.number(request.POST.get("seen", ""))
    section = path.partition("/")[0]
    try:
        deed(round=asked, state=answers, question=path, seen=version, by=person, at=at)
    except Refusal as refusal:
        try:
            given = said(asked, answers, path)
        except Refusal:
            given = field_of(seen, path, question).given
        typed = one_answer.not_taken(seen, path, given, version, refusal)
        return answering.page_of(request, seen, section, typed)
    if request.POST.get("back") == "last-time":
        return redirect("replies:last-time", round, state, section)
    where = reverse("replies:section", args=[round, state, section])
    return redirect(f"{where}#{field_of(seen, path, question).anchor}")


@login_required
def last_time(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    """All that was answered last time, each to be confirmed by itself."""
    at = now()
    seen = desk(person_of(request), round=round, state=state, at=at, on=localdate(at))
    shown = fields(seen, section, only_mine=bool(seen.mine))
    if not any(each.editable for each in shown):
        raise Http404
    label = next(item.label for item in seen.form.items if item.name == section)
    told = {
        "desk": seen,
        "section": section,
        "label": label,
        "fields": [each for each in shown if each.editable and each.before],
    }
    return render(request, "replies/last_time.html", told)
