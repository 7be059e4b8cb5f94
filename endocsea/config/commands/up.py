"""``endocsea up``: prepare the data folder and serve the site on this machine."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("up", help="prepare everything and serve the site on this machine")
    parser.add_argument("--data", metavar="DIR", help="the data folder (default: in your own data directory)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port (default: 8000)")
    parser.add_argument("--without-training", action="store_true", help="leave out the made-up states")
    parser.add_argument(
        "--public",
        action="store_true",
        help="the public edition: without what states have not commented on, and what nobody has confirmed",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start
    from endocsea.config.assess.engine import keep_compiled_code, make_engine_ready

    place = data.folder(args.data)
    training = not args.without_training
    with step("data folder"):
        data.prepare(place)
        data.make_secret(place)
    with data.locked(place):
        from endocsea.config import server

        socket = server.take_port(args.port)
        django_start.start(place, training=training, preview=not args.public)
        from django.conf import settings

        from endocsea.config import preparing

        with preparing.sentences_for_full_disks(place):
            with step("engine of the assessment"):
                keep_compiled_code(place)
                make_engine_ready()
            with step("database"):
                preparing.bring_database_up_to_date()
            with step("content"):
                preparing.load(settings.CONTENT, training=training)
            with step("profiles"):
                preparing.calculate()
            with step("style, script and fonts"):
                preparing.make_static_files()
        edition = "the public edition of endocsea" if args.public else "endocsea"
        print(
            f"  {edition} is at http://127.0.0.1:{args.port}/en/  (Ctrl-C stops it; data: {place})",
            flush=True,
        )
        server.serve(socket, log=place / "log" / "server.log")
    return 0


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    began = time.perf_counter()
    print(f"· {name} …", end="", flush=True)
    try:
        yield
    except BaseException:
        print("", flush=True)
        raise
    print(f" {time.perf_counter() - began:.1f} s", flush=True)
    sys.stdout.flush()
