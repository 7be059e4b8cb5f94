import datetime

import pytest
from django.utils.translation import override

from endocsea.support.days import fuzzy, long_day


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", datetime.date(2021, 1, 1), "1 January 2021"),
        ("fr", datetime.date(2021, 1, 1), "1er janvier 2021"),
        ("fr", datetime.date(2021, 1, 11), "11 janvier 2021"),
        ("fr", datetime.date(2021, 6, 30), "30 juin 2021"),
        ("en", None, ""),
    ],
)
def test_days_are_written_in_full(language, day, words):
    with override(language):
        assert long_day(day) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [("2019", "2019"), ("2019-11", "November 2019"), ("2019-11-05", "5 November 2019"), ("", ""), (None, "")],
)
def test_a_date_known_to_the_month_or_year_claims_no_day(written, words):
    with override("en"):
        assert fuzzy(written) == words
