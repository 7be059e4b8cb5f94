"""Batches of a simulation done on several cores at once, in processes of this machine.

A piece of work is a few whole batches, and what comes back are counts: so the result is the same, to the
last bit, for any number of workers. Processes and not threads: NumPy's scratch arrays cost a thread more
than a second core gives.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Final, Protocol

from .tally import Tally

LARGEST_PIECE: Final = 16  # batches: what comes back is megabytes, and progress is told piece by piece


class Work(Protocol):
    """What is done in ``batches``, a few at a time."""

    batches: int

    def tally(self, batches: range) -> Tally: ...


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tallies(work: Work, workers: int) -> Iterator[Tally]:
    """The tallies of all batches, piece by piece, as they are done.

    In this process where one worker is asked for, where there is one piece, or where the system cannot
    hand a process's memory to its children (then starting them would take longer than most work here).
    """
    size = max(1, min(LARGEST_PIECE, -(-work.batches // workers)))
    pieces = [range(at, min(at + size, work.batches)) for at in range(0, work.batches, size)]
    if workers == 1 or len(pieces) == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work.tally, pieces)
        return
    context = multiprocessing.get_context("fork")
    with (
        ProcessPoolExecutor(
            min(workers, len(pieces)), mp_context=context, initializer=_adopt, initargs=(work,)
        ) as pool,
        warnings.catch_warnings(),
    ):
        # newer Pythons warn of forking beside threads: those here are idle ones of a library for matrices
        warnings.simplefilter("ignore", DeprecationWarning)
        done = [pool.submit(_do, piece) for piece in pieces]
        try:
            for future in as_completed(done):
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_adopted: Work


def _adopt(work: Work) -> None:
    global _adopted  # noqa: PLW0603  a child's copy of the work, handed over once
    _adopted = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


def _do(batches: range) -> Tally:
    return _adopted.tally(batches)
