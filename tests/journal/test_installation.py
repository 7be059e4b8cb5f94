"""The journal of a real installation: brought over from the first version, written by many, checked from outside."""

import json
import shutil
import subprocess

import pytest

from tests.journal.installation import COMMAND, installed
from tests.journal.tampering import delete, put_in, swap

pytestmark = [pytest.mark.slow, pytest.mark.database]


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """An installation of the first version, without entries."""
    with installed(tmp_path_factory.mktemp("old") / "data") as place:
        place.manage("migrate", "journal", "0001")
        yield place


@pytest.fixture(scope="module")
def first_five(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("written") / "data") as place:
        place.manage("migrate", "journal")
        place.write("content", 5)
        yield place


@pytest.fixture
def place(tmp_path, old):
    """A copy of the first version."""
    with installed(tmp_path / "data", like=old) as place:
        yield place


@pytest.fixture
def written(tmp_path, first_five):
    """An installation with five entries."""
    with installed(tmp_path / "data", like=first_five) as place:
        yield place


def faults(verdict):
    return [(fault["fault"], fault["number"]) for fault in verdict["faults"]]


OLD = [
    ("2020-06-01 12:00:00+00:00", "content", "content", "content loaded", "pack", "main", '{"added": {"states": 51}}'),
    ("2020-06-02 08:30:00.25+00:00", "person:aa", "secretariat", "role given", "person", "bb", '{"share": 1e+16}'),
    ("2020-06-02 08:00:00+00:00", "person:bb", "", "answer given", "answer", "XAA é", "{}"),
]  # fmt: skip


def test_entries_of_the_first_version_are_chained_in_their_order(place):
    for row in OLD:
        values = ", ".join("'" + value + "'" for value in row)
        place.sql(
            "INSERT INTO journal_entry (at, actor, role, deed, about_kind, about_key, facts) "
            f"VALUES ({values})"
        )

    place.manage("migrate", "journal")

    verdict = place.verdict()
    assert faults(verdict) == []
    assert (verdict["entries"], verdict["erased"], verdict["beyond"]) == (3, 0, 0)
    assert verdict["since"] == "2020-06-01T12:00:00.000000+00:00"
    assert place.sql(
        "SELECT number, deed, about_kind, about_key, actor, role, person FROM journal_entry "
        "JOIN journal_doer d ON d.entry_id = number JOIN journal_particulars p ON p.entry_id = number ORDER BY number"
    ) == [
        (1, "content loaded", "pack", "main", "content", "content", ""),
        (2, "role given", "person", "", "person:aa", "secretariat", "person:bb"),
        (3, "answer given", "answer", "XAA é", "person:bb", "", ""),
    ]
    place.write("content", 2)
    assert (place.verdict()["entries"], place.verdict()["whole"]) == (5, True)


def test_a_first_version_without_entries_is_brought_over_too(place):
    place.manage("migrate", "journal")

    verdict = place.verdict()
    assert (verdict["whole"], verdict["entries"], verdict["head"]) == (True, 0, None)
    place.write("content", 1)
    assert place.verdict()["whole"]


