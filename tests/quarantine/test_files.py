"""A destroyed text is in no file of the database any more, nor in its log; seen from outside, byte by byte."""

import shutil
import subprocess
import sys
from contextlib import closing

import pytest

from tests.journal.installation import installed

pytestmark = [pytest.mark.slow, pytest.mark.database]

TEXT = "the boy from the third house of the mill street"

SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "endocsea.config.settings"
import django
django.setup()
import datetime
from django.utils.timezone import now
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.quarantine import actions
from endocsea.support.actors import CONTENT, Role
deed, text = sys.argv[1], sys.argv[2]
if deed == "write":
    sofia = Person.objects.create_user("sofia@example.org")
    Appointment.objects.create(person=sofia, role=Role.SAFEGUARDING, since=datetime.date(2020, 1, 1))
    for number in range(200):
        Invitation.objects.create(
            email=f"p{number}@example.org", name=f"{text} {number}", role=Role.TRAINER, nominated_at=now()
        )
    for each in Invitation.objects.all():
        each.name = text
        each.save()
elif deed == "destroy":
    print(actions.destroy_text(text=text, by=Person.objects.get(), at=now()))
elif deed == "again":
    print(actions.destroy_again(by=CONTENT, at=now()))
"""


def run(place, deed):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, deed, TEXT],
        env=place.environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def files_with_the_text(place):
    return sorted(
        file.name for file in place.folder.rglob("*") if file.is_file() and TEXT.encode() in file.read_bytes()
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("prepared") / "data") as place:
        place.manage("migrate")
        yield place


@pytest.fixture
def place(tmp_path, prepared):
    with installed(tmp_path / "data", like=prepared) as place:
        run(place, "write")
        yield place


def names(place):
    return place.sql("SELECT DISTINCT name FROM people_invitation")


def test_no_byte_of_a_destroyed_text_is_left_in_the_database_or_its_log(place):
    if place.postgresql:
        pytest.skip("PostgreSQL keeps a row until a vacuum: docs/explanation/protection.md says so")
    import sqlite3

    with closing(sqlite3.connect(place.folder / "endocsea.sqlite3")) as server:
        # a server that has the database open, and reads nothing just now
        server.execute("SELECT COUNT(*) FROM people_invitation").fetchall()
        assert files_with_the_text(place)

        assert run(place, "destroy") == "200"

        assert files_with_the_text(place) == []
    assert files_with_the_text(place) == []
    assert names(place) == [("",)]


def test_a_restored_database_is_cleared_by_the_list_in_the_data_folder(place, tmp_path):
    if place.postgresql:
        pytest.skip("a dump of a server is not a file in the folder")
    database = place.folder / "endocsea.sqlite3"
    backup = tmp_path / "backup.sqlite3"
    place.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, backup)
    run(place, "destroy")
    for file in place.folder.glob("endocsea.sqlite3*"):
        file.unlink()
    shutil.copy(backup, database)
    assert names(place) == [(TEXT,)]

    assert run(place, "again") == "200"

    assert names(place) == [("",)]
    assert files_with_the_text(place) == []


def test_two_officers_at_once_destroy_once_and_leave_the_journal_whole(place):
    both = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, "destroy", TEXT],
            env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip

    said = [each.communicate(timeout=120)[0].strip() for each in both]

    assert sorted(said) == ["0", "200"]
    assert place.verdict()["whole"]
    assert place.sql("SELECT COUNT(*) - COUNT(DISTINCT digest) FROM quarantine_destroyed") == [(0,)]
