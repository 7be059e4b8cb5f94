"""Somebody with the database in hand takes the triggers down and changes the journal: it is found."""

import datetime

import pytest
from django.db import connection

from endocsea.journal.actions import record
from endocsea.journal.checking import check
from endocsea.journal.heads import move_forward
from endocsea.journal.models import Entry
from endocsea.journal.queries import written
from endocsea.journal.rules import Head, link_of
from endocsea.support.actors import CONTENT
from tests.journal.tampering import delete, guards_down, move_all, put_in, swap

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def n(db, settings, tmp_path):
    """The number of the first of five entries, with a head of the last one outside."""
    settings.DATA = tmp_path
    entries = [
        record(
            "answer given", by=CONTENT, at=AT, about=("answer", f"XAA C1-0{level}"), facts={"level": level}
        )
        for level in range(5)
    ]
    move_forward(Head(entries[-1].number, entries[-1].link, "2020-06-01T12:00:00.000000+00:00"))
    assert check().whole
    return entries[0].number


def tamper(*statements):
    with guards_down(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found():
    return [(fault.flaw, fault.number) for fault in check().faults]


@pytest.fixture
def loose_keys(n):
    """Foreign keys are not looked at until the end: an attacker's connection need not look at them at all."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f' "
                "AND confrelid = 'journal_entry'::regclass"
            )
            for table, name in cursor.fetchall():
                cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DROP CONSTRAINT {name}")
    return n


@pytest.mark.parametrize(
    "change",
    [
        "deed = 'answer withdrawn'",
        "at = '2021-06-01 12:00:00+00:00'",
        "about_key = 'XAB C1-02'",
        "about_kind = 'finding'",
        "previous = ''",
    ],
)
def test_an_edit(n, change):
    tamper(f"UPDATE journal_entry SET {change} WHERE number = {n + 2}")

    assert found() == [("altered", n + 2)]


def test_an_edit_of_a_digest(n):
    tamper(f"UPDATE journal_entry SET doer_digest = particulars_digest WHERE number = {n + 2}")

    assert found() == [("altered", n + 2), ("doer", n + 2)]


def test_an_edit_of_a_link(n):
    tamper(f"UPDATE journal_entry SET link = previous WHERE number = {n + 2}")

    assert found() == [("altered", n + 2), ("loose", n + 3)]


def test_an_edit_of_who_did_it(n):
    tamper(f"UPDATE journal_doer SET actor = 'preview' WHERE entry_id = {n + 1}")

    assert found() == [("doer", n + 1)]


def test_an_edit_of_the_facts(n):
    tamper(f"UPDATE journal_particulars SET text = '{{\"level\":4}}' WHERE entry_id = {n + 1}")

    assert found() == [("particulars", n + 1)]


def test_a_deletion_inside(n, loose_keys):
    tamper(*delete(f"= {n + 2}"))

    assert found() == [("missing", n + 2)]


def test_a_deletion_inside_with_the_numbers_closed_up(n, loose_keys):
    tamper(*delete(f"= {n + 2}"), *move_all(n + 3, by=-1))

    # the head knows one entry more than there is now
    assert found() == [("loose", n + 2), ("cut", n + 4)]


def test_an_insertion(n, loose_keys):
    after = next(entry for entry in written() if entry.number == n + 1)
    link = link_of(
        previous=after.link, at=after.at, deed="never done", about_kind="", about_key="",
        doer_digest=after.doer_digest, particulars_digest=after.particulars_digest,
    )  # fmt: skip
    tamper(*put_in(n + 2, link))

    assert Entry.objects.get(pk=n + 2).deed == "never done"
    # the entry of the head has moved on as well
    assert found() == [("put-in", n + 3), ("head", n + 4)]


def test_a_changed_order(n, loose_keys):
    tamper(*swap(n + 1, n + 2))

    assert found() == [("moved", n + 1), ("put-in", n + 2), ("put-in", n + 3)]


def test_a_cut_tail(n, loose_keys):
    tamper(*delete(f">= {n + 3}"))

    assert found() == [("cut", n + 3)]


def test_a_whole_journal_written_anew(n, loose_keys):
    tamper(*delete("> 0"))
    for _ in range(n + 6):
        record("nothing at all", by=CONTENT, at=AT)

    assert found() == [("head", n + 4)]


def test_what_holds_no_text_where_a_text_belongs_is_found_and_no_crash(n):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the kind of each column")
    tamper(
        f"UPDATE journal_entry SET deed = x'00ff' WHERE number = {n}",
        f"UPDATE journal_entry SET at = 'some day' WHERE number = {n + 1}",
        f"UPDATE journal_entry SET at = '9999-12-31 23:59:59-14:00' WHERE number = {n + 2}",
        f"UPDATE journal_particulars SET text = 7.5 WHERE entry_id = {n + 3}",
    )

    assert found() == [("altered", n), ("altered", n + 1), ("altered", n + 2), ("particulars", n + 3)]


def test_bytes_that_are_no_text_are_found_and_no_crash(n):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses them")
    tamper(f"UPDATE journal_entry SET deed = CAST(x'ff' AS TEXT) WHERE number = {n}")

    assert found() == [("unreadable", None)]


def test_triggers_that_are_gone_are_found(n):
    with guards_down():
        verdict = check()

    assert {fault.flaw for fault in verdict.faults} == {"guard"}
    assert "journal_entry_in_turn" in " ".join(fault.sentence for fault in verdict.faults)


def test_a_table_that_is_gone_is_found(n):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TABLE journal_particulars")

    assert [fault.flaw for fault in check().faults] == ["unreadable"]
