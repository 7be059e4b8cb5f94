"""A one-time link to the questions of an institution, or of an organisation beside a state: made, sent, opened by one
browser, handed in, ended.
"""

from __future__ import annotations

import datetime
import secrets
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from endocsea.journal.actions import record
from endocsea.questionnaires.models import Share
from endocsea.questionnaires.policies import may_share
from endocsea.questionnaires.refusals import MayNotShare
from endocsea.support.actors import Actor

from .. import refusals
from ..answers.given import Given, Origin
from ..links import finding as links
from ..links import letters as link_letters
from ..links.bearer import Bearer
from ..models import Answer, Link, Reply, Voice, VoiceAnswer
from ..policies import may_invite_voices
from ..voices.desk import answers_with_an_account
from .answering import save, see_that_it_takes_answers
from .speaking import about, locked_voice, speak

LASTS: Final = datetime.timedelta(days=30)
AFTER_THE_DUE_DAY: Final = datetime.timedelta(days=7)
BYTES: Final = 32  # of what is in the address, and in the browser


@transaction.atomic
def make_link(*, share: Share, by: Actor, at: datetime.datetime) -> tuple[Link, str]:
    """A link to an institution's questions, and what stands in its address, which is told this once.

    It lasts for seven days after the due day (who is late has seven more from now), and for thirty at most.
    Raises `MayNotShare`, `refusals.AnswersWithAnAccount`, `TakenBackMeanwhile`, `RoundTakesNoAnswers`, `AlreadySigned`.
    """
    share = _share(share, by, at)
    if share.member_id is not None:
        raise refusals.AnswersWithAnAccount
    if share.withdrawn_at is not None:
        raise refusals.TakenBackMeanwhile
    see_that_it_takes_answers(_reply(share), at=at)
    return _made(Link(share=share, made_at=at, ends_at=_ends(share.due_on, at)), by)


@transaction.atomic
def make_voice_link(*, voice: Voice, by: Actor, at: datetime.datetime) -> tuple[Link, str]:
    """The same, to all questions of an organisation for which nobody answers with an account.

    Raises `refusals.MayNotInviteVoices`, `NoSuchVoice`, `SpeaksWithAnAccount`, `RoundTakesNoAnswers`.
    """
    _see_that_they_invite(by, at)
    voice = locked_voice(voice)
    if answers_with_an_account(voice, on=localdate(at)):
        raise refusals.SpeaksWithAnAccount
    if not voice.round.takes_answers(at=at):
        raise refusals.RoundTakesNoAnswers
    return _made(Link(voice=voice, made_at=at, ends_at=_ends(voice.round.answers_until, at)), by)


@transaction.atomic
def send_link(
    *, link: Link, token: str, address: str, language: str, by: Actor, at: datetime.datetime
) -> None:
    """Send a link that was just made by letter. The address is kept nowhere.

    Raises `MayNotShare` or `refusals.MayNotInviteVoices`, `LinkUnknown`, those of a link that is open no more, and
    `LinkLetterNotSent`.
    """
    link = _locked(link)
    _see_whose(link, by, at)
    if link.token_digest != links.digest(token):
        raise refusals.LinkUnknown
    links.see_that_it_is_open(link, at=at)
    _record("link sent by letter", link, by=by, at=at)
    transaction.on_commit(partial(link_letters.send, link, token, address=address, language=language))


@transaction.atomic
def end_link(*, link: Link, by: Actor, at: datetime.datetime) -> Link:
    """End a link before its time; what was answered by it stays.

    Raises `MayNotShare`, of an organisation's link `refusals.MayNotInviteVoices`.
    """
    link = _locked(link)
    _see_whose(link, by, at)
    if link.done_at is None and link.ended_at is None:
        link.ended_at = at
        link.save(update_fields=["ended_at"])
        _record("link ended", link, by=by, at=at)
    return link


