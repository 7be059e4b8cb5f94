"""``endocsea up`` on a PostgreSQL server, as an administrator meets it. `make test-postgresql` brings one."""

import contextlib
import re
import shutil
import threading
import uuid

import pytest
from django.conf import settings

from endocsea.config.database import called
from tests.config.test_database import PASSWORD, refused
from tests.config.test_up import running

ON_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]

pytestmark = [
    pytest.mark.database,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="needs a PostgreSQL server: make test-postgresql"),
]


class Database:
    """A database of its own on the server, by its address."""

    def __init__(self, name):
        self.name = name
        self.address = address(NAME=name)

    def ask(self, statement):
        with connected(self.address) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else None


def address(**changed):
    """The address of the tests' server, with parts of it changed."""
    part = settings.DATABASES["default"] | changed
    return f"postgresql://{part['USER']}:{part['PASSWORD']}@{part['HOST']}:{part['PORT']}/{part['NAME']}"


def connected(to):
    import psycopg

    return contextlib.closing(psycopg.connect(to, autocommit=True))


@contextlib.contextmanager
def made(options=""):
    name = f"up_{uuid.uuid4().hex[:10]}"
    with connected(address(NAME="postgres")) as connection:
        connection.execute(f"create database {name} {options}")
        try:
            yield Database(name)
        finally:
            connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def empty():
    with made() as database:
        yield database


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data folder and a database after their first start and stop, and what was said."""
    folder = tmp_path_factory.mktemp("data")
    with made() as database:
        with running(folder, database=database.address) as server:
            pages = {
                place: server.get(place) for place in ("/en/", "/fr/states/georgia/", "/en/states/belmora/")
            }
        yield folder, database, pages, server.said


def test_it_makes_tables_loads_the_content_and_serves(prepared):
    folder, database, pages, said = prepared

    assert [status for status, _page in pages.values()] == [200, 200, 200]
    assert "Géorgie" in pages["/fr/states/georgia/"][1]
    assert "1.0 to 1.4" in re.sub(
        r"<[^>]+>", " ", pages["/en/states/belmora/"][1]
    )  # its profile is there, too
    assert database.ask("select count(*) from states_state") == [(51,)]
    assert not (folder / "endocsea.sqlite3").exists()
    assert PASSWORD not in "".join(said)
    assert settings.DATABASES["default"]["PASSWORD"] not in "".join(said)


def test_the_second_start_keeps_the_data_and_a_lost_connection_is_made_anew(prepared):
    folder, database, _pages, _said = prepared
    database.ask("update findings_observation set note = 'kept' where code = 'OBS-GEO-01'")

    with running(folder, database=database.address) as server:
        assert "kept" in server.get("/en/states/georgia/")[1]
        database.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )

        assert [server.get("/en/states/georgia/")[0] for _ in range(10)] == [200] * 10


def test_two_servers_that_begin_at_once_share_a_database_and_load_it_once(prepared, empty, tmp_path):
    folders = [
        shutil.copytree(prepared[0], tmp_path / name, ignore=shutil.ignore_patterns("lock")) for name in "ab"
    ]
    answers = []

    def serve(folder):
        with running(folder, database=empty.address) as server:
            answers.append(server.get("/en/states/georgia/")[0])

    threads = [threading.Thread(target=serve, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200, 200]
    assert empty.ask("select count(*) from states_state") == [(51,)]
    assert empty.ask("select count(*) from profiles_run") == [(1,)]


def test_a_wrong_password_is_said_and_not_repeated(tmp_path):
    sentence = refused(address(PASSWORD=PASSWORD), tmp_path)

    assert "does not let us in: password authentication failed for user" in sentence
    assert "Compare user, password" in sentence
    assert settings.DATABASES["default"]["PASSWORD"] not in sentence


def test_a_user_that_the_server_does_not_know_is_said_in_the_same_way(tmp_path):
    assert "does not let us in" in refused(address(USER="nobody"), tmp_path)


def test_a_database_that_is_not_there_is_said(tmp_path):
    sentence = refused(address(NAME="nowhere"), tmp_path)

    assert 'does not let us in: database "nowhere" does not exist.' in sentence


def test_a_database_that_takes_no_writes_is_said(empty, tmp_path):
    empty.ask(f"alter database {empty.name} set default_transaction_read_only = on")

    sentence = refused(empty.address, tmp_path)

    assert f"The database {empty.name} on" in sentence
    assert "cannot be written" in sentence


def test_a_database_that_cannot_hold_every_letter_is_said(tmp_path):
    with connected(address(NAME="postgres")) as connection:
        provider = "locale_provider libc" if connection.info.server_version >= 150000 else ""
    with made(f"encoding 'LATIN1' {provider} locale 'C' template template0") as latin:
        sentence = refused(latin.address, tmp_path)

    assert "its encoding is LATIN1" in sentence
    assert "--encoding=UTF8" in sentence


def test_a_database_newer_than_the_program_is_said_by_its_name(prepared, tmp_path):
    folder, database, *_rest = prepared
    row = "('states', '9999_from_the_future', now())"
    database.ask(f"insert into django_migrations (app, name, applied) values {row}")
    try:
        sentence = refused(database.address, folder)
    finally:
        database.ask("delete from django_migrations where name = '9999_from_the_future'")

    assert f"The database {database.name} on" in sentence
    assert "was made by a newer endocsea (it knows states/9999_from_the_future)" in sentence


def test_a_data_folder_has_one_server_even_with_a_database_elsewhere(prepared, empty):
    folder, database, *_rest = prepared
    with running(folder, database=database.address):
        assert "Another endocsea server is using the data folder" in refused(empty.address, folder)


def test_the_server_of_these_tests_gives_no_more_rights_than_an_installation_needs():
    with connected(address()) as connection:
        rights = connection.execute(
            "select rolsuper, rolcreaterole from pg_roles where rolname = current_user"
        )
        assert rights.fetchone() == (False, False)


def test_a_sentence_names_the_database_and_the_server():
    assert called(settings.DATABASES["default"]).endswith(f"port {settings.DATABASES['default']['PORT']}")
