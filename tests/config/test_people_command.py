"""``endocsea people first-administrator``, as the person at the machine meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.people.helpers import letters_in

COMMAND = str(Path(sys.executable).with_name("endocsea"))

pytestmark = [pytest.mark.slow]


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


def again(folder, address):
    return subprocess.run(
        [COMMAND, "people", "let-in-again", address, "--data", str(folder)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


SEAT = """
import datetime, sys
from pathlib import Path
from endocsea.config import django_start
django_start.start(Path(sys.argv[1]))
from endocsea.people.models import Appointment, Person
from endocsea.support.actors import Role
for name, role in (("alone", Role.ADMINISTRATOR), ("sera", Role.SECRETARIAT)):
    person = Person.objects.create_user(f"{name}@example.org", "a quiet harbour at noon")
    Appointment.objects.create(person=person, role=role, since=datetime.date(2020, 1, 1))
"""


def test_an_administrator_alone_without_device_and_codes_is_let_in_at_the_machine(folder):
    subprocess.run([sys.executable, "-c", SEAT, str(folder)], check=True)
    before = len(letters_in(folder / "outbox"))
    done = again(folder, "alone@example.org")

    assert done.returncode == 0, done.stderr
    letters = letters_in(folder / "outbox")
    assert len(letters) == before + 1
    assert letters[-1]["To"] == "alone@example.org"


@pytest.mark.parametrize("address", ["sera@example.org", "nobody@example.org"])
def test_whoever_is_no_administrator_is_let_in_on_the_site_alone(folder, address):
    done = again(folder, address)

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "no administrator" in done.stderr
