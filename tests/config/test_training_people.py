"""``endocsea up --training-people``, as the person at the machine meets it."""

import re
import subprocess

import pytest

from endocsea.people.rules import GIVEN
from tests.config.test_up import COMMAND, free_port, refused, running

pytestmark = [pytest.mark.slow]


def test_each_sign_in_is_printed_once_and_a_second_time_is_refused(tmp_path):
    with running(tmp_path / "new", "--training-people") as server:
        assert server.get("/workspace/")[0] == 302
    said = server.said[0]

    for role in GIVEN:
        assert re.search(rf"{role}@example\.org  password \S{{16}}\n", said), role
    assert "National coordinator of Arden" in said
    assert said.count("secret for an app") == said.count("recovery codes, each works once") == 6

    again = refused("up", "--data", str(tmp_path / "new"), "--port", str(server.port), "--training-people")
    assert "accounts or invitations already" in again
    with running(tmp_path / "new") as server:
        pass
    assert "password" not in server.said[0]


def test_without_made_up_states_it_is_refused(tmp_path):
    options = ("--data", str(tmp_path), "--port", str(free_port()), "--without-training", "--training-people")
    done = subprocess.run([COMMAND, "up", *options], capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 2
    assert done.stderr.strip().endswith(
        "Leave --without-training out."
    )  # after the engine has said that it is ready
