"""What public sources say about a real state, as an actor may see it: observation by observation, and
which questions of the benchmark they speak to.

Restricted indicators are left out of the counts as well: neither their observations nor how many
there are reach a page or a document.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from endocsea.charts import coverage
from endocsea.charts.chart import Chart
from endocsea.standards.models import Indicator
from endocsea.support.actors import Actor
from endocsea.support.days import long_day
from endocsea.support.texts import plain

from .models import Observation
from .rules import Period, period

Text = dict[str, str]


class Asked(NamedTuple):
    """A capability followed by the programme, with its questions (code → question) but restricted ones."""

    number: int
    name: Text
    questions: dict[str, Text]


class Seen(NamedTuple):
    """One observation with its source. ``question`` is None where it speaks to the capability as a whole."""

    key: str
    capability: int
    code: str | None
    question: Text | None
    statement: str
    as_of: str
    note: str
    basis: str
    locator: str
    title: str
    address: str
    sent_on: datetime.date | None
    until: datetime.date | None
    commented_on: datetime.date | None

    @property
    def period(self) -> Period:
        return period(self.as_of)


def asked() -> list[Asked]:
    """The capabilities with their unrestricted questions, in order. One statement."""
    found: dict[int, Asked] = {}
    for number, capability, code, question in (
        Indicator.objects.without_restricted()
        .filter(retired_on=None)
        .order_by("capability__number", "position")
        .values_list("capability__number", "capability__name", "code", "question")
    ):
        found.setdefault(number, Asked(number, capability, {})).questions[code] = question
    return list(found.values())


def seen_about(state: int, *, actor: Actor, today: datetime.date) -> list[Seen]:
    """The observations about a state (by id) that an actor may see on a day. One statement."""
    return [
        Seen(*row)
        for row in Observation.objects.visible_to(actor, on=today)
        .filter(state_id=state)
        # what speaks of a capability as a whole comes before what speaks of one of its questions
        .order_by("capability__number", F("indicator__position").asc(nulls_first=True), "as_of", "code")
        .values_list(
            "code", "capability__number", "indicator__code", "indicator__question", "statement", "as_of", "note",
            "basis", "citation__locator", "citation__source__title", "citation__source__address",
            "sent_to_state_on", "comment_until", "commented_on",
        )
    ]  # fmt: skip


class Heard(NamedTuple):
    """How far the state was heard on an observation, in words, and whether it was."""

    words: str
    heard: bool


def heard(seen: Seen, name: str, *, today: datetime.date) -> Heard:
    """How far the state, by its name in the page's language, was heard by that day."""
    if seen.commented_on and seen.commented_on <= today:
        words = _("desk research; %(state)s commented on %(day)s")
        return Heard(words % {"state": name, "day": long_day(seen.commented_on)}, True)
    if seen.until and seen.until < today:
        words = _("desk research; %(state)s did not comment by %(day)s")
        return Heard(words % {"state": name, "day": long_day(seen.until)}, True)
    if seen.sent_on and seen.until:
        words = _("desk research, with %(state)s for comment until %(day)s")
        return Heard(words % {"state": name, "day": long_day(seen.until)}, False)
    return Heard(_("desk research, not yet seen by %(state)s") % {"state": name}, False)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which questions public sources speak to: rows by capability, and how to draw them."""

    rows: Sequence[coverage.Row]
    words: coverage.Words

    @property
    def known(self) -> int:
        return sum(row.count(coverage.Known.YES) for row in self.rows)

    @property
    def asked(self) -> int:
        return sum(len(row.questions) for row in self.rows)

    def draw(self, key: str, *, width: int = 720) -> Chart:
        return coverage.coverage(key, self.rows, self.words, width=width)


def coverage_of(
    capabilities: Sequence[Asked],
    seen: Sequence[Seen],
    name: str,
    *,
    as_of: datetime.date,
    link: Callable[[int], str | None],
) -> Coverage:
    """The coverage of a state for the picture of a day; ``link`` gives the address of a capability, or none."""
    touched: dict[str, coverage.Known] = {}
    for each in seen:
        if each.code and touched.get(each.code) is not coverage.Known.YES:
            later = each.period is Period.AFTER
            touched[each.code] = coverage.Known.LATER if later else coverage.Known.YES
    rows = [
        coverage.Row(
            f"{each.number} {plain(each.name)}",
            link(each.number),
            tuple((plain(q), touched.get(code, coverage.Known.NO)) for code, q in each.questions.items()),
        )
        for each in capabilities
    ]
    return Coverage(rows, _words(name, rows, as_of))


def periods_of(seen: Sequence[Seen]) -> Counter[Period]:
    return Counter(each.period for each in seen)


def _words(name: str, rows: list[coverage.Row], on: datetime.date) -> coverage.Words:
    known = sum(row.count(coverage.Known.YES) for row in rows)
    questions = sum(len(row.questions) for row in rows)
    return coverage.Words(
        title=_("Public sources speak to %(known)d of %(asked)d questions about %(state)s")
        % {"known": known, "asked": questions, "state": name},
        description=_(
            "For each capability, one square per question of the benchmark, filled where an observation exists."
        )
        + " "
        + "; ".join(f"{row.name}: {row.count(coverage.Known.YES)}/{len(row.questions)}" for row in rows),
        caption=_(
            "Desk research in public sources for the picture of %(day)s; questions whose answers are restricted are "
            "not counted. A filled square says that a source speaks to the question, not how well the state does."
        )
        % {"day": long_day(on)},
        capability=_("Capability"),
        questions=_("Questions"),
        known=_("a public source speaks to it"),
        later=_("only of the time after the project"),
        unknown=_("unknown"),
        of=_("{known} of {asked}"),
    )
