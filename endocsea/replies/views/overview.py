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
from ..answers.given import Status
from ..answers.readiness import Count
from ..models import SectionSigned
from ..reading import asking, desk, due, rounds_of
from ..talking import discussed
from ..voices.desk import heard_by
from . import clearing, sources, wishing
from .comparing import wide


class Section(NamedTuple):
    name: str
    label: Texts
    progress: Count
    mine: int  # of its questions, shared with the reader
    signed: SectionSigned | None


@login_required
def replies(request: HttpRequest) -> HttpResponse:
    reader = person_of(request).standing(on=localdate())
    found = rounds_of(reader, on=reader.day)
    signs_for = {
        state.iso3 for _round, state in found if policies.may_sign(reader, state.iso3, on=reader.day)
    }
    return render(
        request,
        "replies/replies.html",
        {"replies": found, "signs_for": signs_for, "wide": wide(reader, on=reader.day)},
    )


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
            seen.signed.get(section.name),
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
            "drafted": sum(each.status is Status.PREFILLED for each in seen.answers.values()),
            "reads": reads,
            **discussed(seen),
            "contradictions": seen.contradictions(),
            "hears": seen.reply.state in heard_by(seen.reader, on=seen.on).get(seen.reply.round_id, ()),
            "was_cleared": clearing.was_cleared(seen),
            **wishing.part(seen),
            **sources.part(seen, reads=reads),
            "may_sign": seen.coordinates and seen.open,
            "may_open_again": policies.may_open_again(seen.reader, seen.reply.state.iso3, on=seen.on)
            and seen.reply.is_sent,
        },
    )
