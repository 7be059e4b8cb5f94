"""Which database: a file in the data folder, or the PostgreSQL server that ``ENDOCSEA_DATABASE`` names.

The address is read by libpq, PostgreSQL's own library, and so means here what it means to psql. It may
hold a password: no sentence repeats it. No Django here: settings need it first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from endocsea.support.refusals import Refusal

VARIABLE = "ENDOCSEA_DATABASE"
SCHEMES = ("postgresql://", "postgres://")
PATIENCE = "10"  # seconds for a connection: a firewall that drops packets must not look like a hang


class AddressWrong(Refusal):
    code = "database.address-wrong"
    sentence = "ENDOCSEA_DATABASE is not the address of a PostgreSQL database: %(why)s."
    remedy = (
        "Write it like postgresql://user:password@host:5432/name, with %%40 for an @ inside the password; "
        "without it everything is kept in the data folder."
    )


class DriverMissing(Refusal):
    code = "database.driver-missing"
    sentence = (
        "ENDOCSEA_DATABASE names a PostgreSQL database, and psycopg, which speaks to it, is missing: %(why)s."
    )
    remedy = 'Install it (pip install "psycopg[binary]"), or leave the variable out.'


def chosen(place: Path) -> dict[str, Any]:
    """Django's settings for the database: as the environment says, else SQLite in the data folder.

    Raises:
        AddressWrong: the environment says what cannot be a PostgreSQL database.
        DriverMissing: it does, and nothing here speaks to PostgreSQL.
    """
    address = os.environ.get(VARIABLE, "").strip()
    return _postgresql(_read(address)) if address else _sqlite(place)


def called(settings: Mapping[str, Any]) -> str:
    """The database as a sentence names it."""
    if "sqlite" in settings["ENGINE"]:
        return f"in {Path(settings['NAME']).parent}"
    port = f", port {settings['PORT']}" if settings["PORT"] else ""
    return f"{settings['NAME']} on {settings['HOST'] or 'this machine'}{port}"


def _sqlite(place: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": place / "endocsea.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a write that was acknowledged survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            # what was erased leaves no trace in free pages
            "PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(parts: dict[str, str]) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a restarted PostgreSQL must not need a restart here
        "OPTIONS": {"connect_timeout": PATIENCE, "application_name": "endocsea"} | parts,
    }


def _read(address: str) -> dict[str, str]:
    """The parts of the address, by libpq's names."""
    if not address.startswith(SCHEMES):
        raise AddressWrong(why="it does not begin with postgresql://")
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise DriverMissing(why=str(error).splitlines()[0]) from error
    try:
        parts = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    except ProgrammingError:
        # libpq's own words may repeat a part of the password
        raise AddressWrong(why="its parts cannot be told apart") from None
    if "@" in parts.get("host", ""):
        raise AddressWrong(why="there is more than one @ before the host")
    for port in parts.get("port", "").split(","):
        if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise AddressWrong(why=f"{port} is no port")
    if not parts.get("dbname"):
        raise AddressWrong(why="it does not end in the name of a database")
    return parts
