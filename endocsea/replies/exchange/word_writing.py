"""A sheet as a Word document: one block a question, whose answer stays together on its page, and boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from docx.document import Document as Word
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from endocsea.charts import palette
from endocsea.documents.telling import clean
from endocsea.documents.word import frame
from endocsea.questionnaires.form import CHOOSES, Kind, Texts
from endocsea.support.classes import Confidentiality
from endocsea.support.days import long_day
from endocsea.support.texts import chosen, plain

from ..answers import fitting
from ..answers.given import WITH_A_VALUE, Given, Status
from ..answers.saying import in_words
from . import offered, sheet_code, sheet_words
from .sheet import Line, Sheet
from .sheet_words import Field

TICKED: Final = "\u2612"
EMPTY: Final = "\u2610"
_PROOF_TO_CLASS: Final = 3  # the last rows of a question
SHARES: Final = [4.4, 12.6]  # of the labels and of the fields
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DESCRIBED: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def docx_of(sheet: Sheet) -> bytes:
    """The sheet in its own language, where there are words in it. The same sheet gives the same bytes."""
    with translation.override(sheet.language):
        return _Writing(sheet).whole()


class _Writing:
    """One sheet on its way: its document, and the printed cells that are remembered."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.printed: dict[str, dict[str, str]] = {}
        self.boxes = 0
        title = sheet.institution or plain(sheet.state_name)
        self.word: Word = frame.begin(
            title=f"{plain(sheet.round_name)}: {title}",
            language=sheet.language,
            day=sheet.made_on,
            author="endocsea",
            subject=_("Questions to an institution"),
        )

    def whole(self) -> bytes:
        sheet, word = self.sheet, self.word
        self.head()
        section = None
        for number, line in enumerate(sheet.lines, 1):
            if line.section != section:
                section = line.section
                self.say(word.add_paragraph(style="Heading 1"), section)
            self.question(line, number)
        frame.foot(
            word,
            " · ".join(
                part for part in (plain(sheet.round_name), plain(sheet.state_name), sheet.institution) if part
            ),
            _("Page {page} of {pages}"),
        )
        self.remember()
        return frame.bytes_of(word)

    def remember(self) -> None:
        """The part that no program shows."""
        package = self.word.part.package
        said = sheet_code.as_xml(self.sheet, self.printed)
        part = Part(PackURI(sheet_code.PART), "application/xml", said, package)
        about = Part(PackURI(sheet_code.DESCRIPTION_PART), _DESCRIBED, sheet_code.DESCRIPTION, package)
        self.word.part.relate_to(part, f"{_RELATED}/customXml")
        part.relate_to(about, f"{_RELATED}/customXmlProps")

    def head(self) -> None:
        sheet, word = self.sheet, self.word
        self.say(word.add_paragraph(style="Title"), sheet.round_name)
        word.add_paragraph(clean(sheet.institution or plain(sheet.state_name)), style="Subtitle")
        facts = [
            (_("State"), plain(sheet.state_name)),
            (_("Institution"), sheet.institution),
            (_("Questions"), str(len(sheet.lines))),
            (_("Back by"), long_day(sheet.due_on)),
            (_("Made on"), long_day(sheet.made_on)),
        ]
        table = frame.table(word, SHARES, about=_("What this sheet is"), heads=False)
        for name, value in facts:
            if value:
                row = frame.row(table)
                self.fill(row.cells[0], name, "Label")
                self.fill(row.cells[1], value, "Field")
                row.cells[1].paragraphs[0].runs[0].bold = name == _("Back by")
        word.add_paragraph(style="Body Text").paragraph_format.space_after = 0
        for words in sheet_words.HEAD:
            word.add_paragraph(str(words), style="Body Text")
        word.add_paragraph(style="Body Text").add_run(str(sheet_words.NO_CASES)).bold = True
        word.add_paragraph(clean(sheet_words.CODE % {"code": sheet_code.line_of(sheet)}), style="Small")

    def question(self, line: Line, number: int) -> None:
        heading = frame.styled(self.word.add_paragraph(), "Heading3")
        code = sheet_code.shown_code(line, self.sheet)
        heading.add_run(f"{clean(code)}  ")
        self.say(heading, line.question.label)
        table = frame.table(self.word, SHARES, about=f"{code}: {plain(line.question.label)}", style="Form")
        top = frame.row(table, heads=True)
        self.mark(self.fill(top.cells[0], code, "Normal"), line, number)
        self.fill(top.cells[1], str(sheet_words.FILL_IN), "Normal")
        self.meant(table, line)
        printed = {"offered": self.offered(table, line), "stands": self.stands(table, line)}
        self.printed[line.path] = {name: sheet_code.digest_of(said) for name, said in printed.items()}
        self.answer(table, line)
        no_answer = self.row(table, Field.NONE)
        self.ticks(no_answer, sheet_words.NO_ANSWER.items(), {line.given.status})
        _together(table.rows)
        for field, text in (
            (Field.WHY, line.given.reason),
            (Field.MORE, line.given.explanation),
            (Field.PROOF, line.beside.proof),
            (Field.POST, line.given.respondent),
        ):
            self.text(self.row(table, field), text)
        who = line.beside.confidentiality or Confidentiality.STATE.value
        self.ticks(self.row(table, Field.CLASS), sheet_words.CLASSES.items(), {who})
        _together(table.rows[-_PROOF_TO_CLASS:])

    def meant(self, table: Any, line: Line) -> None:
        texts = meaning_of(line)
        if not texts:
            return
        cell = self.row(table, Field.MEANT)
        for place, each in enumerate(texts):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            frame.styled(paragraph, "Field")
            self.say(paragraph, each)

    def offered(self, table: Any, line: Line) -> list[str]:
        """What public sources say; nothing where they say nothing."""
        said = offered.lines_of(line.offers)
        if said:
            self.text(self.row(table, Field.OFFERED), "\n".join(said))
        return said

    def stands(self, table: Any, line: Line) -> list[str]:
        """What was answered before, and whether it is still true; nothing where there is nothing."""
        said = list(self.said(line))
        if not said:
            return []
        cell = self.row(table, Field.STANDS)
        self.text(cell, "\n".join(said))
        self.ticks(self.row(table, Field.STILL), sheet_words.STILL_TRUE.items(), set())
        return said

    def said(self, line: Line) -> Iterable[str]:
        here = line.given
        if here.status is Status.PREFILLED:
            yield _("From public sources, not confirmed by the state: %(answer)s") % {
                "answer": self.words(line, here)
            }
        elif here.status is not Status.NOT_ANSWERED:
            yield _("Answered in this round: %(answer)s") % {"answer": self.words(line, here)}
        if line.before and line.before.status not in (Status.NOT_ANSWERED, Status.PREFILLED):
            yield _("The last time: %(answer)s") % {"answer": self.words(line, line.before)}

    def words(self, line: Line, given: Given) -> str:
        return clean(in_words(line.question, line.choices, given))

    def answer(self, table: Any, line: Line) -> None:
        unit = plain(line.question.unit) if line.question.unit else ""
        if line.question.kind is Kind.RANKED:
            unit = str(sheet_words.IN_ORDER)
        cell = self.row(table, Field.ANSWER, unit)
        given = line.given
        if line.question.kind is Kind.CONSENT:
            self.ticks(cell, [("OK", sheet_words.YES)], {given.value})
        elif line.question.kind in CHOOSES and line.question.kind is not Kind.RANKED:
            options: list[tuple[str, object]] = [
                (each.name, option_of(line, each.name)) for each in line.choices
            ]
            if line.question.other:
                options.append((fitting.OTHER, f"{sheet_words.OTHER} {given.other}".strip()))
            self.ticks(cell, options, set(given.value.split()) if given.status in WITH_A_VALUE else set())
        else:
            self.text(cell, given.value)

    def row(self, table: Any, field: Field, more: str = "") -> Any:
        """A row with its label; the cell to fill is given back."""
        row = frame.row(table)
        self.fill(row.cells[0], str(sheet_words.LABELS[field]), "Label").bold = True
        hint = more or str(sheet_words.HINTS.get(field, ""))
        if hint:
            frame.styled(row.cells[0].add_paragraph(clean(hint)), "Small")
        frame.shade(row.cells[0], palette.MIST)
        return row.cells[1]

    def ticks(self, cell: Any, options: Iterable[tuple[object, object]], ticked: set[Any]) -> None:
        for place, (name, words) in enumerate(options):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            frame.styled(paragraph, "Tick")
            self.boxes += 1
            paragraph._p.append(_box(self.boxes, checked=name in ticked))
            paragraph.add_run(f" {clean(str(words))}")

    def text(self, cell: Any, text: str) -> None:
        for place, part in enumerate(clean(text).split("\n")):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            frame.styled(paragraph, "Field")
            if part:
                paragraph.add_run(part)

    def fill(self, cell: Any, text: str, style: str) -> Any:
        frame.styled(cell.paragraphs[0], style)
        return cell.paragraphs[0].add_run(clean(text))

    def say(self, paragraph: Any, texts: Any) -> None:
        text, language = chosen(texts)
        frame.say_language(paragraph.add_run(clean(text)), language)

    def mark(self, run: Any, line: Line, number: int) -> None:
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:name"), sheet_code.bookmark_of(line.path))
        for each in (start, end):
            each.set(qn("w:id"), str(number))
        run._r.addprevious(start)
        run._r.addnext(end)


