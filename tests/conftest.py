"""Every test that asks for the database finds the shipped content in it, loaded once per worker."""

import datetime

import pytest
from django.conf import settings

from tests.cast import *  # noqa: F403  the cast is everybody's

LOADED_AT = datetime.datetime(2021, 7, 1, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from endocsea.config.loading import load
    from endocsea.profiles.actions import bring_up_to_date
    from endocsea.support.actors import CONTENT

    with django_db_blocker.unblock():
        load(settings.CONTENT, training=True, by=CONTENT, at=LOADED_AT)
        bring_up_to_date(by=CONTENT, at=LOADED_AT)
