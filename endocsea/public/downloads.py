"""A table of a page as a file for a spreadsheet: the same words, and with every row its day and its sources."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import repeat

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell, Table, Value
from endocsea.support.csv_files import csv_file

ByRow = str | Sequence[str]  # one text for all rows, or one for each row


def csv_response(
    table: Table, name: str, *, day: datetime.date | None, sources: ByRow = "", known: ByRow = ""
) -> HttpResponse:
    """The table as a download named after ``name``, the day and the page's language.

    Three columns follow the table's own: the day of which it speaks, ``sources`` (addresses, or titles
    where there is no address, several of them with a semicolon between) and ``known``, how we know.
    """
    language = get_language() or "en"
    response = HttpResponse(_written(table, day, sources, known), content_type="text/csv; charset=utf-8")
    parts = ["endocsea", slugify(name), *([day.isoformat()] if day else []), language]
    response.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.csv"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _written(table: Table, day: datetime.date | None, sources: ByRow, known: ByRow) -> bytes:
    heading = [*(column.name for column in table.columns), _("As of"), _("Sources"), _("How we know")]
    said = day.isoformat() if day else ""
    cited, how = (_each(texts, len(table.rows)) for texts in (sources, known))
    return csv_file(
        heading,
        (
            [*(_plain(value) for value in row), said, *beside]
            for row, *beside in zip(table.rows, cited, how, strict=True)
        ),
    )


def _each(texts: ByRow, rows: int) -> Sequence[str]:
    return list(repeat(texts, rows)) if isinstance(texts, str) else texts


def _plain(value: Value) -> str | int:
    return value.text if isinstance(value, Cell) else value
