"""What every document shares: the state it is about, its facts, tables from pages, the words of the frame."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell
from endocsea.documents.parts import (
    Break,
    Cite,
    Column,
    Grid,
    Heading,
    Inline,
    Line,
    Paragraph,
    Text,
    Words,
)
from endocsea.documents.tables import grid
from endocsea.standards.obligations import Obligations
from endocsea.standards.rules import Verdict
from endocsea.standards.words import VERDICTS
from endocsea.states.models import Programme, ProgrammeFact, State
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import chosen, plain

from .notes import Notes

DONOR = ("donor", "implementing_unit", "reference")


@dataclass(frozen=True, slots=True)
class Subject:
    """The state that a document is about, with its name in the document's language."""

    pk: int
    iso3: str
    slug: str
    name: str
    training: bool
    summary: str


def subject(state: State) -> Subject:
    return Subject(state.pk, state.iso3, state.slug, plain(state.name), state.training, state.summary)


def programme_facts() -> list[tuple[str, str]]:
    """Programme, reference, who carries it out and who pays, as its own summary says."""
    named = dict(ProgrammeFact.objects.filter(key__in=DONOR, retired_on=None).values_list("key", "value"))
    name = Programme.objects.values_list("name", flat=True).get(retired_on=None)
    facts = [(_("Programme"), plain(name))]
    for key, label in (
        ("reference", _("Reference")),
        ("implementing_unit", _("Carried out by")),
        ("donor", _("With funds of")),
    ):
        if key in named:
            facts.append((label, named[key]))
    return facts


def words() -> Words:
    return Words(contents=_("Contents"), notes=_("Sources"), page=_("Page {page} of {pages}"))


def texts(said: dict[str, str]) -> Text:
    """A text of the content, marked with its language where it is not the document's."""
    text, language = chosen(said)
    return Text(text, lang=language)


def english(text: str, **how: bool) -> Text:
    """A text that exists in English only."""
    return Text(text, lang="en", **how)  # type: ignore[arg-type]  # how: strong, emphasis, quiet


def lines(*parts: Inline) -> Line:
    """Parts under each other in one cell."""
    stacked: list[Inline] = []
    for part in parts:
        stacked += [Break(), part] if stacked else [part]
    return stacked


def obligations(found: Obligations, *, on: datetime.date, notes: Notes) -> list[Heading | Paragraph | Grid]:
    """The chapter on what binds the state: verdicts counted, treaty by treaty, provisions by instrument."""
    counts = found.counts
    cites: dict[str, list[Cite]] = {}
    for each in found.sources:
        remark = _("Status as of %(day)s.") % {"day": fuzzy(each.as_of)}
        cites[each.name] = [
            notes.source(title, address, place, remark) for address, title, place in each.places
        ]
    table = grid(found.treaties, (1.9, 2.1, 2.3, 2.2, 1.5))
    rows = [
        [
            [*row[0], *cites.get(str(values[0].text if isinstance(values[0], Cell) else values[0]), ())],
            *row[1:],
        ]
        for row, values in zip(table.rows, found.treaties.rows, strict=True)
    ]
    counted = _(
        "Of %(all)d provisions, %(binds)d bind, %(not)d do not bind, and of %(unsure)d we cannot tell."
    ) % {
        "all": sum(counts.values()),
        "binds": counts[Verdict.BINDS],
        "not": counts[Verdict.DOES_NOT_BIND],
        "unsure": counts[Verdict.CANNOT_TELL],
    }
    return [
        Paragraph(
            [
                _(
                    "On %(day)s: a provision binds the state, does not bind it, or we cannot tell. We cannot tell "
                    "where a date was not read in a source, where sources differ, or where nobody has compared "
                    "reservations with the depositary."
                )
                % {"day": long_day(on)}
            ]
        ),
        Paragraph([Text(counted, strong=True)]),
        Grid(table.caption, table.columns, rows),
        Heading(2, _("Provisions, instrument by instrument")),
        Grid(
            "",
            [
                Column(_("Instrument"), 3),
                Column(_("Provisions"), number=True),
                *(Column(str(VERDICTS[each]), number=True) for each in Verdict),
            ],
            [
                [[name], [str(sum(counted.values()))], *([str(counted[each])] for each in Verdict)]
                for name, counted in found.by_instrument
            ],
        ),
    ]
