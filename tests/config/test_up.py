"""``endocsea up`` as a person meets it: it serves, and says in one sentence why it cannot."""

import contextlib
import http.client
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("endocsea"))

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A server that was started on a new folder, a page that it gave, and that has stopped."""
    with running(tmp_path_factory.mktemp("new") / "data") as server:
        page = server.get("/en/states/georgia/")
    return server, page


@pytest.fixture(scope="module")
def prepared(first_start):
    """A data folder after its first start and stop."""
    return first_start[0].folder


@pytest.fixture(scope="module")
def second_start(prepared, tmp_path_factory):
    """A running server whose folder has been used before, and changed."""
    folder = tmp_path_factory.mktemp("used") / "data"
    shutil.copytree(prepared, folder)
    database = sqlite3.connect(folder / "endocsea.sqlite3")
    with database:
        database.execute("update findings_observation set note = 'kept' where code = 'OBS-GEO-01'")
    database.close()
    with running(folder) as server:
        yield server


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class running:
    """A server on a free port, stopped at the end; on SQLite, unless the address of a database is given."""

    def __init__(self, folder, *options, database="", port=None):
        self.folder, self.options, self.database, self.port = folder, options, database, port

    def __enter__(self):
        self.port = self.port or free_port()
        self.process = subprocess.Popen(
            [COMMAND, "up", "--data", str(self.folder), "--port", str(self.port), *self.options],
            env=os.environ | {"ENDOCSEA_DATABASE": self.database},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                if self.get("/healthz")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.1)
            if self.process.poll() is not None:
                raise AssertionError(self.process.communicate()[1])
        raise AssertionError("the server did not answer within a minute")

    def get(self, address):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", address)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def kill(self):
        """As a power cut would: every process at once, without a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __exit__(self, *exception):
        self.process.send_signal(signal.SIGINT)
        self.said = self.process.communicate(timeout=30)


def refused(*arguments, **options):
    """Run a command that must refuse: exit 2, one sentence on stderr, no trace."""
    done = subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False, **options
    )
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


def test_it_prepares_says_the_address_and_serves(first_start):
    server, (status, page) = first_start

    assert status == 200
    assert "Georgia" in page
    said = server.said[0]
    assert f"http://127.0.0.1:{server.port}/en/" in said
    for step in ("database", "content", "profiles", "fonts"):
        assert step in said


def test_the_second_start_keeps_the_data(second_start):
    assert "kept" in second_start.get("/en/states/georgia/")[1]


def test_a_preview_says_so_on_every_page(second_start):
    for address in ("/en/", "/en/states/georgia/", "/fr/", "/en/nowhere/"):
        assert 'class="edition"' in second_start.get(address)[1]


def test_the_public_edition_holds_back_what_no_state_has_commented_on(prepared):
    with running(prepared, "--public") as server:
        _, page = server.get("/en/states/georgia/")

    assert 'class="edition"' not in page
    assert "desk research, not yet seen" not in page
    assert "not confirmed yet" not in page
    assert "the public edition of endocsea is at" in server.said[0]


def test_training_states_can_be_left_out(prepared):
    with running(prepared, "--without-training") as server:
        assert server.get("/en/states/belmora/")[0] == 404
        assert server.get("/en/states/georgia/")[0] == 200


def test_a_port_in_use_is_said_with_another_one(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        sentence = refused("up", "--data", str(tmp_path), "--port", str(port))

    assert f"Port {port} cannot be used: another program is using it." in sentence
    assert f"--port {port + 1}" in sentence


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_said(tmp_path, port):
    assert "cannot be used" in refused("up", "--data", str(tmp_path), "--port", port)


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path):
    file = tmp_path / "a file, not a folder"
    file.write_text("x")

    sentence = refused("up", "--data", str(file / "data"))

    assert "cannot be written" in sentence
    assert "--data" in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_said(tmp_path):
    tmp_path.chmod(0o500)

    assert "cannot be written" in refused("up", "--data", str(tmp_path / "data"))


def test_a_full_disk_is_said_and_leaves_nothing_half_loaded(tmp_path):
    small = 600_000  # bytes a file: the tables fit, the content does not

    sentence = refused(
        "up", "--data", str(tmp_path / "d"), "--port", str(free_port()),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)),
    )  # fmt: skip

    assert "disk or its quota is full" in sentence
    database = sqlite3.connect(tmp_path / "d" / "endocsea.sqlite3")
    assert database.execute("select count(*) from states_state").fetchone() == (0,)
    database.close()


def test_a_database_newer_than_the_program_is_said(prepared):
    database = sqlite3.connect(prepared / "endocsea.sqlite3")
    with database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('states', '9999_from_the_future', '2030-01-01')"
        )
    database.close()
    try:
        sentence = refused("up", "--data", str(prepared), "--port", str(free_port()))
    finally:
        database = sqlite3.connect(prepared / "endocsea.sqlite3")
        with database:
            database.execute("delete from django_migrations where name = '9999_from_the_future'")
        database.close()

    assert "made by a newer endocsea" in sentence
    assert "states/9999_from_the_future" in sentence


def test_two_servers_cannot_share_a_folder(second_start):
    sentence = refused("up", "--data", str(second_start.folder), "--port", str(free_port()))

    assert "Another endocsea server is using the data folder" in sentence


def test_a_wrong_pack_is_refused_with_every_defect(tmp_path):
    done = subprocess.run(
        [COMMAND, "content", "check", str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_shipped_pack_has_nothing_to_mend():
    done = subprocess.run(
        [COMMAND, "content", "check"], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 0
    assert "nothing to mend" in done.stdout
