"""How fast replicates are drawn, against a plain loop over replicates that uses NumPy inside each.

One core against one core, in turns, each measurement in this run; then two workers against one, the memory
that many replicates take, and how soon the engine is ready in a process of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable

ROUNDS = 5
UNITS, INDICATORS, GROUPS = 47, 130, 11
PLAIN, OURS = 1_000, 100_000  # replicates in a measurement
ONE_CORE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run() -> None:
    """Print all rates, and their ratios."""
    # libraries for matrices read these when they are loaded, so each part is a process of its own
    for part in ("rates", "workers", "memory", "starts"):
        command = [sys.executable, "-c", f"from benchmarks.assess import {part}; {part}()"]
        subprocess.run(command, check=True, env=os.environ | ONE_CORE)


def rates() -> None:
    """One core: the plain loop, the tuned one, blocked NumPy, and the compiled engine."""
    import numpy as np

    from benchmarks.plain_loop import plain, tuned
    from endocsea.assessment import engine_numpy, engines, simulate

    values, tree, method, given = job()
    engines.warm()

    def ours(replicates: int = OURS) -> object:
        return simulate(values, tree, method, replicates=replicates, workers=1)

    one, other = ours(20_000), plain(*given, 4_000, seed=1)
    for name in ("mean", "gap_probability", "widest_probability", "bands"):
        apart = np.abs(getattr(one, name) - other[name])
        error = np.sqrt(0.25 / 4_000) * (2 if name == "mean" else 1)
        if apart.max() > 6 * error:
            raise AssertionError(f"the two do not do the same: {name} differs by {apart.max():.3f}")
    chosen, ready = engines.chosen, engine_numpy

    def blocked() -> None:
        engines.chosen = lambda: ready  # type: ignore[assignment,return-value]
        ours(4 * PLAIN)
        engines.chosen = chosen

    rate = in_turns(
        {
            "plain loop": (lambda: plain(*given, PLAIN, seed=1), PLAIN),
            "tuned loop": (lambda: tuned(*given, PLAIN, seed=1), PLAIN),
            "endocsea, NumPy": (blocked, 4 * PLAIN),
            "endocsea, compiled": (ours, OURS),
        }
    )
    print(
        f"{UNITS} units x {INDICATORS} indicators x {GROUPS} groups, 15 % unknown, one core, medians of {ROUNDS}"
    )
    for name, its in rate.items():
        against = f"{its / rate['plain loop']:6.1f} x plain {its / rate['tuned loop']:6.1f} x tuned"
        print(f"  {name:20}{its:10,.0f} replicates/s {against}")


def workers() -> None:
    """Two workers against one."""
    from endocsea.assessment import engines, simulate

    values, tree, method, _ = job()
    engines.warm()
    many = 3 * OURS
    rate = in_turns(
        {
            name: (lambda n=n: simulate(values, tree, method, replicates=many, workers=n), many)
            for name, n in (("1 worker", 1), ("2 workers", 2))
        }
    )
    print(f"  two workers: {rate['2 workers'] / rate['1 worker']:.2f} x one ({many:,} replicates)")


def memory() -> None:
    """What many replicates take above what the imports take: the same for a hundred times as many."""
    script = """
        import resource
        from benchmarks.assess import job
        from endocsea.assessment import engines, simulate
        values, tree, method, _ = job()
        engines.chosen()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        simulate(values, tree, method, replicates={}, workers=1)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    """
    for replicates in (OURS // 10, 10 * OURS):
        taken = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script).format(replicates)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        print(f"  {replicates:9,} replicates take {int(taken) / 1024:.0f} MB above the imports")


def starts() -> None:
    """From the start of Python to a first figure, before and after the engine was compiled."""
    script = "from endocsea.assessment import engines; engines.warm()"
    with tempfile.TemporaryDirectory() as folder:
        for which in ("first process, compiling", "second process"):
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", script], check=True, env=os.environ | {"NUMBA_CACHE_DIR": folder}
            )
            print(f"  engine ready in the {which}: {time.perf_counter() - began:.1f} s")


def in_turns(contenders: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """Replicates a second of each: the median of rounds in which each has its turn."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, (work, replicates) in contenders.items():
            began = time.perf_counter()
            work()
            taken[name].append(replicates / (time.perf_counter() - began))
    return {name: statistics.median(its) for name, its in taken.items()}


def job() -> tuple:
    """The reference job: made-up levels (15 % unknown) and confidences, and a group for each indicator."""
    import numpy as np

    from endocsea.assessment import Method, Tree, Values

    rng = np.random.default_rng(20200601)
    level = rng.integers(0, 5, (UNITS, INDICATORS)).astype(float)
    level[rng.random(level.shape) < 0.15] = np.nan
    confidence, group = rng.integers(0, 3, level.shape), np.arange(INDICATORS) % GROUPS
    codes = [f"G{group[q]:02}-{q:03}" for q in range(INDICATORS)]
    values = Values([f"U{s:02}" for s in range(UNITS)], codes, level, confidence=confidence)
    rows = [(f"G{g:02}", "", 1.0) for g in range(GROUPS)]
    tree = Tree.from_rows(rows + [(code, code[:3], 1.0) for code in codes])
    method = Method(least_known=0, sources=("unknown", "reviewers", "method"))
    return values, tree, method, (level, confidence, group)
