"""One section for each capability: what is there, what is missing, what is unknown, what the state said."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.scales import level_text
from endocsea.documents.parts import Block, Bullets, Column, Grid, Heading, Inline, Line, Paragraph, Text
from endocsea.findings.reviewed import Beside, Reviewed, Shown, claim_words
from endocsea.profiles.pictures import Found, verdict_words
from endocsea.support.days import long_day
from endocsea.support.texts import labelled, plain

from ..frame import english, lines, texts
from ..notes import Notes
from ..site import Site
from .review import Review

IN_PLACE, PARTLY = 3, 2


def sections(review: Review, notes: Notes, site: Site) -> list[Block]:
    blocks: list[Block] = []
    for each in review.capabilities:
        blocks += _section(each, review, notes, site)
    return blocks


def level_words(found: Found) -> str:
    """ "2.0, between 1.7 and 2.3, 11 of 13 known": a level never stands without what is known of it."""
    known = _("%(known)d of %(asked)d known") % {"known": found.known, "asked": found.asked}
    if found.lower is None or found.upper is None:
        return _("not applicable")
    decimal = get_format("DECIMAL_SEPARATOR", get_language())
    bounds = _("between %(low)s and %(high)s") % {
        "low": level_text(found.lower, decimal),
        "high": level_text(found.upper, decimal),
    }
    level = _("no level") if found.level is None else level_text(found.level, decimal)
    return f"{level}, {bounds}, {known}"


def _section(found: Found, review: Review, notes: Notes, site: Site) -> list[Block]:
    anchor = f"capability-{found.number}"
    page = site.state(review.state.slug, anchor)
    blocks: list[Block] = [
        Heading(2, f"{found.number} {plain(found.name)}", key=anchor),
        Paragraph(
            [
                Text(verdict_words(found), strong=True),
                ". ",
                _("Level: %(level)s.") % {"level": level_words(found)},
                " ",
                Text(_("On the site"), href=page),
            ]
        ),
    ]
    blocks += _weakest(found, review, site)
    findings = review.findings_in(found.number)
    for heading, some in (
        (_("What is there"), [f for f in findings if f.level >= IN_PLACE]),
        (_("What is there in part"), [f for f in findings if f.level == PARTLY]),
        (_("What is missing"), [f for f in findings if f.level < PARTLY]),
    ):
        if some:
            blocks += [
                Heading(3, heading),
                _findings(some, review, notes, site),
            ]
    blocks += _unknown(found.number, review, site)
    blocks += _said(findings, review)
    others = [each for each in review.beside if each.capability == found.number]
    if others:
        blocks += [Heading(3, _("Answers that give no level")), _beside(others, notes, site)]
    return blocks


def _weakest(found: Found, review: Review, site: Site) -> list[Block]:
    """The questions that share the lowest level, by name."""
    named: list[Inline] = []
    for code in found.weakest:
        if code in review.questions:
            named += [
                *(["; "] if named else []),
                texts(review.questions[code].question),
                " ",
                Text(code, quiet=True, href=site.indicator(code)),
            ]
    return [Paragraph([Text(_("Weakest:"), strong=True), " ", *named])] if named else []


def _findings(some: Sequence[Reviewed], review: Review, notes: Notes, site: Site) -> Grid:
    return Grid(
        "",
        [Column(_("Question"), 2.2), Column(_("Level concluded"), 2.2), Column(_("Why"), 2.6)],
        [[_question(f, review, site), _level(f, review), _why(f, notes)] for f in some],
    )


def _question(finding: Reviewed, review: Review, site: Site) -> Line:
    return [
        texts(review.questions[finding.code].question),
        " ",
        Text(finding.code, quiet=True, href=site.indicator(finding.code)),
    ]


def _level(finding: Reviewed, review: Review) -> Line:
    """The level in words; below 4 also what the next one would ask."""
    levels = review.questions[finding.code].levels
    now = texts({language: parts[finding.level] for language, parts in levels.items()})
    parts: list[Inline] = [Text(labelled(finding.level, ""), strong=True), now]
    if finding.level < PARTLY:
        after = texts({language: words[finding.level + 1] for language, words in levels.items()})
        following = Text(_("The next level:") + f" {after.text}", lang=after.lang, quiet=True)
        return [*parts, *lines("", following)]
    return parts


def _why(finding: Reviewed, notes: Notes) -> Line:
    strength = _("evidence: %(strength)s") % {"strength": finding.strength}
    about = f"{claim_words(finding)}; {strength}; {long_day(finding.reviewed_on)}"
    parts: list[Inline] = [english(finding.reason)]
    if finding.evidence:
        parts.append(cite(finding.evidence, notes))
    return [*parts, *lines("", Text(about, quiet=True))]


def cite(evidence: Shown, notes: Notes) -> Inline:
    return notes.source(evidence.title, evidence.address, remark=_("Given by the state as evidence."))


def _unknown(capability: int, review: Review, site: Site) -> list[Block]:
    blocks: list[Block] = []
    for heading, applies in ((_("What is unknown"), True), (_("What does not apply"), False)):
        some = review.open_in(capability, applies=applies)
        if some:
            blocks.append(Heading(3, heading))
            blocks.append(
                Bullets(
                    [
                        [
                            texts(review.questions[each.code].question),
                            " ",
                            Text(each.code, quiet=True, href=site.indicator(each.code)),
                            *([f": {each.why}"] if applies else []),
                        ]
                        for each in some
                    ]
                )
            )
    return blocks


def _said(findings: Sequence[Reviewed], review: Review) -> list[Block]:
    said: list[Line] = [
        [Text(labelled(f.code, ""), strong=True), english(f.comment)] for f in findings if f.comment
    ]
    heading = Heading(3, _("What %(state)s said to it") % {"state": review.state.name})
    if said:
        return [heading, Bullets(said)]
    return [heading, Paragraph([_("No comment was made on these findings.")])]


def _beside(others: Sequence[Beside], notes: Notes, site: Site) -> Grid:
    return Grid(
        "",
        [Column(_("Question"), 3), Column(_("Answer"), 2.4)],
        [
            [
                [texts(each.question), " ", Text(each.code, quiet=True, href=site.indicator(each.code))],
                [each.answer, *([cite(each.evidence, notes)] if each.evidence else [])],
            ]
            for each in others
        ],
    )
