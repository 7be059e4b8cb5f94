"""What somebody does who owns the database: take the triggers down and write what they like."""

from contextlib import contextmanager

from django.db import connection

from endocsea.journal.guards import TRIGGERS

# the column that holds the number, by table; those that lean on entries first
NUMBER = {"journal_doer": "entry_id", "journal_particulars": "entry_id", "journal_entry": "number"}


def delete(which):
    """Statements that delete entries with their parts."""
    return [f"DELETE FROM {table} WHERE {column} {which}" for table, column in NUMBER.items()]


def swap(one, other):
    return [
        f"UPDATE {table} SET {column} = {new} WHERE {column} = {old}"
        for table, column in NUMBER.items()
        for old, new in ((one, 1000), (other, one), (1000, other))
    ]


def move_all(first, by):
    """Statements that give every entry from one on another number, by way of numbers that nobody uses."""
    return [
        statement
        for table, column in NUMBER.items()
        for statement in (
            f"UPDATE {table} SET {column} = {column} + 1000 WHERE {column} >= {first}",
            f"UPDATE {table} SET {column} = {column} - 1000 + {by} WHERE {column} >= 1000",
        )
    ]


def put_in(n, link):
    """Statements that make room for an entry and put one in, modelled on the one before it."""
    return [
        *move_all(n, by=1),
        "INSERT INTO journal_entry "
        "(number, at, deed, about_kind, about_key, doer_digest, particulars_digest, previous, link) "
        f"SELECT {n}, at, 'never done', '', '', doer_digest, particulars_digest, link, '{link}' "
        f"FROM journal_entry WHERE number = {n - 1}",
        "INSERT INTO journal_doer (entry_id, salt, actor, role) "
        f"SELECT {n}, salt, actor, role FROM journal_doer WHERE entry_id = {n - 1}",
        "INSERT INTO journal_particulars (entry_id, salt, person, text) "
        f"SELECT {n}, salt, person, text FROM journal_particulars WHERE entry_id = {n - 1}",
    ]


@contextmanager
def guards_down():
    """The journal's triggers are down meanwhile. Production has no such way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
            for table in NUMBER:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal%'"
            )
            taken = cursor.fetchall()
            for name, _statement in taken:
                cursor.execute(f"DROP TRIGGER {name}")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for trigger in TRIGGERS["postgresql"]:
                table = next(table for table in NUMBER if trigger.startswith(table))
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        else:
            for _name, statement in taken:
                cursor.execute(statement)
