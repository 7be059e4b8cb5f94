import pytest

from endocsea.findings.rules import Period, period


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2006", Period.EARLIER),
        ("2014", Period.EARLIER),
        ("2015", Period.BEFORE),
        ("2017", Period.BEFORE),
        ("2018", Period.DURING),
        ("2021", Period.DURING),  # a year without a day counts as during
        ("2021-06-30", Period.DURING),
        ("2021-07-01", Period.AFTER),
        ("2021-07", Period.AFTER),
        ("2022", Period.AFTER),
    ],
)
def test_an_observation_belongs_to_the_period_that_it_speaks_of(as_of, expected):
    assert period(as_of) is expected
