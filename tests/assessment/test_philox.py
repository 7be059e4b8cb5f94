"""The generator against its authors' known answers, and against itself written the slow way."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.assessment import philox
from tests.assessment.worlds import thorough

# Random123 (D. E. Shaw Research), tests/kat_vectors: rounds, counter and key, answer
KNOWN = """
 7 00000000 00000000 00000000 00000000 00000000 00000000 5f6fb709 0d893f64 4f121f81 4f730a48
 7 ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 5207ddc2 45165e59 4d8ee751 8c52f662
 7 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 4dfccaba 190a87f0 c47362ba b6b5242a
10 00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8
10 ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd
10 243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1
"""
ANSWERS = [(int(line.split()[0]), line.split()[1:7], line.split()[7:]) for line in KNOWN.strip().splitlines()]


def numbers(words):
    return [int(word, 16) for word in words]


@pytest.mark.parametrize(("rounds", "given_words", "answer"), ANSWERS)
def test_the_words_are_the_known_ones(monkeypatch, rounds, given_words, answer):
    monkeypatch.setattr(philox, "ROUNDS", rounds)

    found = philox.block(*map(np.uint64, numbers(given_words)))

    assert [int(word) for word in found] == numbers(answer)


def test_seven_rounds_are_used():
    assert philox.ROUNDS == 7


@pytest.mark.parametrize(("rounds", "given_words", "answer"), [each for each in ANSWERS if each[0] == 7])
def test_the_compiled_words_are_the_known_ones_too(rounds, given_words, answer):
    compiled = pytest.importorskip("endocsea.assessment.engine_numba")._block

    assert list(compiled(*map(np.uint64, numbers(given_words)))) == numbers(answer)


# --- the slow way


def slow(counter, key):
    """Salmon et al. 2011, section 3.3: in each round two products, their halves crossed over, a new key."""
    c, word = list(counter), 2**32
    for number in range(7):
        bumped = [(k + number * weyl) % word for k, weyl in zip(key, (0x9E3779B9, 0xBB67AE85), strict=True)]
        (high_0, low_0), (high_1, low_1) = divmod(c[0] * 0xD2511F53, word), divmod(c[2] * 0xCD9E8D57, word)
        c = [high_1 ^ c[1] ^ bumped[0], low_1, high_0 ^ c[3] ^ bumped[1], low_0]
    return c


words = st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**31, 2**32 - 1])


@thorough
@given(st.tuples(words, words, words, words), st.tuples(words, words))
def test_it_is_the_slow_one_on_any_counter_and_key(counter, key):
    found = philox.block(*map(np.uint64, (*counter, *key)))

    assert [int(word) for word in found] == slow(counter, key)


@thorough
@given(st.tuples(words, words), words, words, st.integers(1, 6))
def test_draws_are_halves_of_the_words_in_the_order_of_the_words(key, batch, variant, blocks):
    row = philox.draws(np.array([key], np.uint64), np.array([variant], np.uint64), batch, 8 * blocks)[0]

    made = [slow((block, batch, variant, 0), key) for block in range(blocks)]
    in_order = [its[word] for word in range(4) for its in made]
    # the lower half of a word comes first, on every machine
    assert row.tolist() == [half for word in in_order for half in (word % 65536, word // 65536)]


def test_a_row_does_not_depend_on_the_other_rows():
    keys = np.array([[1, 2], [3, 4], [2**32 - 1, 0]], np.uint64)
    variant = np.array([0, 5, 1], np.uint64)

    together = philox.draws(keys, variant, 9, 1024)

    for at in range(3):
        np.testing.assert_array_equal(
            together[at : at + 1], philox.draws(keys[at : at + 1], variant[at : at + 1], 9, 1024)
        )


# --- as random as they should be

NEIGHBOURS = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [0, 1], [0, 2], [0, 3], [1, 1]], np.uint64)


def chi_square(values, cells):
    counts = np.bincount(values, minlength=cells)
    expected = values.size / cells
    return ((counts - expected) ** 2 / expected).sum()


@pytest.mark.parametrize("shift", [0, 8], ids=["lower bits", "upper bits"])
def test_draws_are_uniform(shift):
    keys = np.stack(np.meshgrid(np.arange(32), np.arange(32)), axis=-1).reshape(-1, 2).astype(np.uint64)

    u = philox.draws(keys, np.zeros(1024, np.uint64), 0, 1024)

    # with 255 degrees of freedom: mean 255, standard deviation √510
    assert abs(chi_square((u.ravel() >> shift) & 255, 256) - 255) < 4.5 * np.sqrt(510)


def test_pairs_of_draws_that_follow_each_other_are_uniform():
    keys = np.stack([np.arange(1024), np.zeros(1024)], axis=1).astype(np.uint64)

    u = (philox.draws(keys, np.zeros(1024, np.uint64), 0, 1024) >> 12).astype(np.int64)

    assert abs(chi_square((u[:, ::2] * 16 + u[:, 1::2]).ravel(), 256) - 255) < 4.5 * np.sqrt(510)


def rows_that_differ_by_one(what):
    """Eight rows of 65,536 draws, whose keys, batches or variants are neighbours."""
    batches = range(64)
    if what == "keys":
        parts = [philox.draws(NEIGHBOURS, np.zeros(8, np.uint64), batch, 1024) for batch in batches]
        return np.concatenate(parts, axis=1)
    eight, far = np.arange(8, dtype=np.uint64), np.arange(100, 164, dtype=np.uint64)
    if what == "variants":
        key = np.repeat(np.array([[5, 6]], np.uint64), 8, axis=0)
        return np.concatenate([philox.draws(key, eight, batch, 1024) for batch in batches], axis=1)
    keys = np.stack([far, far], axis=1)
    return np.array([philox.draws(keys, np.zeros(64, np.uint64), batch, 1024).ravel() for batch in range(8)])


@pytest.mark.parametrize("what", ["keys", "batches", "variants"])
def test_neighbours_are_uncorrelated(what):
    rows = rows_that_differ_by_one(what).astype(float)

    # the largest of 28 correlations of nothing with nothing, and of their squares; 4.5 standard errors
    for each in (rows, (rows - rows.mean()) ** 2):
        found = np.corrcoef(each)
        assert np.abs(found[np.triu_indices(8, 1)]).max() < 4.5 / np.sqrt(rows.shape[1])


@pytest.mark.parametrize("what", ["keys", "batches", "variants"])
def test_neighbours_have_no_draws_in_common(what):
    for one, other in combinations(rows_that_differ_by_one(what), 2):
        same = (one == other).sum()
        assert same < 12  # by chance one in 65,536, so one is expected: twelve in one case of 10⁹


def test_replicates_of_a_batch_are_uncorrelated():
    keys = np.stack([np.arange(8192), np.arange(8192)], axis=1).astype(np.uint64)

    u = philox.draws(keys, np.zeros(8192, np.uint64), 3, 256).astype(float)

    # the largest of 32,640 correlations; 6 standard errors
    found = np.corrcoef(u, rowvar=False)[np.triu_indices(256, 1)]
    assert np.abs(found).max() < 6 / np.sqrt(8192)
