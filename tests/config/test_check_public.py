"""``endocsea check public``, as an administrator meets it before the site is exposed."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest

from endocsea.config import starts
from tests.config.test_up import COMMAND, running

pytestmark = [pytest.mark.slow]

SERVED = {
    "ENDOCSEA_SITE": "https://endocsea.example.org",
    "ENDOCSEA_SMTP": "smtps://endocsea:sesame@mail.example.org",
    "ENDOCSEA_FROM": "endocsea@example.org",
}
PEOPLE = """
import os
os.umask(0o022)  # as most accounts have it
from endocsea.config import django_start, data
django_start.start(data.folder(None))
from django.utils.timezone import localdate, now
from endocsea.people.actions import appoint
from endocsea.people.models import Person
from endocsea.people.signing_in import set_up_codes
from endocsea.support.actors import CONTENT, Role
for name, role in (("adam", Role.ADMINISTRATOR), ("sera", Role.SECRETARIAT)):
    person = Person.objects.create_user(f"{name}@example.org", name=name)
    appoint(person=person, role=role, since=localdate(), by=CONTENT, at=now())
    set_up_codes(person)
"""


def environment(**more):
    """Another shell than the one in which the site was started: none of its variables, nor of the tests' browsers."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ENDOCSEA_", "DJANGO_"))
    }
    return kept | more


def check(folder, *options, **more):
    return subprocess.run(
        [COMMAND, "check", "public", "--data", str(folder), *options],
        capture_output=True, text=True, timeout=120, check=False, env=environment(**more),
    )  # fmt: skip


