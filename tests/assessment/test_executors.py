"""Wherever the work is done: the same result to the last bit, progress that adds up, and a clean stop."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
import weakref
from dataclasses import dataclass, fields

import numpy as np
import pytest

from endocsea.assessment import BATCH, BadInput, Method, Simulation, Tree, Values, executors, simulate
from endocsea.assessment.executors import Cores, Here, executor_for, total
from endocsea.assessment.method import RULES
from tests.assessment import files

VALUES = Values(["A", "B"], ["a", "b", "c"], [[0, 2, 3], [np.nan, 4, 1]], confidence=[[0, 1, 2], [0, 0, 1]])
TREE = Tree.from_rows([("top", "", 1), ("low", "top", 2), ("a", "low", 1), ("b", "low", 2), ("c", "top", 1)])
METHOD = Method(
    sources=("reviewers", "method", "unknown"), aggregations=dict.fromkeys(RULES, 1), gap_below=1.7
)
REPLICATES = 5 * BATCH + 7

needs_fork = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork"
)


def drawn(**where):
    return simulate(VALUES, TREE, METHOD, replicates=REPLICATES, **where)


@pytest.fixture(scope="module")
def alone():
    """The result of one worker, here."""
    return drawn(workers=1)


def same(one, other):
    """Whether every figure is equal to the last bit."""
    return all(
        np.array_equal(getattr(one, each.name), getattr(other, each.name), equal_nan=True)
        if isinstance(getattr(one, each.name), np.ndarray)
        else getattr(one, each.name) == getattr(other, each.name)
        for each in fields(one)
    )


# --- the same result


@needs_fork
@pytest.mark.parametrize("workers", [1, 2, 3, 4, 8])
def test_the_number_of_workers_changes_no_bit(alone, workers):
    assert same(alone, drawn(workers=workers))


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
@pytest.mark.parametrize("largest", [1, 3, 16])
def test_nor_does_the_number_of_batches_in_a_piece(alone, monkeypatch, largest, workers):
    monkeypatch.setattr(executors, "LARGEST_PIECE", largest)

    assert same(alone, drawn(workers=workers))


class Cluster:
    """Machines that share nothing with this one: work, pieces and results travel as bytes, the last piece first."""

    def __init__(self, workers):
        self.workers = workers
        self.sent = []

    def map(self, work, pieces):
        parcel = pickle.dumps(work)
        for piece in reversed(pieces):
            self.sent.append(piece)
            answer = pickle.loads(parcel)(pickle.loads(pickle.dumps(piece)))
            yield pickle.loads(pickle.dumps(answer))


@pytest.mark.parametrize("workers", [1, 2, 6, 100])
def test_nor_does_another_place_to_work(alone, workers):
    cluster = Cluster(workers)

    assert same(alone, drawn(executor=cluster))
    assert sorted(batch for piece in cluster.sent for batch in piece) == list(range(6))
    assert len(cluster.sent) == min(workers, 6)


@pytest.mark.skipif(sys.platform == "win32", reason="as the cluster above")
def test_nor_does_a_process_that_knows_only_what_it_was_sent(alone, tmp_path):
    work = Simulation(VALUES, TREE, METHOD, replicates=REPLICATES)
    (tmp_path / "work").write_bytes(pickle.dumps(work.tally))
    script = "import pickle, sys; work = pickle.load(open('work', 'rb')); "
    script += "pickle.dump(work(range(2, 6)), open('answer', 'wb'))"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, timeout=120)

    tally = pickle.loads((tmp_path / "answer").read_bytes())
    tally.add(work.tally([1]))
    tally.add(work.tally([0]))

    assert same(alone, work.intervals(tally))


def test_an_executor_goes_before_a_number_of_workers(alone):
    cluster = Cluster(2)

    assert same(alone, drawn(executor=cluster, workers=1))
    assert cluster.sent


@pytest.mark.parametrize("replicates", [1, 2, 1023, 1024, 1025])
def test_few_replicates_need_no_second_worker(replicates):
    one, other = (simulate(VALUES, TREE, METHOD, replicates=replicates, workers=n) for n in (1, 4))

    assert same(one, other)


# --- where


def test_cores_are_used_where_that_pays(monkeypatch):
    monkeypatch.setattr(executors, "cores", lambda: 6)

    assert isinstance(executor_for(None, executors.WORTH_CORES - 1), Here)
    assert executor_for(None, executors.WORTH_CORES).workers == 6
    assert isinstance(executor_for(1, executors.WORTH_CORES), Here)
    assert executor_for(3, 1).workers == 3


def test_there_is_at_least_one_core():
    assert executors.cores() >= 1


def test_without_fork_the_work_is_done_here(alone, monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.setattr(executors, "ProcessPoolExecutor", None)

    assert same(alone, drawn(workers=4))


@pytest.mark.parametrize("workers", [0, -1])
def test_no_workers_are_refused(workers):
    with pytest.raises(BadInput, match=rf"^{workers} workers do nothing\. Give 1 or more\.$"):
        drawn(workers=workers)


# --- progress


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_rises_to_the_number_of_replicates(workers):
    told = []

    drawn(workers=workers, progress=lambda *done: told.append(done))

    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (REPLICATES, REPLICATES)


# --- memory


@dataclass(eq=False)
class Big:
    """What comes back from a piece."""

    replicates: int

    def add(self, other):
        self.replicates += other.replicates


@dataclass(eq=False)
class Job:
    """Batches of one replicate each."""

    batches: int

    @property
    def replicates(self):
        return self.batches


@needs_fork
@pytest.mark.parametrize("executor", [Here(), Cores(2)])
def test_what_came_back_is_not_kept(monkeypatch, executor):
    monkeypatch.setattr(executors, "LARGEST_PIECE", 1)
    alive, most = weakref.WeakSet(), 0
    place = executor.map

    def watched(work, pieces):
        for piece in place(work, pieces):
            alive.add(piece)
            yield piece
            del piece

    def look(done, of):
        nonlocal most
        most = max(most, len(alive))

    monkeypatch.setattr(executor, "map", watched, raising=False)
    found = total(lambda piece: Big(len(piece)), Job(200), executor, look)

    assert found.replicates == 200
    # the one in hand, and what came in meanwhile: not all two hundred
    assert most < 20


# --- a clean stop


def gone(is_there):
    """Whether it goes away, now or soon."""
    deadline = time.monotonic() + 10
    while is_there() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_there()


@needs_fork
def test_a_stop_in_the_middle_leaves_no_worker_behind():
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(VALUES, TREE, METHOD, replicates=20 * BATCH, workers=2, progress=stop)

    assert gone(multiprocessing.active_children)


@needs_fork
def test_an_error_in_a_worker_is_told_and_leaves_no_worker_behind():
    def fail(piece):
        if 3 in piece:
            raise ArithmeticError("of a worker")
        return Big(len(piece))

    with pytest.raises(ArithmeticError, match="of a worker"):
        total(fail, Job(64), Cores(2))

    assert gone(multiprocessing.active_children)


def group_is_there(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@needs_fork
@pytest.mark.parametrize("to", ["the command", "all its processes, as Ctrl-C does"])
def test_ctrl_c_ends_a_long_run_writes_nothing_and_leaves_no_process_behind(tmp_path, to):
    (tmp_path / "values.csv").write_text(files.VALUES)
    (tmp_path / "tree.csv").write_text(files.TREE)
    command = "assess --values values.csv --tree tree.csv --replicates 50000000 --out out"
    script = f"import sys; from endocsea.config.cli import main; sys.exit(main({command.split()}))"
    run = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a group of its own, in which anything left behind is found
    )
    with run:
        said = run.stderr.readline()
        while said and "of 50,000,000 replicates" not in said:  # it may have to compile first
            said = run.stderr.readline()
        if to == "the command":
            run.send_signal(signal.SIGINT)
        else:
            os.killpg(run.pid, signal.SIGINT)
        try:
            out, err = run.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            raise

    assert run.returncode == 130
    assert "Traceback" not in err
    assert out == ""
    assert gone(lambda: group_is_there(run.pid))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tree.csv", "values.csv"]
