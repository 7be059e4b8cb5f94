"""``endocsea assess portfolio CANDIDATES.csv``: which activities close the most weighted gap within a budget."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

from endocsea.assessment import (
    Candidate,
    Effect,
    Floor,
    Gap,
    Point,
    Portfolio,
    Problem,
    Quarter,
    choose,
    even_budgets,
    frontier,
)
from endocsea.assessment import Defect as LibraryDefect
from endocsea.assessment.portfolio.closing import FORMULA
from endocsea.config.assess import files
from endocsea.config.assess.files import CODE, AnyDefect, AssessRefused, Cell
from endocsea.config.assess.progress import every_second
from endocsea.support.pack.cells import Misfit, reader_of
from endocsea.support.pack.tables import Row, Sheet, TableSchema

Field = dict[str, Any]


def _code(name: str, title: str, example: str) -> Field:
    return {"name": name, "type": "string", "title": title, "example": example, **CODE}


def _number(name: str, title: str, example: str) -> Field:
    required = {"constraints": {"required": True}}
    return {"name": name, "type": "number", "title": title, "example": example, **required}


def _codes(name: str, title: str) -> Field:
    rules = {"separator": ";", "unique": True}
    return {"name": name, "type": "string", "title": title, "endocsea:list": rules, "endocsea:optional": True}


def _optional(field: Field) -> Field:
    return {**field, "constraints": {}, "endocsea:optional": True}


SCHEMAS: Final = {
    "candidates": TableSchema(
        {
            "path": "candidates.csv",
            "fields": [
                _code("code", "Code of the activity", "B2"),
                _optional(_code("name", "What is done", "Training of judges")),
                _optional(_code("component", "Component", "2")),
                _number("cost", "Cost over all budget lines", "12000"),
                _optional(_code("start", "Earliest quarter", "2021-Q3")),
                _optional(_number("load", "Load on the team", "15")),
                _codes("needs", "Activities that it needs"),
                _codes("excludes", "Activities that it excludes"),
            ],
            "primaryKey": ["code"],
        }
    ),
    "effects": TableSchema(
        {
            "path": "effects.csv",
            "fields": [
                _code("candidate", "Code of the activity", "B2"),
                _code("unit", "State, or any unit", "XAB"),
                _code("indicator", "Indicator", "C3-01"),
                _number("gain", "Levels that it should move it by", "1"),
                _number("chance", "Chance that it does, 0 to 1", "0.6"),
            ],
            "primaryKey": ["candidate", "unit", "indicator"],
        }
    ),
    "gaps": TableSchema(
        {
            "path": "gaps.csv",
            "fields": [
                _code("unit", "State, or any unit", "XAB"),
                _code("indicator", "Indicator", "C3-01"),
                {**_number("gap", "Gap in levels, empty where unknown", "1"), "constraints": {}},
                _optional(_number("weight", "Weight", "1")),
            ],
            "primaryKey": ["unit", "indicator"],
        }
    ),
    "floors": TableSchema(
        {
            "path": "floors.csv",
            "fields": [
                _code("kind", "unit or component", "unit"),
                _code("code", "Code of the unit or component", "XAB"),
                _number("least", "Least money for it", "10000"),
            ],
            "primaryKey": ["kind", "code"],
        }
    ),
    "capacity": TableSchema(
        {
            "path": "capacity.csv",
            "fields": [
                _code("quarter", "Quarter", "2021-Q3"),
                _number("capacity", "Load that can be carried in it", "40"),
            ],
            "primaryKey": ["quarter"],
        }
    ),
}
MONEY: Final = reader_of(_number("budget", "Budget", "250000"))
STANDARD_OUTPUT: Final = 1  # the number that programs in C write to
PORTFOLIO: Final = ("code", "name", "component", "chosen", "cost", "start", "end", "adds", "why")
FRONTIER: Final = ("budget", "spent", "closed", "share", "bound", "worth", "step", "enters", "leaves")
CLOSURE: Final = ("unit", "indicator", "gap", "weight", "share", "closed", "left")


def run(args: argparse.Namespace) -> int:
    """Read, calculate, write; returns the exit status."""
    budget = _budget(args.budget)
    problem = read(args.candidates, args.effects, args.gaps, args.floors, args.capacity)
    files.refuse_to_replace(args.out, {"portfolio": PORTFOLIO, "frontier": FRONTIER, "closure": CLOSURE})
    with files.refusing(), _quiet():
        budgets = even_budgets(problem, args.points)
        found = choose(problem, budget)
        points = frontier(problem, [*budgets, budget], progress=every_second("budgets"))
    tables = [
        files.Table("portfolio", PORTFOLIO, list(_candidates(problem, found))),
        files.Table("frontier", FRONTIER, [_point(point, found.possible) for point in points]),
        files.Table("closure", CLOSURE, list(_closure(problem, found))),
    ]
    settings = {"share_closed": FORMULA, "budget": _plain(budget), "points": args.points}
    files.write(args.out, tables, files.settings_yaml("portfolio", settings))
    files.tell(args.out, tables, args.json)
    if not args.json:
        print(_summary(found))
    return 0


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep off standard output what HiGHS writes there now and then by itself: JSON may be read from it."""
    sys.stdout.flush()
    kept, nowhere = os.dup(STANDARD_OUTPUT), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STANDARD_OUTPUT)
    try:
        yield
    finally:
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)


