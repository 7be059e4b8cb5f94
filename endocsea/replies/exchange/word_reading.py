"""A sheet in Word that came back: what can be read of it, and everything that cannot, by question and field.

Nothing is guessed: where ticks or texts say two things, the question is not taken, and its trouble says why.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.support.guard import refused as guarded
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind as FileKind
from endocsea.support.texts import plain

from ..answers.given import Given
from . import offered, refused, sheet_code, sheet_words, word_document
from .sheet import Beside, Line, Returned, Sheet, Trouble
from .sheet_code import Identity, Printed, shown_code
from .sheet_texts import normal, quoted
from .sheet_words import LABELS, Field
from .word_answer import Unclear, answer_of, beside_of
from .word_document import Between, Row
from .word_writing import meaning_of

LARGEST = 24 * 1024 * 1024  # of its parts in all: a sheet of 130 questions has two of these megabytes
NEEDED = (Field.ANSWER, Field.NONE, Field.WHY, Field.MORE, Field.POST)


def returned(content: bytes, name: str, sheet: Sheet) -> Returned:
    """What a file holds for the reply of ``sheet``, which has every question of the round.

    Raises what `guard.uploads.inspect` raises, `refused.NotWord`, `NotASheet`, `OfAnotherRound`, `OfAnotherState`,
    `OfAnotherWording`, `WithoutQuestions`.
    """
    accepted = uploads.inspect(io.BytesIO(content), name)
    if accepted.kind is not FileKind.DOCX:
        raise refused.NotWord
    if word_document.unpacked(accepted.content) > LARGEST:
        raise guarded.Expands
    try:
        found = word_document.read(accepted.content)
    except word_document.UNREADABLE:
        raise guarded.Damaged from None
    identity = _identity(accepted.content, found.parts)
    _see_that_it_belongs_here(identity, sheet)
    reading = _Reading(sheet, identity)
    for part in found.parts:
        reading.take(part)
    if not reading.blocks:
        raise refused.WithoutQuestions
    reading.remark(found)
    answers, beside = reading.answers()
    return Returned(
        sheet.round,
        sheet.state,
        identity.institution,
        sheet.digest,
        answers,
        tuple(reading.troubles),
        beside,
    )


def _identity(content: bytes, parts: tuple[Row | Between, ...]) -> Identity:
    identity = sheet_code.from_package(content)
    if identity is None:
        texts = (part.text for part in parts if isinstance(part, Between))
        identity = next(filter(None, map(sheet_code.from_line, texts)), None)
    if identity is None:
        raise refused.NotASheet
    return identity


def _see_that_it_belongs_here(identity: Identity, sheet: Sheet) -> None:
    if identity.round != sheet.round:
        raise refused.OfAnotherRound(theirs=identity.round, ours=sheet.round)
    if identity.state != sheet.state:
        raise refused.OfAnotherState(theirs=identity.state, ours=plain(sheet.state_name))
    if not sheet.digest.startswith(identity.digest) or not identity.digest:
        raise refused.OfAnotherWording


@dataclass(slots=True)
class Block:
    """The rows of one question as they were found."""

    line: Line
    rows: dict[Field, list[str]] = field(default_factory=dict)
    twice: bool = False


class _Reading:
    """The document from top to bottom: which question each row belongs to, and what belongs to none."""

    def __init__(self, sheet: Sheet, identity: Identity) -> None:
        self.sheet = sheet
        self.identity = identity
        self.by_mark = {sheet_code.bookmark_of(line.path): line for line in sheet.lines}
        self.by_code = {normal(shown_code(line, sheet)): line for line in sheet.lines}
        self.labels = {
            normal(words): each
            for each, label in LABELS.items()
            for words in sheet_words.in_every_language(label)
        }
        self.hints = {
            normal(words)
            for hint in (*sheet_words.HINTS.values(), sheet_words.IN_ORDER)
            for words in sheet_words.in_every_language(hint)
        }
        self.blocks: dict[str, Block] = {}
        self.current: Block | None = None
        self.began = False
        self.troubles: list[Trouble] = []

    def take(self, part: Row | Between) -> None:
        if isinstance(part, Between):
            if part.typed:
                self.stray(part.text)
            return
        line = self.line_of(part)
        if line is not None:
            self.begin(line)
        elif self.began or self.current:
            self.row(part)

    def line_of(self, row: Row) -> Line | None:
        for mark in sorted(row.marks):
            if mark in self.by_mark:
                return self.by_mark[mark]
        first = normal(row.cells[0].text) if row.cells else ""
        if first in self.by_code:
            return self.by_code[first]
        if row.marks:
            self.began, self.current = True, None
            self.trouble(row.cells[0].text, _("No question of this round has this code."), _take_the_code())
        return None

    def begin(self, line: Line) -> None:
        self.began = True
        if line.path in self.blocks:
            self.current = Block(line)  # read on, so that its rows are not taken for those of the first
            self.blocks[line.path].twice = True
            return
        self.current = self.blocks[line.path] = Block(line)

    def row(self, row: Row) -> None:
        """One row of the present question: its label, its field, and what stands in neither."""
        label = row.cells[0].paragraphs if row.cells else []
        place = next((place for place, text in enumerate(label) if text.strip()), None)
        which = self.labels.get(normal(label[place])) if place is not None else None
        if self.current is None:
            return
        if which is None:
            self.stray(" ".join(cell.text for cell in row.cells).strip())
            return
        beside = label[place + 1 :] if place is not None else []
        content = [text for cell in row.cells[1:] for text in cell.paragraphs]
        hints = self.hints | {normal(unit) for unit in self.current.line.question.unit.values()} | {""}
        strange = [text for text in beside if normal(text) not in hints]
        if len(row.cells) == 1:  # label and field are one cell by now
            content, strange = strange, []
        self.stray(" ".join(strange), which)
        self.current.rows.setdefault(which, []).extend(content)

    def stray(self, text: str, which: Field | None = None) -> None:
        if text.strip():
            self.trouble(
                self.where(which),
                _("Outside the fields stands %(text)s.") % {"text": quoted(text)},
                _("Copy it into the field where it belongs, or leave it out."),
            )

    def where(self, which: Field | None = None, line: Line | None = None) -> str:
        line = line or (self.current.line if self.current else None)
        if line is None:
            return _("beside the questions")
        code = shown_code(line, self.sheet)
        return f"{code}, {LABELS[which]}" if which else code

    def trouble(self, where: str, what: str, remedy: str) -> None:
        self.troubles.append(Trouble(where, what, remedy))

    def remark(self, found: word_document.Read) -> None:
        """What is true of the whole document."""
        self.current = None
        if found.changes:
            self.trouble(
                self.where(),
                _("Changes are marked in the document; they were read as accepted."),
                _("Look at the differences before you take them."),
            )
        for comment in found.comments:
            self.trouble(
                self.where(),
                _("A comment or note says %(text)s.") % {"text": quoted(comment)},
                _("Copy it into the field where it belongs, or leave it out."),
            )
        gone = [path for path in self.identity.questions if path not in self.blocks]
        if gone:
            lines = {line.path: line for line in self.sheet.lines}
            codes = ", ".join(self.where(line=lines[path]) if path in lines else path for path in gone)
            self.trouble(
                self.where(),
                ngettext(
                    "%(n)d question is not on the sheet any more: %(codes)s.",
                    "%(n)d questions are not on the sheet any more: %(codes)s.",
                    len(gone),
                )
                % {"n": len(gone), "codes": codes},
                _("Nothing changes for them. Ask the institution, or send out a new sheet."),
            )

    def answers(self) -> tuple[dict[str, tuple[Given, int]], dict[str, Beside]]:
        answers: dict[str, tuple[Given, int]] = {}
        beside: dict[str, Beside] = {}
        for path, block in self.blocks.items():
            printed = self.identity.questions.get(path, Printed())
            try:
                given = self.answer(block, printed)
            except Unclear as unclear:
                self.trouble(self.where(unclear.field, block.line), unclear.what, unclear.remedy)
                continue
            answers[path] = (given, printed.seen)
            found, strays = beside_of(block.rows)
            if found != Beside():
                beside[path] = found
            self.strays(block, strays)
        return answers, beside

    def answer(self, block: Block, printed: Printed) -> Given:
        if block.twice:
            raise Unclear(
                None,
                _("The question stands twice in the document."),
                _("Delete one of the two, and upload it again."),
            )
        missing = [each for each in NEEDED if each not in block.rows]
        if missing:
            raise Unclear(
                missing[0],
                _("This row is not on the sheet any more, so the question was not taken."),
                _("Enter its answer here, or send out a new sheet."),
            )
        given, strays = answer_of(
            block.line, block.rows, printed, self.identity.language or self.sheet.language
        )
        self.strays(block, strays)
        self.strays(block, list(self.changed_print(block, printed)))
        return given

    def strays(self, block: Block, strays: list[tuple[Field, str]]) -> None:
        self.current = block
        for which, text in strays:
            self.stray(text, which)

    def changed_print(self, block: Block, printed: Printed) -> Iterator[tuple[Field, str]]:
        """What somebody wrote into the rows that are there to be read."""
        known = {normal(text) for texts in meaning_of(block.line) for text in texts.values()}
        lines = Counter(text for text in block.rows.get(Field.MEANT, ()) if normal(text) not in known)
        yield from ((Field.MEANT, text) for text in lines if text.strip())
        offers = block.rows.get(Field.OFFERED, [])
        if printed.offered and sheet_code.digest_of(offers) != printed.offered:
            said = {normal(text) for text in offered.in_every_language(block.line.offers)}
            yield from ((Field.OFFERED, text) for text in offers if normal(text) not in said)
        stands = block.rows.get(Field.STANDS, [])
        if printed.stands and sheet_code.digest_of(stands) != printed.stands:
            yield Field.STANDS, "\n".join(stands)


def _take_the_code() -> str:
    return _("Take the question's code from the questionnaire of this very round.")
