"""What is said at a question beside its answer: a comment, an answer to it, and that it is settled."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.guard import texts as guard
from endocsea.support.texts import storable

from .. import policies, refusals
from ..models import Comment, Reply
from .answering import key_of, locked, place_of

MOST_CHARACTERS: Final = 4_000
SPEAKERS: Final = (Role.COORDINATOR, Role.TEAM, Role.SECRETARIAT)  # the first that an actor holds is named


@transaction.atomic
def comment(
    *,
    round: Round,
    state: State,
    question: str,
    text: str,
    within: Comment.Within = Comment.Within.STATE,
    to: Comment | None = None,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Comment:
    """Say something at a question, or answer what was said there (``to``); what was settled is open again by that.

    An answer is read by whoever reads what it answers; what the secretariat says, the state reads. ``harmless`` is
    why a text that looks like case data is none.

    Raises `refusals.NotAskedHere`, `NoSuchQuestion`, `MayNotComment`, `NothingSaid`, `TooLong`, and what
    `guard.check` raises.
    """
    reply = locked(round, state)
    first = _first_of(reply, question, to)
    if not by.speaks_for(on=localdate(at)):
        within = Comment.Within.SECRETARIAT
    _see_who(reply, question, Comment.Within(first.within) if first else within, by, on=localdate(at))
    said = storable(text).strip()
    if not said:
        raise refusals.NothingSaid
    if len(said) > MOST_CHARACTERS:
        raise refusals.TooLong(question=_name(question), length=len(said), most=MOST_CHARACTERS)
    declared = guard.check(said, harmless)
    made = Comment(
        reply=reply,
        question=question,
        to=first,
        role=_role(by, reply, on=localdate(at)),
        within=first.within if first else within,
        text=said,
        at=at,
    )
    made.full_clean()
    made.save()
    if first is not None and first.settled_at is not None:
        first.settled_at = None
        first.save()
    facts: dict[str, object] = {"at": key_of(reply, question), "read by": made.within}
    if declared:
        facts |= {"declared harmless": sorted({each.kind.value for each in declared}), "because": harmless}
    record("comment made", by=by, at=at, about=("comment", str(made.pk)), facts=facts)
    return made


@transaction.atomic
def settle(*, comment: Comment, by: Actor, at: datetime.datetime) -> Comment:
    """Say that what was asked or remarked is done with; nothing happens if it is already.

    Raises `refusals.MayNotComment`.
    """
    comment = (
        Comment.objects.select_for_update(of=("self",))
        .select_related("reply__round__version", "reply__state")
        .get(pk=comment.pk)
    )
    if comment.to_id is not None or comment.voice_id is not None:
        raise refusals.MayNotComment
    _see_who(comment.reply, comment.question, Comment.Within(comment.within), by, on=localdate(at))
    if comment.settled_at is None:
        comment.settled_at = at
        comment.save()
        facts = {"at": key_of(comment.reply, comment.question)}
        record("comment settled", by=by, at=at, about=("comment", str(comment.pk)), facts=facts)
    return comment


def _first_of(reply: Reply, question: str, to: Comment | None) -> Comment | None:
    """What is answered: always the first of its thread, at the same question."""
    if to is None:
        return None
    there = Comment.objects.select_for_update().filter(reply=reply, question=question, voice=None, to=None)
    found = there.filter(pk=to.to_id or to.pk).first()
    if found is None:
        raise refusals.MayNotComment
    return found


def _see_who(reply: Reply, question: str, within: Comment.Within, by: Actor, *, on: datetime.date) -> None:
    form = reply.round.version.form if reply.round.version else None
    asked = form.by_path().get(question) if form else None
    if asked is None:
        raise refusals.NoSuchQuestion(question=question)
    place = place_of(reply, asked, question, by, on=on)
    within_state = within is Comment.Within.STATE
    if not (
        policies.may_comment(by, place, on=on)
        and policies.may_read_comment(by, place, within_state=within_state, on=on)
    ):
        raise refusals.MayNotComment


def _role(by: Actor, reply: Reply, *, on: datetime.date) -> Role:
    held = by.roles(on=on, state=reply.state.iso3)
    return next(role for role in SPEAKERS if role in held)


def _name(question: str) -> str:
    return question.rsplit("/", 1)[-1]
