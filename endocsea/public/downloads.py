"""A table of a page as a file for a spreadsheet: the same words, and with every row its day and its sources.

The file is comma-separated values in UTF-8 with a mark at its beginning, by which spreadsheets open
accents right. Its first line is the heading, every further line a row: nothing else stands in it.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from itertools import repeat

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.tables import Cell, Table, Value

ByRow = str | Sequence[str]  # one text for all rows, or one for each row


def csv_response(
    table: Table, name: str, *, day: datetime.date | None, sources: ByRow = "", known: ByRow = ""
) -> HttpResponse:
    """The table as a download named after ``name``, the day and the page's language.

    Three columns follow the table's own: the day of which it speaks, ``sources`` (addresses, or titles
    where there is no address, several of them with a semicolon between) and ``known``, how we know.
    """
    language = get_language() or "en"
    response = HttpResponse(
        _written(table, day, sources, known).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    parts = ["endocsea", slugify(name), *([day.isoformat()] if day else []), language]
    response.headers["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.csv"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _written(table: Table, day: datetime.date | None, sources: ByRow, known: ByRow) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heading = [*(column.name for column in table.columns), _("As of"), _("Sources"), _("How we know")]
    writer.writerow([harmless(name) for name in heading])
    said = day.isoformat() if day else ""
    for row, cited, how in zip(
        table.rows, _each(sources, len(table.rows)), _each(known, len(table.rows)), strict=True
    ):
        writer.writerow([*(_plain(value) for value in row), said, harmless(cited), harmless(how)])
    return out.getvalue()


def _each(texts: ByRow, rows: int) -> Sequence[str]:
    return list(repeat(texts, rows)) if isinstance(texts, str) else texts


def _plain(value: Value) -> str | int:
    if isinstance(value, int):
        return value
    return harmless(value.text if isinstance(value, Cell) else value)


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, and stays text."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
