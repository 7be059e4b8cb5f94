"""Random numbers depend on their purpose alone."""

import numpy as np
import pytest

from endocsea.assessment import philox
from endocsea.assessment.streams import DRAWS, keys, stream

UNVARIED = np.zeros(1, np.uint64)
OTHERS = [
    (2, "reviewers", "XAA", "14"),
    (1, "unknown", "XAA", "14"),
    (1, "reviewers", "XAB", "14"),
    (1, "reviewers", "XAA1", "4"),  # the same letters, cut elsewhere
    (1, "reviewers", "XAA", 14),
]


def drawn(seed, *purpose):
    return philox.draws(keys(seed, [purpose]), UNVARIED, 0, 4000)[0]


def uncorrelated(one, other):
    # 4.5 standard errors of a correlation of nothing with nothing
    return abs(np.corrcoef(one.astype(float), other.astype(float))[0, 1]) < 4.5 / np.sqrt(len(one))


def test_the_same_purpose_gives_the_same_numbers():
    one, other = stream(1, "weights", 0, 7, "14"), stream(1, "weights", 0, 7, "14")

    np.testing.assert_array_equal(one.random_raw(100), other.random_raw(100))
    np.testing.assert_array_equal(drawn(1, "reviewers", "XAA", "14"), drawn(1, "reviewers", "XAA", "14"))


@pytest.mark.parametrize("purpose", OTHERS)
def test_another_purpose_gives_other_numbers(purpose):
    assert uncorrelated(drawn(1, "reviewers", "XAA", "14"), drawn(*purpose))


@pytest.mark.parametrize("purpose", OTHERS)
def test_another_purpose_starts_another_stream(purpose):
    # the upper half of each word: 64 bits do not fit into a floating point number
    one, other = (stream(*its).random_raw(4000) >> 32 for its in ((1, "reviewers", "XAA", "14"), purpose))

    assert uncorrelated(one, other)


def test_a_key_does_not_depend_on_which_others_are_asked_for():
    purposes = [("reviewers", unit, leaf) for unit in ("XAA", "XAB") for leaf in ("a", "b", "c")]

    together = keys(1, purposes)

    assert together.shape == (6, 2)
    assert len(np.unique(together, axis=0)) == 6
    np.testing.assert_array_equal(together[4:5], keys(1, purposes[4:5]))


def test_a_key_is_two_words_of_32_bits():
    made = keys(1, (("reviewers", str(number)) for number in range(2000)))

    assert made.dtype == np.uint64
    assert made.max() < 2**32
    # each of 64 bits is set in half of them: 1,000 of 2,000, one standard error is √500 = 22
    bits = [((made >> np.uint64(bit)) & np.uint64(1)).sum(axis=0) for bit in range(32)]
    assert np.abs(np.array(bits) - 1000.0).max() < 5 * 22.4


def test_no_purpose_has_no_key():
    assert keys(1, ()).shape == (0, 2)


def test_the_numbers_of_a_purpose_are_the_same_on_every_machine():
    # written down once: a change here changes every published figure
    key = keys(20200601, [("reviewers", "XAB", "14")])
    assert key.tolist() == [[2738951770, 1943183951]]
    assert philox.draws(key, UNVARIED, 0, 8).tolist() == [
        [50266, 61222, 43953, 33035, 33288, 9530, 15963, 37908]
    ]
    assert stream(20200601, "weights", 0, 0, "14").random_raw(3).tolist() == [
        14947285487734696941,
        597097455472047972,
        16520194935940982638,
    ]


def test_draws_fill_their_range_evenly():
    numbers = philox.draws(
        keys(1, [("reviewers", str(each)) for each in range(64)]), np.zeros(64, np.uint64), 0, 1024
    )

    assert numbers.shape == (64, 1024)
    counts = np.bincount(numbers.ravel() >> 12, minlength=16)  # 4,096 expected in each sixteenth
    expected = numbers.size / 16
    # chi square with 15 degrees of freedom: mean 15, standard deviation √30
    assert ((counts - expected) ** 2 / expected).sum() < 15 + 4 * np.sqrt(30)
    assert DRAWS == 65536


@pytest.mark.parametrize("size", [8, 16, 1024])
def test_any_multiple_of_eight_draws_can_be_had(size):
    three = keys(1, [("x",), ("y",), ("z",)])

    assert philox.draws(three, np.zeros(3, np.uint64), 0, size).shape == (3, size)
