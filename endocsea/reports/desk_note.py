"""The desk-research note: what public sources say about a real state, sent to it for comment.

It carries no level, no gap and no grade, and says on every page what it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.charts import coverage
from endocsea.documents.parts import (
    Block,
    Bullets,
    Column,
    Document,
    Grid,
    Heading,
    Inline,
    Line,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
)
from endocsea.findings.observed import (
    Asked,
    Coverage,
    Seen,
    asked,
    coverage_of,
    heard,
    periods_of,
    seen_about,
)
from endocsea.findings.words import PERIODS
from endocsea.standards.obligations import Obligations, obligations_of
from endocsea.support.actors import Actor
from endocsea.support.classes import BASES, Basis
from endocsea.support.days import fuzzy, long_day
from endocsea.support.texts import plain

from . import frame
from .frame import Subject, english, lines, texts
from .notes import Notes
from .site import Site


def desk_note(
    state: Subject, *, on: datetime.date, today: datetime.date, actor: Actor, site: Site, language: str
) -> Document:
    """The note on a state for the picture of a day, as an actor may see it today.

    Restricted questions appear nowhere in it: neither their observations nor how many there are.
    """
    notes = Notes()
    capabilities = asked()
    seen = seen_about(state.pk, actor=actor, today=today)
    known = coverage_of(capabilities, seen, state.name, as_of=on, link=lambda number: None)
    law = obligations_of(state.pk, on=on, training=False)
    return Document(
        title=_("%(state)s: desk research for comment") % {"state": state.name},
        subtitle=_(
            "What public sources say about measures against online child sexual exploitation and abuse"
        ),
        language=language,
        day=on,
        running=_("Desk research for comment by %(state)s. Not a finding; not for publication.")
        % {"state": state.name},
        facts=[
            (_("State"), state.name),
            (_("The day it speaks of"), long_day(on)),
            (_("Class"), _("the state, its reviewers and the secretariat")),
            *frame.programme_facts(),
        ],
        cover=[_what_it_is(state)],
        blocks=[
            Heading(1, _("In short"), key="short"),
            *_short(state, seen, known, law, on, today),
            Heading(1, _("How to comment"), key="comment"),
            *_how_to_comment(state),
            NewPage(),
            Heading(1, _("What binds the state"), key="obligations"),
            *frame.obligations(law, on=on, notes=notes),
            Heading(1, _("What public sources say"), key="observed"),
            *_observed(state, capabilities, seen, known, notes, site),
            NewPage(),
            Heading(1, _("What is not known, and a visit should ask"), key="ask"),
            *_to_ask(capabilities, seen, site),
            Heading(1, _("Method and limits"), key="method"),
            *_limits(site),
        ],
        words=frame.words(),
        notes=notes.lines,
        author="endocsea",
        keywords=["OCSEA", state.name, _("desk research")],
    )


def _what_it_is(state: Subject) -> Panel:
    return Panel(
        _("What this note is, and what it is not"),
        [
            Paragraph(
                [
                    _(
                        "This note gathers what public sources say about %(state)s, each statement with its source. "
                        "It was written at a desk. It is sent to %(state)s first, so that it can confirm, correct "
                        "or complete it."
                    )
                    % {"state": state.name}
                ]
            ),
            Paragraph(
                [
                    _(
                        "It is no assessment: it holds no level, no conclusion and no recommendation, and nothing "
                        "in it is an answer of the state. Nothing of it is published before %(state)s has commented, "
                        "or its term to comment has passed."
                    )
                    % {"state": state.name}
                ]
            ),
        ],
        warm=True,
    )


def _short(
    state: Subject,
    seen: Sequence[Seen],
    known: Coverage,
    law: Obligations,
    on: datetime.date,
    today: datetime.date,
) -> list[Block]:
    if not seen:
        said = _("No public source on %(state)s was read for this note: every question is open.") % {
            "state": state.name
        }
        return [Paragraph([said], lead=True)]
    first = ngettext(
        "%(n)d observation from public sources speaks about %(state)s.",
        "%(n)d observations from public sources speak about %(state)s.",
        len(seen),
    ) % {"n": len(seen), "state": state.name}
    second = _(
        "For the picture of %(day)s, they touch %(known)d of %(asked)d questions of the benchmark."
    ) % {
        "day": long_day(on),
        "known": known.known,
        "asked": known.asked,
    }
    unheard = sum(not heard(each, state.name, today=today).heard for each in seen)
    periods = periods_of(seen)
    items: list[Line] = [
        [
            _("By time:"),
            " ",
            ", ".join(f"{n} {PERIODS[each]}" for each, n in sorted(periods.items(), key=_in_time)),
        ],
        [_("Not yet commented on by the state: %(n)d") % {"n": unheard}],
        [
            _("Questions on which nothing was found: %(n)d")
            % {"n": sum(r.count(coverage.Known.NO) for r in known.rows)}
        ],
    ]
    return [Paragraph([first, " ", second], lead=True), Bullets(items)]


def _in_time(counted: tuple[object, int]) -> int:
    return [*PERIODS].index(counted[0])  # type: ignore[arg-type]


def _how_to_comment(state: Subject) -> list[Block]:
    return [
        Paragraph(
            [
                _(
                    "Each statement has a number and a free column. Please write there whether it is right, what "
                    "has changed, and which document shows it (title, article or page, date). An empty column is "
                    "read as “no comment”, never as agreement."
                )
            ]
        ),
        Paragraph(
            [
                _(
                    "Please do not send personal data, case files or material of any kind that shows abuse: this "
                    "work is about policies and never holds them."
                )
            ]
        ),
    ]


def _observed(
    state: Subject,
    capabilities: Sequence[Asked],
    seen: Sequence[Seen],
    known: Coverage,
    notes: Notes,
    site: Site,
) -> list[Block]:
    blocks: list[Block] = []
    if seen:
        chart = known.draw("known")
        blocks.append(Picture(chart, alt=f"{known.words.title}. {known.words.description}", key="known"))
    number = 0
    for each in capabilities:
        name = f"{each.number} {plain(each.name)}"
        about = [one for one in seen if one.capability == each.number]
        blocks.append(Heading(2, name, key=f"capability-{each.number}"))
        if not about:
            blocks.append(
                Paragraph([_("No public source was found yet. A visit or the state itself can tell.")])
            )
            continue
        rows: list[Sequence[Line]] = []
        for one in about:
            number += 1
            rows.append([[str(number)], _statement(one, notes, site), _when(one), []])
        blocks.append(
            Grid(
                "",
                [
                    Column(_("No."), 0.45),
                    Column(_("What the source says, in our words"), 3),
                    Column(_("Speaks of; how we know"), 1.2),
                    Column(_("Comment of %(state)s") % {"state": state.name}, 2),
                ],
                rows,
                empty_column_height=2.0,
            )
        )
    return blocks


def _statement(one: Seen, notes: Notes, site: Site) -> Line:
    cite = notes.source(one.title, one.address, one.locator)
    parts: list[Inline] = [english(one.statement), cite]
    stacked: list[Inline] = []
    if one.code and one.question:
        question = texts(one.question)
        stacked.append(
            Text(
                f"{question.text} ({one.code})", lang=question.lang, quiet=True, href=site.indicator(one.code)
            )
        )
    if one.note:
        stacked.append(english(one.note, quiet=True))
    for each in stacked:
        parts = [*parts, *lines("", each)]
    return parts


def _when(one: Seen) -> Line:
    return lines(
        fuzzy(one.as_of),
        Text(str(PERIODS[one.period]), quiet=True),
        Text(str(BASES[Basis(one.basis)]), quiet=True),
        Text(one.key, quiet=True),
    )


def _to_ask(capabilities: Sequence[Asked], seen: Sequence[Seen], site: Site) -> list[Block]:
    touched = {one.code for one in seen}
    blocks: list[Block] = [
        Paragraph(
            [
                _(
                    "On these questions nothing was found in public sources. They are listed in the order of the "
                    "benchmark; restricted questions are asked separately and are not in this note."
                )
            ]
        )
    ]
    for each in capabilities:
        missing = [(code, question) for code, question in each.questions.items() if code not in touched]
        if missing:
            blocks.append(Heading(2, f"{each.number} {plain(each.name)}"))
            blocks.append(
                Bullets(
                    [
                        [texts(question), " ", Text(code, quiet=True, href=site.indicator(code))]
                        for code, question in missing
                    ]
                )
            )
    return blocks


def _limits(site: Site) -> list[Block]:
    return [
        Paragraph(
            [
                _(
                    "Sources are public and were read in full or in part, as each line says; where only a part was "
                    "read, the statement may miss what stands elsewhere. Statements are in our own words. An "
                    "observation is no answer of the state and no finding: it supports one at most."
                )
            ]
        ),
        Paragraph(
            [
                _(
                    "Sources that speak of the time after the programme are kept and marked: they help a follow-up, "
                    "and do not change the picture of the programme's own time."
                )
            ]
        ),
        Paragraph(
            [
                _("How questions and levels work is explained on the site:"),
                " ",
                Text(site.method, href=site.method),
            ]
        ),
    ]
