"""What is wrong with what was given, as a list: every defect, where it is, and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong.

    ``what`` and ``remedy`` are whole English sentences. ``file`` is a file's name, ``row`` counts as a
    spreadsheet does (the heading is row 1), ``column`` is a column's heading or a setting's name.
    """

    what: str
    remedy: str
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        row = None if self.row is None else f"row {self.row}"
        column = f"column {self.column}" if row and self.column else self.column
        where = ", ".join(part for part in (self.file, row, column) if part)
        return f"{where}: {self.what} {self.remedy}" if where else f"{self.what} {self.remedy}"


class BadInput(ValueError):
    """Input that cannot be used. ``defects`` names everything that is wrong with it, one line each."""

    def __init__(self, defects: Iterable[Defect]) -> None:
        self.defects = tuple(defects)
        super().__init__("\n".join(map(str, self.defects)))


def bad(what: str, remedy: str) -> BadInput:
    """A `BadInput` with one defect that belongs to no file."""
    return BadInput([Defect(what, remedy)])
