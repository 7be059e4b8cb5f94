"""The head outside the database: it moves forward along the chain, and never stands in the way of a deed."""

import datetime
import json
import logging
import threading

import pytest
from django.db import OperationalError, transaction

from endocsea.journal import heads
from endocsea.journal.actions import record
from endocsea.journal.checking import check
from endocsea.journal.models import Entry
from endocsea.journal.rules import Head, moment
from endocsea.support.actors import CONTENT

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2020, 6, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def kept(settings, tmp_path):
    """The file, in a data folder of the test's own."""
    settings.DATA = tmp_path
    return tmp_path / "journal-head"


def head_of(entry):
    return Head(entry.number, entry.link, moment(entry.at))


def deeds(number):
    return [record("answer given", by=CONTENT, at=AT) for _ in range(number)]


def test_the_head_is_kept_once_the_deed_is_committed(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (entry,) = deeds(1)
        assert not kept.exists()

    assert json.loads(kept.read_text()) == {
        "number": entry.number,
        "link": entry.link,
        "at": "2020-06-01T12:00:00.000000+00:00",
    }
    assert check().whole


def test_a_deed_that_was_rolled_back_leaves_no_head(kept, django_capture_on_commit_callbacks):
    @transaction.atomic
    def failing():
        deeds(1)
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        failing()

    assert not kept.exists()


def test_an_earlier_head_does_not_move_it_back(kept):
    first, second = deeds(2)

    heads.move_forward(head_of(second))
    heads.move_forward(head_of(first))

    assert heads.read(kept) == Head(second.number, second.link, moment(AT), where=str(kept))


def test_several_at_once_leave_the_furthest(kept, monkeypatch):
    entries = deeds(40)
    # the threads have connections of their own, which do not see this test's entries
    monkeypatch.setattr(heads, "_is_in_the_chain", lambda head: True)
    threads = [threading.Thread(target=heads.move_forward, args=(head_of(entry),)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heads.read(kept).number == entries[-1].number
    assert sorted(file.name for file in kept.parent.iterdir()) == ["journal-head", "journal-head.lock"]


def test_it_does_not_move_along_a_chain_that_it_does_not_know(kept, caplog):
    first, second = deeds(2)
    kept.write_text(json.dumps({"number": first.number, "link": "0" * 64, "at": ""}))

    with caplog.at_level(logging.ERROR):
        heads.move_forward(head_of(second))

    assert heads.read(kept).number == first.number
    assert f"Entry {first.number} of the journal is not the one" in caplog.text
    assert [fault.flaw for fault in check().faults] == ["head"]


def test_it_does_not_move_when_the_journal_was_cut_behind_it(kept, caplog):
    (entry,) = deeds(1)
    kept.write_text(json.dumps({"number": entry.number + 3, "link": "0" * 64, "at": ""}))

    with caplog.at_level(logging.ERROR):
        heads.move_forward(head_of(entry))

    assert heads.read(kept).number == entry.number + 3
    assert "is not the one" in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"[]", b"7", b"null", b"\xff\xfe", b'{"number": 1}', b'{"number": "1", "link": "", "at": ""}',
        b'{"number": 0, "link": "", "at": ""}', b'{"number": true, "link": "", "at": ""}',
        b'{"number": 1, "link": 2, "at": ""}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_head_is_left_as_it_is_and_found(kept, caplog, content):
    kept.write_bytes(content)
    (entry,) = deeds(1)

    with caplog.at_level(logging.ERROR):
        heads.move_forward(head_of(entry))

    assert kept.read_bytes() == content
    assert "holds no head" in caplog.text
    assert [fault.flaw for fault in check().faults] == ["head-unreadable"]


def test_an_empty_file_as_a_power_cut_may_leave_it_is_brought_up_by_the_next_deed(kept):
    kept.write_bytes(b"")
    (entry,) = deeds(1)

    heads.move_forward(head_of(entry))

    assert heads.read(kept).number == entry.number
    assert check().faults == ()


def test_a_folder_in_its_place_is_no_crash(kept, caplog):
    kept.mkdir()
    (entry,) = deeds(1)

    with caplog.at_level(logging.ERROR):
        heads.move_forward(head_of(entry))

    assert "holds no head" in caplog.text


def test_a_disk_that_fails_does_not_break_the_deed_and_is_logged(
    kept, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    def full(_head, _stream):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(heads.json, "dump", full)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        (entry,) = deeds(1)

    assert f"(entry {entry.number}) could not be kept: [Errno 28] No space left" in caplog.text
    assert not kept.exists()


def test_a_database_that_fails_after_the_deed_does_not_break_it_and_is_logged(
    kept, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    def broken(_head):
        raise OperationalError("the server has gone")

    (first, _second) = deeds(2)
    kept.write_text(json.dumps({"number": first.number, "link": first.link, "at": ""}))
    monkeypatch.setattr(heads, "_is_in_the_chain", broken)
    with django_capture_on_commit_callbacks(execute=True):
        (entry,) = deeds(1)

    assert Entry.objects.filter(pk=entry.pk).exists()
    assert "the server has gone" in caplog.text
    assert heads.read(kept).number == first.number


def test_a_head_of_the_entry_just_before_needs_no_look_into_the_database(
    kept, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        deeds(1)
    monkeypatch.setattr(heads, "_is_in_the_chain", lambda _head: pytest.fail("it was looked up"))
    with django_capture_on_commit_callbacks(execute=True):
        (entry,) = deeds(1)

    assert heads.read(kept).number == entry.number


def test_a_data_folder_that_is_gone_does_not_break_the_deed(settings, tmp_path, caplog):
    settings.DATA = tmp_path / "gone"
    (entry,) = deeds(1)

    with caplog.at_level(logging.ERROR):
        heads.move_forward(head_of(entry))

    assert "could not be kept" in caplog.text


def test_a_journal_with_entries_and_no_head_outside_is_not_called_whole(kept):
    deeds(1)

    assert [fault.flaw for fault in check().faults] == ["head-unknown"]


def test_a_head_kept_elsewhere_is_compared_as_well(kept):
    first, second = deeds(2)
    heads.move_forward(head_of(second))
    elsewhere = Head(first.number, "0" * 64, "", where="the backup of Monday")

    verdict = check([elsewhere])

    assert [(fault.flaw, fault.number) for fault in verdict.faults] == [("head", first.number)]
    assert "the backup of Monday" in verdict.faults[0].sentence
