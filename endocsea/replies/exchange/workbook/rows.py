"""The rows of a workbook that came back: where each question stands by now, and what belongs to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from endocsea.support.workbooks import Table, Wrong

from ..sheet import Line
from ..sheet_code import NAMESPACE, UNKNOWN, Identity, Printed, from_line
from ..sheet_texts import normal
from . import words
from .cells import text_of
from .words import FILLED, HEADINGS, HIDDEN, Column
from .writing import MACHINE

_LOOKED_THROUGH: Final = 40  # rows in which headings are looked for
_ENOUGH: Final = 4  # headings that make a row of headings


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and what its columns are."""

    table: Table
    number: int
    columns: Mapping[Column, int]

    def cell(self, column: Column) -> object:
        """What stands there; nothing where the column is not there any more."""
        place = self.columns.get(column)
        return None if place is None else self.table.rows.get(self.number, {}).get(place)

    def text(self, column: Column) -> str:
        cell = self.cell(column)
        return "" if isinstance(cell, Wrong) else text_of(cell)

    def where(self, column: Column) -> str:
        return self.table.where(self.number, self.columns.get(column, 1))

    def covered(self, column: Column) -> str:
        return self.table.covered.get((self.number, self.columns.get(column, 0)), "")

    def is_filled(self) -> bool:
        return any(self.text(column) for column in FILLED)


@dataclass(slots=True)
class Block:
    """The row of one question, and those below it by what each is for."""

    line: Line
    row: Row
    options: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(slots=True)
class Sorted:
    """``strays``: where something stands that belongs to no question, and what; ``strange``: rows of unknown ones."""

    blocks: dict[str, list[Block]] = field(default_factory=dict)
    strays: list[tuple[str, str]] = field(default_factory=list)
    strange: list[tuple[str, str]] = field(default_factory=list)


def identity_of(tables: tuple[Table, ...]) -> Identity | None:
    """From the hidden sheet, whatever it is called by now; else from the code that everybody sees."""
    for table in tables:
        rows = [[text_of(row.get(column)) for column in range(1, 6)] for row in table.rows.values()]
        said = {name: value for name, value, *_more in rows if name != "question"}
        if said.get("what") == NAMESPACE:
            names = ("round", "state", "digest", "institution", "language")
            questions = {
                path: Printed(int(seen) if seen.isascii() and seen.isdecimal() else UNKNOWN, status, value)
                for name, path, seen, status, value in rows
                if name == "question"
            }
            return Identity(**{name: said.get(name, "") for name in names}, questions=questions)
    for table in tables:
        if columns_of(table):
            continue  # what people write may look like a code
        for row in table.rows.values():
            for cell in row.values():
                if isinstance(cell, str) and (found := from_line(cell)):
                    return found
    return None


def columns_of(table: Table) -> Mapping[Column, int]:
    """Which column is which, by the hidden row, or by the headings; nothing for a sheet without questions."""
    by_words = {
        normal(said): column for column, label in HEADINGS.items() for said in words.in_every_language(label)
    }
    heads: Mapping[Column, int] = {}
    for number in sorted(table.rows)[:_LOOKED_THROUGH]:
        row = {place: cell for place, cell in table.rows[number].items() if isinstance(cell, str)}
        machine = {
            Column(cell.removeprefix(MACHINE)): place
            for place, cell in sorted(row.items(), reverse=True)
            if cell.startswith(MACHINE) and cell.removeprefix(MACHINE) in list(Column)
        }
        if Column.ANSWER in machine:
            return machine
        found = {by_words[normal(cell)]: place for place, cell in row.items() if normal(cell) in by_words}
        if not heads and len(found) >= _ENOUGH and Column.ANSWER in found:
            heads = found
    return heads


def sort(tables: tuple[Table, ...], lines: Mapping[str, Line], codes: Mapping[str, Line]) -> Sorted:
    """Every row to its question: by the hidden path, or by its code where the hidden columns are gone."""
    sorted_ = Sorted()
    for table in tables:
        columns = columns_of(table)
        if columns:
            _sort(table, columns, lines, codes, sorted_)
        elif not _is_ours(table):
            texts = [(r, c, text) for r in sorted(table.rows) for c, text in sorted(_texts(table, r))]
            sorted_.strays += [(table.where(r, c), text) for r, c, text in texts[:1]]
    return sorted_


def _is_ours(table: Table) -> bool:
    """The hidden sheet and the first one are not read for answers."""
    cells = [cell for row in table.rows.values() for cell in row.values()]
    return any(isinstance(cell, str) and (cell == NAMESPACE or from_line(cell) is not None) for cell in cells)


def _sort(
    table: Table,
    columns: Mapping[Column, int],
    lines: Mapping[str, Line],
    codes: Mapping[str, Line],
    found: Sorted,
) -> None:
    began = False
    loose: list[Row] = []
    for number in sorted(table.rows):
        row = Row(table, number, columns)
        path, option = row.text(Column.PATH), row.text(Column.OPTION)
        if path.startswith(MACHINE):
            continue
        if not path and not option and (line := codes.get(normal(row.text(Column.CODE)))):
            path = line.path
        if path in lines:
            began = True
            if option:
                loose.append(row)
            else:
                found.blocks.setdefault(path, []).append(Block(lines[path], row))
            _beside(row, found)
        elif path and row.is_filled():
            found.strange.append((row.where(Column.CODE), row.text(Column.CODE) or path))
        elif began and not path:
            found.strays += [(table.where(number, place), text) for place, text in _texts(table, number)]
    for row in loose:
        blocks = found.blocks.get(row.text(Column.PATH), [])
        if block := next((each for each in blocks if each.row.table is table), None):
            block.options.setdefault(row.text(Column.OPTION), []).append(row)


def _beside(row: Row, found: Sorted) -> None:
    """What stands in a question's row, in a column that somebody inserted."""
    known = set(row.columns.values())
    if not {*HIDDEN} & {*row.columns}:
        known |= set(range(1, len(HIDDEN) + 1))
    for place, text in _texts(row.table, row.number):
        if place not in known:
            found.strays.append((row.table.where(row.number, place), text))


def _texts(table: Table, number: int) -> Iterator[tuple[int, str]]:
    for place, cell in table.rows[number].items():
        text = cell.said if isinstance(cell, Wrong) else text_of(cell)
        if text:
            yield place, text
