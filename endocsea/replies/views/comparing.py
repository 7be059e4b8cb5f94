"""By question: all replies of all states of a round to one question on one page, and as files."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from endocsea.people.models import Person
from endocsea.people.signing_in import person_of
from endocsea.people.standing import Standing
from endocsea.questionnaires.form import Group, Question, Texts
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.uploads import serving

from .. import actions, policies
from ..by_question.files import WRITERS
from ..by_question.reading import round_of
from ..reading import asking
from ..voices.desk import heard_by


class Section(NamedTuple):
    label: Texts
    questions: list[tuple[str, Question]]


class Wide(NamedTuple):
    """A round as it can be read across replies: by question, and by the voices beside a state."""

    round: Round
    compares: bool
    voices: list[State]


def wide(reader: Standing, *, on: datetime.date) -> list[Wide]:
    """The rounds that were opened, the newest first, of which a reader may read more than one reply at a time."""
    compares, heard = policies.may_compare(reader, on=on), heard_by(reader, on=on)
    if not compares and not heard:
        return []
    rounds = Round.objects.filter(retired_on=None, version__isnull=False).exclude(opened_at=None)
    found = [Wide(each, compares, heard.get(each.pk, [])) for each in rounds.order_by("-opens_on", "code")]
    return [each for each in found if each.compares or each.voices]


@login_required
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked, by section: each question leads to all its replies."""
    _compares(request)
    round = round_of(code)
    assert round.version is not None
    sections = [
        Section(each.label, list(asking(each)))
        for each in round.version.form.items
        if isinstance(each, Group)
    ]
    return render(request, "replies/by_question.html", {"round": round, "sections": sections})


@login_required
def question(request: HttpRequest, code: str, question: str) -> HttpResponse:
    person, round = _compares(request), round_of(code)
    found = actions.all_replies(round=round, question=question, by=person, at=now())
    paths = (
        [path for item in round.version.form.items for path, _each in asking(item)] if round.version else []
    )
    place = paths.index(question)
    return render(
        request,
        "replies/all_replies.html",
        {
            "round": round,
            "found": found,
            "earlier": paths[place - 1] if place else None,
            "later": paths[place + 1] if place + 1 < len(paths) else None,
        },
    )


@login_required
def file(request: HttpRequest, code: str, question: str, format: str) -> HttpResponse:
    person, round = _compares(request), round_of(code)
    if format not in WRITERS:
        raise Http404
    written = actions.question_file(round=round, question=question, format=format, by=person, at=now())
    name = f"{code}-{question.rsplit('/', 1)[-1]}.{format}"
    return HttpResponse(written, headers=serving(FileKind(format), name))


def _compares(request: HttpRequest) -> Person:
    """The person, if replies are theirs to compare; otherwise there is no such page."""
    person = person_of(request)
    if not policies.may_compare(person.standing(on=localdate()), on=localdate()):
        raise Http404
    return person
