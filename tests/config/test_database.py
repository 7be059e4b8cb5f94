"""Which database: what the environment may say, and what a person reads when PostgreSQL cannot be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import Error, NotSupportedError

from endocsea.config import postgresql
from endocsea.config.data import DiskFull
from endocsea.config.database import AddressWrong, DriverMissing, called, chosen
from tests.config.test_up import free_port

PASSWORD = "k9-not-to-be-told"
COMMAND = str(Path(sys.executable).with_name("endocsea"))


@pytest.fixture
def said(monkeypatch, tmp_path):
    """The settings for what the environment says."""

    def settings_for(address):
        monkeypatch.setenv("ENDOCSEA_DATABASE", address)
        return chosen(tmp_path)

    return settings_for


@pytest.mark.parametrize("address", [None, "", "  "])
def test_without_an_address_everything_is_in_one_file_of_the_data_folder(monkeypatch, tmp_path, address):
    monkeypatch.delenv("ENDOCSEA_DATABASE", raising=False)
    if address is not None:
        monkeypatch.setenv("ENDOCSEA_DATABASE", address)

    found = chosen(tmp_path)

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == tmp_path / "endocsea.sqlite3"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert called(found) == f"in {tmp_path}"


def test_an_address_is_taken_apart_as_psql_takes_it(said):
    found = said(f"postgresql://sera:{PASSWORD}@db.example.org:6543/programme?sslmode=verify-full")

    assert found["ENGINE"] == "django.db.backends.postgresql"
    named = {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "programme", "USER": "sera", "PASSWORD": PASSWORD, "HOST": "db.example.org", "PORT": "6543",
    }  # fmt: skip
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert called(found) == "programme on db.example.org, port 6543"


def test_a_password_may_hold_any_letter_when_it_is_written_with_percent_signs(said):
    assert said("postgresql://sera:p%40%3A%2F%C3%A9@h/n")["PASSWORD"] == "p@:/é"


@pytest.mark.parametrize(
    "address",
    ["postgresql:///programme?host=/var/run/postgresql", "postgres://%2Fvar%2Frun%2Fpostgresql/programme"],
)
def test_a_unix_socket_is_a_host_that_is_a_folder(said, address):
    found = said(address)

    assert (found["HOST"], found["NAME"], found["PORT"]) == ("/var/run/postgresql", "programme", "")


def test_a_connection_that_nobody_answers_is_given_up_after_ten_seconds_or_as_the_address_says(said):
    assert said("postgresql://h/n")["OPTIONS"]["connect_timeout"] == "10"
    assert said("postgresql://h/n?connect_timeout=3")["OPTIONS"]["connect_timeout"] == "3"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("programme", "does not begin with postgresql://"),
        ("sqlite:///programme.sqlite3", "does not begin with postgresql://"),
        (f"mysql://sera:{PASSWORD}@h/n", "does not begin with postgresql://"),
        (f"host=h dbname=n password={PASSWORD}", "does not begin with postgresql://"),
        (f"postgresql://sera:{PASSWORD}@h", "does not end in the name of a database"),
        (f"postgresql://sera:{PASSWORD}@h/", "does not end in the name of a database"),
        (f"postgresql://sera:{PASSWORD}@h:port/n", "port is no port"),
        (f"postgresql://sera:{PASSWORD}@h:70000/n", "70000 is no port"),
        (f"postgresql://sera:{PASSWORD}@h:-1/n", "-1 is no port"),
        (f"postgresql://sera:{PASSWORD}@h:²/n", "² is no port"),
        (f"postgresql://sera:@{PASSWORD}@h/n", "more than one @"),
        (f"postgresql://sera:%zz{PASSWORD}@h/n", "cannot be told apart"),
        (f"postgresql://sera:{PASSWORD}@[::1/n", "cannot be told apart"),
        (f"postgresql://sera:{PASSWORD}@h/n?colour=red", "cannot be told apart"),
        (f"postgresql://sera:{PASSWORD}@h/n%00", "cannot be told apart"),
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence_that_keeps_the_password(said, address, why):
    with pytest.raises(AddressWrong) as refused:
        said(address)

    sentence = str(refused.value)
    assert why in sentence
    assert "postgresql://user:password@host:5432/name, with %40 for an @" in sentence
    assert PASSWORD not in sentence
    assert len(sentence.splitlines()) == 1


def test_a_missing_driver_is_said_with_the_command_that_installs_it(said, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DriverMissing, match=r"pip install \"psycopg\[binary\]\""):
        said("postgresql://h/n")


def test_the_driver_is_not_asked_for_where_nothing_is_said(monkeypatch, tmp_path):
    monkeypatch.delenv("ENDOCSEA_DATABASE", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert "sqlite" in chosen(tmp_path)["ENGINE"]


@pytest.fixture
def another(monkeypatch):
    """The database that sentences speak of, named without asking any server."""
    monkeypatch.setenv("ENDOCSEA_DATABASE", f"postgresql://sera:{PASSWORD}@db.example.org/programme")
    monkeypatch.setitem(settings.DATABASES, "default", chosen(Path()))


class Said(Exception):
    """What a driver raises: words, and a code for software."""

    def __init__(self, words, sqlstate):
        super().__init__(words)
        self.sqlstate = sqlstate


def wrapped(kind, words, sqlstate):
    error = kind(words)
    error.__cause__ = Said(words, sqlstate)
    return error


@pytest.mark.parametrize(
    ("error", "refusal", "part"),
    [
        (NotSupportedError("PostgreSQL 14 or later is required (found 13.9)."), postgresql.NotFit, "(found 13.9)"),
        (wrapped(Error, "could not extend file: No space left", "53100"), DiskFull, "the database programme on"),
        (wrapped(Error, "permission denied for schema public", "42501"), postgresql.NotWritable, "permission"),
        (wrapped(Error, "cannot execute INSERT in a read-only transaction", "25006"), postgresql.NotWritable, "own"),
        (wrapped(Error, "terminating connection due to crash", "57P02"), postgresql.NotReached, "terminating"),
    ],
)  # fmt: skip
def test_what_a_server_says_becomes_a_sentence(another, error, refusal, part):
    found = postgresql.refusal_for(error)

    assert type(found) is refusal
    assert part in str(found)
    assert "programme on db.example.org" in str(found)


def test_what_is_our_own_mistake_is_no_refusal(another):
    assert postgresql.refusal_for(wrapped(Error, 'column "x" does not exist', "42703")) is None
    assert postgresql.refusal_for(Error("something")) is None


def test_a_database_that_is_gone_is_said_by_the_page_for_watchers(client, monkeypatch):
    from endocsea.states.models import Programme

    monkeypatch.setattr(
        Programme.objects, "exists", lambda: (_ for _ in ()).throw(Error("gone")), raising=False
    )

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"no database\n")


def refused(address, folder):
    """Run ``endocsea up`` on that database; it must refuse in one sentence, which is returned."""
    done = subprocess.run(
        [COMMAND, "up", "--data", str(folder), "--port", str(free_port())],
        env=os.environ | {"ENDOCSEA_DATABASE": address},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    assert PASSWORD not in done.stderr
    return done.stderr


def test_up_says_that_an_address_is_none(tmp_path):
    assert "does not begin with postgresql://" in refused(f"mysql://sera:{PASSWORD}@h/n", tmp_path)


def test_up_says_that_no_server_answers_there_and_what_to_do(tmp_path):
    port = free_port()

    sentence = refused(f"postgresql://sera:{PASSWORD}@127.0.0.1:{port}/programme", tmp_path)

    assert f"programme on 127.0.0.1, port {port} does not answer: connection refused." in sentence
    assert "See that it runs" in sentence


def test_up_says_that_there_is_no_socket_in_the_folder(tmp_path):
    assert f"on {tmp_path} does not answer" in refused(f"postgresql:///programme?host={tmp_path}", tmp_path)
