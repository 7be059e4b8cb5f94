"""``endocsea check``: whether what is kept here is as it should be. Each thing to check is a part of its own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from endocsea.journal.rules import Head, Verdict

SHOWN: Final = 20  # faults on a screen; --json has them all


class NothingToCheck(Refusal):
    code = "check.nothing-there"
    sentence = "The journal of the database %(database)s cannot be checked: %(why)s."
    remedy = "Name the data folder with --data FOLDER, or start it once with: endocsea up --data FOLDER"


class NotAHead(Refusal):
    code = "check.not-a-head"
    sentence = "%(file)s cannot be read as the head of a journal: %(why)s."
    remedy = "Give a copy of the file journal-head, as it stands in the data folder."


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("check", help="see that what is kept here is as it should be")
    parts = parser.add_subparsers(title="what to check", metavar="WHAT", required=True)
    for part in PARTS:
        part(parts)


def _journal(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = parts.add_parser(
        "journal",
        help="whether the journal is whole",
        description="Finds entries that were changed, deleted, put in, moved or cut off. Changes nothing. "
        "Exit status: 0 the journal is whole, 1 it is not, 2 there is nothing to check.",
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder")
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a copy of journal-head that was kept elsewhere, to compare with as well",
    )
    parser.add_argument("--json", action="store_true", help="the result for a script")
    parser.set_defaults(run=run_journal)


def run_journal(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    django_start.start(place)
    from endocsea.journal.checking import check

    heads = [_head(file) for file in args.head]
    _see_that_there_is_one(place)
    verdict = check(heads)
    print(_as_json(verdict) if args.json else "\n".join(_lines(verdict)))
    return 0 if verdict.whole else 1


def _head(file: Path) -> Head:
    from endocsea.journal import heads

    try:
        head = heads.read(file)
    except heads.NotAHead as error:
        raise NotAHead(file=file, why=error) from error
    if head is None:
        raise NotAHead(file=file, why="there is no such file")
    return head


def _see_that_there_is_one(folder: Path) -> None:
    """Raises `NothingToCheck`, `preparing.DatabaseNewer`, and what a server says that cannot be reached."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    from endocsea.config import database, preparing

    chosen = settings.DATABASES["default"]
    called = database.called(chosen)
    if connection.vendor == "sqlite" and not Path(chosen["NAME"]).is_file():
        raise NothingToCheck(database=called, why="there is none")
    try:
        with preparing.sentences_for_storage(folder):
            loader = MigrationLoader(connection)
    except DatabaseError:
        return  # a file that is damaged is what the check is for
    applied = {name for app, name in loader.applied_migrations if app == "journal"}
    known = {name for app, name in loader.disk_migrations if app == "journal"}
    if newer := sorted(applied - known):
        raise preparing.DatabaseNewer(database=called, migration=f"journal/{newer[0]}")
    if known - applied:
        raise NothingToCheck(database=called, why="it has not been brought up to date for this version")


def _lines(verdict: Verdict) -> list[str]:
    lines = ["The journal is whole." if verdict.whole else "The journal is NOT whole:"]
    lines += [f"  {fault.sentence}" for fault in verdict.faults[:SHOWN]]
    if len(verdict.faults) > SHOWN:
        lines.append(f"  … and {len(verdict.faults) - SHOWN:,} more; --json names them all.")
    since = f", since {verdict.since[:10]}" if verdict.since else ""
    lines.append(f"{verdict.entries:,} entries{since}; {verdict.erased:,} of them with personal data erased.")
    if verdict.head:
        lines.append(
            f"The last one is {verdict.head.number}, of {verdict.head.at[:19]} UTC: {verdict.head.link}"
        )
    if verdict.beyond:
        lines.append(f"Newer than any head kept outside the database: the last {verdict.beyond:,}.")
    return lines


def _as_json(verdict: Verdict) -> str:
    head = verdict.head
    return json.dumps(
        {
            "whole": verdict.whole,
            "entries": verdict.entries,
            "erased": verdict.erased,
            "since": verdict.since,
            "head": {"number": head.number, "link": head.link, "at": head.at} if head else None,
            "beyond": verdict.beyond,
            "faults": [
                {"fault": fault.flaw, "number": fault.number, "sentence": fault.sentence}
                for fault in verdict.faults
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


# a function for each thing that can be checked, that adds its parser
PARTS: tuple[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None], ...] = (_journal,)
