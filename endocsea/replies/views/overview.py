"""Which replies there are for a person, and how far one of them is."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Group, Texts

from .. import policies
from ..readiness import Count
from ..reading import asking, desk, due, rounds_of


class Section(NamedTuple):
    name: str
    label: Texts
    progress: Count
    mine: int  # of its questions, shared with the reader


@login_required
def replies(request: HttpRequest) -> HttpResponse:
    reader = person_of(request).standing(on=localdate())
    return render(request, "replies/replies.html", {"replies": rounds_of(reader, on=reader.day)})


@login_required
def reply(request: HttpRequest, round: str, state: str) -> HttpResponse:
    seen = desk(person_of(request), round=round, state=state, at=now(), on=localdate())
    counts = seen.counts()
    sections = [
        Section(
            section.name,
            section.label,
            counts[section.name],
            sum(path in seen.mine for path, _question in asking(section)),
        )
        for section in seen.form.items
        if isinstance(section, Group)
    ]
    reads = bool(seen.reader.speaks_for(on=seen.on)) or seen.reply.is_sent
    return render(
        request,
        "replies/reply.html",
        {
            "desk": seen,
            "sections": sections,
            "asked": sum(each.progress.asked for each in sections),
            "ready": sum(each.progress.ready for each in sections),
            "due": due(seen),
            "reads": reads,
            "may_sign": seen.coordinates and seen.open,
            "may_open_again": policies.may_open_again(seen.reader, seen.reply.state.iso3, on=seen.on)
            and seen.reply.is_sent,
        },
    )
