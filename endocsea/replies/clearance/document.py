"""A clearance file as a document: for the PDF, for Word, and in the same order for a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from endocsea.documents import tables
from endocsea.documents.parts import (
    Block,
    Break,
    Column,
    Document,
    Grid,
    Heading,
    Inline,
    Line,
    NewPage,
    Panel,
    Paragraph,
    Text,
    Words,
)
from endocsea.questionnaires.form import Texts
from endocsea.support.classes import Confidentiality
from endocsea.support.days import long_day
from endocsea.support.texts import labelled

from ..answers.given import Status
from .differing import printed
from .file import MOST_DECISIONS, ClearanceFile, Decision, Entry, Risk, Wanted, risk_of
from .reading import LANGUAGE

BOX: Final = "\u2610"

RISKS: Final[dict[Risk, Promise]] = {
    Risk.WITHHELD: gettext_lazy("It will be shown that the state withholds the answer, and why."),
    Risk.DISPUTED: gettext_lazy("A remark or question at it is not settled yet."),
    Risk.STEP_BACK: gettext_lazy("It is a lower level than the last time: readers will ask why."),
    Risk.WITHOUT_PROOF: gettext_lazy(
        "A high level that nothing dated shows: reviewers may give a lower one."
    ),
    Risk.UNCONFIRMED: gettext_lazy("Drafted from public sources; it goes out as not confirmed by the state."),
    Risk.OPEN: gettext_lazy(
        "No answer: it will be shown as not answered, and may be drafted from public sources."
    ),
}


def document_of(file: ClearanceFile) -> Document:
    """In English, with the language beside it where texts exist in it."""
    with translation.override(LANGUAGE):
        return _document(file)


def _document(file: ClearanceFile) -> Document:
    state = file.state[LANGUAGE]
    checksum = file.checksum()
    return Document(
        title=_("%(state)s: clearance file") % {"state": state},
        subtitle=f"{_first(file.questionnaire)}, {_first(file.round)}",
        language=LANGUAGE,
        day=file.made_on,
        running=_("Draft reply of %(state)s, for clearance inside the state. Not for publication.")
        % {"state": state},
        facts=[
            (_("Asked by"), file.asked_by),
            (_("Answers due"), long_day(file.due_on) or _("no day was set")),
            (_("As of"), long_day(file.made_on)),
            (_("Checksum of the contents"), printed(checksum)),
        ],
        cover=list(_first_page(file)),
        blocks=[
            Heading(1, _("Decisions for you")),
            *_decisions(file),
            *_sentences(file),
            *_by_institution(file),
            NewPage(),
            Heading(1, _("What binds the state")),
            *_obligations(file),
            Heading(1, _("Our wishes")),
            *_wishes(file),
            NewPage(),
            Heading(1, _("Signature")),
            *_signature(file, checksum),
        ],
        words=Words(contents=_("Contents"), notes=_("Sources"), page=_("Page {page} of {pages}")),
        contents=False,
        ribbon=_("Training material: made-up state") if file.training else "",
        author="endocsea",
        keywords=["OCSEA", state],
    )


def _first_page(file: ClearanceFile) -> Iterator[Block]:
    count = file.count()
    counted = _(
        "%(ready)d of %(asked)d ready, %(disputed)d disputed, %(unproven)d without proof, %(withheld)d withheld"
    ) % {
        "ready": count.ready,
        "asked": count.asked,
        "disputed": count.disputed,
        "unproven": count.without_proof,
        "withheld": count.withheld,
    }
    yield Paragraph([Text(counted, strong=True)], lead=True)
    yield Panel(
        _("What is asked of you"),
        [
            Paragraph(
                [
                    _(
                        "To settle the decisions that follow, and to sign at the end, so that the answers go out in "
                        "the state's name."
                    )
                ]
            ),
            Paragraph(
                [
                    Text(_("If nothing is sent:"), strong=True),
                    " ",
                    _(
                        "each question is shown as not answered, never as a zero. An answer may then be drafted from "
                        "public sources, which says everywhere that the state has not confirmed it."
                    ),
                ]
            ),
            Paragraph(
                [
                    Text(_("What becomes public, and when:"), strong=True),
                    " ",
                    _(
                        "now, only whether the state has replied. Once this is signed and sent, the secretariat and "
                        "the review read the answers, and nobody else does. Whatever is to be published about the "
                        "state is shown to it before, and is compared with what was cleared here."
                    ),
                    *_closing(file),
                ]
            ),
        ],
    )


def _closing(file: ClearanceFile) -> Iterator[Inline]:
    if file.closes_on is not None:
        yield " "
        yield _("The round closes on %(day)s.") % {"day": long_day(file.closes_on)}


def _decisions(file: ClearanceFile) -> Iterator[Block]:
    found = file.decisions()
    if not found:
        yield Paragraph(
            [_("Every question is ready, and no answer carries a risk: there is nothing to settle.")]
        )
        return
    yield Grid(
        _("At most ten, the gravest first"),
        [
            Column(_("Question"), 3.0),
            Column(_("Proposed answer"), 2.6),
            Column(_("Institution"), 1.5),
            Column(_("Risk"), 2.2),
            Column(_("Decision"), 1.2),
        ],
        [list(_decision(each, file)) for each in found[:MOST_DECISIONS]],
    )
    if len(found) > MOST_DECISIONS:
        more = len(found) - MOST_DECISIONS
        yield Paragraph(
            [
                ngettext(
                    "%(n)d more answer of this kind is marked at its institution.",
                    "%(n)d more answers of this kind are marked at their institutions.",
                    more,
                )
                % {"n": more}
            ]
        )


def _decision(decision: Decision, file: ClearanceFile) -> Iterator[Line]:
    entry = decision.entry
    yield [Text(entry.code, strong=True), " ", *_both(entry.question, file)]
    yield _answer(entry, file)
    yield [entry.institution or _("coordinator")]
    yield [str(RISKS[decision.risk])]
    yield [BOX, " ", _("yes"), Break(), BOX, " ", _("no")]


def _sentences(file: ClearanceFile) -> Iterator[Block]:
    """Each sentence as it will appear, with a box: may it?"""
    if not file.sentences:
        return
    yield Heading(2, _("Sentences about the state"))
    yield Paragraph(
        [
            _(
                "They are proposed for publication, word by word as they stand here. They come from public sources, "
                "and not from the answers in this file."
            )
        ]
    )
    yield Grid(
        "",
        [
            Column(_("Sentence"), 5.2),
            Column(_("Source"), 3.0),
            Column(_("Decision"), 1.2),
        ],
        [
            [[each.text], [Text(each.source, quiet=True)], [BOX, " ", _("yes"), Break(), BOX, " ", _("no")]]
            for each in file.sentences
        ],
    )


def _by_institution(file: ClearanceFile) -> Iterator[Block]:
    for name, entries in file.institutions().items():
        yield NewPage()
        yield Heading(1, name or _("Without an institution: answered by the coordinator"))
        yield Grid(
            "",
            [
                Column(_("Question"), 3.2),
                Column(_("Answer"), 3.6),
                Column(_("What shows it, who said it"), 2.6),
            ],
            [
                [
                    [Text(each.code, strong=True), " ", *_both(each.question, file)],
                    [*_answer(each, file), *_more(each)],
                    _beside(each),
                ]
                for each in entries
            ],
        )


def _answer(entry: Entry, file: ClearanceFile) -> list[Inline]:
    if entry.restricted:
        return [Text(_("Restricted: shown to named persons only"), emphasis=True)]
    line = list(_both(entry.said, file))
    if entry.given.status is Status.PREFILLED:
        line += [Break(), Text(_("Drafted from public sources, not confirmed"), strong=True)]
    if entry.before and entry.before != entry.said:
        before = labelled(_("The last time"), entry.before[LANGUAGE])
        line += [Break(), Text(before, quiet=True)]
    return line


def _more(entry: Entry) -> Iterator[Inline]:
    if entry.restricted:
        return
    for label, text in ((_("Why not"), entry.given.reason), (_("Explanation"), entry.given.explanation)):
        if text:
            yield Break()
            yield labelled(label, "")
            yield Text(text, lang=_other_language(entry.given.language))
    if entry.translated:
        by, *texts = entry.translated
        yield Break()
        yield Text(labelled(by, ""), quiet=True)
        yield Text(" ".join(texts), emphasis=True)


def _beside(entry: Entry) -> Line:
    none = _("no proof") if entry.given.status is Status.ANSWERED else "–"
    line: list[Inline] = [entry.proof or none]
    if entry.given.respondent:
        line += [Break(), labelled(_("By"), entry.given.respondent)]
    if entry.confidentiality:
        who = str(Confidentiality(entry.confidentiality).label)
        line += [Break(), Text(labelled(_("Read by"), who), quiet=True)]
    if risk := risk_of(entry):
        line += [Break(), Text(_("To decide:"), strong=True), " ", Text(str(RISKS[risk]), emphasis=True)]
    return line


def _obligations(file: ClearanceFile) -> Iterator[Block]:
    yield Paragraph(
        [
            _(
                "What binds the state on %(day)s, since when, and with which reservations. Where nobody has compared "
                "reservations with the depositary, it says so."
            )
            % {"day": long_day(file.made_on)}
        ]
    )
    yield tables.grid(file.obligations, (1.9, 2.1, 2.1, 2.2, 1.7))


def _wishes(file: ClearanceFile) -> Iterator[Block]:
    if not file.wishes:
        yield Paragraph([_("The state asks for no support with this reply.")])
        return
    yield Grid(
        "",
        [Column(_("Support that the state asks for"), 3.0), Column(_("What was given"), 2.0)],
        [[[Text(each.text, lang=_other_language(each.language))], _given(each)] for each in file.wishes],
    )


def _given(wish: Wanted) -> Line:
    if not wish.given:
        return [_("nothing yet")]
    said: list[Inline] = [wish.given]
    if wish.given_on:
        said += [Break(), Text(long_day(wish.given_on), quiet=True)]
    return said


def _signature(file: ClearanceFile, checksum: str) -> Iterator[Block]:
    yield Paragraph(
        [
            _(
                "The answers in this file are cleared, with the decisions marked in it, to be sent in the name of "
                "%(state)s."
            )
            % {"state": file.state[LANGUAGE]}
        ]
    )
    blanks = (
        _("Function"),
        _("Signature and stamp"),
        _("Place and date"),
        _("Letter no."),
        _("Letter dated"),
    )
    yield Grid(
        "",
        [Column(_("Cleared by"), 1.0), Column(_("To be filled in"), 2.4)],
        [[[name], [""]] for name in blanks],
        empty_column_height=1.4,
    )
    yield Paragraph(
        [
            Text(labelled(_("Checksum of the contents"), printed(checksum)), strong=True),
            Break(),
            _(
                "It is of every answer and every sentence in this file, and is asked for when the signed letter is "
                "brought in: so everybody sees whether anything was changed since."
            ),
            Break(),
            Text(checksum, quiet=True),
        ]
    )


def _both(texts: Texts, file: ClearanceFile) -> Iterator[Inline]:
    """The English, and the language beside it where the text exists in it and says something else."""
    english = texts.get(LANGUAGE, "")
    yield english
    for language in file.languages[1:]:
        other = texts.get(language, "")
        if other and other != english:
            yield Break()
            yield Text(other, lang=language, emphasis=True)


def _first(texts: Texts) -> str:
    return texts.get(LANGUAGE) or next(iter(texts.values()), "")


def _other_language(language: str) -> str | None:
    return language if language not in ("", LANGUAGE) else None
