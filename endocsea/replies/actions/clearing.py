"""Bringing in the signed letter: what was cleared is kept word by word, and the reply is signed and sent by it."""

from __future__ import annotations

import datetime
import string
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record, record_export
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.guard.uploads import Accepted

from .. import policies, refusals
from ..clearance.differing import differences, printed, typed
from ..clearance.reading import clearance_of
from ..clearance.rewinding import said_when
from ..models import Cleared, File, Reply
from .answering import locked, see_that_it_takes_answers
from .filing import keep
from .signing import submit

LEAST: Final = 8  # signs of a checksum that tell it from another


@dataclass(frozen=True, slots=True)
class SignedLetter:
    """What stands on a signed letter. ``checksum`` is that of the file that was signed, as it was typed from paper."""

    number: str
    dated: datetime.date
    signed_as: str
    checksum: str
    file: Accepted


@transaction.atomic
def clear(
    *,
    reply: Reply,
    letter: SignedLetter,
    knowing: bool = False,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Cleared:
    """Keep the letter and what it clears, sign and send: from then on nothing in the reply changes.

    ``knowing``: the reply says something else by now than the file that was signed, and is to be sent all the same.

    Raises `refusals.MayNotAnswer`, `ClearedWithoutALetter`, `LetterOfTomorrow`, `LetterIsNoPdf`, `NoChecksum`,
    `ClearedSomethingElse`, what `submit` raises, and what `guard.check` raises.
    """
    reply = locked(reply.round, reply.state)
    if not policies.may_sign(by, reply.state.iso3, on=localdate(at)):
        raise refusals.MayNotAnswer
    see_that_it_takes_answers(reply, at=at)
    _see_that_it_is_a_letter(letter, on=localdate(at))
    guard.check([letter.number, letter.signed_as], harmless)
    file = clearance_of(reply.round, reply.state, on=localdate(at))
    says, checksum = file.cleared(), file.checksum()
    same = checksum.startswith(typed(letter.checksum))
    if not (same or knowing):
        signed = said_when(typed(letter.checksum), round=reply.round, state=reply.state, now=says)
        raise refusals.ClearedSomethingElse(
            places=None if signed is None else differences(signed, says),
            on_paper=printed(typed(letter.checksum)),
            now=printed(checksum),
        )
    reply = submit(reply=reply, signed_as=letter.signed_as, harmless=harmless, by=by, at=at)
    cleared = Cleared(
        reply=reply,
        letter=letter.number.strip(),
        dated=letter.dated,
        signed_as=letter.signed_as.strip(),
        file=keep(letter.file, reply.state, at=at),
        checksum=checksum,
        said=says,
        at=at,
    )
    cleared.full_clean()
    cleared.save()
    facts = {"letter": cleared.letter, "dated": letter.dated.isoformat(), "checksum": checksum}
    facts |= {"file": letter.file.digest} | ({} if same else {"checksum on paper": typed(letter.checksum)})
    record("reply cleared", by=by, at=at, about=_about(reply), facts=facts)
    return cleared


def letter_file(*, cleared: Cleared, by: Actor, at: datetime.datetime) -> File:
    """The signed letter, for whoever may read what it cleared. Raises `refusals.MayNotTakeOut`."""
    reply = cleared.reply
    place = policies.Place(reply.state.iso3, sent=reply.is_sent)
    if not policies.may_read(by, place, on=localdate(at)):
        raise refusals.MayNotTakeOut
    record_export("signed letter", bytes(cleared.file.content), by=by, at=at, about=_about(reply))
    return cleared.file


def _about(reply: Reply) -> tuple[str, str]:
    return "reply", f"{reply.round.code}/{reply.state.iso3}"


def _see_that_it_is_a_letter(letter: SignedLetter, *, on: datetime.date) -> None:
    if not letter.number.strip():
        raise refusals.ClearedWithoutALetter
    if not letter.signed_as.strip():
        raise refusals.SignedByNobody
    if letter.dated > on:
        raise refusals.LetterOfTomorrow
    if letter.file.kind is not FileKind.PDF:
        raise refusals.LetterIsNoPdf
    if len(typed(letter.checksum)) < LEAST or not set(typed(letter.checksum)) <= set(string.hexdigits):
        raise refusals.NoChecksum
