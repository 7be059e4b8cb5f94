"""``endocsea assess change BEFORE AFTER``: what changed between two rounds, on what was answered in both."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from endocsea.assessment import Change, Method, compare, to_yaml
from endocsea.assessment import Defect as LibraryDefect
from endocsea.assessment.change import only
from endocsea.config.assess import files, levels
from endocsea.config.assess.engine import make_engine_ready
from endocsea.config.assess.files import CODE, AnyDefect, AssessRefused, Cell
from endocsea.config.assess.progress import every_second
from endocsea.support.pack.tables import TableSchema

MAPPING: Final = TableSchema(
    {
        "path": "mapping.csv",
        "fields": [
            {"name": "before", "type": "string", "title": "Indicator of the earlier edition", **CODE},
            {"name": "after", "type": "string", "title": "The one that means the same now", **CODE},
        ],
        "primaryKey": ["before"],
    }
)
NUMBERS: Final = (
    "change",
    "q05",
    "q95",
    "better",
    "worse",
    "otherwise",
    "p",
    "q",
    "before",
    "after",
    "from_new",
    "from_lost",
)
COUNTS: Final = ("twice", "once", "never", "new")
COLUMNS: Final = ("unit", "node", "verdict", *NUMBERS, *COUNTS)
NOT_COMPARED: Final = ("kind", "code")


def run(args: argparse.Namespace) -> int:
    """Read, compare, write; returns the exit status."""
    defects: list[AnyDefect] = []
    if args.seed is not None and args.seed < 0:
        defects.append(LibraryDefect(f"The seed {args.seed} is below zero.", "Give 0 or more."))
    tree = levels.read_tree(args.tree, defects)
    method = levels.read_method(args.method, defects, tree) if args.method else Method()
    mapping = _mapping(args.mapping, defects) if args.mapping else None
    # indicators of the earlier edition need not be in the tree of the later one
    before = levels.read_values(args.before, None, method, defects)
    after = levels.read_values(args.after, tree, method, defects)
    if defects or method is None or tree is None or before is None or after is None:
        raise AssessRefused(defects)
    files.refuse_to_replace(args.out, {"change": COLUMNS, "not-compared": NOT_COMPARED})
    replicates = method.replicates if args.replicates is None else args.replicates
    seed = method.seed if args.seed is None else args.seed
    make_engine_ready()
    with files.refusing():
        found = compare(
            before,
            after,
            tree,
            method,
            mapping=mapping,
            replicates=replicates,
            seed=seed,
            progress=every_second("replicates"),
        )
    tables = [
        files.Table("change", COLUMNS, list(_rows(found))),
        files.Table("not-compared", NOT_COMPARED, list(_left_out(found))),
    ]
    used = only(method, "reviewers", "method")  # what is unknown is never drawn for a change
    files.write(args.out, tables, to_yaml(used, replicates=replicates, seed=seed))
    files.tell(args.out, tables, args.json)
    return 0


def _mapping(file: Path, defects: list[AnyDefect]) -> Mapping[str, str] | None:
    sheet = files.read_table(file, MAPPING, defects)
    return None if sheet is None else {row["before"]: row["after"] for row in sheet.rows}


def _rows(found: Change) -> Iterator[list[Cell]]:
    for s, unit in enumerate(found.units):
        for n, node in enumerate(found.nodes):
            numbers = [float(getattr(found, name)[s, n]) for name in NUMBERS]
            counts = [int(getattr(found, name)[s, n]) for name in COUNTS]
            yield [unit, node, str(found.verdict[s, n]), *numbers, *counts]


def _left_out(found: Change) -> Iterator[list[Cell]]:
    for kind, codes in (
        ("indicator without a counterpart", found.left_out),
        ("unit only before", found.only_before),
        ("unit only after", found.only_after),
    ):
        for code in codes:
            yield [kind, code]
