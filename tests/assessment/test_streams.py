"""Random numbers depend on their purpose alone."""

import numpy as np
import pytest

from endocsea.assessment.streams import DRAWS, draws, stream


def test_the_same_purpose_gives_the_same_numbers():
    one, other = stream(1, "reviewers", 0, "XAA", "14"), stream(1, "reviewers", 0, "XAA", "14")

    np.testing.assert_array_equal(one.random_raw(100), other.random_raw(100))


@pytest.mark.parametrize(
    "purpose",
    [
        (2, "reviewers", 0, "XAA", "14"),
        (1, "unknown", 0, "XAA", "14"),
        (1, "reviewers", 1, "XAA", "14"),
        (1, "reviewers", 0, "XAB", "14"),
        (1, "reviewers", 0, "XAA1", "4"),  # the same letters, cut elsewhere
        (1, "reviewers", "0", "XAA", "14"),
    ],
)
def test_another_purpose_gives_other_numbers(purpose):
    one = draws(stream(1, "reviewers", 0, "XAA", "14"), 1, 4000)[0].astype(float)
    other = draws(stream(*purpose), 1, 4000)[0].astype(float)

    # 4.5 standard errors of a correlation of nothing with nothing
    assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / np.sqrt(4000)


def test_the_numbers_of_a_purpose_are_the_same_on_every_machine():
    # written down once: a change here changes every published figure
    assert draws(stream(20200601, "reviewers", 0, "XAB", "14"), 1, 4).tolist() == [
        [49424, 5405, 63701, 27201]
    ]


def test_draws_fill_their_range_evenly():
    numbers = draws(stream(1, "reviewers"), 64, 1024)

    assert numbers.shape == (64, 1024)
    counts = np.bincount(numbers.ravel() >> 12, minlength=16)  # 4,096 expected in each sixteenth
    expected = numbers.size / 16
    # chi square with 15 degrees of freedom: mean 15, standard deviation √30
    assert ((counts - expected) ** 2 / expected).sum() < 15 + 4 * np.sqrt(30)
    assert DRAWS == 65536


@pytest.mark.parametrize("columns", [1, 3, 1023])
def test_any_number_of_draws_can_be_had(columns):
    assert draws(stream(1, "x"), 3, columns).shape == (3, columns)
