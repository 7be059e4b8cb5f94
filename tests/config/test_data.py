"""The data folder: readable for the account that runs endocsea, and for nobody else."""

import contextlib
import os
import stat

import pytest

from endocsea.config import data

OF_OURS = ("endocsea.sqlite3", "endocsea.sqlite3-wal", "journal-head", "secret", "lock", "started")


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture(autouse=True)
def usual_umask():
    """That of most accounts: others may read what is made."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def earlier(tmp_path):
    """A folder as an earlier version left it."""
    place = tmp_path / "data"
    for folder in (place, place / "log", place / "outbox", place / "static", place / "static" / "fonts"):
        folder.mkdir()
    for name in (*OF_OURS, "log/endocsea.log", "outbox/1.eml", "static/fonts/a.woff2"):
        (place / name).write_text(name)
    return place


def test_a_new_folder_is_for_its_owner_only(tmp_path):
    place = tmp_path / "under" / "data"

    data.prepare(place)
    data.make_secret(place)

    assert (mode(place), mode(place / "log"), mode(place / "secret")) == (0o700, 0o700, 0o600)
    assert mode(place.parent) == 0o755  # a folder on the way is not ours to close
    assert data.open_to_others(place) == []


def test_a_folder_made_by_hand_before_the_first_start_is_closed(tmp_path):
    place = tmp_path / "data"
    place.mkdir(mode=0o755)

    data.prepare(place)

    assert mode(place) == 0o700


def test_what_an_earlier_version_left_open_is_told_and_closed_at_the_next_start(earlier):
    told = data.open_to_others(earlier)
    data.prepare(earlier)

    assert {str(found.relative_to(earlier)) for found in told} == {
        ".", "log", "outbox", "static", "static/fonts", *OF_OURS, "log/endocsea.log", "outbox/1.eml",
        "static/fonts/a.woff2",
    }  # fmt: skip
    assert data.open_to_others(earlier) == []
    assert mode(earlier) == mode(earlier / "outbox") == 0o700
    assert mode(earlier / "endocsea.sqlite3") == mode(earlier / "outbox" / "1.eml") == 0o600
    assert (earlier / "secret").read_text() == "secret"


def test_a_right_of_the_group_is_one_too(earlier):
    data.prepare(earlier)
    (earlier / "endocsea.sqlite3").chmod(0o640)

    assert data.open_to_others(earlier) == [earlier / "endocsea.sqlite3"]


def test_a_folder_with_other_things_in_it_stays_open_and_so_do_they(earlier):
    (earlier / "thesis.txt").write_text("somebody's")
    for name in ("pictures", "secrets", "logbook"):
        (earlier / name).mkdir()

    data.prepare(earlier)

    assert (mode(earlier), mode(earlier / "thesis.txt")) == (0o755, 0o644)
    assert [mode(earlier / name) for name in ("pictures", "secrets", "logbook")] == [0o755] * 3
    assert mode(earlier / "endocsea.sqlite3") == 0o600
    assert data.open_to_others(earlier) == [earlier]


def test_a_folder_that_everybody_shares_is_never_closed(tmp_path):
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)

    data.prepare(shared)

    assert mode(shared) == 0o1777
    assert data.open_to_others(shared) == [shared]


def test_what_a_link_leads_to_is_left_alone(earlier, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("x")
    (earlier / "made").symlink_to(elsewhere)
    (earlier / "log" / "old").symlink_to(elsewhere / "file")
    (earlier / "log" / "gone").symlink_to(tmp_path / "nowhere")

    data.prepare(earlier)

    assert (mode(elsewhere), mode(elsewhere / "file")) == (0o755, 0o644)
    assert data.open_to_others(earlier) == []


def test_what_is_made_meanwhile_is_for_the_owner_only_and_afterwards_as_ever(tmp_path):
    with contextlib.suppress(ZeroDivisionError), data.for_the_owner_only():
        (tmp_path / "within").write_text("x")
        (tmp_path / "folder").mkdir()
        raise ZeroDivisionError
    (tmp_path / "after").write_text("x")

    assert mode(tmp_path / "within") == 0o600
    assert mode(tmp_path / "folder") == 0o700
    assert mode(tmp_path / "after") == 0o644
