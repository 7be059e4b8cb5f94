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
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localtime

from endocsea.config import data, loading
from endocsea.profiles.actions import bring_up_to_date
from endocsea.support.actors import CONTENT
from endocsea.support.loading import Changes
from endocsea.support.refusals import Refusal


class DatabaseNewer(Refusal):
    code = "data.newer-than-code"
    sentence = "The database in %(folder)s was made by a newer endocsea (it knows %(migration)s)."
    remedy = "Update the program, or choose another data folder with --data FOLDER."


def bring_database_up_to_date() -> None:
    """Make or change the tables as this version needs them.

    Raises:
        DatabaseNewer: the database has been changed by a version that came after this one.
    """
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {app for app, _ in known}
    newer = sorted(key for key in executor.loader.applied_migrations if key[0] in ours and key not in known)
    if newer:
        raise DatabaseNewer(folder=settings.DATA, migration="/".join(newer[0]))
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def make_ready() -> None:
    """What a command needs that reads records: tables, and the shipped content if nothing was loaded yet."""
    from endocsea.states.models import Programme

    bring_database_up_to_date()
    if not Programme.objects.exists():
        load(settings.CONTENT, training=True)
        calculate()


def load(folder: Path, *, training: bool) -> Changes:
    """Check the content pack and load it, all or nothing."""
    return loading.load(folder, training=training, by=CONTENT, at=localtime())


def calculate() -> None:
    """Calculate the profiles that are not there yet for today's findings and method."""
    bring_up_to_date(by=CONTENT, at=localtime())


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
    digest = hashlib.sha256(importlib.metadata.version("font-source-sans-pro").encode())
    for file in sorted((Path(__file__).parents[1] / "public" / "static").rglob("*")):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


@contextmanager
def sentences_for_full_disks(place: Path) -> Iterator[None]:
    """Turn what the system or the database says about a full disk into one clear sentence."""
    try:
        yield
    except OSError as error:
        raise data.refusal_for(error, place) from error
    except OperationalError as error:
        said = str(error)
        if "full" in said or "disk I/O" in said:
            raise data.DiskFull(folder=place) from error
        if "readonly" in said or "unable to open" in said:
            raise data.FolderNotWritable(folder=place, why=said) from error
        raise
