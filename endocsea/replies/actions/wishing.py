"""Support that a state asks for with its reply, and what came of it."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import policies, refusals
from ..models import Wish
from .answering import locked, see_that_it_takes_answers

MOST_CHARACTERS: Final = 500


@transaction.atomic
def wish(
    *,
    round: Round,
    state: State,
    text: str,
    language: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Wish:
    """Ask for support, in the state's name. What is asked for already is not asked for twice.

    Raises `refusals.NotAskedHere`, `MayNotWish`, `RoundTakesNoAnswers`, `AlreadySigned`, `NothingWished`,
    `WishTooLong`, and what `guard.check` raises.
    """
    reply = locked(round, state)
    if not policies.may_sign(by, state.iso3, on=localdate(at)):
        raise refusals.MayNotWish
    see_that_it_takes_answers(reply, at=at)
    text = _tidy(text)
    guard.check(text, harmless)
    there = reply.wishes.filter(text=text, withdrawn_at=None).first()
    if there is not None:
        return there
    made = Wish.objects.create(reply=reply, text=text, language=language, asked_at=at)
    _record("support asked for", made, by, at)
    return made


@transaction.atomic
def withdraw_wish(*, wish: Wish, by: Actor, at: datetime.datetime) -> Wish:
    """No longer ask for it; what was given stays. Nothing happens if it is withdrawn already.

    Raises `refusals.MayNotWish`, `RoundTakesNoAnswers`, `AlreadySigned`.
    """
    wish = _locked(wish)
    if not policies.may_sign(by, wish.reply.state.iso3, on=localdate(at)):
        raise refusals.MayNotWish
    see_that_it_takes_answers(wish.reply, at=at)
    if wish.withdrawn_at is None:
        wish.withdrawn_at = at
        wish.save()
        _record("support no longer asked for", wish, by, at)
    return wish


@transaction.atomic
def say_what_was_given(
    *, wish: Wish, given: str, harmless: str | None = None, by: Actor, at: datetime.datetime
) -> Wish:
    """What support came of a wish; said again, it stands in place of what was said before.

    Raises `refusals.MayNotWish`, `NothingWished`, `WishTooLong`, and what `guard.check` raises.
    """
    wish = _locked(wish)
    place = policies.Place(wish.reply.state.iso3, sent=wish.reply.is_sent)
    if not policies.may_say_what_was_given(by, place, on=localdate(at)):
        raise refusals.MayNotWish
    given = _tidy(given)
    guard.check(given, harmless)
    if given != wish.given:
        wish.given, wish.given_at = given, at
        wish.save()
        _record("support given", wish, by, at)
    return wish


def _tidy(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise refusals.NothingWished
    if len(text) > MOST_CHARACTERS:
        raise refusals.WishTooLong(length=len(text), most=MOST_CHARACTERS)
    return text


def _locked(wish: Wish) -> Wish:
    """The wish as it is now; nobody else changes its reply until this transaction ends."""
    reply = locked(wish.reply.round, wish.reply.state)
    found = Wish.objects.get(pk=wish.pk)
    found.reply = reply
    return found


def _record(deed: str, wish: Wish, by: Actor, at: datetime.datetime) -> None:
    reply = wish.reply
    facts = {"reply": f"{reply.round.code}/{reply.state.iso3}"}
    record(deed, by=by, at=at, about=("wish", str(wish.pk)), facts=facts)
