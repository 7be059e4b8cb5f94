"""A sheet as an Excel workbook: what is to be read is grey and locked, what is to be filled in white and open.

There is no password: the lock keeps from mistakes. A hidden sheet says what the workbook is and what each question was
sent with, and holds the lists; hidden columns say which question each row is of.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from endocsea.charts import palette
from endocsea.documents.row_heights import height_of
from endocsea.documents.telling import clean
from endocsea.questionnaires.form import CHOOSES, Kind
from endocsea.support.classes import Confidentiality
from endocsea.support.texts import plain

from ...answers.fitting import OTHER
from ...answers.given import WITH_A_VALUE, Status
from .. import sheet_code
from ..sheet import Line, Sheet
from . import cells, front, words
from .told import before, meant
from .words import FILLED, HEADINGS, HIDDEN, STATUSES, Column

HOME: Final = "endocsea"  # the hidden sheet
MACHINE: Final = "endocsea:"  # before a column's name in the hidden first row
WIDTHS: Final[dict[Column, int]] = {
    Column.CODE: 9,
    Column.ASKED: 36,
    Column.MEANT: 50,
    Column.BEFORE: 18,
    Column.STATUS: 16,
    Column.ANSWER: 30,
    Column.WHY: 20,
    Column.MORE: 30,
    Column.PROOF: 26,
    Column.POST: 18,
    Column.CLASS: 20,
}
HEADS: Final = 4  # rows above the questions: the machine's names, the section, a hint, the headings
_LONGEST_TITLE: Final = 31
_BESIDE: Final = 6  # columns of the hidden sheet before its lists
_GREY: Final = "#E8ECF1"  # darker than panels are on a screen, so that it is seen on paper, too
_A3, _A4 = 8, 9
_ROOM: Final = 3  # lines that there is room for in every row of a question
_MADE: Final = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # the same sheet gives the same bytes
_FIRST_DAY: Final = datetime.date(1900, 3, 1)  # spreadsheets count days before it differently


def xlsx_of(sheet: Sheet) -> bytes:
    """The workbook in the sheet's own language, where there are words in it. The same sheet gives the same bytes."""
    content = io.BytesIO()
    with translation.override(sheet.language), Workbook(content, {"in_memory": True}) as book:
        Writing(sheet, book).whole()
    return content.getvalue()


def titles_of(sheet: Sheet) -> dict[str, list[Line]]:
    """The lines by the title of their sheet: the section's name and label, as far as there is room for it."""
    sections: dict[str, list[Line]] = {}
    for line in sheet.lines:
        sections.setdefault(line.path.partition("/")[0] if "/" in line.path else "", []).append(line)
    titles: dict[str, list[Line]] = {}
    taken = {HOME, str(words.READ_ME).casefold(), "history"}
    for name, lines in sections.items():
        label = f"{name} {plain(lines[0].section)}" if name else _("Questions")
        bare = " ".join("".join(" " if sign in "[]:*?/\\" else sign for sign in clean(label)).split())
        title, number = _cut(bare, _LONGEST_TITLE), 1
        while title.casefold() in taken:
            number += 1
            title = f"{_cut(bare, _LONGEST_TITLE - 4)} {number}"
        taken.add(title.casefold())
        titles[title] = lines
    return titles


def _cut(text: str, most: int) -> str:
    if len(text) > most:
        text = text[: most + 1].rpartition(" ")[0] or text[:most]
    return text.strip(" '") or _("Questions")


