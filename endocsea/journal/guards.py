"""What the database itself refuses: its triggers, put up by the migration ``append_only``.

They stop the program and whoever types SQL by mistake. Whoever owns the database can take them down; then
the chain shows what was changed, and this module that they are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import connection

TRIGGERS: Final[Mapping[str, tuple[str, ...]]] = {
    "sqlite": (
        "journal_entry_not_changed",
        "journal_entry_not_deleted",
        "journal_entry_in_turn",
        "journal_doer_not_changed",
        "journal_doer_once",
        "journal_particulars_not_changed",
        "journal_particulars_once",
    ),
    "postgresql": (
        "journal_entry_stays",
        "journal_entry_not_emptied",
        "journal_entry_in_turn",
        "journal_doer_not_changed",
        "journal_doer_not_emptied",
        "journal_particulars_not_changed",
        "journal_particulars_not_emptied",
    ),
}


def missing() -> list[str]:
    """The triggers that are not there, or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A: it fires whatever a session says about replication
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in TRIGGERS[connection.vendor] if name not in there]
