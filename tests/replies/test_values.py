"""Numbers and days as people type them."""

import pytest

from endocsea.questionnaires.form import Kind, Question
from endocsea.replies.exchange.values import typed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("-3", "-3"),
        ("1 200", "1200"),
        ("1\u202f200\u00a0000", "1200000"),
        ("1'200", "1200"),
        ("", ""),
        ("1.200", None),
        ("1,200", None),
        ("1.200,50", None),
        ("twelve", None),
        ("12 children", None),
        ("١٢", None),
        ("1e5", None),
        ("9" * 19, None),
    ],
)
def test_a_number_is_kept_with_a_point_or_not_at_all(text, kept):
    assert typed(Question("q", Kind.NUMBER), text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2020-03-31", "2020-03-31"),
        ("2020-03-31 00:00:00", "2020-03-31"),
        ("31.3.2020", "2020-03-31"),
        ("31/03/2020", "2020-03-31"),
        ("03/31/2020", "2020-03-31"),
        ("4/4/2020", "2020-04-04"),
        ("31 March 2020", "2020-03-31"),
        ("March 31, 2020", "2020-03-31"),
        ("1er février 2020", "2020-02-01"),
        ("3/4/2020", None),
        ("3.4.2020", "2020-04-03"),
        ("31.2.2020", None),
        ("31 Mergh 2020", None),
        ("2020", None),
        ("", ""),
    ],
)
def test_a_day_is_kept_year_first_or_not_at_all(text, kept):
    assert typed(Question("q", Kind.DAY), text) == kept
