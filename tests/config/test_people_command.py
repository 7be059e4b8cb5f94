"""``endocsea people first-administrator``, as the person at the machine meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.people.helpers import letters_in

COMMAND = str(Path(sys.executable).with_name("endocsea"))

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]


def run(*arguments, **environment):
    return subprocess.run(
        [COMMAND, "people", "first-administrator", *arguments],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env=os.environ | environment,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


def test_a_letter_lies_in_the_outbox_and_is_named(folder):
    done = run("root@example.org", "--data", str(folder))

    assert done.returncode == 0, done.stderr
    assert "root@example.org" in done.stdout
    (letter,) = letters_in(folder / "outbox")
    assert letter["To"] == "root@example.org"
    assert "http://localhost:8000/workspace/join/" in letter.get_content()
    assert "outbox" in done.stderr


@pytest.mark.parametrize("address", ["root", "root@", "@example.org", "a b@example.org", ""])
def test_what_is_no_address_is_refused(folder, address):
    done = run(address, "--data", str(folder))

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no e-mail address" in done.stderr


def test_an_unclear_mail_server_is_refused_without_its_password(folder):
    done = run("root@example.org", "--data", str(folder), ENDOCSEA_SMTP="smtp://user:hidden@:587")

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hidden" not in done.stderr
