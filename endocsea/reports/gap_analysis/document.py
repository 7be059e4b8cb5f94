"""The gap analysis as a whole: cover, summary, law, profile, capabilities, proposals, questions, method."""

from __future__ import annotations

import datetime
from collections import Counter

from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from endocsea.assessment import Method
from endocsea.charts.scales import level_text
from endocsea.charts.tables import Table
from endocsea.documents import tables
from endocsea.documents.parts import (
    Block,
    Bullets,
    Column,
    Document,
    Grid,
    Heading,
    Line,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
)
from endocsea.profiles.models import Level, Run
from endocsea.profiles.pictures import profile_of, verdict_words
from endocsea.profiles.queries import bands_of, method_of
from endocsea.recommendations.rules import GRADES, Grade
from endocsea.support.days import long_day
from endocsea.support.texts import labelled, plain, separators

from .. import frame
from ..frame import Subject, english
from ..notes import Notes
from ..site import Site
from . import capabilities, questions, recommendations
from .review import Review, read_review

NAMED = 5  # proposals that the summary names: it has to fit on a page


def gap_analysis(state: Subject, run: Run, *, on: datetime.date, site: Site, language: str) -> Document:
    """The gap analysis of a state from the public run of a round, for a day. Nothing restricted is in it."""
    review = read_review(state, run, on=on)
    notes = Notes()
    method = method_of(run)
    return Document(
        title=_("Gap analysis: %(state)s") % {"state": state.name},
        subtitle=_(
            "Measures against online child sexual exploitation and abuse, held against shared standards"
        ),
        language=language,
        day=on,
        running=_("Gap analysis with draft grades. No grade is a finding of a treaty body."),
        facts=[
            (_("State"), state.name),
            (_("The day it speaks of"), long_day(on)),
            (_("Round"), plain(run.round.name)),
            (_("Edition of the benchmark"), method.edition),
            *frame.programme_facts(),
        ],
        cover=[_what_it_is(state), recommendations.not_a_finding()],
        blocks=[
            Heading(1, _("Summary"), key="summary"),
            *_summary(review),
            NewPage(),
            Heading(1, _("What binds the state"), key="obligations"),
            *frame.obligations(review.law, on=on, notes=notes),
            Heading(1, _("Profile"), key="profile"),
            *_profile(review, site),
            NewPage(),
            Heading(1, _("Capability by capability"), key="capabilities"),
            *capabilities.sections(review, notes, site),
            NewPage(),
            Heading(1, _("Proposed recommendations"), key="recommendations"),
            *recommendations.chapter(review, site),
            NewPage(),
            Heading(1, _("What to ask next"), key="questions"),
            *questions.chapter(review, site),
            Heading(1, _("Method and limits"), key="method"),
            *_method(review, method, site),
        ],
        words=frame.words(),
        notes=notes.lines,
        ribbon=_("Training material: %(state)s is a made-up state.") % {"state": state.name}
        if state.training
        else "",
        author="endocsea",
        keywords=["OCSEA", state.name, _("gap analysis")],
    )


def _what_it_is(state: Subject) -> Panel:
    return Panel(
        _("What this document is"),
        [
            Paragraph([english(f"{state.summary}.")] if state.summary else [state.name]),
            Paragraph(
                [
                    _(
                        "It rests on the state's own answers, each read by reviewers and held against its evidence. "
                        "What nobody knows stays unknown: it is named, and never filled in."
                    )
                ]
            ),
        ],
    )


def _summary(review: Review) -> list[Block]:
    gaps, none, unsure = (
        review.counted(verdict)
        for verdict in (Level.Verdict.GAP, Level.Verdict.NO_GAP, Level.Verdict.CANNOT_TELL)
    )
    lead = _(
        "On %(day)s, %(state)s has a gap in %(gaps)d of %(all)d capabilities and none in %(none)d; in %(unsure)d "
        "we cannot tell."
    ) % {
        "day": long_day(review.on),
        "state": review.state.name,
        "gaps": gaps,
        "all": len(review.capabilities),
        "none": none,
        "unsure": unsure,
    }
    grades = Counter(each.grade for each in review.proposals)
    items: list[Line] = [
        [
            ngettext(
                "%(n)d recommendation is proposed:",
                "%(n)d recommendations are proposed:",
                len(review.proposals),
            )
            % {"n": len(review.proposals)},
            " ",
            ", ".join(
                _("%(n)d × “%(grade)s”") % {"n": grades[g], "grade": GRADES[g]}
                for g in sorted(Grade, reverse=True)
                if grades[g]
            )
            or "–",
            " ",
            Text(_("See the proposals"), to="recommendations"),
        ],
        *_strongest(review),
        [
            ngettext("%(n)d question is unknown.", "%(n)d questions are unknown.", review.unknown)
            % {"n": review.unknown},
            " ",
            Text(_("See what to ask next"), to="questions"),
        ],
        [_("No number is formed across capabilities: a good law does not make up for a missing helpline.")],
    ]
    rows: list[list[Line]] = [
        [
            [Text(f"{each.number} {plain(each.name)}", to=f"capability-{each.number}")],
            [_level(each.level)],
            [f"{each.known} / {each.asked}"],
            [verdict_words(each)],
        ]
        for each in review.capabilities
    ]
    columns = [
        Column(_("Capability"), 2.4),
        Column(_("Level (0 to 4)"), 0.8, number=True),
        Column(_("Known"), 0.7, number=True),
        Column(_("Verdict"), 2.4),
    ]
    return [
        Paragraph([lead], lead=True),
        Grid(_("The eight capabilities, in the framework's order"), columns, rows),
        Bullets(items),
    ]


