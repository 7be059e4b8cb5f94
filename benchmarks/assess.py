"""How fast replicates are drawn, against a plain loop over replicates that uses NumPy inside each."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from endocsea.assessment import Method, Tree, Values, simulate
from endocsea.assessment.workers import cores

UNITS, INDICATORS, GROUPS = 47, 130, 11
REPLICATES = 10_000
ROUNDS = 5
CHANCES = {0: (0.20, 0.03), 1: (0.10, 0.01), 2: (0.05, 0.00)}


def run() -> None:
    """Print both rates, measured in turns, and their ratio."""
    level, confidence, group = world()
    codes = [f"G{group[q]:02}-{q:03}" for q in range(INDICATORS)]
    values = Values([f"U{s:02}" for s in range(UNITS)], codes, level, confidence=confidence)
    rows = [(f"G{g:02}", "", 1.0) for g in range(GROUPS)]
    tree = Tree.from_rows(rows + [(code, code[:3], 1.0) for code in codes])
    method = Method(least_known=0)

    def ours() -> np.ndarray:
        return simulate(values, tree, method, replicates=REPLICATES).mean

    def plain() -> np.ndarray:
        return loop(level, confidence, group, REPLICATES, seed=1)["mean"]

    apart = float(np.abs(ours() - plain()).max())
    if apart > 0.05:  # 517 differences with standard errors of about 0.007
        raise AssertionError(f"the two do not do the same: their means differ by {apart:.3f}")
    seconds: dict[Callable[[], np.ndarray], list[float]] = {plain: [], ours: []}
    for _ in range(ROUNDS):
        for contender, taken in seconds.items():
            start = time.perf_counter()
            contender()
            taken.append(time.perf_counter() - start)
    middle = {contender: statistics.median(taken) for contender, taken in seconds.items()}
    print(f"assess: {UNITS} units × {INDICATORS} indicators × {GROUPS} groups, {REPLICATES:,} replicates,")
    print(f"cores used: {cores()}; median of {ROUNDS} runs in turns; largest difference of means {apart:.4f}")
    for name, contender in (("plain loop", plain), ("endocsea", ours)):
        rate, ratio = REPLICATES / middle[contender], middle[plain] / middle[contender]
        print(f"  {name:22}{middle[contender]:7.3f} s {rate:10,.0f} replicates/s   ratio {ratio:5.1f}")


def world() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Made-up levels (an eighth unknown), confidences, and each indicator's group."""
    rng = np.random.default_rng(20200601)
    level = rng.integers(0, 5, (UNITS, INDICATORS)).astype(float)
    level[rng.random(level.shape) < 0.125] = np.nan
    return level, rng.integers(0, 3, level.shape), np.arange(INDICATORS) % GROUPS


def loop(
    level: np.ndarray, confidence: np.ndarray, group: np.ndarray, replicates: int, seed: int
) -> dict[str, np.ndarray]:
    """The reference, kept as it is: one replicate after the other, whole arrays inside each."""
    rng = np.random.default_rng(seed)
    known = ~np.isnan(level)
    base = np.where(known, level, 0.0)
    one = np.choose(confidence, [CHANCES[c][0] for c in range(3)])
    two = np.choose(confidence, [CHANCES[c][1] for c in range(3)])
    up_one = np.where(base == 0, one, np.where(base == 4, 0, one / 2))
    up_two = np.where(base < 2, two, np.where(base > 2, 0, two / 2))
    limits = np.cumsum([up_two, up_one, one - up_one, two - up_two], axis=0)
    member = np.zeros((INDICATORS, GROUPS))
    member[np.arange(INDICATORS), group] = 1.0
    alpha = 20.0 / member.sum(axis=0)[group]
    kept = np.empty((replicates, len(level), GROUPS))
    for r in range(replicates):
        weight = rng.standard_gamma(alpha)[:, None] * member
        u = rng.random(level.shape)
        shift = np.where(u < limits[0], 2, np.where(u < limits[1], 1, np.where(u < limits[2], -1, 0)))
        shift = np.where((u >= limits[2]) & (u < limits[3]), -2, shift)
        x = base + shift
        total = known @ weight
        rule = rng.choice(3, p=[0.6, 0.2, 0.2])
        if rule == 0:
            kept[r] = (np.where(known, x, 0) @ weight) / total
        elif rule == 1:
            kept[r] = np.expm1((np.where(known, np.log1p(x), 0) @ weight) / total)
        else:
            kept[r] = sum(((known & (x >= step)) @ weight) / total >= 0.8 - 1e-9 for step in range(1, 5))
    q05, median, q95 = np.quantile(kept, [0.05, 0.5, 0.95], axis=0)
    return {
        "mean": kept.mean(axis=0),
        "gap_probability": (kept < 2 - 1e-9).mean(axis=0),
        "q05": q05,
        "median": median,
        "q95": q95,
    }
