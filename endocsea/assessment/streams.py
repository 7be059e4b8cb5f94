"""Random numbers that depend on their purpose, and on nothing else.

Each purpose (a seed, a source, a state and an indicator; or a seed, "weights", a batch and a node) has
numbers of its own: its names are hashed to the key of a counter-based generator (`philox`), or to the
starting point of an SFC64 where NumPy's distributions are drawn. So a figure is the same, to the last bit,
on one core or eight, alone or with other states, in whatever order the work is done; and an answer that
becomes known changes no draw of any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

DRAWS: Final = 65536  # what a draw is one of; chances are met to 1 in 65,536


class _Named(ISeedSequence):
    """A seed sequence that is the hash of a purpose: a quarter of the time of NumPy's own mixing."""

    def __init__(self, purpose: tuple[str | int, ...]) -> None:
        self.name = repr(purpose).encode()

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> NDArray[Any]:
        assert n_words == 3  # what SFC64 asks for: 192 bits
        assert dtype is np.uint64
        return np.frombuffer(blake2b(self.name, digest_size=24).digest(), dtype="<u8")


def stream(seed: int, *purpose: str | int) -> np.random.SFC64:
    """The stream for a purpose. Different purposes give independent streams."""
    return np.random.SFC64(_Named((seed, *purpose)))  # type: ignore[arg-type]  # its stub knows one kind


def keys(seed: int, purposes: Iterable[tuple[str | int, ...]]) -> NDArray[np.uint64]:
    """The keys of purposes for `philox`: n × 2 words of 32 bits."""
    digests = b"".join(
        blake2b(repr((seed, *purpose)).encode(), digest_size=8).digest() for purpose in purposes
    )
    return np.frombuffer(digests, dtype="<u4").astype(np.uint64).reshape(-1, 2)
