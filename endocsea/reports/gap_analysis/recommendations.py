"""Proposed recommendations: what the review proposes, the provision that carries it, and its draft grade."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from endocsea.documents.parts import Block, Column, Grid, Heading, Line, Panel, Paragraph, Text
from endocsea.recommendations.rules import GRADES, WHYS, Carrier, Grade, Proposal
from endocsea.standards.models import Provision
from endocsea.standards.words import REASONS, VERDICTS
from endocsea.support.days import long_day
from endocsea.support.texts import labelled, plain

from ..frame import lines, texts
from ..site import Site
from .review import Review

SHOWN = 3  # carriers named beside the first; the rest stand on the indicator's page


def numbered(review: Review) -> list[tuple[str, Proposal]]:
    """The proposals with their numbers: capability, then place in it ("3-2"), as recommendations are numbered."""
    counted: Counter[int] = Counter()
    found = []
    for proposal in review.proposals:
        capability = review.questions[proposal.indicator].capability
        counted[capability] += 1
        found.append((f"{capability}-{counted[capability]}", proposal))
    return found


def not_a_finding() -> Panel:
    return Panel(
        _("Draft grades"),
        [
            Paragraph(
                [
                    _(
                        "Every grade here is a draft of the project's own. None is a finding of a treaty body. "
                        "“Requires” stands only where a provision binds the state on that day, is a duty, and the "
                        "reviewed level lies below the line that a lawyer drew for it."
                    )
                ]
            )
        ],
        warm=True,
    )


def chapter(review: Review, site: Site) -> list[Block]:
    blocks: list[Block] = [not_a_finding()]
    if not review.proposals:
        return [*blocks, Paragraph([_("No reviewed level calls for a recommendation.")])]
    found = numbered(review)
    for each in review.capabilities:
        its = [(number, p) for number, p in found if review.questions[p.indicator].capability == each.number]
        if its:
            name = f"{each.number} {plain(each.name)}"
            blocks.append(Heading(2, name))
            blocks.append(
                Grid(
                    "",
                    [
                        Column(_("No."), 0.6),
                        Column(_("What is proposed"), 2.6),
                        Column(_("Carried by"), 2.4),
                        Column(_("Draft grade"), 1.7),
                    ],
                    [
                        [[number], _proposed(p, review, site), _carried(p, review, site), _graded(p)]
                        for number, p in its
                    ],
                )
            )
    return blocks


def _proposed(proposal: Proposal, review: Review, site: Site) -> Line:
    """The state should reach at least the next level, or the line; the question and both levels in words."""
    asked = review.questions[proposal.indicator]
    wanted = target(proposal)
    now, then = (
        texts({language: parts[level] for language, parts in asked.levels.items()})
        for level in (proposal.level, wanted)
    )
    return [
        Text(_("Reach at least level %(level)d:") % {"level": wanted} + " ", strong=True),
        then,
        *lines(
            "",
            Text(_("Now %(level)d:") % {"level": proposal.level} + f" {now.text}", lang=now.lang, quiet=True),
        ),
        *lines(
            "",
            Text(
                f"{plain(asked.question)} ({proposal.indicator})",
                quiet=True,
                lang=texts(asked.question).lang,
                href=site.indicator(proposal.indicator),
            ),
        ),
    ]


def target(proposal: Proposal) -> int:
    """The level to reach: the line of the carrying duty where there is one, else 2, where a gap ends."""
    carrier = proposal.carrier
    if carrier and carrier.grade is Grade.REQUIRES and carrier.provision.line is not None:
        return carrier.provision.line
    return 2


def _carried(proposal: Proposal, review: Review, site: Site) -> Line:
    if not proposal.carriers:
        return [_("no provision: good practice and the Model National Response")]
    first, *others = proposal.carriers
    line = [*_provision(first, review, site), *lines("", Text(_applies(first), quiet=True))]
    if others:
        names = "; ".join(short(each, review) for each in others[:SHOWN])
        more = len(others) - SHOWN
        if more > 0:
            names += "; " + _("and %(n)d more") % {"n": more}
        line += lines("", Text(_("Also:") + f" {names}", quiet=True))
    return line


def _provision(carrier: Carrier, review: Review, site: Site) -> list[Text | str]:
    named = review.provisions[carrier.provision.key]
    return [
        Text(short(carrier, review), strong=True, href=site.article(*named.slugs)),
        ", ",
        texts(named.title),
    ]


def short(carrier: Carrier, review: Review) -> str:
    """The provision that carries, by its instrument and article."""
    named = review.provisions[carrier.provision.key]
    if named.kind in ("treaty", "EU law"):
        return _("%(instrument)s, article %(article)s") % {
            "instrument": plain(named.instrument),
            "article": named.article,
        }
    return f"{plain(named.instrument)}, {named.article}"


def _applies(carrier: Carrier) -> str:
    applies = carrier.provision.applies
    said = labelled(VERDICTS[applies.verdict], REASONS[applies.reason])
    if applies.since:
        said += ", " + _("since %(day)s") % {"day": long_day(applies.since)}
    force = str(dict(Provision.Force.choices)[carrier.provision.force])
    line = carrier.provision.line
    return f"{said}; {force}" + (
        "; " + _("line drawn at level %(n)d") % {"n": line} if line is not None else ""
    )


def _graded(proposal: Proposal) -> Line:
    why = WHYS[proposal.carriers[0].why] if proposal.carriers else _("good practice")
    return [
        Text(str(GRADES[proposal.grade]), strong=True),
        *lines("", Text(str(why), quiet=True)),
        *lines("", Text(_("Draft; not a finding of a treaty body."), quiet=True)),
    ]
