"""Making, opening and closing a round; giving one state more time."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.people.queries import states_with_people
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard
from endocsea.support.texts import Texts, plain

from .. import policies, refusals
from ..logic import compile_form
from ..models import Extension, Round, Version
from ..reminders import in_order

REMIND: tuple[int, ...] = (14, 3, 0)  # days before the due day


@transaction.atomic
def make_round(
    *,
    version: Version,
    code: str,
    name: Texts,
    states: Collection[State],
    languages: Iterable[str],
    opens_on: datetime.date,
    answers_until: datetime.date,
    closes_on: datetime.date,
    reminders: Iterable[int] = REMIND,
    by: Actor,
    at: datetime.datetime,
) -> Round:
    """A round of a questionnaire built from a benchmark; the version it uses never changes from then on.
    ``reminders`` are days before the due day.

    Raises `refusals.MayNotRun`, `NoStates`, `MadeUpAndReal`, `NotAMember`, `DaysOutOfOrder`, `UnclearReminders`,
    `CodeTaken`, `LogicRefused` for logic that cannot be run, as in a loop, and what `guard.check` raises.
    """
    if not policies.may_run_rounds(by, on=localdate(at)):
        raise refusals.MayNotRun
    version = (
        Version.objects.select_for_update(of=("self",))
        .select_related("questionnaire__edition")
        .get(pk=version.pk)
    )
    _see_whom(states, opens_on)
    if not opens_on <= answers_until <= closes_on:
        raise refusals.DaysOutOfOrder(opens=opens_on, due=answers_until, closes=closes_on)
    days = in_order(reminders)
    if Round.objects.filter(programme=version.questionnaire.programme, code=code).exists():
        raise refusals.CodeTaken(code=code)
    guard.check([code, *name.values()])
    edition = version.questionnaire.edition
    assert edition is not None, "a questionnaire without a benchmark has no indicators to be reviewed yet"
    compile_form(version.form)
    if version.frozen_on is None:
        version.frozen_on = localdate(at)
        version.save()
    made = Round(
        programme=version.questionnaire.programme,
        edition=edition,
        version=version,
        code=code,
        name=dict(name),
        training=all(state.training for state in states),
        languages=list(languages),
        opens_on=opens_on,
        answers_until=answers_until,
        closes_on=closes_on,
        reminders=list(days),
    )
    made.full_clean(exclude=() if days else ("reminders",))  # none at all is a choice, too
    made.save()
    made.states.set(states)
    facts = {
        "questionnaire": version.questionnaire.code,
        "version": version.number,
        "states": sorted(state.iso3 for state in states),
        "due": answers_until.isoformat(),
    }
    record("round made", by=by, at=at, about=("round", code), facts=facts)
    return made


@transaction.atomic
def open_round(*, round: Round, by: Actor, at: datetime.datetime) -> Round:
    """Take answers from now on. Raises `refusals.MayNotRun`, `AlreadyOpen`."""
    round = _locked(round, by, at)
    if round.opened_at is not None and round.closed_at is None:
        raise refusals.AlreadyOpen
    round.opened_at, round.closed_at = round.opened_at or at, None
    round.save()
    record("round opened", by=by, at=at, about=("round", round.code))
    return round


@transaction.atomic
def close_round(*, round: Round, reason: str, by: Actor, at: datetime.datetime) -> Round:
    """Take no more answers. Raises `refusals.MayNotRun`, `NotOpen`, `WithoutAReason`, and what `guard.check` raises."""
    round = _locked(round, by, at)
    if not round.takes_answers(at=at):
        raise refusals.NotOpen
    _see_reason(reason)
    round.closed_at = at
    round.save()
    record("round closed", by=by, at=at, about=("round", round.code), facts={"why": reason.strip()})
    return round


@transaction.atomic
def extend(
    *, round: Round, state: State, until: datetime.date, reason: str, by: Actor, at: datetime.datetime
) -> Extension:
    """Give one state more time, with a reason.

    Raises `refusals.MayNotRun`, `NotAsked`, `NoMoreTime`, `WithoutAReason`, and what `guard.check` raises.
    """
    round = _locked(round, by, at)
    if not round.states.filter(pk=state.pk).exists():
        raise refusals.NotAsked(state=plain(state.name))
    due = round.due_for(state)
    if (due is not None and until <= due) or until > round.closes_on:
        raise refusals.NoMoreTime(until=until, due=due or round.opens_on, closes=round.closes_on)
    _see_reason(reason)
    given = Extension(round=round, state=state, until=until, reason=reason.strip(), given_at=at)
    given.full_clean()
    given.save()
    facts = {"state": state.iso3, "until": until.isoformat(), "why": given.reason}
    record("more time given", by=by, at=at, about=("round", round.code), facts=facts)
    return given


def _locked(round: Round, by: Actor, at: datetime.datetime) -> Round:
    if not policies.may_run_rounds(by, on=localdate(at)):
        raise refusals.MayNotRun
    return Round.objects.select_for_update().get(pk=round.pk)


def _see_whom(states: Collection[State], on: datetime.date) -> None:
    if not states:
        raise refusals.NoStates
    if len({state.training for state in states}) > 1:
        raise refusals.MadeUpAndReal
    may_be_asked = set(states_with_people(on=on).values_list("pk", flat=True))
    for state in states:
        if state.pk not in may_be_asked:
            raise refusals.NotAMember(state=plain(state.name))


def _see_reason(reason: str) -> None:
    if not reason.strip():
        raise refusals.WithoutAReason
    guard.check(reason)
