"""Drafts from public sources for a state that stays silent, section by section, as the secretariat writes them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Group
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..models import Evidence
from ..offering.forms import Source
from ..offering.silence import is_silent
from ..reading import Desk, Field, asking, desk, field_of, typed_again
from . import one_answer


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with what was drafted, and the source of it."""

    field: Field
    source: Source
    refusal: Refusal | None = None
    reason: str = ""  # why it is no case data

    @property
    def case_data(self) -> LooksLikeCaseData | None:
        return self.refusal if isinstance(self.refusal, LooksLikeCaseData) else None


@login_required
def section(request: HttpRequest, code: str, state: str, section: str) -> HttpResponse:
    person, at = person_of(request), now()
    if not policies.may_draft(person, on=localdate(at)):
        raise Http404
    seen = desk(person, round=code, state=state, at=at, on=localdate(at))
    silent = is_silent(seen.reply, at=at, on=seen.on)
    if not silent:
        if request.method != "POST":
            raise Http404
        # the state has answered meanwhile: what was typed is shown again, and nothing of the state's
        seen = replace(seen, answers={}, numbers={})
    if request.method != "POST":
        return _page(request, seen, section)
    path = request.POST.get("question", "")
    question = seen.form.by_path().get(path)
    if question is None or path.partition("/")[0] != section:
        raise Http404
    anchor = field_of(seen, path, question).anchor
    source, given = Source(request.POST, anchor=anchor), one_answer.given_in(request.POST)
    version, reason = one_answer.number(request.POST.get("seen", "")), request.POST.get("not_case_data", "")
    refusal = None
    if source.is_valid():
        try:
            actions.draft(
                round=seen.reply.round,
                state=seen.reply.state,
                question=path,
                given=given,
                cited=source.cited(),
                seen=version,
                harmless=reason or None,
                by=person,
                at=at,
            )
        except Refusal as refused:
            refusal = refused
        else:
            return redirect(f"{reverse('replies:draft', args=[code, state, section])}#{anchor}")
    typed = typed_again(field_of(seen, path, question), given, version)
    return _page(request, seen, section, Drafted(typed, source, refusal, reason))


def _page(request: HttpRequest, seen: Desk, section: str, typed: Drafted | None = None) -> HttpResponse:
    sections = [each for each in seen.form.items if isinstance(each, Group)]
    group = next((each for each in sections if each.name == section), None)
    if group is None:
        raise Http404
    sources = _sources(seen)
    drafted = []
    for path, question in asking(group):
        field = field_of(seen, path, question)
        if typed is not None and typed.field.path == path:
            drafted.append(typed)
        else:
            drafted.append(Drafted(field, Source(initial=sources.get(path), anchor=field.anchor)))
    told = {"desk": seen, "section": group, "sections": sections, "drafted": drafted, "today": seen.on}
    return render(request, "replies/draft.html", told, status=422 if typed else 200)


def _sources(seen: Desk) -> Mapping[str, dict[str, str | datetime.date | None]]:
    """By question, the source of the draft that was cited last."""
    found = Evidence.objects.filter(
        answer__round=seen.reply.round, answer__state=seen.reply.state, answer__question__in=seen.answers
    )
    return {
        each.answer.question: {
            "title": each.citation.source.title,
            "address": each.citation.source.address,
            "locator": each.citation.locator,
            "seen_on": each.citation.seen_on,
        }
        for each in found.select_related("answer", "citation__source").order_by("pk")
    }
