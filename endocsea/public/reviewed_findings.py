"""Finding by finding on a page: what the state claimed, what two reviewers rated, what was concluded and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.reviewed import (
    Asked,
    Open,
    Shown,
    answers_beside,
    claim_words,
    evidence_of,
    findings_of,
    open_questions,
)
from endocsea.profiles.pictures import Found, verdict_words
from endocsea.support.texts import english, labelled, plain, say


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
    outside: tuple[Markup, ...]  # questions that do not apply
    beside: Table | None


def chapters_of(
    state: int, round: int, questions: dict[str, Asked], whole: Sequence[Found]
) -> tuple[Chapter, ...]:
    """A chapter for each capability of the run. Five statements."""
    evidence = evidence_of(state, round)
    findings = findings_of(state, round, evidence)
    unanswered = open_questions(state, round, questions, findings)
    rows: dict[int, list[list[Value]]] = defaultdict(list)
    for code, finding in findings.items():
        if code in questions:
            asked = questions[code]
            rows[asked.capability].append(
                [
                    _question_cell(code, asked.question),
                    level_cell(finding.level, asked.levels),
                    claim_words(finding),
                    Cell(finding.reason, html=english(finding.reason)),
                    _evidence_cell(finding.strength, finding.evidence),
                    Cell(finding.comment, html=english(finding.comment)) if finding.comment else "–",
                ]
            )
    beside: dict[int, list[list[Value]]] = defaultdict(list)
    for answer in answers_beside(state, round, evidence):
        source = answer.evidence
        beside[answer.capability].append(
            [
                _question_cell(answer.code, answer.question),
                answer.answer,
                Cell(source.title, html=english(source.title)) if source else "–",
            ]
        )
    columns = (
        Column(_("Question")),
        Column(_("Level concluded")),
        Column(_("Claimed and rated")),
        Column(_("Why")),
        Column(_("Evidence")),
        Column(_("What the state says to it")),
    )
    chapters = []
    for each in whole:
        name = plain(each.name)
        others = beside[each.number]
        chapters.append(
            Chapter(
                each.number,
                name,
                verdict_words(each),
                Table(_("%(capability)s: findings") % {"capability": name}, columns, rows[each.number]),
                _open(each.number, questions, unanswered, applies=True),
                _open(each.number, questions, unanswered, applies=False),
                Table(
                    _("%(capability)s: answers that give no level") % {"capability": name},
                    (Column(_("Question")), Column(_("Answer")), Column(_("Evidence"))),
                    others,
                )
                if others
                else None,
            )
        )
    return tuple(chapters)


def _open(
    capability: int, questions: dict[str, Asked], unanswered: dict[str, Open], *, applies: bool
) -> tuple[Markup, ...]:
    return tuple(
        join((element("a", say(questions[code].question), href=_address(code)), f" ({each.why})"))
        for code, each in unanswered.items()
        if questions[code].capability == capability and each.applies is applies
    )


def _address(code: str) -> str:
    return reverse("public:indicator", args=(code,))


def _question_cell(code: str, question: dict[str, str]) -> Cell:
    link = element("a", code, href=_address(code))
    return Cell(
        f"{plain(question)} ({code})",
        html=join((say(question), " ", element("span", link, class_="small"))),
    )


def _evidence_cell(strength: str, evidence: Shown | None) -> Value:
    if evidence is None:
        return strength
    return Cell(
        labelled(strength, evidence.title),
        html=join((strength, element("br"), element("span", english(evidence.title), class_="small"))),
    )


def level_cell(level: int, levels: dict[str, list[str]]) -> Cell:
    """A level as digit and words, on its colour."""
    texts = {language: parts[level] for language, parts in levels.items()}
    return Cell(
        labelled(level, plain(texts)),
        html=join((element("span", level, class_=f"level level-{level}"), " ", say(texts))),
    )
