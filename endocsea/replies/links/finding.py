"""Links without an account, as they are found and read: by what is in the address, or by the browser that opened one.

Only digests are kept: who reads the database can open none.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from .. import refusals
from ..answers.given import Given
from ..models import AnswerVersion, Link, Reply, VoiceAnswer
from ..reading import Desk, desk_for
from ..voices.desk import desk_of_voice
from .bearer import Bearer


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def link_behind(token: str) -> Link:
    """The link that has this in its address, whatever became of it. Raises `refusals.LinkUnknown`."""
    found = with_places().filter(token_digest=digest(token)).first()
    if found is None:
        raise refusals.LinkUnknown
    return found


def link_of_browser(key: UUID, secret: str) -> Link:
    """The link that a browser has opened. Raises `refusals.LinkNotOfThisBrowser`, also where there is no link."""
    found = with_places().filter(key=key).first()
    if found is None or not is_here(found, secret):
        raise refusals.LinkNotOfThisBrowser
    return found


def is_here(link: Link, secret: str) -> bool:
    """Whether the browser that holds the secret has opened the link."""
    return bool(link.browser_digest) and secrets.compare_digest(link.browser_digest, digest(secret))


def see_that_it_is_open(link: Link, *, at: datetime.datetime) -> None:
    """Raises `refusals.HandedIn`, `LinkEnded`, `LinkOver`."""
    if link.done_at is not None:
        raise refusals.HandedIn
    place = link.share or link.voice
    if link.ended_at is not None or place is None or place.withdrawn_at is not None:
        raise refusals.LinkEnded
    if not link.is_open(at=at):
        raise refusals.LinkOver


def desk_of(link: Link, *, at: datetime.datetime) -> Desk:
    """The reply as the bearer of a link sees it: the questions of its sheet or its voice, and nothing else."""
    bearer = Bearer(str(link.key))
    if link.voice is not None:
        return desk_of_voice(link.voice, bearer, at=at, on=localdate(at))
    share = link.share
    assert share is not None
    reply = Reply.objects.filter(round=share.round, state=share.state).first()
    reply = reply or Reply(round=share.round, state=share.state)
    reply.round, reply.state = share.round, share.state
    return desk_for(bearer, reply, mine=frozenset(share.questions), at=at, on=localdate(at))


def handed_in(link: Link) -> dict[str, Given]:
    """By question, what stood there when the bearer handed in, whatever was changed since."""
    if link.voice is not None:
        spoken = VoiceAnswer.objects.filter(voice=link.voice, saved_at__lte=link.done_at)
        return {each.question: each.given for each in spoken.order_by("number")}
    share = link.share
    assert share is not None
    kept = AnswerVersion.objects.filter(
        answer__round=share.round,
        answer__state=share.state,
        answer__question__in=share.questions,
        saved_at__lte=link.done_at,
    )
    return {each.answer.question: each.given for each in kept.select_related("answer").order_by("number")}


def with_places() -> QuerySet[Link]:
    """Links with the questions to which they lead: those of an institution, or of an organisation beside a state."""
    return Link.objects.select_related(
        "share__round__version",
        "share__round__edition",
        "share__state",
        "voice__round__version",
        "voice__state",
        "voice__member__person",
    )
