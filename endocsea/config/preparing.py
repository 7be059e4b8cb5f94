"""What has to be there before the first page: tables, content, profiles, static files."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localtime

from endocsea.config import data, database, loading, postgresql
from endocsea.people import actions as people
from endocsea.profiles.actions import bring_up_to_date
from endocsea.quarantine.actions import destroy_again
from endocsea.replies import actions as replies
from endocsea.support.actors import CONTENT, MACHINE
from endocsea.support.loading import Changes
from endocsea.support.refusals import Refusal


class DatabaseNewer(Refusal):
    code = "data.newer-than-code"
    sentence = "The database %(database)s was made by a newer endocsea (it knows %(migration)s)."
    remedy = "Update the program, or choose another data folder with --data FOLDER (or ENDOCSEA_DATABASE)."


@postgresql.one_at_a_time()
def bring_database_up_to_date() -> None:
    """Make or change the tables as this version needs them.

    Raises:
        DatabaseNewer: the database has been changed by a version that came after this one.
        NotFit: the database is on a PostgreSQL that we cannot use.
    """
    if connection.vendor == "postgresql":
        postgresql.see_that_it_fits()
    if tables_are_to_change():
        call_command("migrate", verbosity=0, interactive=False)


def tables_are_to_change() -> bool:
    """Whether this version needs other tables than those that are there. Raises `DatabaseNewer`."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {app for app, _ in known}
    newer = sorted(key for key in executor.loader.applied_migrations if key[0] in ours and key not in known)
    if newer:
        called = database.called(settings.DATABASES["default"])
        raise DatabaseNewer(database=called, migration="/".join(newer[0]))
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_ready() -> None:
    """What a command needs that reads records: tables, and the shipped content if nothing was loaded yet."""
    from endocsea.states.models import Programme

    bring_database_up_to_date()
    if Programme.objects.exists():
        destroy_again(by=CONTENT, at=localtime())
    else:
        load(settings.CONTENT, training=True)
        calculate()


@postgresql.one_at_a_time()
def load(folder: Path, *, training: bool) -> Changes:
    """Check the content pack and load it, all or nothing."""
    return loading.load(folder, training=training, by=CONTENT, at=localtime())


@postgresql.one_at_a_time()
def calculate() -> None:
    """Calculate the profiles that are not there yet for today's findings and method."""
    bring_up_to_date(by=CONTENT, at=localtime())


@postgresql.one_at_a_time()
def close_accounts() -> int:
    """Close the accounts whose last role ended long enough ago; says how many."""
    return people.close_accounts(by=MACHINE, at=localtime())


@postgresql.one_at_a_time()
def remind() -> replies.Letters:
    """Send the letters that are due to coordinators; says how many went."""
    return replies.remind(by=MACHINE, at=localtime())


def make_static_files() -> None:
    """Make fonts from their package and gather style, script and fonts, once per version of them."""
    from endocsea.config import fonts

    mark = settings.STATIC_ROOT / ".made-from"
    version = _version_of_sources()
    if mark.is_file() and mark.read_text() == version:
        return
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    shutil.rmtree(settings.MADE, ignore_errors=True)
    fonts.make(settings.MADE / "fonts")
    os.environ["ENDOCSEA_MAKE_STATIC"] = "yes"
    settings.STATICFILES_DIRS = [settings.MADE]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False, stdout=io.StringIO())
    mark.write_text(version)


def _version_of_sources() -> str:
    packages = ("font-source-sans-pro", "django-allauth")  # they bring files too
    digest = hashlib.sha256(" ".join(map(importlib.metadata.version, packages)).encode())
    for file in sorted(Path(__file__).parents[1].glob("*/static/**/*")):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


@contextmanager
def sentences_for_storage(place: Path) -> Iterator[None]:
    """Turn what the system or the database says about a disk, or about the way to a server, into one sentence."""
    try:
        yield
    except OSError as error:
        raise data.refusal_for(error, place) from error
    except Error as error:
        refusal = (
            postgresql.refusal_for(error)
            if connection.vendor == "postgresql"
            else _of_sqlite(str(error), place)
        )
        if refusal is None:
            raise
        raise refusal from error


def _of_sqlite(said: str, place: Path) -> Refusal | None:
    if "full" in said or "disk I/O" in said:
        return data.DiskFull(folder=place)
    if "readonly" in said or "unable to open" in said:
        return data.FolderNotWritable(folder=place, why=said)
    return None
