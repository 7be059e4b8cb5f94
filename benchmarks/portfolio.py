"""How good and how quick the choice among 2,000 activities is, beside HiGHS on the same problem, and greedy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np

from endocsea.assessment import Candidate, Effect, Floor, Gap, Problem, Quarter, choose
from endocsea.assessment.portfolio.closing import Closing
from endocsea.assessment.portfolio.limits import Limits
from endocsea.assessment.portfolio.programme import Programme, build
from endocsea.assessment.portfolio.solving import relax

CANDIDATES, UNITS, INDICATORS, THEMES, QUARTERS = 2000, 10, 130, 11, 12
SHARES = (Decimal("0.05"), Decimal("0.20"))  # budgets, of the cost of all candidates
ROUNDS = 5
LIMIT = 60.0  # seconds for HiGHS on the whole problem


def run() -> None:
    """For each budget: times in turns, their ratio, and each value as a share of the best known one."""
    for share in SHARES:
        problem, budget = world(share)
        closing, limits = Closing.of(problem), Limits.of(problem)
        nobody, everyone = np.zeros(CANDIDATES, bool), np.arange(CANDIDATES)
        programme = build(closing, limits, Fraction(budget), fixed=nobody, free=everyone)
        seconds: dict[Callable[[], object], list[float]] = {
            partial(relax, programme): [],
            partial(choose, problem, budget): [],
        }
        for _ in range(ROUNDS):
            for contender, taken in seconds.items():
                start = time.perf_counter()
                contender()
                taken.append(time.perf_counter() - start)
        linear, own = (statistics.median(taken) for taken in seconds.values())
        found = choose(problem, budget)
        whole, bound = mixed(programme, closing)
        simple = greedy(closing, limits, Fraction(budget))
        best = max(found.closed, whole)
        print(
            f"portfolio: {CANDIDATES:,} candidates, {len(closing.chance):,} effects on {len(closing.gap)} gaps,"
        )
        print(
            f"budget {share:.0%} of all costs; median of {ROUNDS} runs in turns; % of the best known closure"
        )
        print(f"  linear relaxation     {linear:7.3f} s   ratio {1:6.1f}")
        print(f"  endocsea              {own:7.3f} s   ratio {own / linear:6.1f} {found.closed / best:10.3%}")
        print(f"  HiGHS, whole problem  {LIMIT:7.1f} s   ratio {LIMIT / linear:6.1f} {whole / best:10.3%}")
        print(f"  greedy, floors aside                         {simple / best:10.3%}")
        print(f"  endocsea proves that it is within {found.distance:.2%} of the best possible;")
        print(
            f"  by the bound that HiGHS has after {LIMIT:.0f} s it is within {1 - found.closed / bound:.2%}"
        )


def mixed(programme: Programme, closing: Closing) -> tuple[float, float]:
    """What HiGHS closes with the whole programme within `LIMIT`, and its bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    integral = np.zeros(len(programme.objective))
    integral[:CANDIDATES] = 1
    found = milp(
        programme.objective,
        integrality=integral,
        bounds=Bounds(0, programme.upper),
        constraints=LinearConstraint(programme.matrix, -np.inf, programme.limit),
        options={"time_limit": LIMIT, "mip_rel_gap": 0.0},
    )
    value = 0.0 if found.x is None else closing.closed(programme.choice(found.x))
    return value, programme.closed(found.mip_dual_bound)


def greedy(closing: Closing, limits: Limits, budget: Fraction) -> float:
    """What is closed by always adding the activity that closes most for its money; it looks at no floor."""
    chosen = np.zeros(closing.candidates, bool)
    while True:
        adds = closing.adds(chosen)
        fit = np.flatnonzero(limits.fit(chosen, budget) & (adds > 0))
        if not len(fit):
            return closing.closed(chosen)
        chosen[fit[np.argmax(adds[fit] / limits.price[fit])]] = True


def world(share: Decimal) -> tuple[Problem, Decimal]:
    """Made-up activities for one to five states, three in ten of which need another one first."""
    rng = np.random.default_rng(20200601)
    level = rng.integers(0, 5, (UNITS, INDICATORS)).astype(float)
    level[rng.random(level.shape) < 0.2] = np.nan
    weight = rng.choice([1.0, 1.0, 2.0, 3.0], INDICATORS)
    codes = [f"A{c:04}" for c in range(CANDIDATES)]
    candidates, effects = [], []
    needs: dict[int, int] = {}
    for c, code in enumerate(codes):
        units = rng.choice(UNITS, rng.choice([1, 1, 1, 2, 3, 5]), replace=False)
        theme = np.arange(rng.integers(THEMES), INDICATORS, THEMES)
        aims = rng.choice(theme, rng.integers(2, 7), replace=False)
        own = [
            Effect(
                code,
                f"U{s}",
                f"I{q:03}",
                float(rng.choice([0.5, 1, 1, 2])),
                float(rng.choice([0.1, 0.2, 0.3, 0.5])),
            )
            for s in units
            for q in aims
        ]
        effects += own
        cost = 500 + 100 * round((len(own) / 3 + 1) * np.exp(rng.normal(8.5, 0.8)) / 100)
        if c > 50 and rng.random() < 0.3:
            needs[c] = int(rng.integers(max(0, c - 200), c))
        apart = c > 0 and rng.random() < 0.08 and not _together(c, needs)
        at = int(rng.integers(QUARTERS))
        candidates.append(
            Candidate(
                code,
                Decimal(cost),
                component=f"K{rng.integers(5)}",
                start=f"{2021 + at // 4}-Q{at % 4 + 1}",
                load=Decimal(int(rng.integers(20))),
                needs=(codes[needs[c]],) if c in needs else (),
                excludes=(codes[c - 1],) if apart else (),
            )
        )
    budget = sum((each.cost for each in candidates), Decimal()) * share
    load = sum(each.load for each in candidates)
    gaps = [
        Gap(f"U{s}", f"I{q:03}", None if np.isnan(level[s, q]) else max(0.0, 2 - level[s, q]), weight[q])
        for s in range(UNITS)
        for q in range(INDICATORS)
    ]
    floors = [Floor("unit", f"U{s}", budget * Decimal("0.05")) for s in range(UNITS)]
    floors += [Floor("component", f"K{k}", budget * Decimal("0.12")) for k in range(5)]
    quarters = [
        Quarter(
            f"{2021 + at // 4}-Q{at % 4 + 1}", (load * share * Decimal("0.9") / QUARTERS).quantize(Decimal(1))
        )
        for at in range(QUARTERS)
    ]
    return Problem.of(candidates, effects, gaps, floors, quarters), budget


def _together(c: int, needs: dict[int, int]) -> bool:
    """Whether a chain of needs holds the activity and the one before it."""
    under = c
    while under in needs:
        under = needs[under]
        if under == c - 1:
            return True
    return False
