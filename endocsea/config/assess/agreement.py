"""``endocsea assess agreement RATINGS.csv``: how far reviewers agree, and on what they differ most."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

from endocsea.assessment import (
    NOT_APPLICABLE,
    Agreement,
    Difference,
    Method,
    Ratings,
    agreement_by_group,
    agreement_by_pair,
    agreement_of,
    differences,
)
from endocsea.assessment.agreement import INTERVAL
from endocsea.assessment.ratings import Item, Value
from endocsea.config.assess import files
from endocsea.config.assess.files import CODE, AnyDefect, AssessRefused, Cell
from endocsea.support.pack.cells import Misfit, reader_of
from endocsea.support.pack.defects import Defect, shown
from endocsea.support.pack.tables import Row, TableSchema

GROUPS: Final = ("capability", "theme")
NO_BLANKS: Final = {"constraints": {"pattern": CODE["constraints"]["pattern"]}}
RATINGS: Final = TableSchema(
    {
        "path": "ratings.csv",
        "fields": [
            {"name": "unit", "type": "string", "title": "State, or any unit", "example": "XAB", **CODE},
            {"name": "indicator", "type": "string", "title": "Indicator", "example": "C3-01", **CODE},
            {"name": "reviewer", "type": "string", "title": "Who rated", "example": "reviewer 1", **CODE},
            {
                "name": "value",
                "type": "string",
                "title": "Rating, empty for none",
                "example": "2",
                **NO_BLANKS,
            },
            *(
                {"name": kind, "type": "string", "title": kind.capitalize(), "example": "3", **NO_BLANKS}
                | {"endocsea:optional": True}
                for kind in GROUPS
            ),
        ],
        "primaryKey": ["unit", "indicator", "reviewer"],
    }
)
NUMBER: Final = reader_of({"type": "number", "title": "Rating", "example": "2"})
AGREEMENT: Final = (
    *("kind", "group", "rated", "items", "unanimous", "ratings", "reviewers"),
    *("alpha", "lower", "upper", "resamples", "reason"),
)
PAIRS: Final = ("first", "second", "items", "unanimous", "alpha", "lower", "upper", "resamples", "reason")
WIDEST: Final = ("unit", "indicator", "difference", "ratings")


def run(args: argparse.Namespace) -> int:
    """Read, calculate, write; returns the exit status."""
    seed = Method().seed if args.seed is None else args.seed
    ratings, groups = read(args.ratings, args.metric)
    files.refuse_to_replace(args.out, {"agreement": AGREEMENT, "pairs": PAIRS, "widest": WIDEST})
    how = {"metric": args.metric, "resamples": args.resamples, "seed": seed}
    with files.refusing():
        over_all = agreement_of(ratings, **how)
        grouped = {kind: agreement_by_group(ratings, its, **how) for kind, its in groups.items()}
        pairs = agreement_by_pair(ratings, **how)
        widest = differences(ratings, args.metric)
    rows: list[list[Cell]] = [["all", None, *_cells(over_all, AGREEMENT)]]
    for kind, its in grouped.items():
        rows += [[kind, group, *_cells(found, AGREEMENT)] for group, found in its.items()]
    tables = [
        files.Table("agreement", AGREEMENT, rows),
        files.Table("pairs", PAIRS, [[*pair, *_cells(found, PAIRS)] for pair, found in pairs.items()]),
        files.Table("widest", WIDEST, [_widest(each) for each in widest]),
    ]
    files.write(args.out, tables, files.settings_yaml("agreement", _settings(how)))
    files.tell(args.out, tables, args.json)
    return 0


def read(file: Path, metric: str) -> tuple[Ratings, dict[str, list[str | None]]]:
    """The ratings, and for each kind of group that has a column, the group of each item (None: in none).

    Raises `AssessRefused` with every defect of the file.
    """
    defects: list[AnyDefect] = []
    sheet = files.read_table(file, RATINGS, defects)
    rows = () if sheet is None else sheet.rows
    given: dict[Item, dict[str, Value | None]] = {}
    first: dict[str, Row] = {}
    for row in rows:
        try:
            value = _value(row["value"], metric)
        except Misfit as misfit:
            defects.append(Defect(file.name, row.line, "value", misfit.what, misfit.remedy))
        else:
            given.setdefault((row["unit"], row["indicator"]), {})[row["reviewer"]] = value
        defects += _moved(row, first.setdefault(row["indicator"], row), file.name)
    if sheet is None or defects:
        raise AssessRefused(defects)
    with files.refusing():
        ratings = Ratings.of(given)
    kinds = [kind for kind in GROUPS if kind in sheet.columns]
    return ratings, {kind: [first[indicator].get(kind) for _, indicator in ratings.items] for kind in kinds}


def _value(cell: str | None, metric: str) -> Value | None:
    """A number, or for the nominal metric the text itself. Raises `Misfit`."""
    if cell is None or cell == NOT_APPLICABLE or metric == "nominal":
        return cell
    try:
        return float(cast(Decimal, NUMBER(cell)))
    except Misfit as misfit:
        remedy = f"{misfit.remedy} Words can be compared with --metric nominal."
        raise Misfit(misfit.what, remedy) from None


def _moved(row: Row, first: Row, name: str) -> Iterator[Defect]:
    """A defect for each group that differs from the one in the indicator's first row."""
    for kind in GROUPS:
        if row["indicator"] and row.get(kind) != first.get(kind):
            what = f"{shown(row['indicator'])} has another {kind} in row {first.line}."
            yield Defect(name, row.line, kind, what, f"Give each indicator one {kind}.")


def _cells(found: Agreement, columns: tuple[str, ...]) -> list[Cell]:
    return [getattr(found, name) for name in columns[2:]]


def _widest(each: Difference) -> list[Cell]:
    told = "; ".join(f"{name}: {_shown(value)}" for name, value in each.ratings)
    return [each.unit, each.indicator, each.difference, told]


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def _settings(how: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "coefficient": "Krippendorff's alpha",
        **how,
        "interval": INTERVAL,
        "resampled": "the items rated by two reviewers or more; percentiles",
        "ordinal_distances": "from the ratings of the sample itself, and of each resample",
        "not_applicable": "no rating",
    }
