"""A PostgreSQL server as the preparing of an installation meets it: reached, letting us in, fit for us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, NotSupportedError, OperationalError, connection

from endocsea.config import data, database
from endocsea.support.refusals import Refusal

PREPARING = 0x656E646F  # the number of our lock in the database: any, but always the same
FULL = "53100"
SPOKEN = re.compile(r"\b\w+:  ")  # how libpq repeats what a server said: "FATAL:  role … does not exist"


class NotReached(Refusal):
    code = "database.not-reached"
    sentence = "The PostgreSQL server of the database %(database)s does not answer: %(why)s."
    remedy = "See that it runs, and that ENDOCSEA_DATABASE has its host and port."


class NotLetIn(Refusal):
    code = "database.not-let-in"
    sentence = "The PostgreSQL server of the database %(database)s does not let us in: %(why)s."
    remedy = (
        "Compare user, password and the database's name in ENDOCSEA_DATABASE with what the server knows "
        "(docs/how-to/use-postgresql.md says how they are made)."
    )


class NotWritable(Refusal):
    code = "database.not-writable"
    sentence = "The database %(database)s cannot be written: %(why)s."
    remedy = "Let the user of ENDOCSEA_DATABASE own the database, on a server that takes writes."


class NotFit(Refusal):
    code = "database.not-fit"
    sentence = "The database %(database)s cannot be used: %(why)s."
    remedy = "Make one on PostgreSQL 14 or newer, with: createdb --encoding=UTF8 --template=template0."


BY_STATE: dict[str, type[Refusal]] = {  # by the beginning of PostgreSQL's code for what happened
    "42501": NotWritable,  # insufficient privilege
    "25006": NotWritable,  # read-only, as on a standby
    "08": NotReached,  # the connection broke
    "57P": NotReached,  # the server was stopped
}


def refusal_for(error: Error) -> Refusal | None:
    """The sentence for what PostgreSQL, or the way to it, said; nothing where that was our own mistake."""
    called = database.called(settings.DATABASES["default"])
    if isinstance(error, NotSupportedError):
        return NotFit(database=called, why=str(error).rstrip("."))
    cause = _driver_s(error)
    if cause is None:
        return None
    if cause.sqlstate == FULL:
        return data.DiskFull(folder=f"the database {called}")
    if cause.sqlstate is None:  # nobody has spoken to a server yet
        kind = _kind_of_attempt(cause) if isinstance(error, OperationalError) else None
    else:
        kind = next((kind for state, kind in BY_STATE.items() if cause.sqlstate.startswith(state)), None)
    return kind(database=called, why=_why(cause)) if kind else None


def _kind_of_attempt(cause: Any) -> type[Refusal]:
    # what a server says comes in its own language: whether it asked for a password tells in any
    attempt = cause.pgconn
    asked = attempt is not None and (attempt.needs_password or attempt.used_password)
    return NotLetIn if asked or SPOKEN.search(str(cause)) else NotReached


def _driver_s(error: BaseException | None) -> Any:
    """The driver's own error, which Django wraps, sometimes twice."""
    while error is not None and not hasattr(error, "sqlstate"):
        error = error.__cause__ or error.__context__
    return error


def _why(cause: Exception) -> str:
    """The last thing said in the first line, without the way there, which the sentence has already."""
    said = str(cause).strip().splitlines()[0]
    said = SPOKEN.sub("", said.rsplit(" failed: ", 1)[-1]).strip().rstrip(".")
    return said[:1].lower() + said[1:]


def see_that_it_fits() -> None:
    """Look at what only a question to the server shows. Raises `NotFit`."""
    with connection.cursor() as cursor:
        cursor.execute("show server_encoding")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        called = database.called(settings.DATABASES["default"])
        raise NotFit(database=called, why=f"its encoding is {encoding}, which does not hold every letter")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """On PostgreSQL, wait while another server of the same database prepares it; SQLite has the folder's lock."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [PREPARING])
    try:
        yield
    finally:
        if connection.is_usable():  # the lock of a connection that is gone has gone with it
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [PREPARING])
