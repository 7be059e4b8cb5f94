"""``endocsea report KIND``: a document about a state, as a file."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "report",
        help="a document about a state, as a file",
        description="desk-note: what public sources say about a real state, for its comment. "
        "gap-analysis: what a reviewed round found (made-up training states, until a real round is reviewed).",
    )
    parser.add_argument("kind", metavar="KIND", help="desk-note or gap-analysis")
    parser.add_argument("--state", required=True, metavar="ISO3", help="the state, by its code (GEO, XAB)")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write it")
    parser.add_argument(
        "--language", default="en", metavar="en|fr", help="language of the frame (default: en)"
    )
    parser.add_argument("--format", default="pdf", metavar="pdf", help="the format (default: pdf)")
    parser.add_argument(
        "--on", metavar="DATE", help="the day it speaks of (default: the programme's, or the round's)"
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start, writing

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from django.conf import settings
    from django.utils.timezone import localtime

    from endocsea.config import preparing
    from endocsea.public.addresses import site
    from endocsea.reports import making
    from endocsea.support.actors import PREVIEW

    making.chosen("kind of report", args.kind, making.KINDS)
    on = _day(args.on)
    writing.check(args.out)
    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.make_ready()
        written = making.make(
            args.kind,
            making.state_named(args.state),
            format=args.format,
            language=making.chosen("language", args.language, tuple(code for code, _ in settings.LANGUAGES)),
            on=on,
            by=PREVIEW,
            at=localtime(),
            site=site(settings.SITE, args.language),
        )
    writing.write(args.out, written)
    print(f"{args.out}: {len(written) / 1000:,.0f} kB")
    return 0


def _day(written: str | None) -> datetime.date | None:
    from endocsea.reports.making import NotAChoice

    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError:
        raise NotAChoice(given=written, what="day", choices="YYYY-MM-DD, for example 2021-06-30") from None
