"""The engine compiled by Numba: a unit's replicates go through the tree while they are in the core's cache.

Draws, weights and steps are those of the plain engine, and sums are added up in double precision. Only what
is added up, weight × value, is in single precision where the range is the programme's (`plan.SINGLE_RANGE`);
the grid on which levels leave swallows the difference.

Inner loops run over replicates that lie side by side in whole rows: the compiler turns these, and only
these, into vector instructions. That is why rows are sliced before a loop, and never inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log1p
from pathlib import Path
from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

from . import philox
from .aggregation import SHARE_TOLERANCE
from .levels import TOLERANCE
from .method import RULES
from .plan import BATCH, DRAWN, GRID, SHORT, Batch, Plan, grid_of
from .tally import PER_BIN, WIDEST, Tally, between_bins

NAME: Final = "numba"
SHIFT: Final = PER_BIN.bit_length() - 1  # dividing by a power of two

ARITHMETIC, GEOMETRIC, HARMONIC, MINIMUM, MEDIAN, CUMULATIVE = range(6)
assert RULES == ("arithmetic", "geometric", "harmonic", "minimum", "median", "cumulative")


def compiled(function: Callable[..., Any]) -> Any:
    # NumPy's rules for division: Python's would leave the loop to raise an error
    return numba.njit(function, cache=True, nogil=True, error_model="numpy")


_block = numba.njit(
    philox.block, inline="always"
)  # as a call it would keep its loop from vector instructions


@compiled
def _draw(many, limit, k0, k1, batch, variant, words, u, reached):  # type: ignore[no-untyped-def]
    """How many of a cell's limits its draw reaches, for a whole batch, in ``reached``."""
    if many == 0:
        reached[:] = 0
        return
    first, second, third, fourth = words[0], words[1], words[2], words[3]
    c1, c3 = np.uint64(batch), np.uint64(0)
    for i in range(words.shape[1]):
        w0, w1, w2, w3 = _block(np.uint64(i), c1, variant, c3, k0, k1)
        first[i], second[i], third[i], fourth[i] = w0, w1, w2, w3
    if many <= SHORT:
        l0, l1, l2, l3 = limit[0], limit[1], limit[2], limit[3]
        for r in range(u.shape[0]):
            reached[r] = (
                np.uint16(u[r] >= l0) + np.uint16(u[r] >= l1) + np.uint16(u[r] >= l2) + np.uint16(u[r] >= l3)
            )
        return
    reached[:] = 0
    for k in range(many):
        lk = limit[k]
        for r in range(u.shape[0]):
            reached[r] += np.uint16(u[r] >= lk)


@compiled
def _add_mean(many, term, reached, w, total):  # type: ignore[no-untyped-def]
    """Add weight × the cell's value, under one of the means."""
    if many <= SHORT:
        x0, x1, x2, x3, x4 = term[0], term[1], term[2], term[3], term[4]
        for r in range(reached.shape[0]):
            x = x0
            x = x1 if reached[r] >= 1 else x
            x = x2 if reached[r] >= 2 else x
            x = x3 if reached[r] >= 3 else x
            x = x4 if reached[r] >= 4 else x
            total[r] += w[r] * x
        return
    for r in range(reached.shape[0]):
        total[r] += w[r] * term[reached[r]]


@compiled
def _add_holding(many, hold, reached, w, holding, first):  # type: ignore[no-untyped-def]
    """Add the weight to each whole level that the cell holds; replicates from ``first`` on."""
    nought = np.float32(0)
    for j in range(hold.shape[0]):
        needed = hold[j]
        if needed > many:
            return  # who does not hold a level holds no higher one
        row = holding[j, first:]
        for r in range(reached.shape[0]):
            row[r] += w[r] if reached[r] >= needed else nought


@compiled
def _add_node(rule, x, w, total, holding, first, near):  # type: ignore[no-untyped-def]
    """The same for a child that is a node, with the levels ``x``: a whole one is met to within ``near``."""
    for r in range(x.shape[0]):
        if rule == ARITHMETIC:
            total[r] += w[r] * x[r]
        elif rule == GEOMETRIC:
            total[r] += w[r] * log1p(x[r])
        elif rule == HARMONIC:
            total[r] += w[r] / (1.0 + x[r])
        else:
            for j in range(holding.shape[0]):
                if x[r] < j + 1 - near:
                    break
                holding[j, first + r] += w[r]


@compiled
def _median(x, w, count):  # type: ignore[no-untyped-def]
    """The weighted median of the first ``count`` of x, which is sorted here."""
    for i in range(1, count):
        xi, wi = x[i], w[i]
        j = i - 1
        while j >= 0 and x[j] > xi:
            x[j + 1], w[j + 1] = x[j], w[j]
            j -= 1
        x[j + 1], w[j + 1] = xi, wi
    half = 0.0
    for i in range(count):
        half += w[i]
    half /= 2
    reached, first = 0.0, -1
    for i in range(count):
        reached += w[i]
        if first < 0 and reached >= half * (1 - SHARE_TOLERANCE):
            first = i
        if reached > half * (1 + SHARE_TOLERANCE):
            return (x[first] + x[i]) / 2
    return x[first]


