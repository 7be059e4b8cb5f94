"""What public sources say about a real state: coverage, then observation by observation."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts import coverage
from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup, element, join
from endocsea.findings.models import Observation
from endocsea.findings.rules import Period, period
from endocsea.public.words import BASES, PERIODS
from endocsea.standards.models import Indicator
from endocsea.support.actors import Fixed
from endocsea.support.classes import Basis
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import english, plain, say


@dataclass(frozen=True, slots=True)
class Chapter:
    """One capability: how much is known of it, and the observations as list items."""

    number: int
    name: str
    summary: str
    items: Markup


@dataclass(frozen=True, slots=True)
class Observed:
    total: int
    later: int  # of them, speaking of the time after the project
    unheard: int  # of them, not seen by the state, or still in its hands
    capabilities: int
    periods: tuple[tuple[str, int], ...]
    wide: Chart
    narrow: Chart
    chapters: tuple[Chapter, ...]


def observed_about(
    state: int, name: str, *, actor: Fixed, as_of: datetime.date, today: datetime.date
) -> Observed:
    """What an actor may see today of the observations about a state, for the picture of a day. Two statements.

    Restricted indicators are left out of the counts as well: neither their observations nor how
    many there are reach a page.
    """
    asked: dict[int, dict[str, str]] = defaultdict(dict)
    names: dict[int, str] = {}
    for number, capability, code, question in (
        Indicator.objects.without_restricted()
        .filter(retired_on=None)
        .order_by("capability__number", "position")
        .values_list("capability__number", "capability__name", "code", "question")
    ):
        names[number] = plain(capability)
        asked[number][code] = plain(question)
    seen: dict[int, list[Markup]] = defaultdict(list)
    touched: dict[str, coverage.Known] = {}
    periods: Counter[Period] = Counter()
    unheard = 0
    for number, code, question, statement, speaks_of, note, basis, locator, title, address, *hearing in (
        Observation.objects.visible_to(actor, on=today)
        .filter(state_id=state)
        .order_by("capability__number", "indicator__position", "as_of", "code")
        .values_list(
            "capability__number",
            "indicator__code",
            "indicator__question",
            "statement",
            "as_of",
            "note",
            "basis",
            "citation__locator",
            "citation__source__title",
            "citation__source__address",
            "sent_to_state_on",
            "comment_until",
            "commented_on",
        )
    ):
        mark, heard = _heard(name, *hearing, today=today)
        unheard += not heard
        when = period(speaks_of)
        periods[when] += 1
        if code and touched.get(code) is not coverage.Known.YES:
            touched[code] = coverage.Known.LATER if when is Period.AFTER else coverage.Known.YES
        seen[number].append(
            _item(
                code,
                question,
                statement,
                speaks_of,
                when,
                note,
                str(BASES[Basis(basis)]),
                locator,
                title,
                address,
                mark,
            )
        )
    rows = [
        coverage.Row(
            f"{number} {names[number]}",
            reverse("public:capability", args=(number,)),
            tuple((text, touched.get(code, coverage.Known.NO)) for code, text in questions.items()),
        )
        for number, questions in asked.items()
    ]
    total = sum(len(items) for items in seen.values())
    words = _coverage_words(name, rows, as_of)
    return Observed(
        total,
        periods[Period.AFTER],
        unheard,
        len(seen),
        tuple((str(PERIODS[p]), periods[p]) for p in Period if periods[p]),
        coverage.coverage("known", rows, words),
        coverage.coverage("known-narrow", rows, words, width=320),
        tuple(
            Chapter(
                number,
                names[number],
                _summary(len(seen[number]), row),
                join(seen[number]),
            )
            for (number, row) in zip(asked, rows, strict=True)
        ),
    )


def _heard(
    name: str,
    sent: datetime.date | None,
    until: datetime.date | None,
    commented: datetime.date | None,
    *,
    today: datetime.date,
) -> tuple[str, bool]:
    """How far the state was heard on an observation, in words, and whether it was."""
    if commented and commented <= today:
        return _("desk research; %(state)s commented on %(day)s") % {
            "state": name,
            "day": long_day(commented),
        }, True
    if until and until < today:
        words = _("desk research; %(state)s did not comment by %(day)s")
        return words % {"state": name, "day": long_day(until)}, True
    if sent and until:
        words = _("desk research, with %(state)s for comment until %(day)s")
        return words % {"state": name, "day": long_day(until)}, False
    return _("desk research, not yet seen by %(state)s") % {"state": name}, False


def _item(
    code: str | None, question: dict[str, str] | None, statement: str, as_of: str, when: Period, note: str,
    basis: str, locator: str, title: str, address: str, mark: str,
) -> Markup:  # fmt: skip
    source = element("a", english(title or address), href=address) if address else english(title)
    where = [fuzzy(as_of), str(PERIODS[when]), basis]
    about = ""
    if code and question:
        about = element("p", join((_("On the question:"), " ", say(question))), class_="where")
    return element(
        "li",
        join(
            (
                element("p", english(statement)),
                about,
                element(
                    "p",
                    join(
                        (
                            " · ".join(where),
                            " · ",
                            source,
                            ", " if locator else "",
                            english(locator) if locator else "",
                        )
                    ),
                    class_="where",
                ),
                element("p", join((_("Limits:"), " ", english(note))), class_="where") if note else "",
                element("span", mark, class_="tag tag-quiet"),
            )
        ),
    )


def _summary(observations: int, row: coverage.Row) -> str:
    if not observations:
        return _("No public source was found yet. A visit or the state itself can tell.")
    first = ngettext("%(n)d observation", "%(n)d observations", observations) % {"n": observations}
    second = _("%(unknown)d of %(asked)d questions are unknown") % {
        "unknown": row.count(coverage.Known.NO),
        "asked": len(row.questions),
    }
    return f"{first}; {second}."


def _coverage_words(name: str, rows: list[coverage.Row], on: datetime.date) -> coverage.Words:
    known = sum(row.count(coverage.Known.YES) for row in rows)
    asked = sum(len(row.questions) for row in rows)
    return coverage.Words(
        title=_("Public sources speak to %(known)d of %(asked)d questions about %(state)s")
        % {"known": known, "asked": asked, "state": name},
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
