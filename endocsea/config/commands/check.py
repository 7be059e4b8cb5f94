"""``endocsea check``: whether what is kept here is as it should be. Each thing to check is a part of its own."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from endocsea.config.exposing import Exposure, Missing
    from endocsea.config.starts import Start
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


class NotStarted(Refusal):
    code = "check.not-started"
    sentence = "What is missing before the site in %(folder)s goes public cannot be told: %(why)s."
    remedy = (
        "Start it as it is to serve, for instance with: endocsea up --public --data FOLDER; then check again, "
        "as the same account."
    )


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
        raise NotAHead(file=file, why="there is no such file, or nothing in it")
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


def _public(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = parts.add_parser(
        "public",
        help="what is missing before the site is exposed to the public",
        description="Judges the site as it was started last, from its data folder: address, edition, letters, people, "
        "journal, files, database, and what it answers. Changes nothing. "
        "Exit status: 0 nothing is missing, 1 something is, 2 it cannot be told.",
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder")
    parser.add_argument("--json", action="store_true", help="the result for a script")
    parser.set_defaults(run=run_public)


def run_public(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start, starts

    place = data.folder(args.data)
    try:
        start = starts.read(place)
    except OSError as error:
        why = f"this account cannot read it ({(error.strerror or str(error)).lower()})"
        raise NotStarted(folder=place, why=why) from error
    if start is None:
        raise NotStarted(folder=place, why="it was not started by this version yet")
    django_start.lead_to(start.site)
    django_start.start(place, training=start.training, preview=not start.public)
    found = _look(place, start)
    from endocsea.config import exposing

    lacking = exposing.missing(found)
    print(_missing_as_json(lacking, found) if args.json else "\n".join(_missing_lines(lacking, found)))
    return 1 if lacking else 0


def _look(place: Path, start: Start) -> Exposure:
    """Raises `NotStarted`, `preparing.DatabaseNewer`, and what a server says that cannot be reached."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    from endocsea.config import database, exposure, preparing

    chosen = settings.DATABASES["default"]
    if (here := database.called(chosen)) != start.database:
        raise NotStarted(
            folder=place,
            why=f"it was started with the database {start.database}, and here it is the one {here}",
        )
    if connection.vendor == "sqlite" and not Path(chosen["NAME"]).is_file():
        raise NotStarted(folder=place, why="its database is gone")
    try:
        with preparing.sentences_for_storage(place):
            if preparing.tables_are_to_change():
                raise NotStarted(folder=place, why="its database is not up to date for this version")
            return exposure.look(place, start)
    except DatabaseError as error:
        raise NotStarted(folder=place, why=f"its database cannot be read ({str(error).strip()})") from error


def _missing_lines(lacking: list[Missing], found: Exposure) -> list[str]:
    site = found.start.site
    lines = [f"Before {site} is shown to the public, {len(lacking)} to mend:", ""]
    if not lacking:
        lines = [f"Nothing is missing that can be seen from here: {site} may be shown to the public."]
    for each in lacking:
        lines += [f"· {each.sentence}", f"  {each.remedy}", ""]
    return [*lines, f"The secret for signing is of {found.secret_since}."] if found.secret_since else lines


def _missing_as_json(lacking: list[Missing], found: Exposure) -> str:
    told = {
        "ready": not lacking,
        "site": found.start.site,
        "secret_since": found.secret_since and found.secret_since.isoformat(),
        "missing": [asdict(each) for each in lacking],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


# a function for each thing that can be checked, that adds its parser
PARTS: tuple[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None], ...] = (_journal, _public)
