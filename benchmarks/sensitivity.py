"""Sobol indices of all units and groups from one pass, against SALib called for each of them."""

from __future__ import annotations

import statistics
import time

import numpy as np

OUTPUTS, SOURCES, DRAWS = 47 * 11, 3, 16_384
ROUNDS, SAMPLED = 5, 3  # SALib takes as long for each output: a few of them stand for all


def run() -> None:
    """Print both times and their ratio; the numbers have to be the same."""
    from SALib.analyze.sobol import analyze

    from endocsea.assessment import sobol

    rng = np.random.default_rng(20200601)
    x = rng.random((2, SOURCES, DRAWS))
    shape = rng.uniform(0, 2, (OUTPUTS, SOURCES))

    def model(z: np.ndarray) -> np.ndarray:
        return shape @ z + 0.5 * (shape[:, :1] * z[0]) * z[1]

    a, b = model(x[0]), model(x[1])
    mixed = []
    for source in range(SOURCES):
        z = x[0].copy()
        z[source] = x[1][source]
        mixed.append(model(z))
    ab = np.array(mixed)
    problem = {"num_vars": SOURCES, "names": list("xyz"), "bounds": [[0, 1]] * SOURCES}
    ours, theirs = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = sobol(a, b, ab)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        for output in range(SAMPLED):
            rows = np.column_stack([a[output], *ab[:, output], b[output]]).ravel()
            said = analyze(problem, rows, calc_second_order=False)
            np.testing.assert_allclose(said["S1"], found.first[:, output], atol=1e-9)
            np.testing.assert_allclose(said["ST"], found.total[:, output], atol=1e-9)
        theirs.append((time.perf_counter() - began) / SAMPLED * OUTPUTS)
    one, other = statistics.median(ours), statistics.median(theirs)
    print(
        f"{OUTPUTS} outputs, {SOURCES} sources, {DRAWS:,} draws; the same numbers to 1e-9; medians of {ROUNDS}"
    )
    print(f"  SALib for each output {other:8.2f} s, all from one pass {one:6.2f} s: {other / one:,.0f} times")
