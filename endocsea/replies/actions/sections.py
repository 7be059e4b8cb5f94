"""Signing off one section of a reply, and opening it again with a reason."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.timezone import localdate, localtime

from endocsea.journal.actions import record
from endocsea.questionnaires.form import Form, Group
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard
from endocsea.support.texts import storable

from .. import policies, refusals
from ..answers.consequences import what_follows
from ..answers.readiness import not_ready, paths_of
from ..models import Answer, Reply, SectionSigned
from .answering import MOST_OF_A_FUNCTION, MOST_OF_A_REASON, locked, see_that_it_takes_answers, shared_with


@transaction.atomic
def sign_section(
    *, round: Round, state: State, section: str, signed_as: str, by: Actor, at: datetime.datetime
) -> SectionSigned:
    """Sign off a section all of which is ready: from then its answers do not change until it is reopened.

    Raises `refusals.NotAskedHere`, `NoSuchSection`, `MayNotAnswer`, `RoundTakesNoAnswers`, `AlreadySigned`,
    `SectionIsSigned`, `SignedByNobody`, `TooLong`, `NotComplete`, and what `guard.check` raises.
    """
    reply = locked(round, state)
    form = _form_with(reply, section)
    _see_who(reply, form, section, by, on=localdate(at))
    see_that_it_takes_answers(reply, at=at)
    if standing(reply, section) is not None:
        raise refusals.SectionIsSigned(section=section)
    signed_as = _tidy(signed_as, section, most=MOST_OF_A_FUNCTION)
    if not signed_as:
        raise refusals.SignedByNobody
    guard.check(signed_as)
    answers = {
        each.question: each.given for each in Answer.objects.filter(round=round, state=state, retired_on=None)
    }
    due = what_follows(form, answers, at=localtime(at)).due(form, answers)
    missing = [path for path in not_ready(form, answers, relevant=due) if path.startswith(f"{section}/")]
    if missing:
        raise refusals.NotComplete.naming(missing)
    made = SectionSigned(reply=reply, section=section, signed_as=signed_as, signed_at=at)
    made.full_clean()
    made.save()
    _record("section signed off", made, by=by, at=at, facts={"signed as": made.signed_as})
    return made


@transaction.atomic
def reopen_section(
    *, round: Round, state: State, section: str, reason: str, by: Actor, at: datetime.datetime
) -> SectionSigned:
    """Let the answers of a section change again, with a reason; who signed it off before stays on record.

    Raises `refusals.NotAskedHere`, `NoSuchSection`, `MayNotAnswer`, `RoundTakesNoAnswers`, `AlreadySigned`,
    `NothingToOpen`, `WithoutAReason`, `TooLong`, and what `guard.check` raises.
    """
    reply = locked(round, state)
    _see_who(reply, _form_with(reply, section), section, by, on=localdate(at))
    see_that_it_takes_answers(reply, at=at)
    signed = standing(reply, section)
    if signed is None:
        raise refusals.NothingToOpen
    reason = _tidy(reason, section, most=MOST_OF_A_REASON)
    if not reason:
        raise refusals.WithoutAReason
    guard.check(reason)
    signed.reopened_at, signed.reason = at, reason
    signed.full_clean()
    signed.save()
    _record("section reopened", signed, by=by, at=at, facts={"why": signed.reason})
    return signed


def standing(reply: Reply, section: str) -> SectionSigned | None:
    """The sign-off of a section, as long as it has not been reopened."""
    return SectionSigned.objects.filter(reply=reply, section=section, reopened_at=None).first()


def _tidy(text: str, section: str, *, most: int) -> str:
    text = storable(text).strip()
    if len(text) > most:
        raise refusals.TooLong(question=section, length=len(text), most=most)
    return text


def _form_with(reply: Reply, section: str) -> Form:
    form = reply.round.version.form if reply.round.version else None
    if form is None or not any(isinstance(each, Group) and each.name == section for each in form.items):
        raise refusals.NoSuchSection(section=section)
    return form


def _see_who(reply: Reply, form: Form, section: str, by: Actor, *, on: datetime.date) -> None:
    whole = set(paths_of(form, section)) <= shared_with(by, reply, on=on)
    if not policies.may_sign_section(by, reply.state.iso3, whole=whole, on=on):
        raise refusals.MayNotAnswer


def _record(
    deed: str, signed: SectionSigned, *, by: Actor, at: datetime.datetime, facts: dict[str, str]
) -> None:
    about = ("section signed", str(signed.pk))
    of = {"round": signed.reply.round.code, "state": signed.reply.state.iso3, "section": signed.section}
    record(deed, by=by, at=at, about=about, facts={**of, **facts})
