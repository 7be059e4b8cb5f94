"""Two deeds truly at once: on two connections of a database of their own, the one held still inside its transaction.

`every_meeting` does the same again for every place at which one deed writes or takes a lock: there it stops until the
other is done or waits for it. Nothing is proved by waiting a while: a deed that waits is seen to wait.
"""

import itertools
import shutil
import sqlite3
import threading
import time
import uuid
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from django.db import connections, transaction

from endocsea.support.refusals import Refusal

PATIENCE = 30  # seconds until two deeds count as locked up
LOCKS_OR_WRITES = ("INSERT", "UPDATE", "DELETE", "pg_advisory", "FOR UPDATE")


class LockedUp(AssertionError):
    pass


@contextmanager
def database_of_their_own(folder):
    """A copy of the database of the tests, with what was loaded, in which deeds are done for good."""
    shared = connections["default"]
    make = _postgresql_copy if shared.vendor == "postgresql" else _sqlite_copy
    with make(shared, folder) as name:
        yield {**shared.settings_dict, "NAME": name, "CONN_MAX_AGE": 0}


@contextmanager
def connected(settings):
    """In this thread, the database is another one meanwhile."""
    before = connections["default"]
    connections["default"] = own = connections.create_connection("default")
    own.settings_dict = settings
    try:
        yield own
    finally:
        own.close()
        connections["default"] = before


@contextmanager
def _sqlite_copy(shared, folder):
    shared.ensure_connection()
    file = folder / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        shared.connection.backup(copy)
    yield str(file)
    shutil.rmtree(folder)


@contextmanager
def _postgresql_copy(shared, folder):
    name, template = f"endocsea_{uuid.uuid4().hex[:12]}", shared.settings_dict["NAME"]
    shared.close()  # nobody may be in a database that is copied
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Doing(threading.Thread):
    """A deed on a connection of its own; it stops at one of its places, if it comes there, until it may go on."""

    def __init__(self, settings, deed, stop_at=None):
        super().__init__(daemon=True)
        self.settings, self.deed, self.stop_at = settings, deed, stop_at
        self.places, self.beginning = 0, False
        self.there, self.go_on = threading.Event(), threading.Event()
        self.stopped, self.result, self.error, self.session = False, None, None, None

    def run(self):
        try:
            with connected(self.settings) as own:
                own.ensure_connection()
                if own.vendor == "postgresql":
                    self.session = own.connection.info.backend_pid
                with own.execute_wrapper(self._watch), transaction.atomic():
                    self.result = self.deed()
                    self._place()  # the last one: all is done, and nothing is to be seen yet
        except BaseException as error:
            self.error = error
        finally:
            self.there.set()

    def _watch(self, execute, sql, params, many, context):
        if any(each in sql for each in LOCKS_OR_WRITES):
            self._place()
        self.beginning = sql.startswith("BEGIN")
        try:
            return execute(sql, params, many, context)
        finally:
            self.beginning = False

    def _place(self):
        if self.places == self.stop_at:
            self.stopped = True
            self.there.set()
            if not self.go_on.wait(PATIENCE):
                raise LockedUp("nobody let it go on")
        self.places += 1

    @property
    def waits(self):
        """Whether it waits for the other: on SQLite it does as long as its transaction cannot begin."""
        watching = connections["default"]
        if watching.vendor != "postgresql":
            return self.beginning
        with watching.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'", [self.session]
            )
            return cursor.fetchone() is not None

    @property
    def outcome(self):
        """What came of it: a refusal's class, or "done". Whatever else goes wrong is an error, as in a page."""
        if isinstance(self.error, Refusal):
            return type(self.error)
        if self.error is not None:
            raise self.error
        return "done"


@dataclass(frozen=True)
class Meeting:
    one: Doing
    other: Doing

    @property
    def outcomes(self):
        return self.one.outcome, self.other.outcome


def meet(settings, one, other, place):
    """Do one deed up to a place in it, then the other until it is done or waits; then let the one go on."""
    one, other = Doing(settings, one, place), Doing(settings, other)
    one.start()
    one.there.wait(PATIENCE)
    other.start()
    with suppress(TimeoutError):
        _until(lambda: not other.is_alive() or (one.is_alive() and other.waits))
    one.go_on.set()
    for each in (one, other):
        each.join(PATIENCE)
        if each.is_alive():
            raise LockedUp(f"{each.deed} has not come back")
    return Meeting(one, other)


def every_meeting(settings, prepare):
    """A meeting for each place of one deed. ``prepare`` sets the scene anew and gives the two deeds.

    On SQLite all places are alike, for the other cannot begin: the last alone is tried.
    """
    if connections["default"].vendor != "postgresql":
        alone = meet(settings, *prepare(), None)
        yield alone
        yield meet(settings, *prepare(), alone.one.places - 1)
        return
    for place in itertools.count():
        meeting = meet(settings, *prepare(), place)
        yield meeting
        if not meeting.one.stopped:
            return


def _until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)
