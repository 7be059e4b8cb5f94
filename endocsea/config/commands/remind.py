"""``endocsea remind``: letters to coordinators that a round has opened, and before their answers are due."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "remind",
        help="send the letters that are due to coordinators",
        description="Sends what is due today, as each start of the site does: that a round has opened, and how many "
        "questions are open some days before the answers are due. A task for every night of a site that runs for "
        "long; no letter goes twice.",
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder (default: in your own data directory)")
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="the port of the site, for the links (default: 8000)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.answer_on(args.port)
    django_start.start(place)
    from endocsea.config import preparing

    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.bring_database_up_to_date()
        letters = preparing.remind()
    print({0: "No letter was sent.", 1: "1 letter sent."}.get(letters.sent, f"{letters.sent} letters sent."))
    if letters.failed:
        print(f"The mail server did not take {letters.failed}: the next run tries again.")
    return 1 if letters.failed else 0
