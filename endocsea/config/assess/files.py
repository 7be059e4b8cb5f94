"""Files in and out of ``endocsea assess``: tables that are read, results that are written, whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from endocsea.assessment import BadInput
from endocsea.assessment import Defect as LibraryDefect
from endocsea.config import writing
from endocsea.support.pack.defects import Defect
from endocsea.support.pack.tables import Sheet, TableSchema, read_sheet
from endocsea.support.refusals import Refusal

CODE: Final = {"constraints": {"required": True, "pattern": r"\S(.*\S)?"}}  # of a field: text without blanks
LARGEST: Final = 64 * 2**20  # bytes: some three million rows
METHOD: Final = "method.yaml"
METHOD_BEGINS: Final = "engine:"
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

AnyDefect = Defect | LibraryDefect
Cell = str | float | int | bool | None


class AssessRefused(Refusal):
    """Files that cannot be assessed; the sentence names every defect."""

    code = "assess.refused"
    sentence = "Nothing was calculated and nothing was written. Defects found: %(count)s."
    remedy = "Correct these and run it again:\n%(list)s"

    def __init__(self, defects: Sequence[AnyDefect]) -> None:
        self.defects = tuple(defects)
        super().__init__(count=len(self.defects), list="\n".join(map(str, self.defects)))


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Turn the library's `BadInput` into `AssessRefused`."""
    try:
        yield
    except BadInput as error:
        raise AssessRefused(error.defects) from None


# --- in


def read_bytes(file: Path, defects: list[AnyDefect]) -> bytes | None:
    """The content of a file, or None and a defect more."""
    try:
        size = file.stat().st_size
        if size <= LARGEST or not file.is_file():
            return file.read_bytes()
        what = f"the file has {size / 2**20:,.0f} MB; up to {LARGEST // 2**20} MB are read."
        defects.append(Defect(str(file), None, None, what, "Check that it is the right file, or split it."))
        return None
    except FileNotFoundError:
        what = "there is no such file."
    except IsADirectoryError:
        what = "this is a folder, not a file."
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})."
    defects.append(Defect(str(file), None, None, what, "Check the name and the right to read it."))
    return None


def read_table(file: Path, schema: TableSchema, defects: list[AnyDefect]) -> Sheet | None:
    """The rows of a CSV file, or None where a needed column is missing. Defects are added to the list."""
    data = read_bytes(file, defects)
    if data is None:
        return None
    sheet, found = read_sheet(file.name, data, schema)
    needed = {name for name, field in schema.fields.items() if not field.get("endocsea:optional")}
    if not sheet.rows and not found:
        found = [Defect(file.name, None, None, "there is a header, but no row.", "Add a row.")]
    defects.extend(found)
    return sheet if needed <= set(sheet.columns) else None


# --- out


@dataclass(frozen=True)
class Table:
    """A result: rows under columns. It becomes ``name.csv`` and ``name.json``."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    @property
    def csv(self) -> str:
        """Numbers to the last digit; an empty cell where there is none."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(self.columns)
        table.writerows(["" if cell is None else cell for cell in map(_plain, row)] for row in self.rows)
        return text.getvalue()

    @property
    def json(self) -> str:
        """A list with an object for each row; null where there is no number."""
        return json.dumps(
            [dict(zip(self.columns, map(_plain, row), strict=True)) for row in self.rows], indent=1
        )


def _plain(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and math.isnan(cell) else cell


def refuse_to_replace(out: Path, tables: Mapping[str, Sequence[str]]) -> None:
    """Raise `AssessRefused` where a result would take the place of a file that is not an earlier result.

    ``tables`` holds the first columns of each table that will be written, by name.
    """
    begins = {METHOD: METHOD_BEGINS}
    for name, columns in tables.items():
        begins |= {f"{name}.csv": ",".join(columns), f"{name}.json": "["}
    defects: list[AnyDefect] = []
    with _clear_sentences(out):
        for name, beginning in begins.items():
            file = out / name
            if file.exists() and not file.read_bytes().startswith(beginning.encode()):
                what = "the file is there, and is no result of an earlier run."
                defects.append(Defect(str(file), None, None, what, "Name another folder with --out."))
    if defects:
        raise AssessRefused(defects)


def write(out: Path, tables: Sequence[Table], method: str) -> None:
    """Write tables, and the method as used, into a folder, made if need be: all of them whole, or none.

    Raises `AssessRefused`.
    """
    texts = {f"{table.name}.csv": table.csv for table in tables}
    texts |= {f"{table.name}.json": table.json for table in tables}
    texts[METHOD] = method
    with _clear_sentences(out):
        out.mkdir(parents=True, exist_ok=True)
        writing.put({out / name: text.encode() for name, text in texts.items()})


def tell(out: Path, tables: Sequence[Table], as_json: bool) -> None:
    """Say what was written, or print the tables as JSON: the only one as a list, several by name."""
    if as_json:
        several = {table.name: json.loads(table.json) for table in tables}
        print(tables[0].json if len(tables) == 1 else json.dumps(several, indent=1))
        return
    for table in tables:
        print(f"{out / table.name}.csv and .json: {_rows(len(table.rows))}")
    print(f"{out / METHOD}: the method, exactly as used")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def settings_yaml(question: str, settings: Mapping[str, Any]) -> str:
    """A ``method.yaml`` for a question that has no levels: the engine, its version, and what was chosen."""
    import yaml

    from endocsea.assessment.method_yaml import written_by

    written = {**written_by(), "question": question, **settings}
    return yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=110)


@contextlib.contextmanager
def _clear_sentences(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what, remedy = "the folder cannot be written.", "Name another with --out."
        if error.errno in FULL:
            what, remedy = "the disk or a quota is full.", "Free some space and run it again."
        raise AssessRefused([Defect(str(out), None, None, what, remedy)]) from error
