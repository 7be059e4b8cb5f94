"""Random words that are a function of a key and a counter: the generator Philox4x32-7.

Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), with the
authors' published known answers in the tests. Seven rounds are the fewest that pass all of BigCrush.
There is no state: any draw of any cell can be made alone, in any order, on any machine. NumPy's own Philox
is the 64-bit variant and has a state object for each stream; six thousand of them for every thousand
replicates cost more than the draws.

`block` is written so that the same lines work on arrays and, compiled, on single numbers.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ROUNDS: Final = 7
PER_BLOCK: Final = 8  # draws of 16 bits

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def block(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any, Any, Any]:
    """Four words of 32 bits for a counter of four and a key of two, all held as ``uint64``."""
    k0, k1 = k0 & _LOW, k1 & _LOW  # tells the compiler that products fit into 64 bits
    for _ in range(ROUNDS):
        p0, p1 = _MULTIPLY_0 * c0, _MULTIPLY_1 * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _WEYL_0) & _LOW, (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


def draws(keys: NDArray[np.uint64], variant: NDArray[np.uint64], batch: int, size: int) -> NDArray[np.uint16]:
    """Whole numbers from 0 to 65,535: a row of ``size`` (a multiple of 8) for each key (n × 2).

    The counter is (block, batch, variant of the row, 0).
    """
    count = np.arange(size // PER_BLOCK, dtype=np.uint64)[None]
    k0, k1 = keys[:, :1], keys[:, 1:]
    zero = np.zeros((), np.uint64)
    words = block(count, np.uint64(batch), variant[:, None], zero, k0, k1)
    # word by word, as the compiled engine lays them down
    row = np.stack(np.broadcast_arrays(*words), axis=1).astype("<u4")
    return row.reshape(len(keys), -1).view("<u2")
