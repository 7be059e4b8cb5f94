"""A document as a Word document: the same parts as in the PDF, in styles that every office knows.

A chart becomes its table, since a drawing cannot be corrected in Word: what it shows stands above it in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from ..parts import (
    Block,
    Break,
    Bullets,
    Cite,
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
from ..tables import grid
from ..telling import clean, tell
from . import frame

_TALL: Final = 1200  # letters in a cell from which its row may be cut by a page


def docx(document: Document) -> bytes:
    """The document for Word. Raises :class:`ValueError` as :func:`~endocsea.documents.telling.tell` does."""
    tell(document)
    return _Writing(document).whole()


class _Writing:
    """One document on its way: the order in which its notes are cited, and its bookmarks."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[str, int] = {}
        self.marks: dict[str, str] = {}
        self.turns = False  # the next paragraph begins a page
        self.word = frame.begin(
            title=document.title,
            language=document.language,
            day=document.day,
            author=document.author,
            subject=document.subtitle,
        )

    def whole(self) -> bytes:
        document, word = self.document, self.word
        frame.head(word, " · ".join(part for part in (document.ribbon, document.running) if part))
        frame.foot(word, document.title, document.words.page)
        frame.styled(word.add_paragraph(clean(document.title)), "Title")
        if document.subtitle:
            frame.styled(word.add_paragraph(clean(document.subtitle)), "Subtitle")
        if document.facts:
            table = frame.table(word, [1.0, 2.6], about=document.title, heads=False)
            for name, value in document.facts:
                row = frame.row(table)
                for cell, text, style in zip(row.cells, (name, value), ("Label", "Field"), strict=True):
                    frame.styled(cell.paragraphs[0], style).add_run(clean(text))
            word.add_paragraph()
        for block in document.cover:
            self.block(block)
        if document.blocks:
            self.block(NewPage())
        for place, block in enumerate(document.blocks):
            self.block(block)
            if isinstance(block, Paragraph) and _is_bare_grid(document.blocks[place + 1 : place + 2]):
                word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.notes()
        return frame.bytes_of(word)

    def block(self, block: Block) -> None:
        match block:
            case Heading(level, text, key, lang):
                paragraph = self.add(f"Heading{level}")
                frame.say_language(paragraph.add_run(clean(text)), lang)
                self.mark(paragraph, key)
            case Paragraph(line, lead):
                self.line(self.add("Lead" if lead else "BodyText"), line)
            case Bullets(items, numbered):
                self.bullets(items, numbered=numbered)
            case Grid():
                self.grid(block)
            case Picture():
                self.picture(block)
            case Panel():
                self.panel(block)
            case NewPage():
                self.turns = True

    def add(self, style: str, text: str = "") -> Any:
        paragraph = frame.styled(self.word.add_paragraph(clean(text)), style)
        if self.turns:
            paragraph.paragraph_format.page_break_before, self.turns = True, False
        return paragraph

    def bullets(self, items: Sequence[Line], *, numbered: bool) -> None:
        own = frame.numbered(self.word) if numbered else frame.BULLETS
        for item in items:
            paragraph = self.add("ListNumber" if numbered else "ListBullet")
            if numbered:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = own
            self.line(paragraph, item)

    def grid(self, grid: Grid) -> None:
        if grid.caption:
            caption = self.add("Caption", grid.caption)
            self.mark(caption, grid.key)
        elif self.turns:
            self.add("Normal")
        table = frame.table(
            self.word,
            [column.share for column in grid.columns],
            about=grid.caption or ", ".join(column.name for column in grid.columns),
        )
        top = frame.row(table, heads=True)
        for cell, column in zip(top.cells, grid.columns, strict=True):
            self.cell(cell, [column.name], number=column.number)
        for cells in grid.rows:
            letters = max((sum(map(_length, cell)) for cell in cells), default=0)
            row = frame.row(table, whole=letters < _TALL)
            if grid.empty_column_height is not None:
                row.height = Cm(grid.empty_column_height)
            for cell, line, column in zip(row.cells, cells, grid.columns, strict=True):
                self.cell(cell, line, number=column.number)
        self.word.add_paragraph()

    def cell(self, cell: Any, line: Line, *, number: bool) -> None:
        paragraph = frame.styled(cell.paragraphs[0], "Field")
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.line(paragraph, line)

    def picture(self, picture: Picture) -> None:
        chart = picture.chart
        paragraph = self.add("BodyText", picture.alt)
        self.mark(paragraph, picture.key)
        self.grid(grid(chart.table, [1.0] * len(chart.table.columns)))

    def panel(self, panel: Panel) -> None:
        style = "PanelWarm" if panel.warm else "Panel"
        self.add(style).add_run(clean(panel.title)).bold = True
        for block in panel.blocks:
            if isinstance(block, Paragraph):
                self.line(self.add(style), block.line)
            else:
                for place, item in enumerate(block.items, 1):
                    begins = f"{place}. " if block.numbered else "• "
                    self.line(self.add(style), [begins, *item])
        self.word.add_paragraph()

    def notes(self) -> None:
        if not self.numbers:
            return
        self.block(Heading(1, self.document.words.notes))
        done = 0
        while done < len(self.numbers):  # a note may cite another
            key = list(self.numbers)[done]
            done += 1
            paragraph = self.add("BodyText", f"{done}. ")
            self.mark(paragraph, f"note {key}")
            self.line(paragraph, self.document.notes[key])

    def line(self, paragraph: Any, line: Line) -> None:
        before: Inline | None = None
        for piece in line:
            match piece:
                case Cite(key):
                    number = self.numbers.setdefault(key, len(self.numbers) + 1)
                    if isinstance(before, Cite):
                        paragraph.add_run(", ").font.superscript = True
                    run = paragraph.add_run(str(number))
                    run.font.superscript = True
                    self.link(run, anchor=self.name(f"note {key}"))
                case Break():
                    paragraph.add_run().add_break()
                case Text():
                    self.text(paragraph, piece)
                case _:
                    _add(paragraph, piece)
            before = piece

    def text(self, paragraph: Any, text: Text) -> None:
        run = _add(paragraph, text.text)
        if text.strong:
            run.bold = True
        if text.emphasis:
            run.italic = True
        if text.quiet:
            run._r.style = "Quiet"
        if text.href is not None or text.to is not None:
            run._r.style = "Hyperlink"
            self.link(run, address=text.href, anchor=self.name(text.to) if text.to else None)
        frame.say_language(run, text.lang)

    def link(self, run: Any, *, address: str | None = None, anchor: str | None = None) -> None:
        wrapped = OxmlElement("w:hyperlink")
        if address is not None:
            wrapped.set(
                qn("r:id"), run.part.relate_to(clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            )
        elif anchor is not None:
            wrapped.set(qn("w:anchor"), anchor)
        run._r.addprevious(wrapped)
        wrapped.append(run._r)

    def mark(self, paragraph: Any, key: str | None) -> None:
        if key is None:
            return
        number = str(len(self.word.element.xpath("//w:bookmarkStart")) + 1)
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:name"), self.name(key))
        for each in (start, end):
            each.set(qn("w:id"), number)
            paragraph._p.append(each)

    def name(self, key: str) -> str:
        """The name of a bookmark for a key, which may be anything."""
        bare = re.sub(r"[^A-Za-z0-9]", "_", key)[:30]
        return self.marks.setdefault(key, f"m{len(self.marks) + 1}_{bare}")


def _add(paragraph: Any, text: str) -> Any:
    """A run with the text; python-docx turns line ends and tabs into those of Word."""
    return paragraph.add_run(clean(text))


def _is_bare_grid(blocks: Sequence[Block]) -> bool:
    """A table without a caption, which the words before it introduce."""
    return bool(blocks) and isinstance(blocks[0], Grid) and not blocks[0].caption


def _length(piece: Inline) -> int:
    return len(piece) if isinstance(piece, str) else len(piece.text) if isinstance(piece, Text) else 0