class Writing:
    """One workbook on its way: its formats, and the lists that its cells share."""

    def __init__(self, sheet: Sheet, book: Any) -> None:
        self.sheet, self.book = sheet, book
        self.lists: dict[tuple[str, ...], str] = {}
        self.formats: dict[str, Any] = {}
        book.set_properties(
            {"created": _MADE, "title": self.clean(sheet.round_name), "subject": self.clean(sheet.state_name)}
        )

    def whole(self) -> None:
        page = self.book.add_worksheet(self.clean(words.READ_ME)[:_LONGEST_TITLE])
        front.write(self, page)
        places = {title: self.book.add_worksheet(title) for title in titles_of(self.sheet)}
        self.home = self.book.add_worksheet(HOME)
        self.home.hide()
        for number, said in enumerate(self.identity()):
            for column, each in enumerate(said):
                self.home.write_string(number, column, each)
        for title, lines in titles_of(self.sheet).items():
            _Section(self, places[title], lines).whole()
        self.home.protect()

    def identity(self) -> Iterable[tuple[str, ...]]:
        sheet = self.sheet
        yield "what", sheet_code.NAMESPACE
        yield "round", sheet.round
        yield "state", sheet.state
        yield "digest", sheet.digest
        yield "institution", clean(sheet.institution)
        yield "language", sheet.language
        for line in sheet.lines:
            given = line.given
            yield "question", line.path, str(line.seen), given.status.value, clean(given.value)

    def clean(self, said: Any) -> str:
        return clean(plain(said) if isinstance(said, Mapping) else str(said))

    def format(self, **how: Any) -> Any:
        """Formats that are the same are one."""
        key = repr(sorted(how.items()))
        if key not in self.formats:
            base = {"font_name": "Arial", "font_size": 10, "valign": "top", "font_color": palette.INK}
            self.formats[key] = self.book.add_format(base | how)
        return self.formats[key]

    def list_of(self, options: Sequence[str]) -> str:
        """The address of a list in the hidden sheet."""
        key = tuple(options)
        if key not in self.lists:
            column = _BESIDE + len(self.lists)
            for number, option in enumerate(options):
                self.home.write_string(number, column, option)
            letters = xl_col_to_name(column, col_abs=True)
            self.lists[key] = f"={HOME}!{letters}$1:{letters}${len(options)}"
        return self.lists[key]

    def page(self, page: Any, *, wide: bool = False) -> None:
        """How a sheet is printed, and that only its open cells are written into."""
        if wide:
            page.set_landscape()
        page.set_paper(_A3 if wide else _A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        numbers = _("Page {page} of {pages}").replace("&", "&&")
        said = f"{self.clean(self.sheet.round_name)} · {self.clean(self.sheet.state_name)}".replace("&", "&&")
        page.set_footer(f"&L&8{said[:120]}&R&8{numbers.format(page='&P', pages='&N')[:60]}")
        page.protect("", {"format_rows": True, "format_columns": True})


class _Section:
    """One sheet of questions."""

    def __init__(self, writing: Writing, page: Any, lines: list[Line]) -> None:
        self.writing, self.page, self.lines = writing, page, lines
        self.row = HEADS
        self.shown: list[tuple[str, float]] = []  # what stands in the present row, and how wide its column is
        border = {"border": 1, "border_color": palette.STONE, "text_wrap": True}
        self.grey = writing.format(**border, bg_color=_GREY)
        self.code = writing.format(**border, bg_color=_GREY, bold=True)
        self.open = writing.format(**border, locked=False)
        self.text = writing.format(**border, locked=False, num_format="@")
        self.day = writing.format(**border, locked=False, num_format="yyyy-mm-dd", align="left")
        self.number = writing.format(**border, locked=False, align="left")

    def whole(self) -> None:
        page, writing = self.page, self.writing
        for column in Column:
            page.write_string(0, _at(column), f"{MACHINE}{column}")
        page.set_row(0, None, None, {"hidden": True})
        page.set_column(0, len(HIDDEN) - 1, None, None, {"hidden": True})
        for column, width in WIDTHS.items():
            page.set_column(_at(column), _at(column), width)
        first = _at(Column.CODE)
        title = writing.format(font_size=14, bold=True, font_color=palette.BRAND)
        page.set_row(1, 22)
        page.write_string(
            1,
            first,
            writing.clean(self.lines[0].section) if "/" in self.lines[0].path else _("Questions"),
            title,
        )
        page.write_string(
            2, first, _("Fill in the white cells. The sheet “%(name)s” says how.") % {"name": words.READ_ME},
            writing.format(font_color=palette.MUTED),
        )  # fmt: skip
        heading = writing.format(
            bold=True,
            font_color=palette.PAPER,
            bg_color=palette.BRAND,
            border=1,
            border_color=palette.STONE,
            text_wrap=True,
            valign="vcenter",
        )
        for column, said in HEADINGS.items():
            page.write_string(HEADS - 1, _at(column), str(said), heading)
        page.set_row(HEADS - 1, 30)
        page.freeze_panes(HEADS, _at(Column.MEANT))
        page.repeat_rows(HEADS - 1)
        for line in self.lines:
            self.question(line)
        page.print_area(0, 0, self.row - 1, len(Column) - 1)
        page.hide_gridlines(2)
        writing.page(page, wide=True)

    def question(self, line: Line) -> None:
        """The row of a question, and one for each thing that can be marked below it."""
        given = line.given
        self.hidden(line)
        self.put(Column.CODE, sheet_code.shown_code(line, self.writing.sheet), self.code)
        self.put(Column.ASKED, plain(line.question.label), self.grey)
        self.put(Column.MEANT, "\n".join(meant(line)), self.grey)
        self.put(Column.BEFORE, before(line), self.grey)
        statuses = [Status.ANSWERED, Status.NOT_KNOWN, Status.NOT_APPLICABLE, Status.WITHHELD]
        statuses += [Status.PREFILLED] if given.status is Status.PREFILLED else []
        shown = "" if given.status is Status.NOT_ANSWERED else str(STATUSES[given.status])
        self.put(Column.STATUS, shown, self.open)
        self.choose(Column.STATUS, [str(STATUSES[each]) for each in statuses])
        self.answer(line)
        self.put(Column.WHY, given.reason, self.text)
        self.put(Column.MORE, given.explanation, self.text)
        self.put(Column.PROOF, line.beside.proof, self.text)
        self.put(Column.POST, given.respondent, self.text)
        who = Confidentiality(line.beside.confidentiality or Confidentiality.STATE)
        self.put(Column.CLASS, str(words.CLASSES[who]), self.open)
        self.choose(Column.CLASS, [str(each) for each in words.CLASSES.values()])
        self.next_row(least=_ROOM)
        self.below(line)

    def answer(self, line: Line) -> None:
        question, given = line.question, line.given
        value = given.value if given.status in WITH_A_VALUE else ""
        if question.kind in (Kind.SEVERAL, Kind.RANKED):
            told = words.MARK_BELOW if question.kind is Kind.SEVERAL else words.ORDER_BELOW
            self.put(Column.ANSWER, str(told), self.grey)
        elif question.kind in CHOOSES:
            options = words.options_of(question, line.choices)
            self.put(Column.ANSWER, options.get(value, value), self.open)
            self.choose(Column.ANSWER, [clean(each) for each in options.values()])
        elif question.kind is Kind.CONSENT:
            self.put(Column.ANSWER, str(words.YES) if value else "", self.open)
            self.choose(Column.ANSWER, [str(words.YES)])
        elif question.kind is Kind.DAY:
            self.put_day(value)
        elif question.kind in (Kind.NUMBER, Kind.WHOLE, Kind.RANGE):
            self.put_number(line, value)
        else:
            self.put(Column.ANSWER, value, self.text)

    def put_day(self, value: str) -> None:
        day = _day(value)
        if day is None:
            self.put(Column.ANSWER, value, self.day)
        else:
            self.page.write_datetime(self.row, _at(Column.ANSWER), day, self.day)
        self.allow(
            Column.ANSWER,
            _("A day, as in 2020-03-31."),
            validate="date",
            criteria=">=",
            value=_FIRST_DAY,
        )

    def put_number(self, line: Line, value: str) -> None:
        number = cells.number_in(value)
        if number is None:
            self.put(Column.ANSWER, value, self.number)
        else:
            self.page.write_number(self.row, _at(Column.ANSWER), number, self.number)
        unit = plain(line.question.unit)
        self.allow(
            Column.ANSWER,
            _("A number, in %(unit)s.") % {"unit": unit} if unit else _("A number."),
            validate="integer" if line.question.kind is Kind.WHOLE else "decimal",
            criteria="between",
            minimum=-(10**15),
            maximum=10**15,
        )

    def below(self, line: Line) -> None:
        """A row for each thing to mark, and one to write in another."""
        question, given = line.question, line.given
        names = given.value.split() if given.status in WITH_A_VALUE else []
        options = words.options_of(question, line.choices)
        if question.kind in (Kind.SEVERAL, Kind.RANKED):
            for name, said in options.items():
                if name == OTHER:
                    continue
                mark = words.MARK
                if question.kind is Kind.RANKED:
                    mark = str(names.index(name) + 1) if name in names else ""
                self.option(line, name, said, mark if name in names else "")
                if question.kind is Kind.SEVERAL:
                    self.choose(Column.ANSWER, [words.MARK])
                self.next_row()
        if question.other:
            here = given.other or (words.MARK if OTHER in names and question.kind is Kind.SEVERAL else "")
            self.option(line, OTHER, str(words.OTHER), here)
            self.next_row()

    def option(self, line: Line, name: str, said: str, answer: str) -> None:
        self.hidden(line, name)
        for column in (Column.CODE, Column.ASKED, Column.BEFORE, *FILLED):
            self.put(column, "", self.grey)
        self.put(Column.MEANT, f"    {said}", self.grey)
        if answer.isdecimal():
            self.page.write_number(self.row, _at(Column.ANSWER), int(answer), self.number)
        else:
            self.put(Column.ANSWER, answer, self.open if name != OTHER else self.text)

    def hidden(self, line: Line, option: str = "") -> None:
        self.page.write_string(self.row, _at(Column.PATH), line.path)
        if option:
            self.page.write_string(self.row, _at(Column.OPTION), option)

    def put(self, column: Column, said: str, how: Any) -> None:
        if said:
            self.page.write_string(self.row, _at(column), clean(said), how)
            self.shown.append((said, WIDTHS[column]))
        else:
            self.page.write_blank(self.row, _at(column), None, how)

    def next_row(self, *, least: int = 1) -> None:
        self.page.set_row(self.row, height_of(self.shown, least=least))
        self.row += 1
        self.shown = []

    def choose(self, column: Column, options: Sequence[str]) -> None:
        self.allow(
            column,
            "",
            _("Choose from the list, or leave the cell empty."),
            validate="list",
            source=self.writing.list_of(options),
        )

    def allow(self, column: Column, hint: str, wrong: str = "", **what: Any) -> None:
        more = {"input_message": hint[:255]} if hint else {}
        self.page.data_validation(
            self.row, _at(column), self.row, _at(column),
            {**what, **more, "error_title": _("This does not fit")[:32], "error_message": (wrong or hint)[:255]},
        )  # fmt: skip


def _at(column: Column) -> int:
    return list(Column).index(column)


def _day(value: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY and day.isoformat() == value else None
