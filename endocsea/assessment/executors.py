"""Where batches are worked on: here, on several cores of this machine, or wherever an `Executor` sends them.

A piece of work is a few whole batches, and what comes back are whole numbers to be added: so the result is
the same, to the last bit, for any executor, any number of workers and any cut into pieces. A cluster needs
no second way of working: its executor sends ``work`` and the pieces out (both can be pickled) and yields what
comes back, in any order.

Processes and not threads: what Python does between two calls of the engine would hold the other threads up,
and scratch arrays made in worker threads have halved the pace in trials.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, Final, Protocol, Self, TypeVar

from .errors import bad

LARGEST_PIECE: Final = 16  # batches: what comes back is megabytes, and progress is told piece by piece
WORTH_CORES: Final = 10**8  # cells to draw, a third of a second: below, starting helpers takes longer


class Counts(Protocol):
    """What comes back from a piece of work."""

    replicates: int

    def add(self, other: Self) -> None: ...


class Batches(Protocol):
    """What has to be done."""

    batches: int
    replicates: int


C = TypeVar("C", bound=Counts)


class Executor(Protocol):
    """A place to work. ``workers`` is how many pieces it does at a time."""

    workers: int

    def map(self, work: Callable[[range], C], pieces: Sequence[range]) -> Iterator[C]:
        """``work`` of each piece, as it is done, in any order."""
        ...


class Here:
    """In this process, one piece after the other."""

    workers = 1

    def map(self, work: Callable[[range], C], pieces: Sequence[range]) -> Iterator[C]:
        """See `Executor`."""
        yield from map(work, pieces)


class Cores:
    """On several cores, in processes that share this one's memory as it is when they start.

    Where the system cannot do that, in this process: starting others would take longer than most work here.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, work: Callable[[range], C], pieces: Sequence[range]) -> Iterator[C]:
        """See `Executor`. Ctrl-C, or leaving the loop early, ends the processes."""
        if len(pieces) < 2 or "fork" not in multiprocessing.get_all_start_methods():
            yield from Here().map(work, pieces)
            return
        context = multiprocessing.get_context("fork")
        with (
            ProcessPoolExecutor(
                min(self.workers, len(pieces)), mp_context=context, initializer=_adopt, initargs=(work,)
            ) as pool,
            warnings.catch_warnings(),
        ):
            # newer Pythons warn of forking beside threads: those here are idle ones of a library for matrices
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                # no list of them is kept: what came back would pile up
                for future in as_completed([pool.submit(_do, piece) for piece in pieces]):
                    yield future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def executor_for(workers: int | None, drawn: int) -> Executor:
    """So many cores of this machine; where None, all of them if ``drawn`` cells are worth it.

    Raises `BadInput` for fewer than one worker.
    """
    if workers is None:
        workers = cores() if drawn >= WORTH_CORES else 1
    if workers < 1:
        raise bad(f"{workers} workers do nothing.", "Give 1 or more.")
    return Here() if workers == 1 else Cores(workers)


def total(
    work: Callable[[range], C],
    todo: Batches,
    executor: Executor,
    progress: Callable[[int, int], None] | None = None,
) -> C:
    """``work`` of all batches, added up. ``progress`` is told replicates done and in all."""
    size = max(1, min(LARGEST_PIECE, -(-todo.batches // executor.workers)))
    pieces = [range(at, min(at + size, todo.batches)) for at in range(0, todo.batches, size)]
    found = work(range(0))
    for piece in executor.map(work, pieces):
        found.add(piece)
        if progress is not None:
            progress(found.replicates, todo.replicates)
    return found


_adopted: Callable[[range], Any]


def _adopt(work: Callable[[range], Any]) -> None:
    global _adopted  # noqa: PLW0603  a child's copy of the work, handed over once
    _adopted = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer


def _do(piece: range) -> Any:
    return _adopted(piece)
