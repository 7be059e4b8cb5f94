"""The reviewed picture of a state: its profile over the capabilities."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from endocsea.charts.chart import Chart
from endocsea.charts.markup import element, join
from endocsea.charts.profile import Band, ProfileRow, ProfileWords, Weakest, profile
from endocsea.charts.scales import level_text
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.profiles.models import Level, Run
from endocsea.profiles.queries import bands_of
from endocsea.public.reviewed_findings import Chapter, chapters_of
from endocsea.standards.models import Indicator
from endocsea.support.days import long_day
from endocsea.support.texts import plain


@dataclass(frozen=True, slots=True)
class Reviewed:
    wide: Chart
    narrow: Chart
    chapters: tuple[Chapter, ...]
    gaps: int
    no_gaps: int
    cannot_tell: int
    dimensions: Table


def current_public_run(*, training: bool) -> Run | None:
    """The run that pages show, of the newest round: without restricted indicators."""
    runs = Run.objects.filter(public=True, current=True, round__training=training)
    return runs.select_related("round").order_by("-round__closes_on").first()


def reviewed_picture(state: int, name: str, run: Run, *, on: datetime.date) -> Reviewed:
    """What the run says of a state, with its findings. Four statements."""
    bands = [Band(start, plain(words)) for start, words in bands_of(run)]
    questions = {
        code: (capability, question, levels)
        for code, capability, question, levels in Indicator.objects.giving_levels()
        .without_restricted()
        .filter(edition_id=run.round.edition_id)
        .order_by("capability__number", "position")
        .values_list("code", "capability__number", "question", "levels")
    }
    rows, by_dimension = [], defaultdict[int, dict[str, tuple[float | None, int, int]]](dict)
    verdicts: dict[int, str] = {}
    names: dict[int, str] = {}
    counted = {Level.Verdict.GAP: 0, Level.Verdict.NO_GAP: 0, Level.Verdict.CANNOT_TELL: 0}
    for (
        number, capability, dimension, known, asked, level, lower, upper, verdict, weakest, q05, q95,
    ) in (
        Level.objects.filter(run=run, state_id=state)
        .order_by("capability__number", "dimension")
        .values_list(
            "capability__number", "capability__name", "dimension", "known", "asked", "level", "lower", "upper",
            "verdict", "weakest", "q05", "q95",
        )
    ):  # fmt: skip
        by_dimension[number][dimension] = (level, known, asked)
        if dimension:
            continue
        names[number] = plain(capability)
        verdicts[number] = _verdict_words(verdict, asked - known)
        if verdict in counted:
            counted[Level.Verdict(verdict)] += 1
        rows.append(
            ProfileRow(
                number=str(number),
                name=names[number],
                known=known,
                asked=asked,
                level=level,
                interval=_pair(q05, q95),
                bounds=_pair(lower, upper),
                verdict=verdicts[number],
                weakest=tuple(
                    Weakest(code, plain(questions[code][1])) for code in weakest if code in questions
                ),
                href=reverse("public:capability", args=(number,)),
            )
        )
    decimal = get_format("DECIMAL_SEPARATOR", get_language())
    draw = partial(
        profile,
        title=_("%(state)s: capability by capability") % {"state": name},
        caption=_(
            "Reviewed findings as of %(day)s, without restricted questions. Dot: level. Bar: 90 %% interval "
            "over what reviewers and choices of method leave open. Line: the exact bounds, if everything "
            "unknown were 0 or 4."
        )
        % {"day": long_day(on)},
        description="; ".join(f"{row.number} {row.name}: {row.verdict}" for row in rows),
        rows=rows,
        bands=bands,
        words=profile_words(),
        decimal=decimal,
        ribbon=_("Training material: a made-up state"),
    )
    return Reviewed(
        draw(key="profile"),
        draw(key="profile-narrow", width=320),
        chapters_of(state, run, questions, names, verdicts),
        counted[Level.Verdict.GAP],
        counted[Level.Verdict.NO_GAP],
        counted[Level.Verdict.CANNOT_TELL],
        _dimensions(by_dimension, names, decimal),
    )


def _pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _verdict_words(verdict: str, unknown: int) -> str:
    if verdict == Level.Verdict.GAP:
        return _("gap")
    if verdict == Level.Verdict.NO_GAP:
        return _("no gap")
    if verdict == Level.Verdict.CANNOT_TELL:
        return ngettext(
            "cannot tell: it depends on %(n)d unanswered question",
            "cannot tell: it depends on %(n)d unanswered questions",
            unknown,
        ) % {"n": unknown}
    return _("not applicable")


def profile_words() -> ProfileWords:
    return ProfileWords(
        capability=_("Capability"),
        level=_("Level"),
        band=_("In words"),
        interval=_("90 % interval"),
        bounds=_("Exact bounds"),
        known_heading=_("Known"),
        verdict=_("Verdict"),
        weakest=_("Weakest questions"),
        weakest_lead=_("Weakest:"),
        more=_("and {count} more, in the table"),
        span=_("{low} to {high}"),
        known=_("{known} of {asked} known"),
        no_level=_("no level: {known} of {asked} known"),
        unknown=_("unknown"),
        not_applicable=_("not applicable"),
        gap=_("gap below 2"),
    )


def _dimensions(
    by_dimension: dict[int, dict[str, tuple[float | None, int, int]]], names: dict[int, str], decimal: str
) -> Table:
    columns = (
        Column(_("Capability")),
        *(Column(str(label), "number") for _value, label in Indicator.Dimension.choices),
    )
    rows: list[list[Value]] = []
    for number, name in names.items():
        cells: list[Value] = [Cell(f"{number} {name}", href=reverse("public:capability", args=(number,)))]
        for dimension in Indicator.Dimension.values:
            level, known, asked = by_dimension[number].get(dimension, (None, 0, 0))
            if not asked:
                cells.append(_("not asked"))
            else:
                share = _("%(known)d of %(asked)d known") % {"known": known, "asked": asked}
                value = _("no level") if level is None else level_text(level, decimal)
                cells.append(
                    Cell(
                        f"{value}; {share}",
                        html=join((value, element("br"), element("span", share, class_="small muted"))),
                    )
                )
        rows.append(cells)
    return Table(_("Structure, process and outcome apart"), columns, rows)
