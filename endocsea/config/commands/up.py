"""``endocsea up``: prepare the data folder and serve the site on this machine."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from endocsea.people.actions import SignIn


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("up", help="prepare everything and serve the site on this machine")
    parser.add_argument("--data", metavar="DIR", help="the data folder (default: in your own data directory)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port (default: 8000)")
    parser.add_argument("--without-training", action="store_true", help="leave out the made-up states")
    parser.add_argument(
        "--training-people",
        action="store_true",
        help="add one person per role to a folder without accounts, and print each sign-in once",
    )
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
    with data.for_the_owner_only(), data.locked(place):
        from endocsea.config import server

        socket = server.take_port(args.port)
        django_start.answer_on(args.port)
        django_start.start(place, training=training, preview=not args.public)
        from django.conf import settings

        from endocsea.config import preparing, starts

        with preparing.sentences_for_storage(place):
            with step("database"):
                preparing.bring_database_up_to_date()
            with step("engine of the assessment"):
                keep_compiled_code(place)
                make_engine_ready()
            with step("content"):
                preparing.load(settings.CONTENT, training=training)
            with step("profiles"):
                preparing.calculate()
            with step("accounts"):
                preparing.close_accounts()
            with step("letters"):
                preparing.remind()
            people = _add_training_people() if args.training_people else []
            with step("style, script and fonts"):
                preparing.make_static_files()
            starts.note(place, starts.of(settings))
        edition = "the public edition of endocsea" if args.public else "endocsea"
        here = f"http://127.0.0.1:{args.port}/en/"
        address = f"{settings.SITE}/en/, by way of {here}" if settings.SECURE_SSL_REDIRECT else here
        print(f"  {edition} is at {address}  (Ctrl-C stops it; data: {place})", flush=True)
        for person in people:
            print(_sign_in(person), flush=True)
        server.serve(socket, log=place / "log" / "server.log")
    return 0


def _add_training_people() -> list[SignIn]:
    from django.utils.timezone import now

    from endocsea.people import actions

    with step("people for training"):
        return actions.add_training_people(at=now())


def _sign_in(person: SignIn) -> str:
    lines = [f"  {person.name}: {person.address}  password {person.password}"]
    if person.secret:
        lines.append(f"    secret for an app that makes codes: {person.secret}")
        lines.append(f"    recovery codes, each works once: {' '.join(person.recovery_codes)}")
    return "\n".join(lines)


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
