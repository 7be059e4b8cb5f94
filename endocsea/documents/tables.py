"""A table of a page as a table of a document."""

from __future__ import annotations

from collections.abc import Sequence

from endocsea.charts.tables import Cell, Table, Value

from .parts import Column, Grid, Line, Text


def grid(table: Table, shares: Sequence[float]) -> Grid:
    """``shares`` are the widths of its columns."""
    columns = [
        Column(column.name, share, column.kind == "number")
        for column, share in zip(table.columns, shares, strict=True)
    ]
    return Grid(table.caption, columns, [[_line(value) for value in row] for row in table.rows])


def _line(value: Value) -> Line:
    if isinstance(value, Cell):
        return [Text(value.text, lang=value.lang)]
    return [str(value)]
