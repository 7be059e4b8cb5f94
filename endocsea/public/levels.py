"""The reviewed picture of a state as its page shows it: its profile over the capabilities, and its findings."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.chart import Chart
from endocsea.charts.markup import element, join
from endocsea.charts.scales import level_text
from endocsea.charts.tables import Cell, Column, Table, Value
from endocsea.findings.reviewed import asked_for_levels
from endocsea.profiles.models import Level, Run
from endocsea.profiles.pictures import Found, found_about, profile_of
from endocsea.public.reviewed_findings import Chapter, chapters_of
from endocsea.standards.models import Indicator
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


def reviewed_picture(state: int, name: str, run: Run, *, on: datetime.date) -> Reviewed:
    """What the run says of a made-up state, with its findings. Five statements."""
    found = found_about(state, run)
    whole = [each for each in found if not each.dimension]
    questions = asked_for_levels(run.round.edition_id)
    wordings = {code: asked.question for code, asked in questions.items()}
    wide, narrow = (
        profile_of(
            name, run, found, wordings, on=on, training=True, link=_address, key=key, width=width
        )
        for key, width in (("profile", 720), ("profile-narrow", 320))
    )  # fmt: skip
    counted = Counter(each.verdict for each in whole)
    return Reviewed(
        wide,
        narrow,
        chapters_of(state, run.round_id, questions, whole),
        counted[Level.Verdict.GAP],
        counted[Level.Verdict.NO_GAP],
        counted[Level.Verdict.CANNOT_TELL],
        _dimensions(found),
    )


def _address(number: int) -> str:
    return reverse("public:capability", args=(number,))


def _dimensions(found: Sequence[Found]) -> Table:
    decimal = get_format("DECIMAL_SEPARATOR", get_language())
    by_dimension: dict[int, dict[str, Found]] = defaultdict(dict)
    for each in found:
        by_dimension[each.number][each.dimension] = each
    columns = (
        Column(_("Capability")),
        *(Column(str(label), "number") for _value, label in Indicator.Dimension.choices),
    )
    rows: list[list[Value]] = []
    for number, its in by_dimension.items():
        cells: list[Value] = [Cell(f"{number} {plain(its[''].name)}", href=_address(number))]
        for dimension in Indicator.Dimension.values:
            part = its.get(dimension)
            if part is None or not part.asked:
                cells.append(_("not asked"))
            else:
                share = _("%(known)d of %(asked)d known") % {"known": part.known, "asked": part.asked}
                value = _("no level") if part.level is None else level_text(part.level, decimal)
                cells.append(
                    Cell(
                        f"{value}; {share}",
                        html=join((value, element("br"), element("span", share, class_="small muted"))),
                    )
                )
        rows.append(cells)
    return Table(_("Structure, process and outcome apart"), columns, rows)
