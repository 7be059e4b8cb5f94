"""All replies to one question as files: a row or a paragraph for each state, as the page has them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.documents.parts import Block as Part
from endocsea.documents.parts import Break, Bullets, Document, Heading, Inline, Paragraph, Text, Words
from endocsea.documents.word import docx
from endocsea.support.csv_files import csv_file
from endocsea.support.days import long_day
from endocsea.support.texts import chosen, labelled, plain

from ..languages import language_name
from .reading import Block, Compilation


def as_csv(compilation: Compilation, *, on: datetime.date) -> bytes:
    """In the page's language; days are ISO. A gap has its words in the column of the answer's place."""
    heading = [
        _("State"),
        _("Round"),
        _("Question"),
        _("Asked"),
        _("Answer"),
        _("No answer because"),
        _("Why it does not apply, or is withheld"),
        _("Explanation"),
        _("Language"),
        _("Translation"),
        _("Answered by (function)"),
        _("Answered on"),
        _("Sent on"),
        _("What shows it"),
        _("How to cite"),
        _("As of"),
    ]
    return csv_file(
        heading,
        (
            [
                plain(each.state.name),
                plain(compilation.round.name),
                compilation.question.name,
                plain(compilation.question.label),
                each.said,
                each.gap,
                each.given.reason,
                each.given.explanation,
                each.given.language,
                _translation(each),
                each.given.respondent,
                each.answered_on.isoformat() if each.answered_on else "",
                each.sent_on.isoformat() if each.sent_on else "",
                "; ".join(each.proofs),
                each.cite,
                on.isoformat(),
            ]
            for each in compilation.blocks
        ),
    )


def as_docx(compilation: Compilation, *, on: datetime.date) -> bytes:
    """In the page's language. Raises as `documents.word.docx` does."""
    return docx(document_of(compilation, on=on))


WRITERS: Final[Mapping[str, Callable[..., bytes]]] = {"csv": as_csv, "docx": as_docx}


def document_of(compilation: Compilation, *, on: datetime.date) -> Document:
    question, round = compilation.question, compilation.round
    restricted = _("For named persons.") if question.restricted else ""
    return Document(
        title=_("%(question)s: all replies") % {"question": question.name},
        subtitle=plain(question.label),
        language=get_language() or "en",
        day=on,
        running=" ".join(
            part for part in (_("Replies of states, as sent. Not for publication."), restricted) if part
        ),
        facts=[
            (_("Round"), plain(round.name)),
            (_("Section"), plain(compilation.section)),
            (
                _("Replied"),
                _("%(replied)d of %(asked)d states")
                % {"replied": compilation.replied, "asked": len(compilation.blocks)},
            ),
            (_("As of"), long_day(on)),
        ],
        cover=[part for each in compilation.blocks for part in _parts(each)],
        blocks=[],
        words=Words(contents=_("Contents"), notes=_("Sources"), page=_("Page {page} of {pages}")),
        ribbon=_("Training material: made-up state") if round.training else "",
        author="endocsea",
        keywords=["OCSEA", question.name],
    )


def _parts(block: Block) -> Iterator[Part]:
    name, language = chosen(block.state.name)
    yield Heading(1, name, lang=language)
    if block.gap:
        yield Paragraph([Text(block.gap, emphasis=True)])
        return
    yield Paragraph([Text(block.said, strong=True)])
    given = block.given
    for label, text in (
        (_("Why it does not apply, or is withheld"), given.reason),
        (_("Explanation"), given.explanation),
    ):
        if text:
            yield Paragraph([labelled(label, " "), Text(text, lang=_other(given.language))])
    if language := _other(given.language):
        yield Paragraph([Text(labelled(_("Language"), language_name(language)), quiet=True)])
    if block.translated is not None:
        yield Paragraph([Text(block.translated.by, quiet=True)])
        yield from (Paragraph([text]) for text in block.translated.texts)
    if block.proofs:
        yield Paragraph([_("What shows it")])
        yield Bullets([[proof] for proof in block.proofs])
    line: list[Inline] = []
    if given.respondent:
        line += [Text(labelled(_("Answered by"), given.respondent), quiet=True), Break()]
    if block.answered_on:
        line += [Text(labelled(_("Answered on"), long_day(block.answered_on)), quiet=True), Break()]
    yield Paragraph([*line, Text(labelled(_("To cite"), block.cite), quiet=True)])


def _translation(block: Block) -> str:
    """With who made it, of which version."""
    translated = block.translated
    return "\n".join([f"({translated.by})", *translated.texts]) if translated else ""


def _other(language: str) -> str | None:
    return language if language not in ("", get_language()) else None
