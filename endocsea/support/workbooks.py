"""An Excel workbook that came in, as tables of cells: what is out of all size is never laid out in memory.

The guard for uploads has looked at it before: macros, passwords, bombs and XML that does harm do not come this far.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from endocsea.support.guard import refused as guarded
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind
from endocsea.support.refusals import Refusal

UNPACKED: Final = 32  # MB
ROWS: Final = 5_000  # of one sheet
COLUMNS: Final = 200  # what stands further to the right is not read
CELLS: Final = 200_000  # of all sheets, counted where something stands
MERGED: Final = 100_000  # cells of all sheets that are covered by another
_MERGE: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
_COMMENTS: Final = re.compile(r"xl/(?:comments|threadedComments)/?[^/]*\.xml", re.IGNORECASE)
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class NotAWorkbook(Refusal):
    code = "workbooks.not-a-workbook"
    sentence = _("The file is no Excel workbook in the present format.")
    remedy = _(
        "Open it in Excel or LibreOffice, choose “Save as”, “Excel workbook (.xlsx)”, and upload what was saved."
    )


class TooLarge(Refusal):
    code = "workbooks.too-large"
    sentence = _("The workbook holds more than can be read here: at most %(limit)s.")
    remedy = _("Copy what you filled in into the workbook that was sent out, and upload that.")


_AT_MOST = {
    "MB": _("%(most)s MB"),
    "rows": _("%(most)s rows in a sheet"),
    "cells": _("%(most)s cells"),
}


def too_large(what: str, most: int) -> TooLarge:
    return TooLarge(limit=_AT_MOST[what] % {"most": f"{most:,}"})


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stands in a cell that has no value to read: an error, as spreadsheets write it, or nothing for a formula."""

    said: str = ""


@dataclass(slots=True)
class Table:
    """One sheet: by row and column, from 1, what stands there. ``covered``: by which cell, where any are merged."""

    title: str
    rows: dict[int, dict[int, object]] = field(default_factory=dict)
    covered: dict[tuple[int, int], str] = field(default_factory=dict)

    def where(self, row: int, column: int) -> str:
        return f"{self.title}!{get_column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Opened:
    tables: tuple[Table, ...]
    comments: tuple[str, ...]


def opened(content: bytes, name: str) -> Opened:
    """Raises what `guard.uploads.inspect` raises, `NotAWorkbook`, `TooLarge`."""
    accepted = uploads.inspect(io.BytesIO(content), name)
    if accepted.kind is not Kind.XLSX:
        raise NotAWorkbook
    try:
        with zipfile.ZipFile(io.BytesIO(accepted.content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > UNPACKED * 2**20:
                raise too_large("MB", UNPACKED)
            comments = tuple(_comments(package))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of decoration that it does not know
            tables, formulas = _read(accepted.content)
            if formulas:
                _put_values(accepted.content, tables, formulas)
    except TooLarge:
        raise
    except Exception as error:  # what readers of hostile files raise is not in their documentation
        raise guarded.Damaged from error
    return Opened(tuple(tables), comments)


def _read(content: bytes) -> tuple[list[Table], list[tuple[int, int, int]]]:
    """The tables, and where formulas stand: number of the table, row, column."""
    book: Any = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    tables: list[Table] = []
    formulas: list[tuple[int, int, int]] = []
    cells = merged = 0
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for number, sheet in enumerate(book.worksheets):
            table = Table(sheet.title)
            tables.append(table)
            for cell in _cells(sheet):
                cells += 1
                if cells > CELLS:
                    raise too_large("cells", CELLS)
                value: object = cell.value
                if cell.data_type == "f":
                    formulas.append((number, cell.row, cell.column))
                elif cell.data_type == "e":
                    value = Wrong(str(cell.value))
                table.rows.setdefault(cell.row, {})[cell.column] = value
            for area in _MERGE.findall(package.read(sheet._worksheet_path)):
                left, top, right, bottom = range_boundaries(area.decode())
                right, bottom = min(right, COLUMNS), min(bottom, ROWS)
                merged += max(0, right - left + 1) * max(0, bottom - top + 1)
                if merged > MERGED:
                    raise too_large("cells", MERGED)
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        table.covered[row, column] = f"{get_column_letter(left)}{top}"
                table.covered.pop((top, left), None)
    return tables, formulas


def _cells(sheet: Any) -> Iterator[Any]:
    """Every cell that holds something. Rows that are left out are counted, too: openpyxl lays each of them out."""
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS), start=1):
        if number > ROWS:
            raise too_large("rows", ROWS)
        for cell in row:
            if cell.value is not None:
                yield cell


def _put_values(content: bytes, tables: list[Table], formulas: list[tuple[int, int, int]]) -> None:
    """What the spreadsheet calculated last, in place of the formulas."""
    book: Any = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for number, sheet in enumerate(book.worksheets):
        asked = {(row, column) for at, row, column in formulas if at == number}
        if not asked:
            continue
        rows = tables[number].rows
        for row, column in asked:
            rows[row][column] = Wrong()
        for cell in _cells(sheet):
            if (cell.row, cell.column) in asked:
                wrong = cell.data_type == "e"
                rows[cell.row][cell.column] = Wrong(str(cell.value)) if wrong else cell.value


def _comments(package: zipfile.ZipFile) -> Iterator[str]:
    """What somebody wrote beside cells; a comment that is answered stands in two parts, and is told once."""
    told = set()
    for name in package.namelist():
        if _COMMENTS.fullmatch(name):
            for each in etree.fromstring(package.read(name), _PARSER).iter(
                "{*}comment", "{*}threadedComment"
            ):
                said = " ".join("".join(each.itertext()).split())
                if said and said not in told and "[Threaded comment]" not in said:
                    told.add(said)
                    yield f"{each.get('ref', '')}: {said}"
