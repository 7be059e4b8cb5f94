"""Handing out a file that a state has added."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.utils.timezone import localdate

from endocsea.journal.actions import record_export
from endocsea.support.actors import Actor

from .. import policies, refusals
from ..models import Evidence, File, Reply
from .answering import asked_at, place_of


def hand_out_file(*, reply: Reply, key: UUID, by: Actor, at: datetime.datetime) -> File:
    """The file with a key, where it proves an answer of a reply that its reader may read.

    Raises `refusals.MayNotTakeOut`: also where there is no such file.
    """
    form = reply.round.version.form if reply.round.version else None
    pieces = Evidence.objects.filter(
        answer__round=reply.round, answer__state=reply.state, file__key=key, retired_on=None
    ).select_related("answer", "file")
    for each in pieces:
        question = each.answer.question
        asked = asked_at(form, question) if form else None
        if asked is None or each.file is None:
            continue
        if policies.may_read(by, place_of(reply, asked, question, by, on=localdate(at)), on=localdate(at)):
            about = ("reply", f"{reply.round.code}/{reply.state.iso3}")
            record_export("file", bytes(each.file.content), by=by, at=at, about=about)
            return each.file
    raise refusals.MayNotTakeOut
