"""``endocsea assess disclosure TABLE.csv``: a table of counts, with what has to be hidden in it.

No sentence here and none of the library repeats a count: it may be one that nobody should see.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from endocsea.assessment import BadInput
from endocsea.assessment.disclosure import (
    LEAST,
    Counts,
    Draft,
    Earlier,
    Labels,
    Release,
    Thresholds,
    protect,
)
from endocsea.config.assess import files
from endocsea.config.assess.files import CODE, AnyDefect, AssessRefused
from endocsea.support.pack.tables import TableSchema, read_sheet

COUNT: Final = "count"
HIDDEN: Final = "hidden"  # the column of a released table that says why
WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
AUDIT: Final = ("lower", "upper", "wide_enough")


class Rows(NamedTuple):
    """The rows of a file: what it counts by, the cells, their counts (NaN for no number), where they stand."""

    dimensions: tuple[str, ...]
    cells: list[Labels]
    counts: list[float | None]
    numbers: list[int]


def run(args: argparse.Namespace) -> int:
    """Read, hide, audit, write; returns the exit status."""
    with files.refusing():
        thresholds = Thresholds(
            persons=args.threshold,
            group=max(args.threshold, LEAST["group"]),
            zero_shown=not args.one_authority,
        )
    draft = read(args.table, args.previous, thresholds, args.participants)
    columns = draft.counts.dimensions
    files.refuse_to_replace(args.out, {"table": (*columns, COUNT, HIDDEN), "audit": (*columns, *AUDIT)})
    with files.refusing():
        tables = tables_of(protect(draft))
    settings = {
        "thresholds": {"persons": thresholds.persons, "group": thresholds.group},
        "zero_shown": thresholds.zero_shown,
        "participants": args.participants,
        "compared_with_previous": args.previous is not None,
    }
    files.write(args.out, tables, files.settings_yaml("disclosure", settings))
    files.tell(args.out, tables, args.json)
    return 0


def read(table: Path, previous: Path | None, thresholds: Thresholds, participants: bool) -> Draft:
    """The table and its last version. Raises `AssessRefused` with the defects of both."""
    defects: list[AnyDefect] = []
    counts = earlier = None
    if rows := _rows(table, (COUNT,), defects):
        full = [float("nan") if count is None else count for count in rows.counts]
        try:
            counts = Counts.from_rows(
                rows.dimensions,
                zip(rows.cells, full, strict=True),
                file=table.name,
                numbers=rows.numbers,
            )
        except BadInput as error:
            defects += error.defects
    if previous and (rows := _rows(previous, (COUNT, HIDDEN), defects)):
        try:
            earlier = _earlier(rows, counts, previous)
            if counts:
                return Draft(counts, thresholds, participants, earlier)
        except BadInput as error:
            defects += [replace(defect, file=previous.name) for defect in error.defects]
    if counts is None or defects:
        raise AssessRefused(defects)
    return Draft(counts, thresholds, participants)


def tables_of(release: Release) -> list[files.Table]:
    """The released table, and the audit of its hidden cells.

    An interval of one number would be the count itself. The audit passes one where nothing is asked of it (the
    last version showed it, or told what it changed by leaves no other): its bounds are left empty.
    """
    shown = zip(release.cells, release.shown, release.why, strict=True)
    bounds = [
        (its, (None, None) if its.lower == its.upper else (its.lower, its.upper)) for its in release.inferred
    ]
    return [
        files.Table(
            "table",
            (*release.dimensions, COUNT, HIDDEN),
            [(*cell, count, why or None) for cell, count, why in shown],
        ),
        files.Table(
            "audit",
            (*release.dimensions, *AUDIT),
            [(*its.cell, *ends, "yes" if its.wide_enough else "no") for its, ends in bounds],
        ),
    ]


def _earlier(rows: Rows, counts: Counts | None, file: Path) -> Earlier:
    dimensions, cells = rows.dimensions, rows.cells
    if counts and set(dimensions) == set(counts.dimensions):  # columns may stand in another order
        order = [dimensions.index(name) for name in counts.dimensions]
        dimensions, cells = counts.dimensions, [tuple(cell[at] for at in order) for cell in cells]
    found = zip(cells, rows.counts, strict=True)
    return Earlier.from_rows(dimensions, found, file=file.name, numbers=rows.numbers)


def _rows(file: Path, others: Sequence[str], defects: list[AnyDefect]) -> Rows | None:
    """The rows of a file with one column for each dimension and these ``others``; None with defects added."""
    data = files.read_bytes(file, defects)
    if data is None:
        return None
    dimensions = tuple(name for name in _header(data) if name.strip() and name not in {COUNT, HIDDEN})
    sheet, found = read_sheet(file.name, data, _schema(dimensions, others))
    defects += found
    if found:
        return None
    numbers = [row.line for row in sheet.rows]
    cells = [tuple(row[name] for name in dimensions) for row in sheet.rows]
    return Rows(dimensions, cells, [_count(row[COUNT]) for row in sheet.rows], numbers)


def _header(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig", "replace")
    return list(dict.fromkeys(next(csv.reader(io.StringIO(text, newline="")), [])))


def _schema(dimensions: Sequence[str], others: Sequence[str]) -> TableSchema:
    fields: list[dict[str, Any]] = [
        {"name": name, "type": "string", "title": "Category, or total", **CODE} for name in dimensions
    ]
    fields.append({"name": COUNT, "type": "string", "title": "Number of persons"})
    if HIDDEN in others:
        fields.append({"name": HIDDEN, "type": "string", "title": "Why hidden", "endocsea:optional": True})
    return TableSchema({"path": "table.csv", "fields": fields, "primaryKey": list(dimensions)})


def _count(text: str | None) -> float | None:
    # the text is read here and not by the schema, whose sentences repeat what they refuse
    if text is None:
        return None
    return int(text) if WHOLE.fullmatch(text) else float("nan")
