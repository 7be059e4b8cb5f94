"""Sharing out a state's questions among its institutions."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.people.models import Appointment
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.guard import texts as guard
from endocsea.support.texts import plain

from .. import policies, refusals
from ..form import ASKS_NOTHING
from ..models import Round, Share

NAMED = 5  # questions that a refusal names before it stops


@transaction.atomic
def share(
    *,
    round: Round,
    state: State,
    institution: str,
    questions: Collection[str],
    member: Appointment | None = None,
    due_on: datetime.date | None = None,
    instead_of: Share | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Share:
    """Give questions to an institution; ``instead_of`` is its sheet of before. A question may be with several.

    Raises `refusals.MayNotShare`, `NotAsked`, `NoInstitution`, `NothingToShare`, `NoSuchQuestions`, `NotOfTheTeam`,
    `SharedAlready`, and what `guard.check` raises.
    """
    round = _asked(round, state, by, at)
    institution = institution.strip()
    if not institution:
        raise refusals.NoInstitution
    guard.check(institution)
    _see_questions(round, questions)
    if member is not None:
        _see_member(member, state, localdate(at))
    if instead_of is not None:
        Share.objects.filter(pk=instead_of.pk, round=round, state=state).update(withdrawn_at=at)
    standing = Share.objects.filter(round=round, state=state, withdrawn_at=None)
    if standing.filter(institution__iexact=institution).exists():
        raise refusals.SharedAlready(institution=institution)
    made = Share(
        round=round,
        state=state,
        institution=institution,
        member=member,
        questions=_in_order(round, questions),
        due_on=due_on,
    )
    made.full_clean()
    made.save()
    facts = {"institution": institution, "questions": len(made.questions)}
    record("questions shared", by=by, at=at, about=("reply", f"{round.code}/{state.iso3}"), facts=facts)
    return made


@transaction.atomic
def withdraw(*, share: Share, by: Actor, at: datetime.datetime) -> None:
    """Take questions back; what was answered stays. Raises `refusals.MayNotShare`."""
    round = _asked(share.round, share.state, by, at)
    Share.objects.filter(pk=share.pk, withdrawn_at=None).update(withdrawn_at=at)
    facts = {"institution": share.institution}
    key = f"{round.code}/{share.state.iso3}"
    record("questions taken back", by=by, at=at, about=("reply", key), facts=facts)


def _asked(round: Round, state: State, by: Actor, at: datetime.datetime) -> Round:
    if not policies.may_share(by, state.iso3, on=localdate(at)):
        raise refusals.MayNotShare
    round = Round.objects.select_for_update(of=("self",)).select_related("version").get(pk=round.pk)
    if not round.states.filter(pk=state.pk).exists():
        raise refusals.NotAsked(state=plain(state.name))
    return round


def _see_questions(round: Round, questions: Collection[str]) -> None:
    if not questions:
        raise refusals.NothingToShare
    unknown = sorted(set(questions) - set(_in_order(round, questions)))
    if unknown:
        which = ", ".join(unknown[:NAMED])
        raise refusals.NoSuchQuestions(which=f"{which}, …" if len(unknown) > NAMED else which)


def _in_order(round: Round, questions: Collection[str]) -> list[str]:
    if round.version is None:
        return []
    chosen = set(questions)
    return [
        path
        for path, question in round.version.form.questions()
        if path in chosen and question.kind not in ASKS_NOTHING
    ]


def _see_member(member: Appointment, state: State, on: datetime.date) -> None:
    if not Appointment.objects.on(on).filter(pk=member.pk, role=Role.TEAM, state=state).exists():
        raise refusals.NotOfTheTeam
