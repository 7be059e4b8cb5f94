"""The observations about a real state as a page shows them, capability by capability."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts import coverage
from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup, element, join
from endocsea.findings.observed import Seen, asked, coverage_of, heard, periods_of, seen_about
from endocsea.findings.rules import Period
from endocsea.findings.words import PERIODS
from endocsea.support.actors import Actor
from endocsea.support.classes import BASES, Basis
from endocsea.support.days import fuzzy
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
    state: int, name: str, *, actor: Actor, as_of: datetime.date, today: datetime.date
) -> Observed:
    """What an actor may see today of the observations about a state, for the picture of a day. Two statements."""
    capabilities = asked()
    seen = seen_about(state, actor=actor, today=today)
    items: dict[int, list[Markup]] = defaultdict(list)
    unheard = 0
    for each in seen:
        hearing = heard(each, name, today=today)
        unheard += not hearing.heard
        items[each.capability].append(_item(each, hearing.words))
    known = coverage_of(
        capabilities,
        seen,
        name,
        as_of=as_of,
        link=lambda number: reverse("public:capability", args=(number,)),
    )
    periods = periods_of(seen)
    return Observed(
        len(seen),
        periods[Period.AFTER],
        unheard,
        len(items),
        tuple((str(PERIODS[p]), periods[p]) for p in Period if periods[p]),
        known.draw("known"),
        known.draw("known-narrow", width=320),
        tuple(
            Chapter(
                each.number,
                plain(each.name),
                _summary(len(items[each.number]), row),
                join(items[each.number]),
            )
            for each, row in zip(capabilities, known.rows, strict=True)
        ),
    )


def _item(seen: Seen, mark: str) -> Markup:
    source: object = english(seen.title or seen.address)
    if seen.address:
        source = element("a", source, href=seen.address)
    where = " · ".join([fuzzy(seen.as_of), str(PERIODS[seen.period]), str(BASES[Basis(seen.basis)])])
    place = join((", ", english(seen.locator))) if seen.locator else ""
    parts = [element("p", english(seen.statement))]
    if seen.code and seen.question:
        question = element("a", say(seen.question), href=reverse("public:indicator", args=(seen.code,)))
        parts.append(element("p", join((_("On the question:"), " ", question)), class_="where"))
    parts.append(element("p", join((where, " · ", source, place)), class_="where"))
    if seen.note:
        parts.append(element("p", join((_("Limits:"), " ", english(seen.note))), class_="where"))
    parts.append(element("span", mark, class_="tag tag-quiet"))
    return element("li", join(parts))


def _summary(observations: int, row: coverage.Row) -> str:
    if not observations:
        return _("No public source was found yet. A visit or the state itself can tell.")
    first = ngettext("%(n)d observation", "%(n)d observations", observations) % {"n": observations}
    second = _("%(unknown)d of %(asked)d questions are unknown") % {
        "unknown": row.count(coverage.Known.NO),
        "asked": len(row.questions),
    }
    return f"{first}; {second}."