def lacking(folder):
    done = check(folder, "--json")
    assert not done.stderr, done.stderr
    told = json.loads(done.stdout)
    assert done.returncode == (0 if told["ready"] else 1)
    assert told["ready"] == (told["missing"] == [])
    return [each["code"] for each in told["missing"]]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A data folder, open as an earlier version left it, after a start for the public; with its people."""
    folder = tmp_path_factory.mktemp("data")
    folder.chmod(0o755)
    (folder / "outbox").mkdir()
    (folder / "outbox" / "1.eml").write_text("an old letter")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SERVED.items():
            patch.setenv(name, value)
        before = os.umask(0o022)
        try:
            with running(folder, "--public", "--without-training") as server:
                pass
            said = server.said[0]
            assert f"https://endocsea.example.org/en/, by way of http://127.0.0.1:{server.port}/en/" in said
        finally:
            os.umask(before)
    subprocess.run(
        [sys.executable, "-c", PEOPLE],
        check=True, env=environment(ENDOCSEA_DATA=str(folder)), capture_output=True, text=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def place(served, tmp_path):
    """A copy that a test may spoil."""
    copy = tmp_path / "data"
    shutil.copytree(served, copy)
    start = starts.read(copy)
    assert start is not None
    restarted(copy, database=f"in {copy}")
    return copy


def restarted(folder, **changed):
    """As if the site had been started otherwise."""
    file = folder / starts.FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | changed))


def test_a_start_closes_everything_in_the_folder_to_others(served):
    found = [served, *served.rglob("*")]

    assert {file.name for file in found} >= {
        "endocsea.sqlite3", "journal-head", "secret", "started", "log", "1.eml", "staticfiles.json"
    }  # fmt: skip
    assert [file for file in found if stat.S_IMODE(file.stat().st_mode) & 0o077] == []


def test_where_nothing_is_missing_it_says_so_and_ends_with_0(served):
    done = check(served)

    assert (done.returncode, done.stderr) == (0, "")
    first, last = done.stdout.splitlines()
    assert first.startswith("Nothing is missing")
    assert "https://endocsea.example.org" in first
    assert last.startswith("The secret for signing is of 20")


def test_for_a_script_it_says_the_same(served):
    done = check(served, "--json")

    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told.pop("secret_since").startswith("20")
    assert told == {"ready": True, "site": "https://endocsea.example.org", "missing": []}


def test_it_changes_nothing_and_writes_nothing_into_the_log(served):
    def state():
        return {
            file: (file.read_bytes(), file.stat().st_mode)
            for file in served.rglob("*")
            if file.is_file() and not file.name.endswith(("-wal", "-shm"))
        }

    before = state()
    check(served)

    assert state() == before


def test_the_note_of_a_start_holds_no_password(served):
    assert "sesame" not in (served / "started").read_text()
    assert json.loads((served / "started").read_text())["mail"] is True


def test_each_finding_has_a_sentence_and_what_to_do(place):
    restarted(place, public=False, mail=False)

    done = check(place)

    assert done.returncode == 1
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "Before https://endocsea.example.org is shown to the public, 2 to mend:"
    assert [line[:1] for line in lines[2:4]] == ["·", " "]
    assert "preview" in lines[2]
    assert "endocsea up --public" in lines[3]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"public": False, "training": True, "mail": False}, ["preview", "training-states", "mail"]),
        ({"site": "http://localhost:8000"}, ["address", "https"]),
    ],
)
def test_what_it_was_started_with_counts_whatever_this_shell_says(place, changed, codes):
    right = json.loads((place / "started").read_text())
    restarted(place, **changed)
    assert lacking(place) == codes

    restarted(place, **right)
    assert lacking(place) == []


def test_a_file_that_others_may_read_is_found_and_mended(place):
    (place / "endocsea.sqlite3").chmod(0o644)
    assert lacking(place) == ["folder-open"]

    (place / "endocsea.sqlite3").chmod(0o600)
    assert lacking(place) == []


def test_a_folder_that_was_never_started_cannot_be_judged(tmp_path):
    empty = tmp_path / "empty"

    done = check(empty)

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "was not started by this version yet" in done.stderr
    assert "endocsea up --public" in done.stderr
    assert not empty.exists()


def test_a_folder_that_cannot_be_read_is_said(tmp_path):
    file = tmp_path / "a file, not a folder"
    file.write_text("x")

    done = check(file)

    assert done.returncode == 2
    assert "this account cannot read it (not a directory)" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{}", "nonsense", '{"site": "https://endocsea.example.org"}', '{"site": 1}', b"\xff\xfe"],
)
def test_a_note_that_cannot_be_read_is_none(place, note):
    (place / "started").write_bytes(note if isinstance(note, bytes) else note.encode())

    assert starts.read(place) is None


@pytest.mark.parametrize("changed", [{"public": "yes"}, {"mail": None}, {"site": ["https://x"]}])
def test_a_note_with_a_wrong_value_is_none(place, changed):
    restarted(place, **changed)

    assert starts.read(place) is None


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda place: (place / "endocsea.sqlite3").unlink(), "its database is gone"),
        (
            lambda place: (place / "endocsea.sqlite3").write_bytes(b"no database at all" * 500),
            "its database cannot be read",
        ),
        (lambda place: restarted(place, database="endocsea on db.example.org"), "endocsea on db.example.org"),
        (lambda place: restarted(place, site="endocsea.example.org"), "is not the address of a site"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_sentence(place, spoil, said):
    for side in ("-wal", "-shm"):
        (place / f"endocsea.sqlite3{side}").unlink(missing_ok=True)
    spoil(place)

    done = check(place)

    assert done.returncode == 2, done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_of_a_later_version_cannot_be_checked(place):
    with closing(sqlite3.connect(place / "endocsea.sqlite3")) as database, database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('people', '9999_later', '2026-01-01')"
        )

    done = check(place)

    assert done.returncode == 2
    assert "made by a newer endocsea" in done.stderr


def test_an_earlier_version_s_database_cannot_be_checked(place):
    with closing(sqlite3.connect(place / "endocsea.sqlite3")) as database, database:
        database.execute(
            "delete from django_migrations where app = 'people' and id = "
            "(select max(id) from django_migrations where app = 'people')"
        )

    done = check(place)

    assert done.returncode == 2
    assert "not up to date for this version" in done.stderr