@transaction.atomic
def open_link(*, token: str, at: datetime.datetime) -> tuple[Link, str]:
    """Bind a link to the browser that opens it first, and what this browser shows from now on.

    Raises `refusals.LinkUnknown`, `LinkOpenedElsewhere`, and those of a link that is open no more.
    """
    link = _locked(links.link_behind(token))
    links.see_that_it_is_open(link, at=at)
    if link.browser_digest:
        raise refusals.LinkOpenedElsewhere
    secret = secrets.token_urlsafe(BYTES)
    link.browser_digest, link.opened_at = links.digest(secret), at
    link.save(update_fields=["browser_digest", "opened_at"])
    _record("link opened", link, by=Bearer(str(link.key)), at=at)
    return link, secret


@transaction.atomic
def answer_by_link(
    *,
    link: Link,
    question: str,
    given: Given,
    seen: int,
    harmless: str | None = None,
    at: datetime.datetime,
) -> Answer | VoiceAnswer:
    """Save an answer of whoever bears a link.

    Raises those of a link that is open no more, and those of `save`, of an organisation's link those of `speak`.
    """
    link = _locked(link)
    links.see_that_it_is_open(link, at=at)
    bearer = Bearer(str(link.key))
    if link.voice is not None:
        return speak(
            voice=link.voice, question=question, given=given, seen=seen, harmless=harmless, by=bearer, at=at
        )
    assert link.share is not None
    return save(
        round=link.share.round,
        state=link.share.state,
        question=question,
        given=given,
        seen=seen,
        origin=Origin.LINK,
        harmless=harmless,
        by=bearer,
        at=at,
    )


@transaction.atomic
def hand_in(*, link: Link, at: datetime.datetime) -> Link:
    """What was answered by a link is done, and the link with it; questions may be left open.

    Raises those of a link that is open no more, `refusals.RoundTakesNoAnswers`, `AlreadySigned`.
    """
    link = _locked(link)
    links.see_that_it_is_open(link, at=at)
    if link.share is not None:
        see_that_it_takes_answers(_reply(link.share), at=at)
    elif link.voice is not None and not link.voice.round.takes_answers(at=at):
        raise refusals.RoundTakesNoAnswers
    link.done_at = at
    link.save(update_fields=["done_at"])
    _record("answers handed in", link, by=Bearer(str(link.key)), at=at)
    return link


def _made(link: Link, by: Actor) -> tuple[Link, str]:
    """The link as it is kept, and what stands in its address."""
    token = secrets.token_urlsafe(BYTES)
    link.token_digest = links.digest(token)
    link.full_clean()
    link.save()
    _record("link made", link, by=by, at=link.made_at)
    return link, token


def _ends(due_on: datetime.date | None, at: datetime.datetime) -> datetime.datetime:
    """The end of the last day."""
    today = localdate(at)
    last = today + LASTS
    if due_on is not None:
        last = min(last, max(due_on, today) + AFTER_THE_DUE_DAY)
    return make_aware(datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time.min))


def _share(share: Share, by: Actor, at: datetime.datetime) -> Share:
    if not may_share(by, share.state.iso3, on=localdate(at)):
        raise MayNotShare
    return Share.objects.select_for_update(of=("self",)).select_related("round", "state").get(pk=share.pk)


def _see_that_they_invite(by: Actor, at: datetime.datetime) -> None:
    if not may_invite_voices(by, on=localdate(at)):
        raise refusals.MayNotInviteVoices


def _see_whose(link: Link, by: Actor, at: datetime.datetime) -> None:
    """Whether it is theirs to send and to end."""
    if link.share is not None:
        _share(link.share, by, at)
    else:
        _see_that_they_invite(by, at)


def _locked(link: Link) -> Link:
    """The link as it stands, which nobody else changes until this transaction ends."""
    return links.with_places().select_for_update(of=("self",)).get(pk=link.pk)


def _reply(share: Share) -> Reply:
    found = (
        Reply.objects.select_related("round", "state").filter(round=share.round, state=share.state).first()
    )
    return found or Reply(round=share.round, state=share.state)


def _record(deed: str, link: Link, *, by: Actor, at: datetime.datetime) -> None:
    if link.voice is not None:  # without its name, as everything about it
        record(deed, by=by, at=at, about=about(link.voice), facts={"link": str(link.key)})
        return
    assert link.share is not None
    place = ("reply", f"{link.share.round.code}/{link.share.state.iso3}")
    facts = {"institution": link.share.institution, "link": str(link.key)}
    record(deed, by=by, at=at, about=place, facts=facts)
