"""What to ask next: unknown questions, those first whose answer could move most."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.scales import level_text
from endocsea.documents.parts import Block, Column, Grid, Line, Paragraph, Text
from endocsea.profiles.queries import method_of
from endocsea.support.texts import plain

from ..frame import texts
from ..site import Site
from .review import Review


class Unknown(NamedTuple):
    """An unknown question, and how far its answer alone can move the level of its capability (0 to 4)."""

    code: str
    reach: float
    decides: bool  # whether a gap depends on it


def ordered(review: Review) -> list[Unknown]:
    """Questions on which a verdict depends come first, then those of the greatest weight.

    Reach: range of the levels × the question's share of its capability's weight (`method.md` 2: weights
    renormalised over what applies).
    """
    method = method_of(review.run)
    low, high = method.range
    weights = {code: method.weights.get(code, 1.0) for code in review.questions}
    applying = [code for code in review.questions if code not in review.open or review.open[code].applies]
    total: dict[int, float] = {}
    for code in applying:
        capability = review.questions[code].capability
        total[capability] = total.get(capability, 0.0) + weights[code]
    found = [
        Unknown(
            code,
            (high - low) * weights[code] / total[review.questions[code].capability],
            review.questions[code].capability in review.undecided,
        )
        for code, each in review.open.items()
        if each.applies
    ]
    return sorted(found, key=lambda each: (not each.decides, -each.reach))


def chapter(review: Review, site: Site) -> list[Block]:
    unknown = ordered(review)
    if not unknown:
        return [Paragraph([_("Every question that applies has a reviewed answer.")])]
    decimal = get_format("DECIMAL_SEPARATOR", get_language())
    names = {each.number: plain(each.name) for each in review.capabilities}
    rows: list[list[Line]] = []
    for number, each in enumerate(unknown, start=1):
        asked = review.questions[each.code]
        rows.append(
            [
                [str(number)],
                [texts(asked.question), " ", Text(each.code, quiet=True, href=site.indicator(each.code))],
                [f"{asked.capability} {names[asked.capability]}"],
                [review.open[each.code].why],
                [level_text(each.reach, decimal)],
                [_("yes") if each.decides else _("no")],
            ]
        )
    return [
        Paragraph(
            [
                _(
                    "The order: first the questions on which it depends whether there is a gap, then by how far one "
                    "answer can move the level of its capability. Restricted questions are asked separately."
                )
            ]
        ),
        Grid(
            _("Unknown questions, in the order in which to ask them"),
            [
                Column("", 0.35),
                Column(_("Question"), 3),
                Column(_("Capability"), 1.6),
                Column(_("Why unknown"), 1.1),
                Column(_("Moves the level by up to"), 0.9, number=True),
                Column(_("Decides on a gap"), 0.8),
            ],
            rows,
        ),
    ]
