"""A sheet by what its columns mean: cells as their author wrote them, each with its place.

A meaning is a tuple, as pyxform reads a heading: "label::French (fr)" is ``("label", "French (fr)")``, and
"relevance" is ``("bind", "relevant")``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyxform import aliases
from pyxform import constants as x
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey

from .opening import Opened
from .remarks import Place

Meaning = tuple[str, ...]

_COLUMNS = {
    x.SURVEY: (aliases.survey_header, frozenset(MultipleChoiceQuestion.get_slot_names())),
    x.CHOICES: (aliases.list_header, frozenset(Option.get_slot_names())),
    x.SETTINGS: (aliases.settings_header, frozenset(Survey.get_slot_names())),
}


class Sheet:
    def __init__(self, key: str, book: Opened) -> None:
        self.key = key
        self.title = book.titles.get(key, key)
        self.tidy = False  # runs of spaces count as one, as pyxform has it for the survey
        self._rows = [dict(row) for row in getattr(book.definition, key) or ()]
        self._exact = book.exact
        headings = [heading for heading in (getattr(book.definition, f"{key}_header") or [{}])[0] if heading]
        known, columns = _COLUMNS[key]
        double = any("::" in heading for heading in headings)
        self.headings: dict[Meaning, str] = {}
        for heading in headings:
            self.headings.setdefault(process_header(heading, double, known, columns)[1], heading)

    def rows(self) -> Iterator[int]:
        """The numbers of the rows that hold something, as the spreadsheet counts them."""
        return (number for number, row in enumerate(self._rows, start=2) if row)

    def text(self, row: int, *meaning: str) -> str:
        """What people read, letter by letter."""
        heading = self.headings.get(meaning)
        if heading is None or heading not in self._rows[row - 2]:
            return ""
        return self._exact.get((self.key, row, heading)) or str(self._rows[row - 2][heading]).strip()

    def value(self, row: int, *meaning: str) -> str:
        """What software reads: a name or an expression, with straight quotation marks."""
        raw = str(self._rows[row - 2].get(self.headings.get(meaning), ""))
        return str(clean_text_values(raw, strip_whitespace=self.tidy))

    def place(self, row: int, *meaning: str) -> Place:
        return Place(self.title, row, self.headings.get(meaning, "::".join(meaning[-2:])))

    def cells(self) -> Iterator[tuple[int, str, str]]:
        """Row, heading and content of every cell that holds something."""
        for number, row in enumerate(self._rows, start=2):
            for heading, content in row.items():
                yield number, heading, str(content)
