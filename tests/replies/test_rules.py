from decimal import Decimal

import pytest

from endocsea.replies.rules import too_small_to_show


@pytest.mark.parametrize(
    ("value", "unit", "hidden"),
    [
        ("0", "children per year", False),  # a fact about the system
        ("1", "children per year", True),
        ("4", "persons per year", True),
        ("4.5", "reports per year", True),
        ("5", "persons per year", False),
        ("2", "contacts per year", True),
        ("3", "percent of regions", False),  # no count
        ("4", "years", False),
    ],
)
def test_counts_below_five_are_not_shown(value, unit, hidden):
    assert too_small_to_show(Decimal(value), unit) is hidden
