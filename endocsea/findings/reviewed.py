"""What a reviewed round says of a state, question by question: claim, ratings, level, why, and the evidence;
and beside it the answers that give no level. Nothing of a restricted indicator is ever read here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from endocsea.charts.scales import plain_number
from endocsea.quarantine.queries import without_hidden
from endocsea.questionnaires.words import YES_PARTLY_NO
from endocsea.replies.keys import key_of
from endocsea.replies.models import Answer, Evidence
from endocsea.replies.rules import SMALLEST_SHOWN, too_small_to_show
from endocsea.standards.models import Indicator
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import plain, removed_on, separators, shown

from .models import Finding, Rating

Text = dict[str, str]


class Asked(NamedTuple):
    """A question that gives a level: its capability, its wording, its five levels in words."""

    capability: int
    question: Text
    levels: dict[str, list[str]]


class Shown(NamedTuple):
    """What a state gave as evidence."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One finding. ``ratings`` are the reviewers' levels in order; ``outcome`` and ``strength`` are words."""

    code: str
    level: int
    claimed: int | None
    ratings: tuple[int, ...]
    outcome: str
    reason: str
    strength: str
    comment: str
    reviewed_on: datetime.date
    evidence: Shown | None


@dataclass(frozen=True, slots=True)
class Beside:
    """An answer that gives no level, in words."""

    capability: int
    code: str
    question: Text
    answer: str
    evidence: Shown | None


def asked_for_levels(edition: int) -> dict[str, Asked]:
    """The unrestricted questions of an edition that give levels, in order. One statement."""
    return {
        code: Asked(capability, question, levels)
        for code, capability, question, levels in Indicator.objects.giving_levels()
        .without_restricted()
        .filter(edition_id=edition)
        .order_by("capability__number", "position")
        .values_list("code", "capability__number", "question", "levels")
    }


def evidence_of(state: int, round: int) -> dict[str, Shown]:
    """What the state gave as evidence, by indicator; of several the last. One statement."""
    return {
        code: Shown(title, address)
        for code, title, address in Evidence.objects.filter(
            answer__state_id=state,
            answer__round_id=round,
            answer__indicator__sensitivity=Confidentiality.PUBLIC,
            retired_on=None,
        )
        .order_by("pk")
        .values_list("answer__indicator__code", "citation__source__title", "citation__source__address")
    }


def findings_of(state: int, round: int, evidence: dict[str, Shown]) -> dict[str, Reviewed]:
    """The findings on a state in a round, by indicator, in order. Two statements."""
    ratings: dict[str, list[int]] = defaultdict(list)
    for code, level in (
        Rating.objects.filter(finding__state_id=state, finding__round_id=round, retired_on=None)
        .order_by("number")
        .values_list("finding__indicator__code", "level")
    ):
        ratings[code].append(level)
    outcomes, strengths = dict(Finding.Outcome.choices), dict(Finding.Strength.choices)
    return {
        code: Reviewed(
            code, level, claimed, tuple(ratings[code]), str(outcomes[outcome]), reason,
            str(strengths[strength]), comment, reviewed_on, evidence.get(code),
        )
        for code, level, claimed, outcome, reason, strength, comment, reviewed_on in Finding.objects.shown()
        .filter(state_id=state, round_id=round)
        .order_by("indicator__capability__number", "indicator__position")
        .values_list(
            "indicator__code", "level", "claimed", "outcome", "reason", "strength", "state_comment",
            "reviewed_on",
        )
    }  # fmt: skip


def answers_beside(state: int, round: int, evidence: dict[str, Shown]) -> list[Beside]:
    """The answers that give no level. One statement."""
    statuses = dict(Answer.Status.choices)
    return [
        Beside(
            number,
            code,
            question,
            _words(kind, value, options, unit)
            if status == Answer.Status.ANSWERED
            else str(statuses[status]),
            evidence.get(code),
        )
        for number, code, question, kind, options, unit, status, value in without_hidden(
            Answer.objects.filter(state_id=state, round_id=round, retired_on=None), "answer", key_of()
        )
        .exclude(indicator__answer_type=Indicator.Answer.LEVEL)
        .filter(indicator__sensitivity=Confidentiality.PUBLIC)
        .order_by("indicator__position")
        .values_list(
            "indicator__capability__number", "indicator__code", "indicator__question", "indicator__answer_type",
            "indicator__options", "indicator__unit", "status", "value",
        )
    ]  # fmt: skip


class Open(NamedTuple):
    """A question that gives a level and has no finding: unknown, and why; or it does not apply."""

    code: str
    applies: bool
    why: str


def open_questions(
    state: int, round: int, questions: dict[str, Asked], findings: dict[str, Reviewed]
) -> dict[str, Open]:
    """The questions without a finding, in order. One statement."""
    statuses = dict(Answer.Status.choices)
    given = dict(
        Answer.objects.filter(state_id=state, round_id=round, retired_on=None).values_list(
            "indicator__code", "status"
        )
    )
    found = {}
    for code in questions:
        if code not in findings:
            status = given.get(code, Answer.Status.NOT_ANSWERED)
            why = _("answered, not reviewed") if status == Answer.Status.ANSWERED else str(statuses[status])
            found[code] = Open(code, status != Answer.Status.NOT_APPLICABLE, why)
    return found


def claim_words(finding: Reviewed) -> str:
    """ "claimed 3, rated 2 and 3, lowered"."""
    parts = [] if finding.claimed is None else [_("claimed %(level)d") % {"level": finding.claimed}]
    if len(finding.ratings) == 2:
        one, two = finding.ratings
        parts.append(_("rated %(one)d and %(two)d") % {"one": one, "two": two})
    return ", ".join([*parts, finding.outcome])


def _words(kind: str, value: str, options: dict[str, list[str]], unit: Text) -> str:
    if removed_on(value):
        return shown(value)
    if kind == Indicator.Answer.YES_NO:
        return plain(YES_PARTLY_NO[value])
    if kind == Indicator.Answer.CHOICE:
        places = [int(name) - 1 for name in value.split()]
        return "; ".join(plain({lang: names[place] for lang, names in options.items()}) for place in places)
    number = Decimal(value)
    if too_small_to_show(number, unit.get("en", "")):
        return _("fewer than %(n)d (%(unit)s)") % {"n": SMALLEST_SHOWN, "unit": plain(unit)}
    return f"{plain_number(float(number), separators())} ({plain(unit)})"
