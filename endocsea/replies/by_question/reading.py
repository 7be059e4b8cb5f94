"""All replies to one question on one page, state by state: what is read for the page and for its downloads.

States stand by name, never in the order of an answer. A gap is told as a gap.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.people.standing import Standing
from endocsea.questionnaires.form import ASKS_NOTHING, Choice, Group, Kind, Question, Texts
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.days import long_day
from endocsea.support.texts import collation, plain

from .. import policies
from ..answers.given import Given, Status
from ..answers.saying import in_words
from ..answers.translations import Translated, is_foreign, newest, of_question
from ..models import Answer, Evidence, Reply
from ..rules import SMALLEST_SHOWN, too_small_to_show

NOTHING: Final = Given()
NUMBERS: Final = frozenset({Kind.WHOLE, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Block:
    """What one state replies. ``gap`` says why there is nothing: then all that follows is empty."""

    state: State
    gap: str = ""
    said: str = ""
    given: Given = NOTHING
    answered_on: datetime.date | None = None
    sent_on: datetime.date | None = None
    proofs: tuple[str, ...] = ()
    cite: str = ""
    translated: Translated | None = None  # into the page's language

    @property
    def anchor(self) -> str:
        return f"state-{self.state.slug}"


@dataclass(frozen=True, slots=True)
class Compilation:
    """A question of a round with a block for each state that was asked."""

    round: Round
    section: Texts
    path: str
    question: Question
    choices: tuple[Choice, ...]
    blocks: tuple[Block, ...]

    @property
    def replied(self) -> int:
        return sum(not each.gap for each in self.blocks)

    @property
    def shows_restricted(self) -> bool:
        return self.question.restricted and self.replied > 0


def round_of(code: str) -> Round:
    """A round that was opened, with its form. Raises Http404 for another."""
    found = (
        Round.objects.select_related("version")
        .filter(code=code, retired_on=None, version__isnull=False)
        .exclude(opened_at=None)
        .first()
    )
    if found is None:
        raise Http404
    return found


def compiled(round: Round, path: str, reader: Standing, *, on: datetime.date) -> Compilation:
    """All replies to a question, as far as a reader may read them. Raises Http404 where the round does not ask it.

    Whether the reader may compare at all is asked before. Six statements, however many states there are.
    """
    assert round.version is not None
    form = round.version.form
    question = form.by_path().get(path)
    if question is None or question.kind in ASKS_NOTHING:
        raise Http404
    choices = form.choices.get(question.choices, ())
    replies = {each.state_id: each for each in Reply.objects.filter(round=round)}
    answers = {
        each.state_id: each for each in Answer.objects.filter(round=round, question=path, retired_on=None)
    }
    proofs = _proofs(round, path)
    foreign = any(is_foreign(question, each.given) for each in answers.values())
    translations = of_question(round, path) if foreign else {}
    blocks = []
    for state in sorted(round.states.all(), key=lambda state: collation(plain(state.name))):
        reply, answer = replies.get(state.pk), answers.get(state.pk)
        place = policies.Place(
            state.iso3, sent=reply is not None and reply.is_sent, restricted=question.restricted
        )
        if gap := _gap(round, reply, reads=policies.may_read(reader, place, on=on)):
            blocks.append(Block(state, gap))
            continue
        assert reply is not None
        given = answer.given if answer else NOTHING
        sent_on = localdate(reply.submitted_at) if reply.submitted_at else None
        blocks.append(
            Block(
                state,
                said=said(question, choices, given),
                given=given,
                answered_on=answer.answered_on if answer else None,
                sent_on=sent_on,
                proofs=tuple(proofs.get(answer.pk, ())) if answer else (),
                cite=_cite(state, round, question, sent_on),
                translated=newest(
                    translations.get(answer.pk, ()),
                    standing=answer.number,
                    reader=reader,
                    place=place,
                    on=on,
                )
                if answer and is_foreign(question, given)
                else None,
            )
        )
    return Compilation(round, _section_of(form.items, path), path, question, choices, tuple(blocks))


def said(question: Question, choices: tuple[Choice, ...], given: Given) -> str:
    """An answer in words; a count that is too small to be shown as fewer than five."""
    if question.kind in NUMBERS and given.status is Status.ANSWERED and _is_too_small(question, given):
        return _("fewer than %(n)d (%(unit)s)") % {"n": SMALLEST_SHOWN, "unit": plain(question.unit)}
    return in_words(question, choices, given)


def _is_too_small(question: Question, given: Given) -> bool:
    try:
        return too_small_to_show(Decimal(given.value), question.unit.get("en", ""))
    except InvalidOperation:
        return False


def _gap(round: Round, reply: Reply | None, *, reads: bool) -> str:
    if reply is not None and reply.is_sent:
        return "" if reads else _("The reply was sent; it is not among those that you review.")
    if reply is not None and reply.submitted_at is not None:
        return _("The reply of %(day)s was opened again, and is being answered.") % {
            "day": long_day(localdate(reply.submitted_at))
        }
    assert round.opened_at is not None
    return _("No reply yet (asked on %(day)s).") % {"day": long_day(localdate(round.opened_at))}


def _cite(state: State, round: Round, question: Question, sent_on: datetime.date | None) -> str:
    return _("%(state)s, reply to “%(round)s”, question %(question)s, sent on %(day)s") % {
        "state": plain(state.name),
        "round": plain(round.name),
        "question": question.name,
        "day": long_day(sent_on),
    }


def _proofs(round: Round, path: str) -> Mapping[int, list[str]]:
    """What shows each answer, in words, by number of the answer; what was rejected is left out."""
    found: dict[int, list[str]] = {}
    shown = Evidence.objects.filter(answer__round=round, answer__question=path, retired_on=None)
    shown = shown.exclude(life=Evidence.Life.REJECTED).select_related("citation__source")
    for each in shown.order_by("pk"):
        source = each.citation.source
        parts = (source.title or source.address, each.citation.locator, long_day(each.dated))
        found.setdefault(each.answer_id, []).append(", ".join(part for part in parts if part))
    return found


def _section_of(items: tuple[Group | Question, ...], path: str) -> Texts:
    name = path.split("/", 1)[0]
    return next((each.label for each in items if each.name == name), {})