@compiled
def _finish(rule, share, total, weight, holding, first, out):  # type: ignore[no-untyped-def]
    """From sums to levels: out (a slice of replicates) starts at ``first``."""
    if rule == ARITHMETIC:
        for r in range(out.shape[0]):
            out[r] = total[r] / weight[r]
    elif rule == GEOMETRIC:
        for r in range(out.shape[0]):
            out[r] = exp(total[r] / weight[r]) - 1.0
    elif rule == HARMONIC:
        for r in range(out.shape[0]):
            out[r] = weight[r] / total[r] - 1.0
    else:
        out[:] = 0
        for j in range(holding.shape[0]):
            row = holding[j, first:]
            for r in range(out.shape[0]):
                out[r] += row[r] >= weight[r] * (share - SHARE_TOLERANCE)


@compiled
def _add_weights(taking, weights, begin, end, total):  # type: ignore[no-untyped-def]
    """The weights of a node's children that are taken, in all."""
    total[:] = 0
    for c in range(begin, end):
        if taking[c]:
            w = weights[c]
            for r in range(w.shape[0]):
                total[r] += w[r]


@compiled
def _stretch(own, i, rules, ends):  # type: ignore[no-untyped-def]
    """Rule, first and end of a node's i-th stretch of replicates: one with its own rule, or one for each drawn."""
    if own == DRAWN:
        return rules[i], (ends[i - 1] if i else 0), ends[i]
    return own, 0, (ends[-1] if i == 0 else 0)


@compiled
def _sorts(a, rules):  # type: ignore[no-untyped-def]
    """Whether a rule needs the children's levels side by side."""
    for rule in rules:
        if rule in (MINIMUM, MEDIAN):
            return True
    for rule in a.rule:  # noqa: SIM110  the compiler knows no generator expressions
        if rule in (MINIMUM, MEDIAN):
            return True
    return False


@compiled
def _gather(a, s, n, batch, variant, weights, rules, ends, out, words, u, reached, total, holding, side):  # type: ignore[no-untyped-def]
    """Draw and add up what counts towards node n of unit s. Returns how many children do."""
    near = a.extent / GRID / 2
    total[:] = 0
    holding[:] = 0
    taken = 0
    for c in range(a.begin[n], a.begin[n + 1]):
        if not a.taking[s, c]:
            continue
        w, child = weights[c], a.child[c]
        table, many = 0, 0
        if child >= 0:
            table = a.table[s, child]
            many, key = a.reach[table], a.keys[s, child]
            its_variant = variant[s, child]
            _draw(many, a.limit[table], key[0], key[1], batch, its_variant, words, u, reached)
        for i in range(rules.shape[0]):
            rule, low, high = _stretch(a.rule[n], i, rules, ends)
            if rule in (MINIMUM, MEDIAN):
                row, value = side[taken], a.value[0, table]
                for r in range(low, high):
                    row[r] = value[reached[r]] if child >= 0 else out[~child, r]
            elif child < 0:
                _add_node(rule, out[~child, low:high], w[low:high], total[low:high], holding, low, near)
            elif rule == CUMULATIVE:
                _add_holding(many, a.hold[table], reached[low:high], w[low:high], holding, low)
            else:
                _add_mean(many, a.term[rule, table], reached[low:high], w[low:high], total[low:high])
        taken += 1
    return taken


@compiled
def _choose(a, s, n, rule, low, high, weights, taken, side, xs, ws, its):  # type: ignore[no-untyped-def]
    """The lowest, or the median, of the children's levels."""
    for r in range(low, high):
        if rule == MINIMUM:
            least = side[0, r]
            for t in range(1, taken):
                least = min(least, side[t, r])
            its[r] = least
        else:
            t = 0
            for c in range(a.begin[n], a.begin[n + 1]):
                if a.taking[s, c]:
                    xs[t], ws[t] = side[t, r], weights[c, r]
                    t += 1
            its[r] = _median(xs, ws, t)


@compiled
def _cap(below, at, value, reached, its):  # type: ignore[no-untyped-def]
    """Hold levels down where a gate's indicator lies below its line."""
    for r in range(its.shape[0]):
        if value[reached[r]] < below - TOLERANCE:
            its[r] = min(its[r], at)