def _strongest(review: Review) -> list[Line]:
    """The proposals that require, by number, as far as one page has room."""
    requires = [(n, p) for n, p in recommendations.numbered(review) if p.grade is Grade.REQUIRES]
    lines: list[Line] = [
        [
            Text(labelled(number, ""), strong=True),
            frame.texts(review.questions[proposal.indicator].question),
            f" ({proposal.indicator}; {recommendations.short(proposal.carriers[0], review)})",
        ]
        for number, proposal in requires[:NAMED]
    ]
    if len(requires) > NAMED:
        lines.append([_("and %(n)d more") % {"n": len(requires) - NAMED}])
    return lines


def _level(level: float | None) -> str:
    return (
        _("no level") if level is None else level_text(level, get_format("DECIMAL_SEPARATOR", get_language()))
    )


def _profile(review: Review, site: Site) -> list[Block]:
    chart = profile_of(
        review.state.name,
        review.run,
        review.found,
        {},  # the weakest questions stand in each section: named here they would shrink the picture
        on=review.on,
        training=review.state.training,
        link=lambda number: None,
        key="profile",
    )
    alt = _("%(title)s. For each capability its level, interval and bounds: %(rows)s") % {
        "title": chart.title,
        "rows": "; ".join(f"{e.number} {plain(e.name)}: {verdict_words(e)}" for e in review.capabilities),
    }
    bands = "; ".join(labelled(f"{start:g}", plain(words)) for start, words in bands_of(review.run))
    return [
        Picture(chart, alt=alt, key="profile-picture"),
        _numbers(chart.table),
        Paragraph([Text(_("Bands:"), strong=True), " ", bands]),
        Paragraph([Text(_("On the site"), href=site.state(review.state.slug, "profile-of-state"))]),
    ]


def _numbers(table: Table) -> Grid:
    """The numbers behind the picture; the weakest questions stand in the picture and in their sections."""
    told = tables.grid(table, (2.3, 0.95, 1.4, 1.15, 1.15, 1.25, 2.0, 1.0))
    return Grid("", told.columns[:-1], [row[:-1] for row in told.rows])


def _method(review: Review, method: Method, site: Site) -> list[Block]:
    numbers = separators()
    rules = ", ".join(f"{name} {share:g}" for name, share in method.aggregations.items())
    return [
        Paragraph(
            [
                _(
                    "Only questions with five described levels give levels. The level of a capability is the average "
                    "of its reviewed questions; what is unknown is left out and shown as exact bounds, what does not "
                    "apply leaves the count. Where less than %(share)d %% of the weight is known there is no level."
                )
                % {"share": round(method.least_known * 100)}
            ]
        ),
        Paragraph(
            [
                _(
                    "A level under %(gap)g is a gap if both bounds lie under it; if they lie on both sides, we cannot "
                    "tell. The interval holds 90 %% of %(n)s calculations in which reviewers' levels, weights and "
                    "rules of averaging vary as the method says; it says nothing about what is unknown."
                )
                % {"gap": method.gap_below, "n": f"{method.replicates:,}".replace(",", numbers.thousands)}
            ]
        ),
        Bullets(
            [
                [_("Edition of the benchmark: %(edition)s; seed: %(seed)d; rules drawn: %(rules)s") % {
                    "edition": method.edition, "seed": method.seed, "rules": rules}],
                [_("Run: %(digest)s, kept with its method") % {"digest": review.run.input_digest[:12]}],
            ]
        ),
        Paragraph(
            [
                _(
                    "Restricted questions (weak points of police and proceedings) are in no number and no text of "
                    "this document. Legal lines and the lawyer's check of the training states are made up."
                )
                if review.state.training
                else _(
                    "Restricted questions (weak points of police and proceedings) are in no number and no text here."
                )
            ]
        ),
        Paragraph([_("The method is explained on the site:"), " ", Text(site.method, href=site.method)]),
    ]  # fmt: skip
