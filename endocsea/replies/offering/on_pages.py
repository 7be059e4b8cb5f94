"""What public sources say, at the questions of a page that it touches, and what the state said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from ..models import OfferTaken
from ..reading import Desk, Field
from .offers import Offer, offers_for


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence at a question, or at a section (``path`` is empty then); ``offer`` is none where it stands no more.

    ``asks``: the reader may say something of it.
    """

    offer: Offer | None
    path: str = ""
    taken: OfferTaken | None = None
    asks: bool = False

    @property
    def anchor(self) -> str:
        return f"offer-{self.offer.key if self.offer else self.taken.offer if self.taken else ''}"


@dataclass(frozen=True, slots=True)
class Offers:
    """By path of a question, and ``above`` the section what touches none of its questions in particular."""

    at: Mapping[str, Sequence[Offered]] = field(default_factory=dict)
    above: Sequence[Offered] = ()


@dataclass(frozen=True, slots=True)
class OfferRefused:
    """What somebody said of an offer and was not taken, as the page shows it again, and why."""

    key: str
    question: str
    text: str
    refusal: Refusal
    reason: str = ""  # why it is no case data

    @property
    def case_data(self) -> LooksLikeCaseData | None:
        return self.refusal if isinstance(self.refusal, LooksLikeCaseData) else None

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.UNPROCESSABLE_ENTITY


def unconfirmed(fields: Iterable[Field], offers: Offers) -> list[Field]:
    """The questions of a page with what is offered at each, and buttons for what may be confirmed."""
    return [
        replace(
            each,
            offers=tuple(offers.at.get(each.path, ())),
            confirms=each.editable and (each.is_draft or (bool(each.before) and not each.still_so)),
        )
        for each in fields
    ]


def offers_on(desk: Desk, section: str, fields: Sequence[Field]) -> Offers:
    """For those who may answer, as long as they may; then what the state said of them, for whoever reads its reply.

    Two statements; none where nobody is to see anything.
    """
    asks = any(each.editable for each in fields)
    if not asks and not desk.reply.is_sent:
        return Offers()
    known = {each.key: each for each in offers_for(desk.reply.state, on=desk.on)}
    taken = (
        {each.offer: each for each in OfferTaken.objects.filter(reply=desk.reply)} if desk.reply.pk else {}
    )
    at: dict[str, list[Offered]] = {}
    for each in fields:
        said = [
            Offered(known.get(key), each.path, word)
            for key, word in taken.items()
            if word.question == each.path
        ]
        new = [
            Offered(offer, each.path, asks=True)
            for key, offer in known.items()
            if each.editable
            and key not in taken
            and offer.indicator
            and offer.touches(each.path, each.question)
        ]
        if said or new:
            at[each.path] = said + new
    if not (asks and desk.coordinates):
        return Offers(at)
    above = [
        Offered(offer, asks=True)
        for key, offer in known.items()
        if key not in taken and not offer.indicator and section == f"C{offer.capability}"
    ]
    return Offers(at, above)
