"""One CSV file, read against its table schema.

A file is UTF-8 (a byte-order mark is accepted), commas, a header, lines ended by LF or CRLF. Rows
count as a spreadsheet shows them: a cell with line breaks does not make more rows, an empty line
is a row.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from endocsea.support.pack.cells import Misfit, Read, Value, reader_of
from endocsea.support.pack.defects import Defect, printable, shortened, shown

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]")
NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a byte that is not UTF-8
OTHER_SEPARATORS = re.compile("[;\t|]")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
TABULAR_REMEDY = "Check its commas and quotation marks: a cell with a comma in it stands in double quotes."


class Row:
    """The typed values of one row by column, its ``line`` in the file, and its ``cells`` as written."""

    __slots__ = ("_values", "cells", "line")

    def __init__(self, line: int, cells: Mapping[str, str], values: Mapping[str, Value]) -> None:
        self.line = line
        self.cells = cells
        self._values = values

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def get(self, column: str, default: Any = None) -> Any:
        return self._values.get(column, default)

    def __repr__(self) -> str:
        return f"Row(line={self.line}, {dict(self._values)!r})"


@dataclass(frozen=True)
class TableSchema:
    """A table schema as read from its JSON; ``path`` may hold ``*`` for the folder of an edition.

    A field with ``endocsea:optional`` may have no column; its values are then None.
    """

    descriptor: Mapping[str, Any]

    @property
    def path(self) -> str:
        return str(self.descriptor["path"])

    @cached_property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        return {field["name"]: field for field in self.descriptor["fields"]}

    @cached_property
    def readers(self) -> dict[str, Read]:
        return {name: reader_of(field) for name, field in self.fields.items()}

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.descriptor["primaryKey"])

    @cached_property
    def unique(self) -> tuple[tuple[str, ...], ...]:
        """The sets of columns whose values may not come twice: the key, and single columns."""
        alone = ((n,) for n, field in self.fields.items() if field.get("constraints", {}).get("unique"))
        return (self.key, *alone)


@dataclass(frozen=True)
class Sheet:
    """One file of the pack: ``rows`` has every row, those with defects too."""

    path: str
    schema: TableSchema
    columns: tuple[str, ...]
    rows: Sequence[Row]

    @cached_property
    def _indexes(self) -> dict[tuple[str, ...], dict[tuple[str, ...], Row]]:
        return {}

    def by(self, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], Row] | None:
        """Rows by the text of these columns (the first of equal ones), None if a column is missing."""
        if not set(columns) <= set(self.columns):
            return None
        if columns not in self._indexes:
            found: dict[tuple[str, ...], Row] = {}
            for row in self.rows:
                found.setdefault(tuple(row.cells[column] for column in columns), row)
            self._indexes[columns] = found
        return self._indexes[columns]


def read_sheet(path: str, data: bytes, schema: TableSchema) -> tuple[Sheet, list[Defect]]:
    """Read the bytes of a file; every fault of the file by itself is in the list."""
    nothing = Sheet(path, schema, (), ())
    if data.startswith(UTF16_MARKS):
        what = "the file is written in UTF-16."
        return nothing, [Defect(path, None, None, what, 'Save it as "CSV UTF-8".')]
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if not text.strip():
        return nothing, [Defect(path, None, None, "the file is empty.", header_remedy(schema))]
    defects: list[Defect] = []
    records = _records(path, text, defects)
    _, header = next(records)
    if defects:
        return nothing, defects
    if len(header) == 1 and (mark := OTHER_SEPARATORS.search(header[0])):
        what = f"the columns are separated by {mark.group()!r}."
        return nothing, [Defect(path, 1, None, what, "Save the file with commas between the columns.")]
    columns = _columns(path, header, schema, defects)
    dirty = UNPRINTABLE.search(text) is not None
    if dirty:
        defects.extend(_unprintable(path, Row(1, {name: name for name in header}, {})))
    rows, ragged = [], set()
    for line, record in records:
        if not any(record):
            defects.append(Defect(path, line, None, "the row is empty.", "Delete it."))
            continue
        if len(record) != len(header):
            what = f"the row has {len(record)} cells, the header has {len(header)}."
            defects.append(Defect(path, line, None, what, TABULAR_REMEDY))
            ragged.add(line)
        filled = [*record, *[""] * (len(header) - len(record))]
        cells = {name: filled[place] for name, place in columns.items()}
        if line in ragged:  # each cell may stand in the wrong column: what it holds says nothing
            row = Row(line, cells, dict.fromkeys(schema.fields))
        else:
            row = _row(path, line, cells, schema.readers, defects)
        rows.append(row)
        if dirty:
            defects.extend(_unprintable(path, row))
    sheet = Sheet(path, schema, tuple(columns), rows)
    defects.extend(d for d in _doubles(sheet) if d.row not in ragged)
    return sheet, defects


def header_remedy(schema: TableSchema) -> str:
    return f"A file without rows holds its header: {','.join(schema.fields)}"


def _records(path: str, text: str, defects: list[Defect]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 0
    while True:
        line += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            what = "the quotation marks of this row do not match."
            remedy = 'Put the cell in double quotes, and write a quotation mark inside it twice: "".'
            defects.append(Defect(path, line, None, what, remedy))
            if line == 1:
                yield line, []
        else:
            yield line, record


def _columns(path: str, header: list[str], schema: TableSchema, defects: list[Defect]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, name in enumerate(header):
        if name in columns:
            what = "the column is there twice."
            defects.append(Defect(path, 1, name, what, "Keep one of the two."))
        elif name in schema.fields:
            columns[name] = place
        else:
            close = difflib.get_close_matches(name[:100], schema.fields, n=1)
            remedy = f"Did you mean {close[0]}? " if close else ""
            remedy += f"The columns of this file are: {', '.join(schema.fields)}."
            column = printable(shortened(name)) or f"number {place + 1}"
            defects.append(Defect(path, 1, column, "no column of this name belongs here.", remedy))
    for name, field in schema.fields.items():
        if name not in columns and not field.get("endocsea:optional"):
            remedy = f"Add it to the header ({field['title'].lower()}) and to each row."
            defects.append(Defect(path, 1, name, "the column is missing.", remedy))
    return columns


def _row(
    path: str, line: int, cells: dict[str, str], readers: Mapping[str, Read], defects: list[Defect]
) -> Row:
    values: dict[str, Value] = dict.fromkeys(readers)
    for name, cell in cells.items():
        try:
            values[name] = readers[name](cell)
        except Misfit as misfit:
            defects.append(Defect(path, line, name, misfit.what, misfit.remedy))
    return Row(line, cells, values)


def _unprintable(path: str, row: Row) -> Iterator[Defect]:
    for name, cell in row.cells.items():
        if not (match := UNPRINTABLE.search(cell)):
            continue
        column = printable(shortened(name))
        if NOT_UTF8.search(cell):
            remedy = 'Save the file as "CSV UTF-8" and write the cell again.'
            yield Defect(path, row.line, column, f"{shown(cell)} is not written in UTF-8.", remedy)
        else:
            what = f"the cell holds a character that cannot be printed (number {ord(match.group())})."
            yield Defect(path, row.line, column, what, "Take it out.")


def _doubles(sheet: Sheet) -> Iterator[Defect]:
    for columns in sheet.schema.unique:
        found = sheet.by(columns)
        for row in sheet.rows if found is not None else ():
            value = tuple(row.cells[column] for column in columns)
            first = found[value] if found is not None else row
            if first is not row and any(value):
                names = " + ".join(columns)
                what = f"{shown(' + '.join(value))} is already in row {first.line}."
                remedy = f"Give each row its own {names}, or remove one of the two."
                yield Defect(sheet.path, row.line, names, what, remedy)
