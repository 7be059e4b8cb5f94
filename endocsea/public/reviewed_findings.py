"""Finding by finding: what the state claimed, what two reviewers rated, what was concluded and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.scales import plain_number
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.models import Finding, Rating
from endocsea.profiles.models import Run
from endocsea.public.figures import separators
from endocsea.public.words import YES_NO
from endocsea.replies.models import Answer, Evidence
from endocsea.replies.rules import SMALLEST_SHOWN, too_small_to_show
from endocsea.standards.models import Indicator
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import english, plain, say

# Indicator code → capability, question, levels in words; public indicators that give levels.
Questions = dict[str, tuple[int, dict[str, str], dict[str, list[str]]]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One capability of a reviewed state: the verdict in words, what was concluded, what is unknown,
    and the answers that give no level.
    """

    number: int
    name: str
    verdict: str
    findings: Table
    unknown: tuple[Markup, ...]
    beside: Table | None


def chapters_of(
    state: int, run: Run, questions: Questions, names: dict[int, str], verdicts: dict[int, str]
) -> tuple[Chapter, ...]:
    """A chapter for each capability of the run. Four statements."""
    evidence = _evidence(state, run)
    rows, found = _finding_rows(state, run, questions, evidence)
    beside = _beside(state, run, evidence)
    columns = (
        Column(_("Question")),
        Column(_("Level concluded")),
        Column(_("Claimed and rated")),
        Column(_("Why")),
        Column(_("Evidence")),
        Column(_("What the state says to it")),
    )
    return tuple(
        Chapter(
            number,
            name,
            verdicts[number],
            Table(_("%(capability)s: findings") % {"capability": name}, columns, rows[number]),
            tuple(
                say(question)
                for code, (capability, question, _levels) in questions.items()
                if capability == number and code not in found
            ),
            Table(
                _("%(capability)s: answers that give no level") % {"capability": name},
                (Column(_("Question")), Column(_("Answer")), Column(_("Evidence"))),
                beside[number],
            )
            if beside[number]
            else None,
        )
        for number, name in names.items()
    )


def _evidence(state: int, run: Run) -> dict[str, str]:
    """What the state gave as evidence, by indicator."""
    return dict(
        Evidence.objects.filter(
            answer__state_id=state, answer__round_id=run.round_id, retired_on=None
        ).values_list("answer__indicator__code", "citation__source__title")
    )


def _finding_rows(
    state: int, run: Run, questions: Questions, evidence: dict[str, str]
) -> tuple[dict[int, list[list[Value]]], set[str]]:
    ratings = defaultdict(list)
    for code, level in (
        Rating.objects.filter(finding__state_id=state, finding__round_id=run.round_id, retired_on=None)
        .order_by("number")
        .values_list("finding__indicator__code", "level")
    ):
        ratings[code].append(level)
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    found: set[str] = set()
    outcomes, strengths = dict(Finding.Outcome.choices), dict(Finding.Strength.choices)
    for code, level, claimed, outcome, reason, strength, comment in (
        Finding.objects.shown()
        .filter(state_id=state, round_id=run.round_id)
        .order_by("indicator__capability__number", "indicator__position")
        .values_list("indicator__code", "level", "claimed", "outcome", "reason", "strength", "state_comment")
    ):
        if code not in questions:
            continue
        number, question, levels = questions[code]
        found.add(code)
        rows[number].append(
            [
                _question_cell(code, question),
                level_cell(level, levels),
                _claim_words(claimed, ratings[code], str(outcomes[outcome])),
                Cell(reason, html=english(reason)),
                _evidence_cell(str(strengths[strength]), evidence.get(code)),
                Cell(comment, html=english(comment)) if comment else "–",
            ]
        )
    return rows, found


def _beside(state: int, run: Run, evidence: dict[str, str]) -> dict[int, list[list[Value]]]:
    """The answers that give no level; nothing of a restricted indicator."""
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    statuses = dict(Answer.Status.choices)
    for number, code, question, kind, options, unit, status, value in (
        Answer.objects.filter(state_id=state, round_id=run.round_id, retired_on=None)
        .exclude(indicator__answer_type=Indicator.Answer.LEVEL)
        .filter(indicator__sensitivity=Confidentiality.PUBLIC)
        .order_by("indicator__position")
        .values_list(
            "indicator__capability__number", "indicator__code", "indicator__question", "indicator__answer_type",
            "indicator__options", "indicator__unit", "status", "value",
        )
    ):  # fmt: skip
        shown: Value = str(statuses[status])
        if status == Answer.Status.ANSWERED:
            shown = _answer_words(kind, value, options, unit)
        source = evidence.get(code)
        rows[number].append(
            [_question_cell(code, question), shown, Cell(source, html=english(source)) if source else "–"]
        )
    return rows


def _answer_words(kind: str, value: str, options: dict[str, list[str]], unit: dict[str, str]) -> str:
    if kind == Indicator.Answer.YES_NO:
        return str(YES_NO[value])
    if kind == Indicator.Answer.CHOICE:
        places = [options["en"].index(choice) for choice in value.split("|")]
        return "; ".join(plain({lang: names[place] for lang, names in options.items()}) for place in places)
    number = Decimal(value)
    if too_small_to_show(number, unit.get("en", "")):
        return _("fewer than %(n)d (%(unit)s)") % {"n": SMALLEST_SHOWN, "unit": plain(unit)}
    return f"{plain_number(float(number), separators())} ({plain(unit)})"


def _question_cell(code: str, question: dict[str, str]) -> Cell:
    return Cell(
        f"{plain(question)} ({code})",
        html=join((say(question), " ", element("span", code, class_="small muted"))),
    )


def _evidence_cell(strength: str, title: str | None) -> Value:
    if title is None:
        return strength
    return Cell(
        f"{strength}: {title}",
        html=join((strength, element("br"), element("span", english(title), class_="small"))),
    )


def level_cell(level: int, levels: dict[str, list[str]]) -> Cell:
    """A level as digit and words, on its colour."""
    texts = {language: parts[level] for language, parts in levels.items()}
    return Cell(
        f"{level}: {plain(texts)}",
        html=join((element("span", level, class_=f"level level-{level}"), " ", say(texts))),
    )


def _claim_words(claimed: int | None, ratings: list[int], outcome: str) -> str:
    parts = [] if claimed is None else [_("claimed %(level)d") % {"level": claimed}]
    if len(ratings) == 2:
        parts.append(_("rated %(one)d and %(two)d") % {"one": ratings[0], "two": ratings[1]})
    return ", ".join([*parts, outcome])
