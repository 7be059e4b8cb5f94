"""Files for a spreadsheet, of comma-separated values.

In UTF-8 with a mark at the beginning, by which spreadsheets open accents right. The first line is the heading, every
further line a row: nothing else stands in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def csv_file(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """The whole file. Text that a spreadsheet would run as a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (heading, *rows):
        writer.writerow([each if isinstance(each, int) else harmless(each) for each in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, and stays text."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text
