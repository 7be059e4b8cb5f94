"""A table as data: the page prints it, a download writes it, a chart shows it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .markup import Markup, element, escape, join

Kind = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell where plain text is not enough.

    ``text`` is what a download writes. On a page it may be a link (``href``), in another
    language than the page (``lang``), or be shown by markup of its own (``html``).
    """

    text: str
    href: str | None = None
    lang: str | None = None
    html: Markup | None = None

    def markup(self) -> Markup:
        shown: object = self.html if self.html is not None else self.text
        if self.href is not None:
            return element("a", shown, href=self.href, lang=self.lang)
        if self.lang is not None:
            return element("span", shown, lang=self.lang)
        return Markup(escape(shown))


Value = str | int | Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and whether its cells are numbers (set right, in tabular figures)."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under named columns. Every cell holds words: an unknown says that it is unknown.

    ``header`` is the column that names its row. ``id`` is the table's anchor on its page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    header: int = 0
    id: str | None = None

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.caption}: {len(self.columns)} columns, but a row has {len(row)} cells"
                )

    def html(self, *, hide_caption: bool = False) -> Markup:
        """The table in a frame that scrolls by itself, by keyboard too, where the page is narrow."""
        opening = [_open_cell(index == self.header, column) for index, column in enumerate(self.columns)]
        head = join(
            element("th", column.name, scope="col", class_="num" if column.kind == "number" else None)
            for column in self.columns
        )
        lines = []
        for row in self.rows:
            cells = [
                start + (cell.markup() if isinstance(cell, Cell) else escape(cell)) + end
                for (start, end), cell in zip(opening, row, strict=True)
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        caption = element("caption", self.caption, class_="unseen" if hide_caption else None)
        body = Markup(
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
        )
        return element(
            "div", body, id=self.id, class_="table", role="region", aria_label=self.caption, tabindex="0"
        )

    def csv(self) -> str:
        """The same cells as comma-separated values, without markup."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        for row in self.rows:
            writer.writerow([cell.text if isinstance(cell, Cell) else cell for cell in row])
        return out.getvalue()


def _open_cell(names_row: bool, column: Column) -> tuple[str, str]:
    kind = ' class="num"' if column.kind == "number" else ""
    return (f'<th scope="row"{kind}>', "</th>") if names_row else (f"<td{kind}>", "</td>")
