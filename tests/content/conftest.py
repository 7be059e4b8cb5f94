"""A copy of the repository's content that a test may spoil."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from endocsea.findings.content import check as check_findings
from endocsea.replies.content import check as check_replies
from endocsea.standards.content import check as check_standards
from endocsea.states.content import check as check_states
from endocsea.support.pack import Defect, Pack, check_pack

ROOT = Path(__file__).parents[2]
CHECKS = (check_states, check_standards, check_replies, check_findings)


@dataclass(frozen=True)
class Copy:
    folder: Path

    def table(self, path: str) -> list[list[str]]:
        with (self.folder / path).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, path: str, rows: Sequence[Sequence[str]]) -> None:
        with (self.folder / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, path: str, row: int, **cells: str) -> None:
        """Write cells by column into a row as a spreadsheet counts it."""
        rows = self.table(path)
        for column, text in cells.items():
            rows[row - 1][rows[0].index(column)] = text
        self.write(path, rows)

    def row_of(self, path: str, *key: str) -> int:
        """The row whose first cells are these."""
        return next(i for i, cells in enumerate(self.table(path), 1) if tuple(cells[: len(key)]) == key)

    def check(self) -> Pack:
        return check_pack(self.folder, ROOT / "schemas", CHECKS)

    def defects(self) -> tuple[Defect, ...]:
        return self.check().defects

    def sentences(self) -> list[str]:
        return [str(defect) for defect in self.defects()]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(Path(shutil.copytree(ROOT / "content", tmp_path / "content")))


@pytest.fixture(scope="session")
def pack() -> Pack:
    return check_pack(ROOT / "content", ROOT / "schemas", CHECKS)