def test_several_processes_at_once_leave_no_gap_and_a_whole_chain(written):
    writers = [written.writer(name, 50) for name in ("ana", "beno", "ravi", "sera")]
    said = [writer.communicate(timeout=300)[0] for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * 4, said
    verdict = written.verdict()
    assert faults(verdict) == []
    assert (verdict["entries"], verdict["head"]["number"], verdict["beyond"]) == (205, 205, 0)
    assert json.loads((written.folder / "journal-head").read_text())["number"] == 205
    assert written.sql("SELECT actor, COUNT(*) FROM journal_doer GROUP BY actor ORDER BY actor") == [
        ("ana", 50), ("beno", 50), ("content", 5), ("ravi", 50), ("sera", 50),
    ]  # fmt: skip
    changes = written.sql(
        "SELECT COUNT(*) FROM journal_doer a JOIN journal_doer b ON b.entry_id = a.entry_id + 1 "
        "WHERE a.actor <> b.actor"
    )
    assert changes[0][0] > 4, "the writers took turns"


def test_a_whole_journal_is_told_in_three_lines(written):
    done = written.check()

    assert (done.returncode, done.stderr) == (0, "")
    whole, count, last = done.stdout.splitlines()
    assert whole == "The journal is whole."
    assert count.startswith("5 entries, since 20")
    assert last.startswith("The last one is 5, of 20")


def test_the_check_changes_nothing_and_needs_no_database_of_an_empty_folder(written, tmp_path):
    before = sorted(file.name for file in written.folder.iterdir())
    head = (written.folder / "journal-head").read_bytes()

    written.check()
    empty = tmp_path / "empty"
    done = written.check(folder=empty)

    assert [name for name in before if name not in {file.name for file in written.folder.iterdir()}] == []
    assert (written.folder / "journal-head").read_bytes() == head
    assert not empty.exists()
    if not written.postgresql:
        assert done.returncode == 2
        assert f"of the database in {empty} cannot be checked: there is none." in done.stderr


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (["UPDATE journal_entry SET deed = 'never done' WHERE number = 2"], "Entry 2 was changed after"),
        (delete("= 3"), "After entry 2 comes entry 4: what stood between them was deleted."),
        (put_in(3, "0" * 64), "Entry 4 was written right after entry 2: what stands between them was put in"),
        (swap(2, 3), "Entry 2 was written right after what is now entry 3: the order has been changed."),
        (delete("> 3"), "knows entry 5: the last 2 were cut off."),
    ],
    ids=["edit", "deletion", "insertion", "order", "tail"],
)
def test_each_of_the_five_tamperings_is_told_with_its_place_and_exit_status_one(
    written, statements, sentence
):
    written.without_guards(*statements)

    done = written.check()

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("The journal is NOT whole:\n  ")
    assert sentence in done.stdout


def test_a_long_list_of_faults_is_shortened_on_the_screen_and_whole_as_json(written):
    written.write("content", 25)
    written.without_guards("UPDATE journal_entry SET deed = 'nothing'")

    done = written.check()

    assert "  … and 10 more; --json names them all." in done.stdout
    assert len(written.verdict()["faults"]) == 30


def test_a_head_that_was_kept_elsewhere_is_compared_as_well(written, tmp_path):
    elsewhere = tmp_path / "head of Monday"
    shutil.copy(written.folder / "journal-head", elsewhere)
    written.write("content", 1)
    assert written.verdict("--head", str(elsewhere))["whole"]

    told = json.loads(elsewhere.read_text())
    elsewhere.write_text(json.dumps(told | {"link": "0" * 64}))

    assert faults(written.verdict("--head", str(elsewhere))) == [("head", 5)]


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04"])
def test_a_file_that_is_no_head_is_refused(written, tmp_path, content):
    file = tmp_path / "no head"
    if content is not None:
        file.write_bytes(content)

    done = written.check("--head", str(file))

    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be read as the head of a journal" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_was_not_brought_up_to_date_is_refused(place):
    done = place.check()

    assert (done.returncode, done.stdout) == (2, "")
    assert "has not been brought up to date" in done.stderr


def test_a_server_that_does_not_answer_is_refused_without_the_password(place):
    place.environment["ENDOCSEA_DATABASE"] = "postgresql://ana:sesame@127.0.0.1:1/endocsea"

    done = place.check()

    assert (done.returncode, done.stdout) == (2, "")
    assert "does not answer" in done.stderr
    assert "sesame" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_of_a_later_version_is_refused(written):
    written.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_later', '2030-01-01 00:00:00')"
    )

    done = written.check()

    assert done.returncode == 2
    assert "newer endocsea" in done.stderr


def test_a_file_in_place_of_the_folder_is_refused(written, tmp_path):
    if written.postgresql:
        pytest.skip("the database is not in the folder")
    file = tmp_path / "file"
    file.write_text("no folder")

    done = written.check(folder=file)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_database_file_that_is_damaged_is_told_and_no_crash(written):
    if written.postgresql:
        pytest.skip("PostgreSQL keeps files of its own")
    file = written.folder / "endocsea.sqlite3"
    for left in ("-wal", "-shm"):
        written.folder.joinpath(file.name + left).unlink(missing_ok=True)
    file.write_bytes(b"no database at all" * 500)

    done = written.check()

    assert done.returncode == 1, done.stderr
    assert "The database cannot be read: file is not a database." in done.stdout


@pytest.mark.parametrize("words", [["check"], ["check", "weather"], ["check", "journal", "--what"]])
def test_words_that_the_command_does_not_know_are_refused_with_its_usage(words):
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "usage: endocsea" in done.stderr
