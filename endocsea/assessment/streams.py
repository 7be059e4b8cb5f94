"""Random numbers that depend on their purpose, and on nothing else.

Each purpose (a seed, a source, the number of a batch, a state, a capability …) has a stream of its own:
its names are hashed to the starting point of a PCG64 generator. So a figure is the same, to the last bit,
on one core or eight, alone or with other states, in whatever order the work is done.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

DRAWS: Final = 65536  # what a draw is one of; chances are met to 1 in 65,536

Draws = NDArray[np.uint16]


class _Named(ISeedSequence):
    """A seed sequence that is the hash of a purpose: a quarter of the time of NumPy's own mixing."""

    def __init__(self, purpose: tuple[str | int, ...]) -> None:
        self.name = repr(purpose).encode()

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> NDArray[Any]:
        assert n_words == 4  # what PCG64 asks for: 256 bits
        assert dtype is np.uint64
        return np.frombuffer(blake2b(self.name, digest_size=32).digest(), dtype="<u8")


def stream(seed: int, *purpose: str | int) -> np.random.PCG64:
    """The stream for a purpose. Different purposes give independent streams."""
    return np.random.PCG64(_Named((seed, *purpose)))  # type: ignore[arg-type]  # its stub knows one kind


def draws(bits: np.random.PCG64, rows: int, columns: int) -> Draws:
    """A rows × columns array of whole numbers, each from 0 to 65,535 with equal chance."""
    words = bits.random_raw(-(-rows * columns // 4))
    return words.astype("<u8", copy=False).view("<u2")[: rows * columns].reshape(rows, columns)
