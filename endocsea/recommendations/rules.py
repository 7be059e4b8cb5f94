"""How strong a recommendation may be, and when one is proposed.

A recommendation *requires* only where a provision binds the state on the day, is a duty, and the
reviewed level lies below the line that a lawyer drew for that provision. It *requests* where the
treaty's own committee adopted a document and the state is a Party to that treaty. Everything else
*invites*. Law of the European Union is stated as an obligation of its members, and not graded.

Grades are drafts of the project's own: none is a finding of a treaty body. A level of 0 or 1, or one
below a set line, proposes a recommendation; people decide and write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from endocsea.standards.rules import Applicability, Verdict
from endocsea.support.refusals import Refusal

LOW: Final = 1  # a level up to this one proposes a recommendation


class Grade(IntEnum):
    """From the weakest to the strongest; `OBLIGATION` is stated beside the grades, and is none."""

    OBLIGATION = 0
    INVITES = 1
    REQUESTS = 2
    REQUIRES = 3


class Why(StrEnum):
    """What the strongest grade of a carrier rests on, or why it is no stronger."""

    DUTY_NOT_MET = "a duty that binds, and a level below its line"
    COMMITTEE = "adopted by the treaty's own committee, for a Party"
    UNION_LAW = "law of the European Union, for a member"
    DOES_NOT_BIND = "the provision does not bind the state on that day"
    CANNOT_TELL = "we cannot tell whether the provision binds the state on that day"
    NO_DUTY = "the provision binds, but is no unqualified duty"
    NO_LINE = "no lawyer has drawn a line for this duty"
    ABOVE_LINE = "the level is not below the line of this duty"
    NOT_LAW = "not law: recommended to all member states"
    NO_PARTY = "the state is not known to be a Party to the committee's treaty"


@dataclass(frozen=True, slots=True)
class Provision:
    """What might carry a recommendation: a provision and what it is to the state on the day.

    ``kind`` is the instrument's (treaty, EU law, opinion, recommendation, guidelines). ``line`` is the
    level below which the duty is not met, None where no lawyer drew one. ``party`` says of a document of
    a treaty's committee that the treaty binds the state.
    """

    key: str
    kind: str
    force: str
    applies: Applicability
    line: int | None = None
    party: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """A provision with the strongest grade that it carries, and why."""

    provision: Provision
    grade: Grade
    why: Why


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recommendation that a reviewed level proposes: carriers from the strongest, the first one carries."""

    indicator: str
    level: int
    below_line: bool  # proposed by a line, although the level is above `LOW`
    carriers: tuple[Carrier, ...]

    @property
    def carrier(self) -> Carrier | None:
        """What carries it: the strongest, or nothing but good practice."""
        return self.carriers[0] if self.carriers and self.carriers[0].grade > Grade.OBLIGATION else None

    @property
    def grade(self) -> Grade:
        return self.carrier.grade if self.carrier else Grade.INVITES


class GradeTooStrong(Refusal):
    code = "recommendations.grade-too-strong"
    sentence = _("A recommendation on %(indicator)s cannot be graded “%(asked)s”: %(why)s.")
    remedy = _("The strongest grade is “%(allowed)s”; choose it, or a weaker one.")


def strongest(provision: Provision, level: int) -> tuple[Grade, Why]:
    """The strongest grade that a provision carries for a reviewed level (0 to 4), and why."""
    verdict = provision.applies.verdict
    if provision.kind == "EU law":
        if verdict is Verdict.BINDS:
            return Grade.OBLIGATION, Why.UNION_LAW
        return Grade.INVITES, Why.CANNOT_TELL if verdict is Verdict.CANNOT_TELL else Why.DOES_NOT_BIND
    if provision.kind == "opinion":
        return (Grade.REQUESTS, Why.COMMITTEE) if provision.party else (Grade.INVITES, Why.NO_PARTY)
    if provision.kind != "treaty":
        return Grade.INVITES, Why.NOT_LAW
    for holds, why in (
        (verdict is not Verdict.DOES_NOT_BIND, Why.DOES_NOT_BIND),
        (verdict is not Verdict.CANNOT_TELL, Why.CANNOT_TELL),
        (provision.force == "duty", Why.NO_DUTY),
        (provision.line is not None, Why.NO_LINE),
        (provision.line is None or level < provision.line, Why.ABOVE_LINE),
    ):
        if not holds:
            return Grade.INVITES, why
    return Grade.REQUIRES, Why.DUTY_NOT_MET


def propose(indicator: str, level: int, provisions: Sequence[Provision]) -> Proposal | None:
    """The recommendation that a reviewed level proposes; None where the level calls for none.

    ``provisions`` are those that the indicator measures, in the order of the instruments. Equally strong
    carriers stay in that order, those that bind first.
    """
    carriers = [Carrier(each, *strongest(each, level)) for each in provisions]
    below = any(each.why is Why.DUTY_NOT_MET for each in carriers)
    if level > LOW and not below:
        return None
    ranked = sorted(
        carriers, key=lambda each: (-each.grade, each.provision.applies.verdict is not Verdict.BINDS)
    )
    return Proposal(indicator, level, level > LOW, tuple(ranked))


def check_grade(proposal: Proposal, asked: Grade) -> None:
    """Raise `GradeTooStrong` for a grade that nothing carries."""
    if asked > proposal.grade:
        strongest_carrier = proposal.carriers[0].why if proposal.carriers else Why.NOT_LAW
        raise GradeTooStrong(
            indicator=proposal.indicator,
            asked=GRADES[asked],
            allowed=GRADES[proposal.grade],
            why=WHYS[strongest_carrier],
        )


GRADES = {
    Grade.OBLIGATION: _("obligation under Union law"),
    Grade.INVITES: _("invites"),
    Grade.REQUESTS: _("requests"),
    Grade.REQUIRES: _("requires"),
}

WHYS = {
    Why.DUTY_NOT_MET: _("a duty that binds the state, and a level below the line drawn for it"),
    Why.COMMITTEE: _("adopted by the treaty's own committee, and the state is a Party"),
    Why.UNION_LAW: _("law of the European Union, of which the state is a member: stated, not graded"),
    Why.DOES_NOT_BIND: _("the provision does not bind the state on that day"),
    Why.CANNOT_TELL: _("we cannot tell whether the provision binds the state on that day"),
    Why.NO_DUTY: _("the provision binds the state, but is no unqualified duty"),
    Why.NO_LINE: _("a duty that binds the state, but no lawyer has drawn a line for it"),
    Why.ABOVE_LINE: _("a duty that binds the state, but the level is not below its line"),
    Why.NOT_LAW: _("not law: recommended to all member states"),
    Why.NO_PARTY: _("adopted by the treaty's own committee, but the state is not known to be a Party"),
}
