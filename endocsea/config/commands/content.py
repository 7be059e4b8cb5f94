"""``endocsea content check`` and ``endocsea content load``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("content", help="check or load a content pack")
    parts = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    check = parts.add_parser("check", help="name every defect: file, row, column, remedy")
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the pack (default: the one shipped)"
    )
    check.set_defaults(run=run_check)
    load = parts.add_parser("load", help="load or refresh the pack: all or nothing")
    load.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the pack (default: the one shipped)"
    )
    load.add_argument("--data", metavar="DIR", help="the data folder")
    load.add_argument("--without-training", action="store_true", help="leave out the made-up states")
    load.set_defaults(run=run_load)


def run_check(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    django_start.start(data.folder(None))
    from django.conf import settings

    from endocsea.config.loading import checked

    pack = checked(args.folder or settings.CONTENT)
    for notice in pack.notices:
        print(f"note: {notice}")
    for defect in pack.defects:
        print(defect, file=sys.stderr)
    if pack.defects:
        print(f"endocsea: {len(pack.defects)} to mend; nothing was loaded.", file=sys.stderr)
        return 2
    rows = sum(len(sheet.rows) for sheet in pack.sheets.values())
    print(f"{args.folder or 'The content pack'}: {len(pack.sheets)} files, {rows} rows, nothing to mend.")
    return 0


def run_load(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.start(place, training=not args.without_training)
    from django.conf import settings

    from endocsea.config import preparing  # it reads records, so it comes after the start

    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.bring_database_up_to_date()
        changes = preparing.load(args.folder or settings.CONTENT, training=not args.without_training)
        preparing.calculate()
    for line in changes.lines() or ["Nothing has changed."]:
        print(line)
    return 0
