import datetime

import pytest
from django.core.cache import cache
from django.utils.timezone import now


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    cache.clear()


@pytest.fixture
def at():
    return now()


@pytest.fixture
def tomorrow(at):
    return at + datetime.timedelta(days=1)
