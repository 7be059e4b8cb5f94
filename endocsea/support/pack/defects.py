"""What is wrong with content: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from endocsea.support.refusals import Refusal

LONGEST_SHOWN = 80  # characters of a cell that a sentence repeats


@dataclass(frozen=True, slots=True)
class Defect:
    """One fault at one place.

    ``file`` is the path inside the pack; ``row`` counts as a spreadsheet does, the header being
    row 1; ``row`` and ``column`` are None where the fault lies in the file or the row as a whole.
    ``what`` and ``remedy`` are whole sentences.
    """

    file: str
    row: int | None
    column: str | None
    what: str
    remedy: str

    def __str__(self) -> str:
        row = None if self.row is None else f"row {self.row}"
        column = None if self.column is None else f"column {self.column}"
        where = ", ".join(part for part in (self.file, row, column) if part)
        return printable(f"{where}: {self.what} {self.remedy}")


class ContentRefused(Refusal):
    """A content pack with defects; all of them are in ``defects`` and in the sentence."""

    code = "content.refused"
    sentence = "The content was not loaded and nothing was changed. Defects found: %(count)s."
    remedy = "Correct these and load it again:\n%(list)s"

    def __init__(self, defects: Sequence[Defect]) -> None:
        self.defects = tuple(defects)
        super().__init__(count=len(self.defects), list="\n".join(map(str, self.defects)))


def shown(text: str) -> str:
    """The text of a cell as a sentence can repeat it: in quotes, on one line, not too long."""
    return f'"{printable(shortened(text))}"'


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def printable(text: str) -> str:
    """The text with line breaks as blanks and everything unprintable written out."""
    text = text.replace("\n", " ").replace("\r", " ")
    return "".join(
        c if c.isprintable() or c in "\u00a0\u202f" else c.encode("unicode_escape").decode() for c in text
    )
