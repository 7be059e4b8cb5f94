"""``endocsea assess --values … --tree …``: levels and bounds; intervals, what drives them, what to ask next."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Set
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path
from typing import Final, cast

import numpy as np

from endocsea.assessment import (
    CONFIDENCES,
    NOT_APPLICABLE,
    Assessment,
    BadInput,
    Intervals,
    Method,
    Sensitivity,
    Tree,
    Values,
    assess,
    misfits,
    questions,
    read_yaml,
    sensitivity,
    simulate,
    to_yaml,
)
from endocsea.assessment import Defect as LibraryDefect
from endocsea.assessment.levels import below
from endocsea.config.assess import files
from endocsea.config.assess.engine import make_engine_ready
from endocsea.config.assess.files import CODE, AnyDefect, AssessRefused, Cell
from endocsea.config.assess.progress import every_second
from endocsea.support.pack.cells import Misfit, reader_of
from endocsea.support.pack.defects import Defect, shown
from endocsea.support.pack.tables import Row, TableSchema

VALUES: Final = TableSchema(
    {
        "path": "values.csv",
        "fields": [
            {"name": "unit", "type": "string", "title": "State, or any unit", "example": "XAB", **CODE},
            {"name": "indicator", "type": "string", "title": "Indicator", "example": "C3-01", **CODE},
            {"name": "value", "type": "string", "title": "Level, empty where unknown"},
            {
                "name": "confidence",
                "type": "string",
                "title": "How the level was reviewed",
                "constraints": {"enum": list(CONFIDENCES)},
                "endocsea:optional": True,
            },
        ],
        "primaryKey": ["unit", "indicator"],
    }
)
TREE: Final = TableSchema(
    {
        "path": "tree.csv",
        "fields": [
            {"name": "code", "type": "string", "title": "Code", "example": "C3-01", **CODE},
            {"name": "parent", "type": "string", "title": "Code above it; empty at the top"},
            {
                "name": "weight",
                "type": "number",
                "title": "Weight among its siblings",
                "example": "1",
                "constraints": {"required": True, "minimum": 0},
            },
        ],
        "primaryKey": ["code"],
    }
)
BANDS: Final = ("unit", "node", "band", "probability", "mcse")
INDICES: Final = ("first", "first_low", "first_high", "total", "total_low", "total_high")
SENSITIVITY: Final = ("unit", "node", "variance", "source", *INDICES)
QUESTIONS: Final = ("unit", "indicator", "node", "variance", "variance_less", "doubt", "doubt_less")
NUMBER: Final = reader_of({"type": "number", "title": "Level", "example": "2.5"})
BESIDE: Final = {"bands": BANDS, "sensitivity": SENSITIVITY, "questions": QUESTIONS}
LEVELS: Final = ("unit", "node", "level", "known", "lower", "upper")
DRAWN: Final = ("mean", "q05", "median", "q95", "gap_probability", "mcse", "widest_probability")


def run(args: argparse.Namespace) -> int:
    """Read, calculate, write; returns the exit status."""
    if args.seed is not None and args.seed < 0:
        raise AssessRefused([LibraryDefect(f"The seed {args.seed} is below zero.", "Give 0 or more.")])
    values, tree, method = read(args.values, args.tree, args.method)
    wanted = {
        "bands": args.replicates is not None,
        "sensitivity": args.sensitivity,
        "questions": args.questions,
    }
    asked = {"levels": LEVELS, **{name: BESIDE[name] for name, is_wanted in wanted.items() if is_wanted}}
    files.refuse_to_replace(args.out, asked)
    seed = method.seed if args.seed is None else args.seed
    drawing = len(asked) > 1
    replicates = (method.replicates if args.replicates is None else args.replicates) if drawing else 0
    if drawing:
        make_engine_ready()
    with files.refusing():
        found = assess(values, tree, method)
        tables = [files.Table("levels", LEVELS, list(level_rows(found, None)))]
        if args.replicates is not None:
            drawn = simulate(
                values, tree, method, replicates=replicates, seed=seed, progress=every_second("replicates")
            )
            tables = [
                files.Table("levels", LEVELS + DRAWN, list(level_rows(found, drawn))),
                files.Table("bands", BANDS, list(band_rows(drawn, method))),
            ]
        if args.sensitivity:
            driven = sensitivity(
                values, tree, method, draws=replicates, seed=seed, progress=every_second("draws")
            )
            tables.append(files.Table("sensitivity", SENSITIVITY, list(sensitivity_rows(driven))))
        if args.questions:
            asked_next = questions(
                values, tree, method, replicates=replicates, seed=seed, progress=every_second("replicates")
            )
            tables.append(files.Table("questions", QUESTIONS, list(map(astuple, asked_next))))
    files.write(args.out, tables, to_yaml(method, replicates=replicates, seed=seed))
    _remove_earlier(args.out, BESIDE.keys() - asked.keys())
    files.tell(args.out, tables, args.json)
    return 0


def read(values: Path, tree: Path, method: Path | None) -> tuple[Values, Tree, Method]:
    """The three inputs, held against each other. Raises `AssessRefused` with the defects of all of them."""
    defects: list[AnyDefect] = []
    grown = read_tree(tree, defects)
    settings = read_method(method, defects, grown) if method else Method()
    given = read_values(values, grown, settings, defects)
    if defects or settings is None or grown is None or given is None:
        raise AssessRefused(defects)
    return given, grown, settings


def _remove_earlier(out: Path, names: Set[str]) -> None:
    """Remove tables of an earlier run that this one did not ask for: its method is no longer beside them."""
    for name in names:
        table = out / f"{name}.csv"
        if table.is_file() and table.read_bytes().startswith(",".join(BESIDE[name]).encode()):
            table.unlink()
            table.with_suffix(".json").unlink(missing_ok=True)


def level_rows(found: Assessment, drawn: Intervals | None) -> Iterator[list[str | float | None]]:
    """A row for each unit (as first given) and node (from the top): the columns `LEVELS`, then `DRAWN`."""
    arrays = [found.level, found.known, found.lower, found.upper]
    if drawn is not None:
        arrays += [getattr(drawn, name) for name in DRAWN]
    for s, unit in enumerate(found.units):
        for n, node in enumerate(found.nodes):
            numbers = [float(array[s, n]) for array in arrays]
            yield [unit, node, *(None if np.isnan(number) else number for number in numbers)]


def band_rows(drawn: Intervals, method: Method) -> Iterator[list[Cell]]:
    """A row for each unit, node and band (by where it starts), where there is a level."""
    for s, unit in enumerate(drawn.units):
        for n, node in enumerate(drawn.nodes):
            for at, band in enumerate(method.bands):
                if not np.isnan(drawn.bands[s, n, at]):
                    share, error = float(drawn.bands[s, n, at]), float(drawn.bands_mcse[s, n, at])
                    yield [unit, node, band.start, share, error]


def sensitivity_rows(found: Sensitivity) -> Iterator[list[Cell]]:
    """A row for each unit, node and source, where there is a level; empty indices where nothing varies."""
    for s, unit in enumerate(found.units):
        for n, node in enumerate(found.nodes):
            if not np.isnan(found.variance[s, n]):
                for k, source in enumerate(found.sources):
                    indices = [float(getattr(found.indices, name)[k, s, n]) for name in INDICES]
                    yield [unit, node, float(found.variance[s, n]), source, *indices]


def read_method(file: Path, defects: list[AnyDefect], tree: Tree | None) -> Method | None:
    """A method, held against the tree where there is one."""
    data = files.read_bytes(file, defects)
    if data is None:
        return None
    try:
        method = read_yaml(data.decode("utf-8-sig"), file=file.name)
        unfit = [] if tree is None else misfits(tree, method)
        defects += [LibraryDefect(d.what, d.remedy, file.name, column=d.column) for d in unfit]
        return method
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        defects.append(Defect(file.name, row, None, "this is not UTF-8.", "Save the file as UTF-8."))
    except BadInput as error:
        defects.extend(error.defects)
    return None


def read_tree(file: Path, defects: list[AnyDefect]) -> Tree | None:
    sheet = files.read_table(file, TREE, defects)
    if sheet is None or not sheet.rows or any(row["code"] is None for row in sheet.rows):
        return None
    first: dict[str, Row] = {}
    for row in sheet.rows:
        first.setdefault(row["code"], row)
    # a weight that could not be read is named already; what is wrong with the rest is worth knowing too
    rows = [
        (code, row["parent"] or "", 1.0 if row["weight"] is None else float(row["weight"]))
        for code, row in first.items()
    ]
    try:
        return Tree.from_rows(rows, file=file.name, numbers=[row.line for row in first.values()])
    except BadInput as error:
        defects.extend(error.defects)
    return None


def read_values(
    file: Path, tree: Tree | None, method: Method | None, defects: list[AnyDefect]
) -> Values | None:
    sheet = files.read_table(file, VALUES, defects)
    if sheet is None:
        return None
    rows = [row for row in sheet.rows if row["unit"] and row["indicator"]]
    units = {code: at for at, code in enumerate(dict.fromkeys(row["unit"] for row in rows))}
    indicators = {code: at for at, code in enumerate(dict.fromkeys(row["indicator"] for row in rows))}
    level = np.full((len(units), len(indicators)), np.nan)
    not_applicable = np.zeros(level.shape, bool)
    confidence = np.zeros(level.shape, np.int8)
    for row in rows:
        at = units[row["unit"]], indicators[row["indicator"]]
        confidence[at] = CONFIDENCES.index(row.get("confidence") or CONFIDENCES[0])
        not_applicable[at] = row["value"] == NOT_APPLICABLE
        column = "indicator"
        try:
            _refuse_stranger(row["indicator"], tree)
            column = "value"
            level[at] = _level(row["value"], method)
        except Misfit as misfit:
            defects.append(Defect(file.name, row.line, column, misfit.what, misfit.remedy))
    if defects:
        return None
    return Values(list(units), list(indicators), level, not_applicable=not_applicable, confidence=confidence)


def _refuse_stranger(indicator: str, tree: Tree | None) -> None:
    if tree is not None and indicator not in tree.parent:
        raise Misfit(f"{shown(indicator)} is not in the tree.", "Correct the code, or add it to the tree.")
    if tree is not None and indicator in tree.children:
        raise Misfit(f"{shown(indicator)} is not an indicator: the tree has codes below it.", "Give theirs.")


def _level(cell: str | None, method: Method | None) -> float:
    """A level, NaN for an empty cell and for what does not apply. Raises `Misfit`."""
    if cell is None or cell == NOT_APPLICABLE:
        return float("nan")
    low, high = method.range if method is not None else (-math.inf, math.inf)
    level = float(cast(Decimal, NUMBER(cell)))
    if below(level, low) or below(high, level):
        raise Misfit(f"{cell} is outside the range.", f"Give a level from {low:g} to {high:g}.")
    return level
