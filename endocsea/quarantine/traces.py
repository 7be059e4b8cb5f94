"""What a destroyed text leaves in the files of the database.

SQLite overwrites what is deleted (``secure_delete``), and keeps what was written last in a log beside the file until
that is brought in. Bringing it in and emptying it is the last step of destroying. PostgreSQL keeps the old row until
a vacuum, and in its log until that is recycled: docs/explanation/protection.md says what to do.
"""

from __future__ import annotations

import logging

from django.db import connection

log = logging.getLogger(__name__)


def wipe() -> None:
    """Empty SQLite's write-ahead log, once the transaction has ended."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _in_log, _brought_in = cursor.fetchone()
    if busy:
        log.warning("The log beside the database was in use and is emptied at the next start.")
