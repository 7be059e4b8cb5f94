"""Every test that asks for the database finds the shipped content in it, loaded once per worker.

No test commits into it (`transaction=True`): at its end Django would empty the tables for all that come after. Where a
matter is about commits, a database of its own serves: `tests.people.at_once`.
"""

import datetime

import pytest
from django.conf import settings

from tests.asked import *  # noqa: F403  so is the round that they answer
from tests.cast import *  # noqa: F403  the cast is everybody's

LOADED_AT = datetime.datetime(2021, 7, 1, 9, 0, tzinfo=datetime.UTC)


def pytest_configure(config):
    config.addinivalue_line("markers", "database: uses the database; given to every test that does")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what uses the database, so that `make test-postgresql` finds it and no new test is forgotten."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from endocsea.config.loading import load
    from endocsea.profiles.actions import bring_up_to_date
    from endocsea.support.actors import CONTENT

    with django_db_blocker.unblock():
        load(settings.CONTENT, training=True, by=CONTENT, at=LOADED_AT)
        bring_up_to_date(by=CONTENT, at=LOADED_AT)
