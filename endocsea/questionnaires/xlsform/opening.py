"""From a file to the tables of an XLSForm, or a refusal: what is dangerous or out of all size never reaches pyxform.

What the file is decides, not its name. XLSX goes through the guard for uploads first, which refuses macros, passwords,
bombs and XML that does harm. XLS, which the guard knows only as old, is opened here: it holds no XML, and pyxform
reads it with xlrd.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

import xlrd
from openpyxl import load_workbook
from pyxform.constants import SUPPORTED_SHEET_NAMES, SURVEY
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform, is_empty

from endocsea.support.guard import refused as guard
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind

from . import refused, remarks
from .remarks import Place, Remark

MEGABYTES = 5
LIMIT = MEGABYTES * 1024 * 1024
TEXT_LIMIT = 1024 * 1024  # a table in Markdown or CSV
UNPACKED = 40 * 1024 * 1024
ROWS = 5_000  # of one sheet
COLUMNS = 300
CELLS = 100_000  # of all sheets, counted where something stands
CHARACTERS = 2_000_000  # pyxform takes some seconds for as many
ROOM = 8_000_000  # cells of an XLS, empty ones too: xlrd lays them all out

Found = tuple[str, int, int, str, Any]  # sheet, row, column, heading, cell

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNTIL_THE_END = 20, 60  # empty columns and rows in a row: pyxform reads no further either

_INSTEAD: Mapping[type[guard.FileRefused], type[refused.WorkbookRefused]] = {
    guard.Damaged: refused.Damaged,
    guard.Expands: refused.Expands,
    guard.Encrypted: refused.Protected,
    guard.Macros: refused.HasMacros,
    guard.Embedded: refused.HoldsMore,
    guard.Reaching: refused.HoldsMore,
    guard.Signed: refused.HoldsMore,
}
_SAYS_IT_ALL = (guard.Empty, guard.NameLooksLikeCaseData, guard.NotText, guard.Formulas)


@dataclass(slots=True)
class Opened:
    """``exact`` holds texts as they stand in the cell where pyxform changes them, by sheet, row and heading."""

    definition: DefinitionData
    stem: str
    exact: dict[tuple[str, int, str], str] = field(default_factory=dict)
    formulas: list[Remark] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # of sheets, by what pyxform calls them


def opened(source: Path | bytes, name: str) -> Opened:
    """The tables of a workbook. ``name`` is what its sender calls it."""
    content, kind = _checked(source, name)
    book = Opened(DefinitionData(), PurePath(name).stem)
    if kind == ".xlsx":
        _look_through(content, book)
    elif kind == ".xls":
        _measure_old(content)
    elif len(content) > TEXT_LIMIT or any(line.count(b"#") > 50 for line in content.splitlines()):
        raise refused.too_large("MB", 1)  # many "#" in a line keep pyxform's patterns busy for hours
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book.definition = get_xlsform(content, file_type=kind)
    except PyXFormError as error:
        if "not recognized as a supported type" in str(error):
            raise (refused.Damaged if kind.startswith(".xls") else refused.NotAWorkbook) from None
        raise refused.invalid([Remark(None, "", f"{str(error).rstrip('.')}.")]) from None
    except Exception as error:
        # What readers of hostile files raise is not in their documentation; nothing of ours runs in there.
        raise (refused.Damaged if kind.startswith(".xls") else refused.NotAWorkbook) from error
    _measure(book.definition)
    return book


def _checked(source: Path | bytes, name: str) -> tuple[bytes, str]:
    """The content cleaned by the guard, and how pyxform calls its kind."""
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > LIMIT:
        raise refused.too_large("MB", MEGABYTES)
    received = source.read_bytes() if isinstance(source, Path) else source
    try:
        accepted = uploads.inspect(io.BytesIO(received), name)
    except _SAYS_IT_ALL:
        raise
    except guard.OldOffice:
        return received, _kind_of_old(received)
    except guard.FileRefused as refusal:
        raise _INSTEAD.get(type(refusal), refused.NotAWorkbook) from None
    if accepted.kind is Kind.XLSX:
        return accepted.content, ".xlsx"
    if accepted.kind not in (Kind.TEXT, Kind.CSV):
        raise refused.NotAWorkbook
    text = accepted.content.removeprefix(b"\xef\xbb\xbf")
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".md", ".csv"):
        suffix = ".md" if text.lstrip().startswith(b"|") else ".csv"
    return text, suffix


def _kind_of_old(content: bytes) -> str:
    """The names of an old file's parts stand in it in UTF-16."""
    if not content.startswith(_OLD):
        raise refused.NotAWorkbook
    if _named("EncryptedPackage") in content:
        raise refused.Protected
    if _named("_VBA_PROJECT") in content:
        raise refused.HasMacros
    if _named("Workbook") not in content and _named("Book") not in content:
        raise refused.NotAWorkbook
    return ".xls"


