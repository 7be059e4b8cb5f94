"""An installation of its own: a data folder, or a PostgreSQL database beside it, and processes that use it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

OURS = ("ENDOCSEA_", "DJANGO_")
COMMAND = str(Path(sys.executable).with_name("endocsea"))

WRITER = """
import datetime, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "endocsea.config.settings"
import django
django.setup()
from endocsea.journal.actions import record
from endocsea.support.actors import Fixed
name, times = sys.argv[1], int(sys.argv[2])
for n in range(times):
    at = datetime.datetime.now(datetime.UTC)
    record("answer given", by=Fixed(name), at=at, about=("answer", f"{name} {n}"), facts={"level": n % 5})
"""


class Installation:
    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.database = settings.DATABASES["default"]
        self.postgresql = "postgresql" in self.database["ENGINE"]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(OURS)},
            "ENDOCSEA_DATA": str(folder),
        }
        if self.postgresql:
            self.environment["ENDOCSEA_DATABASE"] = self._address(name)

    def _address(self, name):
        given = self.database
        who = quote(given["USER"], safe="")
        who += f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
        asked = {"host": given["HOST"], "port": given["PORT"]}
        query = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in asked.items() if value)
        return f"postgresql://{who}{'@' if who else ''}/{name}?{query}"

    def make(self, like=None):
        """Begin with nothing, or like another one."""
        if like is not None:
            shutil.copytree(like.folder, self.folder)
        else:
            (self.folder / "log").mkdir(parents=True)
        if self.postgresql:
            self._server(f'CREATE DATABASE "{self.name}" TEMPLATE "{like.name if like else "template0"}"')

    def remove(self):
        if self.postgresql:
            self._server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _server(self, statement):
        import psycopg

        with closing(psycopg.connect(self._address("postgres"), autocommit=True)) as connection:
            connection.execute(statement)

    def sql(self, *statements):
        """Past all our own code, as somebody with the database in hand."""
        if self.postgresql:
            import psycopg

            connection = psycopg.connect(self.environment["ENDOCSEA_DATABASE"])
        else:
            connection = sqlite3.connect(self.folder / "endocsea.sqlite3")
        with closing(connection), connection:
            for statement in statements:
                rows = connection.execute(statement)
            return rows.fetchall() if rows.description else []

    def without_guards(self, *statements):
        if self.postgresql:
            down = [
                f"ALTER TABLE journal_{name} DISABLE TRIGGER USER"
                for name in ("entry", "doer", "particulars")
            ]
            up = ["SET CONSTRAINTS ALL IMMEDIATE"]  # a table with checks to come cannot be altered
            up += [
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
                for name, table in self.sql(
                    "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'journal%'"
                )
            ]
        else:
            there = self.sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            down, up = [f"DROP TRIGGER {name}" for name, _sql in there], [sql for _name, sql in there]
        self.sql(*down, *statements, *up)

    def manage(self, *arguments):
        subprocess.run(
            [sys.executable, "-m", "endocsea.config.manage", *arguments],
            env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip

    def writer(self, name, times):
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, name, str(times)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def write(self, name, times):
        process = self.writer(name, times)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said

    def check(self, *options, folder=None):
        return subprocess.run(
            [COMMAND, "check", "journal", "--data", str(folder or self.folder), *options],
            env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def verdict(self, *options):
        done = self.check("--json", *options)
        assert not done.stderr, done.stderr
        assert done.returncode in (0, 1)
        verdict = json.loads(done.stdout)
        assert verdict["whole"] == (done.returncode == 0)
        return verdict


@contextmanager
def installed(folder, like=None):
    place = Installation(folder, f"endocsea_{uuid.uuid4().hex[:12]}")
    place.make(like)
    try:
        yield place
    finally:
        place.remove()