@compiled
def _levels(a, first_unit, last_unit, batch, variant, weights, rules, ends, sums, grid):  # type: ignore[no-untyped-def]
    nodes, size = a.begin.shape[0] - 1, weights.shape[1]
    total, part, whole, holding = sums[0], sums[1], sums[2 : 2 + nodes], sums[2 + nodes :]
    words = np.empty((4, BATCH // 8), np.uint32)
    u = words.view(np.uint16).reshape(BATCH)
    reached = np.empty(BATCH, np.uint16)
    out = np.empty((nodes, size), np.float64)
    most = np.diff(a.begin).max()
    side = np.empty((most if _sorts(a, rules) else 0, size), np.float64)
    xs, ws = np.empty(most, np.float64), np.empty(most, np.float64)
    scale = GRID / a.extent
    everything = np.ones(weights.shape[0], np.bool_)
    for n in range(nodes):
        _add_weights(everything, weights, a.begin[n], a.begin[n + 1], whole[n])
    for s in range(first_unit, last_unit):
        for n in range(nodes):
            begin, end, its, row = a.begin[n], a.begin[n + 1], out[n], grid[n, s - first_unit]
            taken = _gather(
                a, s, n, batch, variant, weights, rules, ends, out, words, u, reached, total, holding, side
            )
            if taken == 0:
                its[:] = 0
                row[:] = 0
                continue
            weight = whole[n]
            if taken < end - begin:
                weight = part
                _add_weights(a.taking[s], weights, begin, end, weight)
            for i in range(rules.shape[0]):
                rule, low, high = _stretch(a.rule[n], i, rules, ends)
                if rule in (MINIMUM, MEDIAN):
                    _choose(a, s, n, rule, low, high, weights, taken, side, xs, ws, its)
                else:
                    _finish(rule, a.share, total[low:high], weight[low:high], holding, low, its[low:high])
            for g in range(a.gates[n], a.gates[n + 1]):
                leaf = a.gate_leaf[g]
                table, key = a.table[s, leaf], a.keys[s, leaf]
                if table > 0:  # else unknown, or does not apply: such a gate stays open
                    its_variant = variant[s, leaf]
                    _draw(
                        a.reach[table], a.limit[table], key[0], key[1], batch, its_variant, words, u, reached
                    )
                    _cap(a.gate_below[g], a.gate_at[g], a.value[0, table], reached, its)
            for r in range(size):
                row[r] = np.int32(its[r] * scale + 0.5)


@compiled
def _count(grid, first_unit, histogram, total, squares, smallest, under, thresholds):  # type: ignore[no-untyped-def]
    nodes, units, size = grid.shape
    for n in range(nodes):
        for s in range(units):
            x = grid[n, s]
            bins = histogram[n, first_unit + s]
            for r in range(size):
                bins[x[r] >> SHIFT] += 1
            once, twice, least = np.int64(0), np.int64(0), np.int32(GRID)
            for r in range(size):
                wide = np.int64(x[r])
                once += wide
                twice += wide * wide
                least = min(least, x[r])
            total[n, first_unit + s] += once * 4096
            squares[n, first_unit + s] += twice // 256
            smallest[n, first_unit + s] = min(least, smallest[n, first_unit + s])
            for t in range(thresholds.shape[0]):
                found = 0
                for r in range(size):
                    found += x[r] < thresholds[t]
                under[n, first_unit + s, t] += found


@compiled
def _count_widest(grid, first_unit, counted, group, gap, widest):  # type: ignore[no-untyped-def]
    size = grid.shape[2]
    lowest = np.empty((WIDEST, size), np.int32)
    for s in range(grid.shape[1]):
        lowest[:] = GRID + 1
        m1, m2, m3 = lowest[0], lowest[1], lowest[2]
        for n in group:
            if counted[first_unit + s, n]:
                row = grid[n, s]
                for r in range(size):
                    x = row[r]
                    m1[r], x = min(m1[r], x), max(m1[r], x)
                    m2[r], x = min(m2[r], x), max(m2[r], x)
                    m3[r] = min(m3[r], x)
        for n in group:
            if counted[first_unit + s, n]:
                row = grid[n, s]
                found = 0
                for r in range(size):
                    found += (row[r] < gap) & (row[r] <= m3[r])
                widest[n, first_unit + s] += found


def levels(plan: Plan, batch: Batch, units: slice, variant: NDArray[np.uint64]) -> NDArray[np.int32]:
    """As the plain engine's."""
    a = plan.arrays
    rules = np.array([RULES.index(rule) for rule, _ in batch.rules])
    ends = np.array([some.stop for _, some in batch.rules])
    grid = np.empty((len(plan.nodes), units.stop - units.start, batch.size), np.int32)
    # sums of the terms; of the weights that are taken; of all, by node; of those that hold each whole level
    sums = np.empty((2 + len(plan.nodes) + a.hold.shape[1], batch.size))
    _levels(a, units.start, units.stop, batch.number, variant, batch.weights, rules, ends, sums, grid)
    return grid


def count(plan: Plan, grid: NDArray[np.int32], units: slice, tally: Tally) -> None:
    """As the plain engine's."""
    thresholds = np.array(between_bins(plan.method), dtype=np.int64)
    _count(
        grid,
        units.start,
        tally.histogram,
        tally.total,
        tally.squares,
        tally.smallest,
        tally.under,
        thresholds,
    )
    gap = grid_of(plan.method.gap_below, plan.method)
    for group in plan.groups:
        _count_widest(grid, units.start, plan.counted, np.array(group), gap, tally.widest)


def kept() -> bool:
    """Whether compiled code is kept from an earlier process."""
    return any(Path(_levels.stats.cache_path).glob("engine_numba._levels-*.nbi"))