def read(candidates: Path, effects: Path, gaps: Path, floors: Path | None, capacity: Path | None) -> Problem:
    """The problem. Raises `AssessRefused`: first for what cannot be read, then for what does not fit together."""
    defects: list[AnyDefect] = []
    given = {
        "candidates": candidates,
        "effects": effects,
        "gaps": gaps,
        "floors": floors,
        "capacity": capacity,
    }
    sheets: dict[str, Sheet] = {}
    for table, file in given.items():
        if file is not None:
            sheet = files.read_table(file, SCHEMAS[table], defects)
            if sheet is not None:
                sheets[table] = sheet
    if defects:
        raise AssessRefused(defects)
    rows: dict[str, list[Row]] = {table: [] for table in given} | {
        table: list(sheet.rows) for table, sheet in sheets.items()
    }
    with files.refusing():
        return Problem.of(
            [_candidate(row) for row in rows["candidates"]],
            [
                Effect(
                    row["candidate"], row["unit"], row["indicator"], float(row["gain"]), float(row["chance"])
                )
                for row in rows["effects"]
            ],
            [_gap(row) for row in rows["gaps"]],
            [Floor(row["kind"], row["code"], row["least"]) for row in rows["floors"]],
            [Quarter(row["quarter"], row["capacity"]) for row in rows["capacity"]],
            where=lambda table, at: (sheets[table].path, rows[table][at].line),
        )


def _candidate(row: Row) -> Candidate:
    return Candidate(
        row["code"],
        row["cost"],
        name=row.get("name") or "",
        component=row.get("component") or "",
        start=row.get("start") or "",
        load=row.get("load") or Decimal(0),
        needs=row.get("needs") or (),
        excludes=row.get("excludes") or (),
    )


def _gap(row: Row) -> Gap:
    width, weight = row["gap"], row.get("weight")
    return Gap(
        row["unit"],
        row["indicator"],
        None if width is None else float(width),
        1.0 if weight is None else float(weight),
    )


def _budget(text: str) -> Decimal:
    try:
        return cast(Decimal, MONEY(text))
    except Misfit as misfit:
        raise AssessRefused([LibraryDefect(misfit.what, misfit.remedy, column="--budget")]) from None


def _candidates(problem: Problem, found: Portfolio) -> Iterator[list[Cell]]:
    for at, each in enumerate(problem.candidates):
        start, end = found.quarters[at]
        chosen = "yes" if found.chosen[at] else "no"
        adds = float(found.adds[at])
        yield [
            each.code,
            each.name,
            each.component,
            chosen,
            _plain(each.cost),
            start,
            end,
            adds,
            found.why[at],
        ]


def _point(point: Point, possible: float) -> list[Cell]:
    closed = point.closed
    return [
        _plain(point.budget),
        None if point.spent is None else _plain(point.spent),
        closed,
        None if closed is None or not possible else closed / possible,
        point.bound,
        point.worth,
        point.step,
        ";".join(point.enters),
        ";".join(point.leaves),
    ]


def _closure(problem: Problem, found: Portfolio) -> Iterator[list[Cell]]:
    shares = dict(zip(found.gaps.tolist(), found.shares.tolist(), strict=True))
    for at, gap in enumerate(problem.gaps):
        row: list[Cell] = [gap.unit, gap.indicator, gap.width, gap.weight]
        if not gap.width:
            yield [*row, None, None, gap.width]
            continue
        share = shares.get(at, 0.0)
        yield [*row, share, gap.width * share, gap.width * (1 - share)]


def _plain(amount: Decimal | Fraction) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _summary(found: Portfolio) -> str:
    number, of = int(found.chosen.sum()), len(found.chosen)
    share = f" ({100 * found.closed / found.possible:.1f} %)" if found.possible else ""
    proof = "and no choice closes more"
    if found.distance:
        proof = f"which is within {100 * found.distance:.2f} % of the best possible"
    return (
        f"{number} of {of} activities for {_plain(found.spent):,} of {_plain(found.budget):,}: they should close "
        f"{found.closed:.4g} of a weighted gap of {found.possible:.4g}{share}, {proof}. "
        "This is a proposal: people decide."
    )
