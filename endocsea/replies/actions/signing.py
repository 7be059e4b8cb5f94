"""Sending a reply in the state's name, and opening it again."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from endocsea.journal.actions import record
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import policies, refusals
from ..answers.consequences import what_follows
from ..answers.readiness import not_ready
from ..models import Answer, Reply
from .answering import see_that_it_takes_answers


@transaction.atomic
def submit(
    *, reply: Reply, signed_as: str, harmless: str | None = None, by: Actor, at: datetime.datetime
) -> Reply:
    """Sign and send a reply whose questions are all ready; from then on nothing in it changes.

    Raises `refusals.MayNotAnswer`, `RoundTakesNoAnswers`, `AlreadySigned`, `SignedByNobody`, `NotComplete`, and
    what `guard.check` raises.
    """
    reply = _locked(reply)
    if not policies.may_sign(by, reply.state.iso3, on=localdate(at)):
        raise refusals.MayNotAnswer
    see_that_it_takes_answers(reply, at=at)
    if not signed_as.strip():
        raise refusals.SignedByNobody
    guard.check(signed_as, harmless)
    if reply.round.version is not None:
        form, rows = reply.round.version.form, Answer.objects.filter(round=reply.round, state=reply.state)
        answers = {each.question: each.given for each in rows}
        due = what_follows(form, answers, at=localtime(at)).due(form, answers)
        missing = not_ready(form, answers, relevant=due)
        if missing:
            raise refusals.NotComplete.naming(missing)
    reply.step, reply.submitted_at, reply.signed_as = Reply.Step.SUBMITTED, at, signed_as.strip()
    reply.full_clean()
    reply.save()
    record("reply sent", by=by, at=at, about=("reply", _key(reply)), facts={"signed as": reply.signed_as})
    return reply


@transaction.atomic
def open_again(
    *, reply: Reply, reason: str, harmless: str | None = None, by: Actor, at: datetime.datetime
) -> Reply:
    """Open a reply that was sent, with a reason; what was signed stays among the versions.

    Raises `refusals.MayNotAnswer`, `NothingToOpen`, `WithoutAReason`, and what `guard.check` raises.
    """
    reply = _locked(reply)
    if not policies.may_open_again(by, reply.state.iso3, on=localdate(at)):
        raise refusals.MayNotAnswer
    if not reply.is_sent:
        raise refusals.NothingToOpen
    if not reason.strip():
        raise refusals.WithoutAReason
    guard.check(reason, harmless)
    reply.step = Reply.Step.RETURNED
    reply.save()
    record("reply opened again", by=by, at=at, about=("reply", _key(reply)), facts={"why": reason.strip()})
    return reply


def _locked(reply: Reply) -> Reply:
    return (
        Reply.objects.select_for_update(of=("self",))
        .select_related("round__version", "state")
        .get(pk=reply.pk)
    )


def _key(reply: Reply) -> str:
    return f"{reply.round.code}/{reply.state.iso3}"
