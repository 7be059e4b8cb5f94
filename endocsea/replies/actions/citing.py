"""What proves an answer: cited, withdrawn, superseded by a later piece, checked by the review."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.questionnaires.form import Question
from endocsea.questionnaires.models import Round
from endocsea.sources.models import Source
from endocsea.sources.refusals import NotAnAddress
from endocsea.sources.register import place_in, source_of
from endocsea.sources.rules import may_be_cited
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard
from endocsea.support.guard.uploads import Accepted

from .. import policies, refusals
from ..evidence.known import known_to
from ..models import Answer, Evidence, Reply
from .answering import (
    asked_at,
    key_of,
    locked,
    new_answer,
    place_of,
    see_that_it_takes_answers,
    see_that_its_section_is_open,
)
from .filing import keep

EDITED: Final = "edited here"  # in place of the digest of what the content brought: the next load keeps it so
LONGEST_ADDRESS, LONGEST_TITLE = 600, 300  # as the register has them
LIVES_WITH_A_REASON: Final = frozenset({Evidence.Life.REJECTED, Evidence.Life.UNREACHABLE})


@dataclass(frozen=True, slots=True)
class Piece:
    """What is cited, as somebody wrote it. ``source`` is one of the register; without it, ``address`` and ``title``."""

    source: Source | None = None
    address: str = ""
    title: str = ""
    locator: str = ""  # article or page
    kind: str = ""  # an `Evidence.Kind`
    dated: datetime.date | None = None
    language: str = ""
    excerpt: str = ""

    def texts(self) -> tuple[str, ...]:
        """What somebody wrote freely: the guard reads it."""
        return tuple(text for text in (self.address, self.title, self.locator, self.excerpt) if text)


@transaction.atomic
def cite(
    *,
    round: Round,
    state: State,
    question: str,
    piece: Piece,
    file: Accepted | None = None,
    instead_of: Evidence | None = None,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Evidence:
    """Add a piece of evidence to an answer; ``instead_of`` is an earlier one that it supersedes.

    Where nothing was answered yet, an answer is made that says nothing: whoever types it later meets no conflict. A
    file without a title is named by its own name. What was cited there and withdrawn is cited again.

    Raises `refusals.NotAskedHere`, `NoSuchQuestion`, `RoundTakesNoAnswers`, `AlreadySigned`, `MayNotAnswer`,
    `SectionIsSigned`, `NothingCited`, `CitedAlready`, `DatedLater`, `EvidenceGone`, `NotAnAddress` of the sources,
    and what `guard.check` raises; ValidationError where a text is longer than its column.
    """
    reply = locked(round, state)
    asked = _asked(reply, question)
    _see_that_it_may_change(reply, asked, question, by, at)
    if instead_of is not None:
        instead_of = _standing(instead_of, reply, question)
    _see_that_it_fits(piece, file, at)
    declared = guard.check(piece.texts(), harmless)

    answer = Answer.objects.filter(round=round, state=state, question=question).first()
    if answer is None:
        answer = new_answer(reply, asked, question)
        answer.save()
    source = piece.source or source_of(
        piece.address,
        piece.title or ("" if piece.address or file is None else file.safe_name),
        known=known_to(state, on=localdate(at)),
    )
    citation = place_in(source, piece.locator)
    found = Evidence.objects.filter(answer=answer, citation=citation).first() or Evidence(
        answer=answer, citation=citation
    )
    if found.pk is not None and found.retired_on is None:
        raise refusals.CitedAlready
    found.file = keep(file, state, at=at) if file else None
    found.kind, found.dated, found.language = piece.kind, piece.dated, piece.language
    found.excerpt = piece.excerpt.strip()
    found.life, found.why, found.later, found.retired_on = Evidence.Life.ATTACHED, "", None, None
    _save(found)
    facts: dict[str, Any] = {"evidence": found.pk, "kind": found.kind, "file": file is not None}
    if declared:
        facts |= {
            "declared harmless": sorted({each.kind.value for each in declared}),
            "because": (harmless or "").strip(),
        }
    _record("evidence attached", reply, question, facts, by, at)
    if instead_of is not None:
        supersede(evidence=instead_of, later=found, by=by, at=at)
    return found


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Actor, at: datetime.datetime) -> Evidence:
    """Take a piece of evidence back, before the reply is sent; what it had superseded stands again.

    Raises `refusals.RoundTakesNoAnswers`, `AlreadySigned`, `MayNotAnswer`, `SectionIsSigned`, `EvidenceGone`.
    """
    reply, question, asked = _of(evidence)
    _see_that_it_may_change(reply, asked, question, by, at)
    evidence = _standing(evidence, reply, question)
    evidence.retired_on = localdate(at)
    _save(evidence)
    for each in evidence.earlier.filter(life=Evidence.Life.SUPERSEDED):
        each.life, each.later = Evidence.Life.ATTACHED, None
        _save(each)
    _record("evidence withdrawn", reply, question, {"evidence": evidence.pk}, by, at)
    return evidence


@transaction.atomic
def supersede(*, evidence: Evidence, later: Evidence, by: Actor, at: datetime.datetime) -> Evidence:
    """Let a later piece of the same answer stand in place of an earlier one, which stays to be seen.

    Raises `refusals.RoundTakesNoAnswers`, `AlreadySigned`, `MayNotAnswer`, `SectionIsSigned`, `EvidenceGone`.
    """
    reply, question, asked = _of(evidence)
    _see_that_it_may_change(reply, asked, question, by, at)
    evidence, later = _standing(evidence, reply, question), _standing(later, reply, question)
    if evidence == later:
        raise refusals.CitedAlready
    evidence.life, evidence.later = Evidence.Life.SUPERSEDED, later
    _save(evidence)
    facts = {"evidence": evidence.pk, "by evidence": later.pk}
    _record("evidence superseded", reply, question, facts, by, at)
    return evidence


@transaction.atomic
def check_evidence(
    *,
    evidence: Evidence,
    life: Evidence.Life,
    why: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Evidence:
    """Say what became of a piece of evidence: the review after sending; before it, the state's own people may note
    that a source cannot be reached.

    Raises `refusals.MayNotCheck`, `EvidenceGone`, `WithoutWhy`, what the state's people meet where nothing may
    change, and what `guard.check` raises.
    """
    reply, question, asked = _of(evidence)
    place = place_of(reply, asked, question, by, on=localdate(at))
    if not (reply.is_sent and policies.may_check_evidence(by, place, on=localdate(at))):
        if life is not Evidence.Life.UNREACHABLE:
            raise refusals.MayNotCheck
        _see_that_it_may_change(reply, asked, question, by, at)
    evidence = _standing(evidence, reply, question)
    why = why.strip() if life in LIVES_WITH_A_REASON else ""
    if life in LIVES_WITH_A_REASON and not why:
        raise refusals.WithoutWhy
    if life is Evidence.Life.SUPERSEDED:
        raise refusals.MayNotCheck
    guard.check(why, harmless)
    evidence.life, evidence.why = life, why
    _save(evidence)
    facts = {"evidence": evidence.pk, "life": life.value, **({"why": why} if why else {})}
    _record("evidence checked", reply, question, facts, by, at)
    return evidence


@transaction.atomic
def cite_in_words(
    *,
    round: Round,
    state: State,
    proofs: Collection[tuple[str, str]],
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> list[Evidence]:
    """Take in what an institution wrote as proof into a sheet: (question, words). What is cited there already stays
    as it is. Raises what `cite` raises.
    """
    made = []
    for question, words in proofs:
        piece = _in_words(words)
        with suppress(refusals.CitedAlready):
            made.append(
                cite(
                    round=round,
                    state=state,
                    question=question,
                    piece=piece,
                    harmless=harmless,
                    by=by,
                    at=at,
                )
            )
    return made


def _in_words(words: str) -> Piece:
    """The words as a title; an address alone as one. What is longer than a title may be stands whole beside it."""
    if may_be_cited(words) and " " not in words and len(words) <= LONGEST_ADDRESS:
        return Piece(address=words)
    return (
        Piece(title=words)
        if len(words) <= LONGEST_TITLE
        else Piece(title=f"{words[: LONGEST_TITLE - 1]}…", excerpt=words)
    )


def _asked(reply: Reply, question: str) -> Question:
    form = reply.round.version.form if reply.round.version else None
    asked = asked_at(form, question) if form else None
    if asked is None:
        raise refusals.NoSuchQuestion(question=question)
    return asked


def _of(evidence: Evidence) -> tuple[Reply, str, Question]:
    """The reply of a piece, which nobody else changes until this transaction ends, and its question."""
    answer = evidence.answer
    reply = locked(answer.round, answer.state)
    return reply, answer.question, _asked(reply, answer.question)


def _standing(evidence: Evidence, reply: Reply, question: str) -> Evidence:
    """The piece as it is now, at this very question."""
    found = (
        Evidence.objects.filter(
            pk=evidence.pk,
            answer__round=reply.round,
            answer__state=reply.state,
            answer__question=question,
            retired_on=None,
        )
        .exclude(life=Evidence.Life.SUPERSEDED)
        .first()
    )
    if found is None:
        raise refusals.EvidenceGone
    return found


def _see_that_it_may_change(
    reply: Reply, asked: Question, question: str, by: Actor, at: datetime.datetime
) -> None:
    see_that_it_takes_answers(reply, at=at)
    if not policies.may_answer(by, place_of(reply, asked, question, by, on=localdate(at)), on=localdate(at)):
        raise refusals.MayNotAnswer
    see_that_its_section_is_open(reply, question)


def _see_that_it_fits(piece: Piece, file: Accepted | None, at: datetime.datetime) -> None:
    if piece.source is None:
        if not piece.address.strip() and not piece.title.strip() and file is None:
            raise refusals.NothingCited
        if piece.address.strip() and not may_be_cited(piece.address):
            raise NotAnAddress(address=piece.address[:200])
    if piece.dated is not None and piece.dated > localdate(at):
        raise refusals.DatedLater(day=piece.dated.isoformat())


def _save(evidence: Evidence) -> None:
    if evidence.content_key:
        evidence.content_hash = EDITED
    evidence.full_clean()
    evidence.save()


def _record(
    deed: str, reply: Reply, question: str, facts: dict[str, Any], by: Actor, at: datetime.datetime
) -> None:
    record(deed, by=by, at=at, about=("answer", key_of(reply, question)), facts=facts)