def _named(part: str) -> bytes:
    return part.encode("utf-16-le")


def _measure_old(content: bytes) -> None:
    try:
        # ragged: a row takes no more room than it has cells
        with xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=io.StringIO()) as book:
            if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > ROOM:
                raise refused.too_large("cells", ROOM)
    except xlrd.XLRDError as error:
        raise (refused.Protected if "encrypted" in str(error).lower() else refused.Damaged) from None
    except refused.WorkbookRefused:
        raise
    except Exception as error:  # as above: a reader of hostile files
        raise refused.Damaged from error


def _refuse_beyond(rows: int, columns: int) -> None:
    if rows > ROWS:
        raise refused.too_large("rows", ROWS)
    if columns > COLUMNS:
        raise refused.too_large("columns", COLUMNS)


def _look_through(content: bytes, book: Opened) -> None:
    """Count what is there, and note exact texts and formulas that have no value."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > UNPACKED:
            raise refused.too_large("MB", UNPACKED // 2**20)
    formulas = [
        (key, row, column, heading)
        for key, row, column, heading, cell in _cells(content, book, values=False)
        if _noted(book, key, row, heading, cell)
    ]
    if formulas:
        known = {
            (key, row, column)
            for key, row, column, _heading, cell in _cells(content, book, values=True)
            if not is_empty(cell.value)
        }
        book.formulas = [
            Remark(Place(book.titles[key], row, heading), "", remarks.FORMULA)
            for key, row, column, heading in formulas
            if (key, row, column) not in known
        ]


def _noted(book: Opened, key: str, row: int, heading: str, cell: Any) -> bool:
    """Keep the exact text of a cell. True for a formula."""
    if cell.data_type == "f":
        return True
    if isinstance(cell.value, str) and not cell.value.isspace():
        book.exact[key, row, heading] = cell.value.strip().replace("\r\n", "\n")
    return False


def _cells(content: bytes, book: Opened, *, values: bool) -> list[Found]:
    """Every cell that holds something, with sheet, row, column and heading."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of decoration that it does not know
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
            return list(islice(_of_sheets(workbook, book), CELLS + 1))
    except refused.WorkbookRefused:
        raise
    except Exception as error:  # a reader of hostile files: see above
        raise refused.Damaged from error


def _of_sheets(workbook: Any, book: Opened) -> Iterator[Found]:
    for title in workbook.sheetnames:
        key = title.lower()
        if key not in SUPPORTED_SHEET_NAMES:
            if len(workbook.sheetnames) > 1:
                continue
            key = SURVEY
        book.titles[key] = title
        headings = _headings(title, next(workbook[title].rows, ()))
        yield from _of_rows(key, headings, workbook[title].iter_rows(min_row=2, max_col=len(headings)))


def _headings(title: str, row: Iterable[Any]) -> list[str]:
    found: list[str] = []
    empty = 0
    for cell in row:
        empty = empty + 1 if is_empty(cell.value) else 0
        if empty > _UNTIL_THE_END[0]:
            break
        heading = "" if is_empty(cell.value) else re.sub(" +", " ", str(cell.value).strip())
        if heading and (heading in found or not isinstance(cell.value, str)):
            why = remarks.HEADING_TWICE if heading in found else remarks.HEADING
            raise refused.invalid([Remark(Place(title, 1, heading), "", why)])
        found.append(heading)
    while found and not found[-1]:
        found.pop()
    _refuse_beyond(0, len(found))
    return found


def _of_rows(key: str, headings: list[str], rows: Iterable[Any]) -> Iterator[Found]:
    empty = 0
    for number, row in enumerate(islice(rows, ROWS + 1), start=2):
        _refuse_beyond(number - 1, 0)
        filled = [
            (key, number, column, heading, cell)
            for column, (heading, cell) in enumerate(zip(headings, row, strict=False))
            if heading and not is_empty(cell.value)
        ]
        yield from filled
        empty = 0 if filled else empty + 1
        if empty > _UNTIL_THE_END[1]:
            break


def _measure(definition: DefinitionData) -> None:
    cells = characters = 0
    for key in SUPPORTED_SHEET_NAMES:
        rows = getattr(definition, key) or ()
        headings = (getattr(definition, f"{key}_header") or [{}])[0]
        _refuse_beyond(len(rows), len(headings))
        cells += sum(len(row) for row in rows)
        characters += sum(len(str(value)) for row in rows for value in row.values())
    if cells > CELLS:
        raise refused.too_large("cells", CELLS)
    if characters > CHARACTERS:
        raise refused.too_large("characters", CHARACTERS)
