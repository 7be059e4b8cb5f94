"""``endocsea export replies`` and ``endocsea import replies``: whole replies of made-up states as workbooks, and back.

A real state's reply leaves and enters by its own coordinator alone, on the pages.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from endocsea.support.refusals import Refusal

if TYPE_CHECKING:
    from endocsea.questionnaires.models import Round
    from endocsea.states.models import State


class NoSuchRound(Refusal):
    code = "config.no-such-round"
    sentence = "There is no round “%(given)s” of made-up states with a questionnaire."
    remedy = "Choose one of: %(rounds)s."


class NoSuchReply(Refusal):
    code = "config.no-such-reply"
    sentence = "%(file)s says of which round and state it is, and no such reply of a made-up state is here."
    remedy = "Export the reply here first, and fill in that workbook."


class NoWorkbook(Refusal):
    code = "config.no-workbook"
    sentence = "There is no workbook %(file)s."
    remedy = "Look at the name of the file."


def add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("export", help="write what is here as files")
    parts = parser.add_subparsers(title="what to export", metavar="WHAT", required=True)
    replies = parts.add_parser(
        "replies",
        help="the replies of made-up states as workbooks",
        description="Writes one workbook a state (XLSX) with every question of a round and what is answered so far. "
        "A real state's reply leaves by its own coordinator alone, on the pages.",
    )
    replies.add_argument("folder", type=Path, metavar="DIR", help="where to write them")
    replies.add_argument(
        "--round", metavar="CODE", help="which round (default: the one that comes with the content)"
    )
    replies.add_argument(
        "--language", default="en", metavar="en|fr", help="language of the questions (default: en)"
    )
    replies.add_argument("--data", metavar="DIR", help="the data folder")
    replies.set_defaults(run=run_export)


def add_import(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    replies = parts.add_parser(
        "replies",
        help="a workbook with the reply of a made-up state",
        description="Shows, question by question, what differs from what is here, and with --take takes it in. "
        "What cannot be read is named with sheet and cell, and is not taken.",
    )
    replies.add_argument("file", type=Path, metavar="FILE", help="the workbook")
    replies.add_argument("--take", action="store_true", help="take in what was filled in or changed")
    replies.add_argument("--data", metavar="DIR", help="the data folder")
    replies.set_defaults(run=run_import)


def run_export(args: argparse.Namespace) -> int:
    _start(args)
    from django.utils.timezone import localtime

    from endocsea.config import writing
    from endocsea.replies import actions
    from endocsea.support.actors import PREVIEW

    round = _round_named(args.round)
    args.folder.mkdir(parents=True, exist_ok=True)
    for state in round.states.order_by("iso3"):
        file = args.folder / f"{state.slug}-{round.code}.xlsx"
        writing.check(file)
        content = actions.workbook_file(
            round=round, state=state, language=args.language, by=PREVIEW, at=localtime()
        )
        writing.write(file, content)
        print(f"{file}: {len(content) / 1000:,.0f} kB")
    return 0


def run_import(args: argparse.Namespace) -> int:
    _start(args)
    from django.utils.timezone import localtime

    from endocsea.replies import actions
    from endocsea.replies.answers.given import Origin
    from endocsea.replies.exchange import workbook
    from endocsea.replies.exchange.making import answers_here, sheet_of, versions_of
    from endocsea.replies.exchange.sheet import How, compare
    from endocsea.support.actors import PREVIEW

    try:
        content = args.file.read_bytes()
    except OSError:
        raise NoWorkbook(file=args.file) from None
    round, state = _whose(content, args.file)
    asked = sheet_of(round, state, language="en", on=localtime().date())
    came = workbook.returned(content, args.file.name, asked)
    found = compare(came, answers_here(round, state), versions_of(round, state))
    questions = round.version.form.by_path() if round.version else {}
    for each in found:
        if each.how is not How.SAME:
            print(f"{questions[each.path].name}: {each.how.value} ({', '.join(each.fields)})")
    for trouble in came.troubles:
        print(f"not read: {trouble.where} {trouble.what} {trouble.remedy}")
    taken = [each for each in found if each.how in (How.FILLED, How.CHANGED)]
    if not args.take:
        print(f"{len(taken)} to take; nothing was taken. Take them with --take.")
        return 0
    saved = actions.take(
        round=round, state=state, differences=taken, origin=Origin.WORKBOOK, by=PREVIEW, at=localtime()
    )
    print(f"{len(saved)} taken.")
    return 0


def _start(args: argparse.Namespace) -> None:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from endocsea.config import preparing

    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.make_ready()


def _rounds() -> Any:
    from endocsea.questionnaires.models import Round

    return Round.objects.filter(training=True, version__isnull=False, retired_on=None)


def _round_named(code: str | None) -> Round:
    rounds = _rounds().order_by("opens_on", "code")
    found: Round | None = (rounds.filter(code=code) if code else rounds).first()
    if found is None:
        known = ", ".join(rounds.values_list("code", flat=True))
        raise NoSuchRound(given=code or "", rounds=known or "–")
    return found


def _whose(content: bytes, file: Path) -> tuple[Round, State]:
    """The round and state that a workbook names in its own front sheet."""
    from endocsea.replies.exchange import workbook

    code, iso3 = workbook.belongs_to(content, file.name)
    round = _rounds().select_related("version").filter(code=code).first()
    state = round.states.filter(iso3=iso3).first() if round else None
    if round is None or state is None:
        raise NoSuchReply(file=file.name)
    return round, state
