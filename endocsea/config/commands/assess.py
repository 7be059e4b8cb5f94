"""``endocsea assess``: hold any values against any tree, by the method. It needs no data folder."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "assess",
        help="levels, bounds and intervals for any CSV of values",
        description="Calculates the level of every unit on every node of a tree. Values: unit, indicator, value "
        "(empty: unknown; NA: not applicable) and, if you have it, confidence. Tree: code, parent, weight.",
    )
    parser.add_argument("--values", type=Path, required=True, metavar="CSV", help="the values")
    parser.add_argument("--tree", type=Path, required=True, metavar="CSV", help="how indicators are grouped")
    parser.add_argument(
        "--method", type=Path, metavar="YAML", help="the method (default: the programme's own)"
    )
    parser.add_argument("--replicates", type=int, metavar="N", help="draw N replicates, for intervals")
    parser.add_argument(
        "--seed", type=int, metavar="N", help="the seed of what is drawn (default: the method's)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where to write the two results"
    )
    parser.add_argument("--json", action="store_true", help="print the levels as JSON too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from endocsea.assessment import BadInput, Defect, assess, simulate, to_yaml
    from endocsea.config import assess_files as files

    if args.seed is not None and args.seed < 0:
        raise files.AssessRefused([Defect(f"The seed {args.seed} is below zero.", "Give 0 or more.")])
    values, tree, method = files.read(args.values, args.tree, args.method)
    files.refuse_to_replace(args.out)
    seed = method.seed if args.seed is None else args.seed
    drawn = None
    try:
        found = assess(values, tree, method)
        if args.replicates is not None:
            drawn = simulate(
                values, tree, method, replicates=args.replicates, seed=seed, progress=_every_second()
            )
    except BadInput as error:
        raise files.AssessRefused(error.defects) from None
    files.write(
        args.out,
        {
            "levels.csv": files.levels_csv(found, drawn),
            "method.yaml": to_yaml(method, replicates=args.replicates or 0, seed=seed),
        },
    )
    if args.json:
        print(files.levels_json(found, drawn))
    else:
        print(f"{args.out / 'levels.csv'}: units: {len(found.units)}, nodes: {len(found.nodes)}")
        print(f"{args.out / 'method.yaml'}: the method, exactly as used")
    return 0


def _every_second() -> Callable[[int, int], None]:
    """Says on stderr how far it is, at most once a second."""
    said = time.monotonic()

    def say(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > 1:
            said = time.monotonic()
            print(f"· {done:,} of {total:,} replicates", file=sys.stderr, flush=True)

    return say
