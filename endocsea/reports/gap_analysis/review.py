"""Everything that a gap analysis rests on, read once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from endocsea.findings.reviewed import (
    Asked,
    Beside,
    Open,
    Reviewed,
    answers_beside,
    asked_for_levels,
    evidence_of,
    findings_of,
    open_questions,
)
from endocsea.profiles.models import Level, Run
from endocsea.profiles.pictures import Found, found_about
from endocsea.profiles.queries import asked_next
from endocsea.recommendations.proposals import proposals_of
from endocsea.recommendations.rules import Proposal
from endocsea.standards.models import Provision
from endocsea.standards.obligations import Obligations, obligations_of

from ..frame import Subject


@dataclass(frozen=True, slots=True)
class Named:
    """A provision as a reader meets it: its instrument, article and title, and where it stands on the site."""

    instrument: dict[str, str]
    article: str
    title: dict[str, str]
    force: str
    kind: str
    slugs: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """A state's reviewed round on a day, without anything restricted."""

    state: Subject
    run: Run
    on: datetime.date
    found: tuple[Found, ...]
    questions: dict[str, Asked]
    findings: dict[str, Reviewed]
    open: dict[str, Open]
    asked_next: dict[str, float]
    beside: tuple[Beside, ...]
    law: Obligations
    proposals: tuple[Proposal, ...]
    provisions: dict[str, Named]

    @property
    def capabilities(self) -> list[Found]:
        return [each for each in self.found if not each.dimension]

    def findings_in(self, capability: int) -> list[Reviewed]:
        return [f for code, f in self.findings.items() if self.questions[code].capability == capability]

    def open_in(self, capability: int, *, applies: bool) -> list[Open]:
        return [
            each
            for code, each in self.open.items()
            if self.questions[code].capability == capability and each.applies is applies
        ]

    def counted(self, verdict: str) -> int:
        return sum(each.verdict == verdict for each in self.capabilities)

    @property
    def unknown(self) -> int:
        return sum(each.applies for each in self.open.values())

    @property
    def undecided(self) -> set[int]:
        """The capabilities of which we cannot tell whether there is a gap."""
        return {each.number for each in self.capabilities if each.verdict == Level.Verdict.CANNOT_TELL}


def read_review(state: Subject, run: Run, *, on: datetime.date) -> Review:
    """Read it all; some twenty statements, whatever the state."""
    questions = asked_for_levels(run.round.edition_id)
    evidence = evidence_of(state.pk, run.round_id)
    findings = {
        code: each
        for code, each in findings_of(state.pk, run.round_id, evidence).items()
        if code in questions
    }
    levels = {code: findings[code].level for code in questions if code in findings}
    proposals = proposals_of(state.pk, levels, edition=run.round.edition_id, on=on, training=state.training)
    return Review(
        state=state,
        run=run,
        on=on,
        found=tuple(found_about(state.pk, run)),
        questions=questions,
        findings={code: findings[code] for code in levels},
        asked_next=asked_next(state.pk, run),
        open=open_questions(state.pk, run.round_id, questions, findings),
        beside=tuple(answers_beside(state.pk, run.round_id, evidence)),
        law=obligations_of(state.pk, on=on, training=state.training),
        proposals=tuple(proposals),
        provisions=_provisions(),
    )


def _provisions() -> dict[str, Named]:
    return {
        f"{code}:{article}": Named(short, article, title, force, kind, (slug, own))
        for code, short, kind, slug, article, own, title, force in Provision.objects.filter(
            retired_on=None
        ).values_list(
            "instrument__code", "instrument__short_title", "instrument__kind", "instrument__slug", "article",
            "slug", "title", "force",
        )
    }  # fmt: skip
