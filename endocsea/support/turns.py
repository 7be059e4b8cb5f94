"""One after the other: deeds that read what others are about to change wait for their turn.

SQLite needs nothing: a transaction that writes has been alone since it began (IMMEDIATE).
"""

from __future__ import annotations

from django.db import connection


def take(name: str) -> None:
    """Wait until nobody else has the turn of this name (seven letters at most); it lasts until the transaction ends.

    What is read after it is as the one before left it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name.encode())])
