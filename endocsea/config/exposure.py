"""An installation looked at from outside and inside, for `exposing` to say what is missing. Changes nothing."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import Morsel
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core import checks
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from endocsea.config import data, site
from endocsea.config.exposing import Answer, Cookie, Exposure, Missing
from endocsea.config.starts import Start
from endocsea.journal import checking
from endocsea.journal.rules import Flaw
from endocsea.people.actions.training import addresses
from endocsea.people.models import Appointment, Person
from endocsea.people.rules import NAMES, NEED_A_SECOND_FACTOR
from endocsea.people.signing_in import has_second_factor
from endocsea.support.actors import Role

ANOTHER_NAME: Final = "another.invalid"
OF_THE_HEAD: Final = (Flaw.HEAD_UNKNOWN, Flaw.HEAD_UNREADABLE)


def look(place: Path, start: Start) -> Exposure:
    """Everything that the rules ask about the installation in a data folder."""
    at = site.read(start.site)
    pages = ("/en/", reverse("account_login"))
    with _no_word_in_the_log():
        answers = tuple(_ask(page, at.place) for page in pages)
        in_the_clear = _ask("/en/", at.place, secure=False)
        by_another_name = _ask("/en/", ANOTHER_NAME).status
    protected, unprotected = _people()
    verdict = checking.check()
    return Exposure(
        start=start,
        django=tuple(_django()),
        pages=answers,
        in_the_clear=in_the_clear,
        by_another_name=by_another_name,
        own_secret=data.secret(place) == settings.SECRET_KEY,
        secret_since=_secret_since(place),
        open_to_others=tuple(map(str, data.open_to_others(place))),
        training_people=Person.objects.filter(email__in=addresses(), is_active=True).count(),
        administrators=protected[Role.ADMINISTRATOR],
        secretariat=protected[Role.SECRETARIAT],
        second_factor_missing=unprotected,
        journal_faults=sum(fault.flaw not in OF_THE_HEAD for fault in verdict.faults),
        journal_head=not any(fault.flaw in OF_THE_HEAD for fault in verdict.faults),
        rights=_rights(),
    )


def _secret_since(place: Path) -> datetime.date | None:
    try:
        changed = (place / data.KEY_FILE).stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.datetime.fromtimestamp(changed, tz=datetime.UTC).date()


def _ask(address: str, host: str, *, secure: bool = True) -> Answer:
    """What the site answers, through all that stands before its pages."""
    response = Client(raise_request_exception=False).get(address, secure=secure, headers={"host": host})
    headers = {name.lower(): value for name, value in response.items()}
    cookies = tuple(_cookie(name, morsel) for name, morsel in response.cookies.items())
    return Answer(address, response.status_code, headers, cookies)


def _cookie(name: str, morsel: Morsel[Any]) -> Cookie:
    return Cookie(name, bool(morsel["secure"]), bool(morsel["httponly"]), morsel["samesite"])


@contextmanager
def _no_word_in_the_log() -> Iterator[None]:
    # to ask for what must be refused is no event that somebody should read about
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _django() -> Iterator[Missing]:
    for found in checks.run_checks(include_deployment_checks=True):
        if found.level >= checks.WARNING and not found.is_silenced():
            yield Missing(
                found.id or "django",
                f"Django says: {' '.join(found.msg.split())}",
                found.hint or "See “System check framework” in Django's documentation, under this number.",
            )


def _people() -> tuple[Counter[Role], tuple[str, ...]]:
    """How many hold each role that asks for a second factor and have one; and the roles of those who have none.

    Roles and states, no names: what this command prints may be kept where no personal data belong.
    """
    protected: Counter[Role] = Counter()
    unprotected: Counter[str] = Counter()
    held = Appointment.objects.on(localdate()).filter(role__in=NEED_A_SECOND_FACTOR, person__is_active=True)
    with override("en"):
        for each in held.select_related("person", "state").order_by("role", "state__iso3"):
            role = Role(each.role)
            if has_second_factor(each.person):
                protected[role] += 1
            else:
                unprotected[f"{NAMES[role]} of {each.state.iso3}" if each.state else str(NAMES[role])] += 1
    return protected, tuple(f"{who} ({times})" if times > 1 else who for who, times in unprotected.items())


def _rights() -> tuple[str, ...]:
    """What the database's user may do beyond its own database; SQLite knows no users."""
    if connection.vendor != "postgresql":
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls "
            "from pg_roles where rolname = current_user"
        )
        may = cursor.fetchone()
    names = ("superuser", "makes roles", "makes databases", "replicates", "passes row security")
    return tuple(name for name, has in zip(names, may, strict=True) if has)