def meaning_of(line: Line) -> list[Texts]:
    """What stands beside a question as its meaning, paragraph by paragraph."""
    texts: list[Texts] = [each for each in (line.question.guidance, line.question.hint) if each]
    if line.question.kind is Kind.RANKED:
        texts += [
            {language: f"{each.name} – {text}" for language, text in each.label.items()}
            for each in line.choices
        ]
    return texts


def option_of(line: Line, name: str) -> str:
    """A line to tick, in the language of the moment: a level with its number."""
    label = next((plain(each.label) for each in line.choices if each.name == name), "") or name
    return clean(f"{name} – {label}" if line.question.kind is Kind.LEVEL else label)


def _box(number: int, *, checked: bool) -> Any:
    """A box that Word and LibreOffice tick with a click; its sign is plain text for whoever reads it."""
    sign = TICKED if checked else EMPTY
    return parse_xml(
        f'<w:sdt {nsdecls("w")} xmlns:w14="{_W14}"><w:sdtPr><w:id w:val="{number}"/>'
        f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" '
        f'w:hint="eastAsia"/></w:rPr><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def _together(rows: Any) -> None:
    """Keep these rows on one page: every paragraph but those of the last one stays with the next.

    The rows between two such groups may go over: the code is repeated above them, and no page is left half empty.
    """
    for row in rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
