"""The PostgreSQL server for tests: a command finds it, and nothing of it is left, however the command ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
TOOL = [sys.executable, str(ROOT / "tools" / "with_postgresql.py")]

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(
        "postgresql" not in settings.DATABASES["default"]["ENGINE"],
        reason="needs PostgreSQL: make test-postgresql",
    ),
]


@pytest.fixture
def place():
    """Where its folders are made: the account of the server must be able to come there."""
    with tempfile.TemporaryDirectory(prefix="place-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def environment(place):
    return os.environ | {"TMPDIR": str(place)}


def ran(place, *command):
    done = subprocess.run(
        [*TOOL, *command], env=environment(place), capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr
    assert list(place.iterdir()) == []
    return done


def test_a_command_finds_an_empty_database_and_its_exit_status_is_kept(place):
    ask = (
        "import os, psycopg, sys; c = psycopg.connect(os.environ['ENDOCSEA_DATABASE']);"
        "print(c.execute('select count(*) from pg_tables where schemaname = current_schema()').fetchone()); sys.exit(7)"
    )

    done = ran(place, sys.executable, "-c", ask)

    assert done.returncode == 7
    assert "(0,)" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_in_the_middle_leaves_neither_server_nor_folder_nor_command(place, number):
    wait = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    tool = subprocess.Popen(
        [*TOOL, sys.executable, "-c", wait], env=environment(place), stdout=subprocess.PIPE, text=True
    )
    tool.stdout.readline()
    command = int(tool.stdout.readline())
    (folder,) = place.iterdir()
    server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    tool.send_signal(number)
    tool.communicate(timeout=40)

    assert tool.returncode == 128 + number
    assert list(place.iterdir()) == []
    assert not any(alive(each) for each in (command, server))


def alive(process):
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True


def test_a_command_that_is_not_there_is_said(place):
    done = ran(place, str(place / "nothing"))

    assert done.returncode == 1
    assert "cannot be run: no such file or directory" in done.stderr


def test_no_command_is_said(place):
    done = ran(place)

    assert done.returncode == 1
    assert "a command to run is missing" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="anybody else runs the server as themselves")
def test_a_place_that_the_server_may_not_see_is_said(place):
    place.chmod(0o700)

    done = ran(place, "true")

    assert done.returncode == 1
    assert "initdb failed" in done.stderr
    assert "Permission denied" in done.stderr
