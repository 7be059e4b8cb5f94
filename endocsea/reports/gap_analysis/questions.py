"""What to ask next: unknown questions, those first whose answer would sharpen the picture most."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from endocsea.documents.parts import Block, Column, Grid, Line, Paragraph, Text
from endocsea.support.texts import plain

from ..frame import texts
from ..site import Site
from .review import Review


class Unknown(NamedTuple):
    """An unknown question, and what part of the doubt about its capability's level it would settle (0 to 1)."""

    code: str
    settles: float
    decides: bool  # whether a gap depends on it


def ordered(review: Review) -> list[Unknown]:
    """The order in which answers sharpen the picture, as the run found it (`method.md` 5)."""
    place = {code: at for at, code in enumerate(review.asked_next)}
    applying = [code for code, each in review.open.items() if each.applies]
    return [
        Unknown(
            code,
            review.asked_next.get(code, 0.0),  # what weighs nothing settles nothing
            review.questions[code].capability in review.undecided,
        )
        for code in sorted(applying, key=lambda code: place.get(code, len(place)))
    ]


def chapter(review: Review, site: Site) -> list[Block]:
    unknown = ordered(review)
    if not unknown:
        return [Paragraph([_("Every question that applies has a reviewed answer.")])]
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
                [_("%(n)d %%") % {"n": round(100 * each.settles)}],
                [_("yes") if each.decides else _("no")],
            ]
        )
    return [
        Paragraph(
            [
                _(
                    "The order: those questions first whose answer would, on average, settle most of the doubt about "
                    "the level of its capability. What an answer could be is tried out with what other states have "
                    "answered; such a trial orders the list and enters no figure. Restricted questions are asked "
                    "separately."
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
                Column(_("Settles of the doubt"), 0.9, number=True),
                Column(_("Decides on a gap"), 0.8),
            ],
            rows,
        ),
    ]
