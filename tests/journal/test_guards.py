"""The database itself refuses to change the journal: tried by SQL, past all our own code."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from endocsea.journal import guards
from endocsea.journal.actions import record
from endocsea.journal.models import Doer, Entry, Particulars
from endocsea.support.actors import CONTENT
from tests.journal.tampering import guards_down

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)

CHANGES = [
    "UPDATE journal_entry SET deed = 'nothing' WHERE number = {n}",
    "UPDATE journal_entry SET number = number + 1000",
    "UPDATE journal_entry SET link = link WHERE number = {n}",
    "DELETE FROM journal_entry WHERE number = {n}",
    "DELETE FROM journal_entry",
    "UPDATE journal_doer SET actor = 'somebody' WHERE entry_id = {n}",
    "UPDATE journal_particulars SET text = '{{}}' WHERE entry_id = {n}",
]

COLUMNS = "number, at, deed, about_kind, about_key, doer_digest, particulars_digest, previous, link"

INSERTIONS = [
    # a number that is taken, one before the first, one that leaves a gap
    f"INSERT INTO journal_entry ({COLUMNS}) SELECT {COLUMNS} FROM journal_entry WHERE number = {{n}}",
    f"INSERT INTO journal_entry ({COLUMNS}) SELECT 0, at, deed, '', '', '', '', previous, link "
    "FROM journal_entry WHERE number = {n}",
    f"INSERT INTO journal_entry ({COLUMNS}) SELECT {{n}} + 2, at, deed, '', '', '', '', link, '' "
    "FROM journal_entry WHERE number = {n}",
    # the right number, after another link than the last one
    f"INSERT INTO journal_entry ({COLUMNS}) SELECT {{n}} + 1, at, deed, '', '', '', '', previous, '' "
    "FROM journal_entry WHERE number = {n}",
    # a second doer or second particulars
    "INSERT INTO journal_doer (entry_id, salt, actor, role) VALUES ({n}, '', 'somebody', '')",
    "INSERT INTO journal_particulars (entry_id, salt, person, text) VALUES ({n}, '', '', '{{}}')",
]

REPLACEMENTS = {
    "sqlite": [
        f"INSERT OR REPLACE INTO journal_entry ({COLUMNS}) SELECT number, at, 'nothing', '', '', '', '', previous, "
        "link FROM journal_entry WHERE number = {n}",
        f"INSERT OR REPLACE INTO journal_entry (rowid, {COLUMNS}) SELECT rowid, {{n}} + 1, at, 'nothing', '', '', "
        "'', '', link, '' FROM journal_entry WHERE number = {n}",
        "INSERT OR REPLACE INTO journal_doer (entry_id, salt, actor, role) VALUES ({n}, '', 'somebody', '')",
        "INSERT OR REPLACE INTO journal_particulars (entry_id, salt, person, text) VALUES ({n}, '', '', '{{}}')",
        "UPDATE OR REPLACE journal_entry SET number = {n} - 1 WHERE number = {n}",
    ],
    "postgresql": [
        "INSERT INTO journal_doer (entry_id, salt, actor, role) VALUES ({n}, '', 'somebody', '') "
        "ON CONFLICT (entry_id) DO UPDATE SET actor = 'somebody'",
        "TRUNCATE journal_doer",
        "TRUNCATE journal_particulars",
        "TRUNCATE journal_entry CASCADE",
        "SET LOCAL session_replication_role = replica; UPDATE journal_entry SET deed = 'nothing'",
    ],
}


def trying(statement):
    """Run a statement about the last entry, whose journal must be the same afterwards."""
    n = record("answer given", by=CONTENT, at=AT).number
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # with checks to come TRUNCATE stops for that reason
    before = everything()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(n=n))
    assert everything() == before


def everything():
    return [list(model.objects.order_by("pk").values_list()) for model in (Entry, Doer, Particulars)]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_is_refused(statement):
    trying(statement)


@pytest.mark.parametrize("statement", INSERTIONS)
def test_an_insertion_anywhere_but_at_the_end_is_refused(statement):
    trying(statement)


@pytest.mark.parametrize("place", range(5))
def test_the_ways_of_each_database_around_a_trigger_are_refused(place):
    trying(REPLACEMENTS[connection.vendor][place])


def test_a_changed_entry_cannot_be_saved_and_none_can_be_deleted():
    entry = record("answer given", by=CONTENT, at=AT)
    entry.deed = "nothing"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")


def test_every_trigger_is_there_after_all_migrations():
    assert guards.missing() == []


def test_a_trigger_that_was_taken_down_is_missed():
    with guards_down():
        assert guards.missing() == list(guards.TRIGGERS[connection.vendor])
    assert guards.missing() == []
