"""``endocsea people``: letting the first administrator in, and closing accounts whose last role has ended."""

from __future__ import annotations

import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("people", help="let the first administrator in, close accounts")
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    first = deeds.add_parser(
        "first-administrator",
        help="invite the first administrator",
        description="Sends the letter with the link that makes the first account; others are invited from the site.",
    )
    first.add_argument("email", metavar="EMAIL", help="the address of the administrator")
    first.add_argument("--data", metavar="DIR", help="the data folder (default: in your own data directory)")
    first.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="the port of the site, for the link (default: 8000)",
    )
    first.set_defaults(run=run)

    again = deeds.add_parser(
        "let-in-again",
        help="let an administrator in who lost device and recovery codes",
        description="Removes the password and second factors of an administrator and sends a letter to choose new "
        "ones. Everybody else is let in on the site: People, Let in again.",
    )
    again.add_argument("email", metavar="EMAIL", help="the address of the administrator's account")
    again.add_argument("--data", metavar="DIR", help="the data folder (default: in your own data directory)")
    again.add_argument(
        "--port",
        type=int,
        default=8000,
        metavar="N",
        help="the port of the site, for the link (default: 8000)",
    )
    again.set_defaults(run=run_again)

    closing = deeds.add_parser(
        "close-accounts",
        help="close accounts whose last role ended 30 days ago",
        description="Closes what is due today, as each start of the site does: a task for every night of a site "
        "that runs for long. The data stay until they are erased; a new role by invitation opens an account again.",
    )
    closing.add_argument(
        "--data", metavar="DIR", help="the data folder (default: in your own data directory)"
    )
    closing.set_defaults(run=run_closing)


def run(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.answer_on(args.port)
    django_start.start(place)

    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.utils.timezone import now

    from endocsea.config import preparing
    from endocsea.people import actions
    from endocsea.people.refusals import AddressUnclear

    try:
        validate_email(args.email)
    except ValidationError:
        raise AddressUnclear(address=args.email) from None
    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.make_ready()
        actions.invite_from_the_machine(email=args.email, at=now())
    print(f"A letter with a link is on its way to {args.email}. The link works once, for two weeks.")
    return 0


def run_again(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.answer_on(args.port)
    django_start.start(place)

    from django.utils.timezone import now

    from endocsea.config import preparing
    from endocsea.people import actions
    from endocsea.people.models import Person
    from endocsea.people.refusals import NoSuchAdministrator
    from endocsea.support.actors import PREVIEW
    from endocsea.support.refusals import Refusal

    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.bring_database_up_to_date()
        person = Person.objects.filter(email=args.email.lower()).first()
        try:
            if person is None:
                raise NoSuchAdministrator(address=args.email)
            actions.let_in_again(person=person, by=PREVIEW, at=now())
        except Refusal as refusal:
            if refusal.code != "people.may-not":
                raise
            raise NoSuchAdministrator(address=args.email) from refusal
    print(
        f"A letter with a link is on its way to {args.email}: it leads to a new password and a new second factor."
    )
    return 0


def run_closing(args: argparse.Namespace) -> int:
    from endocsea.config import data, django_start

    place = data.folder(args.data)
    data.prepare(place)
    data.make_secret(place)
    django_start.start(place)
    from endocsea.config import preparing

    with data.for_the_owner_only(), preparing.sentences_for_storage(place):
        preparing.bring_database_up_to_date()
        closed = preparing.close_accounts()
    print({0: "No account is due.", 1: "1 account closed."}.get(closed, f"{closed} accounts closed."))
    return 0
