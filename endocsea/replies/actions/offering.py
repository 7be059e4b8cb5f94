"""The state's word on a sentence from public sources that was offered to it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.questionnaires.models import Round
from endocsea.sources.models import Citation
from endocsea.states.models import State
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard
from endocsea.support.texts import storable

from .. import policies, refusals
from ..answers.given import Given
from ..models import Answer, OfferTaken, Reply
from ..offering.offers import Offer, offers_for
from .answering import (
    MOST_CHARACTERS,
    locked,
    place_of,
    save,
    see_that_it_takes_answers,
    see_that_its_section_is_open,
)
from .attaching import attach


@transaction.atomic
def take_offer(
    *,
    round: Round,
    state: State,
    question: str,
    offer: str,
    word: OfferTaken.Word,
    text: str = "",
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> OfferTaken:
    """Say of what was offered at a question that it is still true, what is right instead, or why it is not true.

    The sentence, or ``text`` in its place, goes behind the explanation of the answer, whose status stays: it is no
    answer by itself. Its source becomes evidence. What is rejected leaves the answer alone; ``text`` is why.

    Raises `refusals.NoSuchOffer`, `OfferAnswered`, `WhatIsWrong`, and what `save` raises.
    """
    reply, text = locked(round, state), storable(text).strip()
    see_that_it_takes_answers(reply, at=at)
    form = reply.round.version.form if reply.round.version else None
    asked = form.by_path().get(question) if form else None
    if asked is None:
        raise refusals.NoSuchQuestion(question=question)
    on = localdate(at)
    if not policies.may_answer(by, place_of(reply, asked, question, by, on=on), on=on):
        raise refusals.MayNotAnswer
    see_that_its_section_is_open(reply, question)
    found = {each.key: each for each in offers_for(state, on=on)}.get(offer)
    if found is None or not found.touches(question, asked):
        raise refusals.NoSuchOffer
    if reply.offers_taken.filter(offer=offer).exists():
        raise refusals.OfferAnswered
    if word != OfferTaken.Word.CONFIRMED and not text:
        raise refusals.WhatIsWrong
    if len(text) > MOST_CHARACTERS:
        raise refusals.TooLong(question=asked.name, length=len(text), most=MOST_CHARACTERS)
    if word == OfferTaken.Word.REJECTED:
        guard.check(text, harmless)
    else:
        said = text if word == OfferTaken.Word.CORRECTED else found.statement
        _add(reply, question, said, found, harmless=harmless, by=by, at=at)
    taken = OfferTaken(
        reply=reply,
        question=question,
        offer=offer,
        word=word,
        reason=text if word == OfferTaken.Word.REJECTED else "",
        at=at,
    )
    taken.full_clean()
    taken.save()
    facts = {"question": question, "offer": offer, "word": OfferTaken.Word(word).value}
    record("word on an offer", by=by, at=at, about=("reply", f"{round.code}/{state.iso3}"), facts=facts)
    return taken


def _add(
    reply: Reply,
    question: str,
    said: str,
    offer: Offer,
    *,
    harmless: str | None,
    by: Actor,
    at: datetime.datetime,
) -> None:
    """Behind what stands in the explanation at this moment: the reply is locked, so nobody adds to it meanwhile."""
    stands = Answer.objects.filter(round=reply.round, state=reply.state, question=question).first()
    given = stands.given if stands else Given()
    if said not in given.explanation:
        joined = "\n\n".join(part for part in (given.explanation, said) if part)
        given = replace(given, explanation=joined)
    answer = save(
        round=reply.round,
        state=reply.state,
        question=question,
        given=given,
        seen=stands.number if stands else 0,
        harmless=harmless,
        by=by,
        at=at,
    )
    attach(answer, Citation.objects.get(pk=offer.citation))
