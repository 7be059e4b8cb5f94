"""Saying on stderr how far long work is, at most once a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable


def every_second(of: str) -> Callable[[int, int], None]:
    """A function that is told (done, in all), and says so now and then: "· 3,000 of 9,000 replicates"."""
    said = time.monotonic()

    def say(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > 1:
            said = time.monotonic()
            print(f"· {done:,} of {total:,} {of}", file=sys.stderr, flush=True)

    return say
