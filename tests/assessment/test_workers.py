"""Several cores: the same result to the last bit, progress that adds up, and a clean stop."""

import multiprocessing
import time

import numpy as np
import pytest

from endocsea.assessment import BATCH, BadInput, Method, Tree, Values, simulate

VALUES = Values(["A", "B"], ["a", "b", "c"], [[0, 2, 3], [np.nan, 4, 1]], confidence=[[0, 1, 2], [0, 0, 1]])
TREE = Tree.from_rows([("top", "", 1), ("a", "top", 1), ("b", "top", 2), ("c", "top", 1)])
METHOD = Method(sources=("reviewers", "method", "unknown"))
REPLICATES = 5 * BATCH + 7

needs_fork = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork"
)


@needs_fork
@pytest.mark.parametrize("workers", [2, 3, 8])
def test_the_number_of_workers_changes_no_bit(workers):
    alone = simulate(VALUES, TREE, METHOD, replicates=REPLICATES, workers=1)
    together = simulate(VALUES, TREE, METHOD, replicates=REPLICATES, workers=workers)

    for name in ("mean", "q05", "median", "q95", "gap_probability", "mcse", "bands"):
        assert np.array_equal(getattr(alone, name), getattr(together, name), equal_nan=True), name


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_rises_to_the_number_of_replicates(workers):
    told = []

    simulate(
        VALUES, TREE, METHOD, replicates=REPLICATES, workers=workers, progress=lambda *done: told.append(done)
    )

    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (REPLICATES, REPLICATES)


@needs_fork
def test_a_stop_in_the_middle_leaves_no_worker_behind():
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(VALUES, TREE, METHOD, replicates=20 * BATCH, workers=2, progress=stop)

    deadline = time.monotonic() + 10
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not multiprocessing.active_children()


def test_no_workers_are_refused():
    with pytest.raises(BadInput, match="workers do nothing"):
        simulate(VALUES, TREE, METHOD, replicates=10, workers=0)
