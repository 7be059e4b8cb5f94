"""How the levels under a node become its level: six rules, and gates.

Each rule takes what is known, with weights that need not add up to 1: a weight of 0 leaves a child out,
so leaving out the unknown and giving their weight to the rest is one and the same step.

Let ``d`` be a level's distance from the low end of the range (with a range from 0, the level itself).

- arithmetic: the weighted mean of the levels;
- geometric: the weighted geometric mean of ``1 + d``, minus 1: a low level weighs more;
- harmonic: the weighted harmonic mean of ``1 + d``, minus 1: more still;
- minimum: the lowest level;
- median: the weighted median; where exactly half of the weight lies on each side, the middle of both;
- cumulative: the highest whole level that at least a given share of the weight reaches. (Every lower
  level then holds too, because who reaches a level reaches those below it.)

All rules rise, or stay, when a child's level rises: so the bounds of a node follow from those of its
children, gates included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from .levels import TOLERANCE, Bools, Floats, below
from .method import Gate, Method


def combine(rule: str, x: Floats, w: Floats, method: Method) -> Floats:
    """The level that ``rule`` gives for children's levels ``x`` with weights ``w``.

    ``x`` has the shape children × anything and is finite (any number will do where the weight is 0);
    ``w`` has the same shape, 0 or more. The result has the shape "anything", NaN where no weight is left.
    Children are added up one after the other, so a result never depends on what else is in the array.
    """
    return _RULES[rule](x, w, method)


def _mean(x: Floats, w: Floats) -> Floats:
    total = np.zeros(x.shape[1:])
    weight = np.zeros(x.shape[1:])
    for child, its in zip(x, w, strict=True):
        total += child * its
        weight += its
    return np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight > 0)


def _arithmetic(x: Floats, w: Floats, method: Method) -> Floats:
    return _mean(x, w)


def _geometric(x: Floats, w: Floats, method: Method) -> Floats:
    low = method.range[0]
    return np.expm1(_mean(_log1p(x - low), w)) + low


def _harmonic(x: Floats, w: Floats, method: Method) -> Floats:
    low = method.range[0]
    return 1 / _mean(1 / (1 + x - low), w) - 1 + low


def _minimum(x: Floats, w: Floats, method: Method) -> Floats:
    lowest = np.min(np.where(w > 0, x, np.inf), axis=0)
    return np.where(np.isinf(lowest), np.nan, lowest)


def _median(x: Floats, w: Floats, method: Method) -> Floats:
    order = np.argsort(x, axis=0, kind="stable")
    ranked = np.take_along_axis(x, order, axis=0)
    reached = np.cumsum(np.take_along_axis(w, order, axis=0), axis=0)
    half = reached[-1] / 2
    first = np.argmax(reached >= half * (1 - TOLERANCE), axis=0)
    beyond = np.argmax(reached > half * (1 + TOLERANCE), axis=0)
    ends = [np.take_along_axis(ranked, at[None], axis=0)[0] for at in (first, beyond)]
    return np.where(half > 0, (ends[0] + ends[1]) / 2, np.nan)


def _cumulative(x: Floats, w: Floats, method: Method) -> Floats:
    low, high = method.range
    weight = np.zeros(x.shape[1:])
    for its in w:
        weight += its
    needed = weight * (method.cumulative_share - TOLERANCE)
    level = np.full(weight.shape, low)
    for step in range(1, int(high - low + TOLERANCE) + 1):
        reaching = np.zeros(weight.shape)
        for child, its in zip(x, w, strict=True):
            reaching += its * ~below(child, low + step)
        level += reaching >= needed
    return np.where(weight > 0, level, np.nan)


_RULES: Final[dict[str, Callable[[Floats, Floats, Method], Floats]]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
    "minimum": _minimum,
    "median": _median,
    "cumulative": _cumulative,
}


def _log1p(distance: Floats) -> Floats:
    """log(1 + distance), from a short table where all distances are whole: many times as fast."""
    whole = distance.astype(np.intp)
    highest = int(whole.max(initial=0))
    if highest < distance.size and np.array_equal(whole, distance):
        return np.log1p(np.arange(highest + 1.0))[whole]
    return np.log1p(distance)


def cap(level: Floats, gates: Sequence[tuple[Gate, Floats]]) -> tuple[Floats, list[Bools]]:
    """Hold a node's level down where gates say so.

    ``level`` may have any shape; each gate comes with its indicator's level in a shape that broadcasts to
    it, NaN where that is unknown or does not apply (such a gate stays open). Returns the capped level, and
    for each gate where it bit: it is the tightest closed one, and the level would have been higher.
    """
    capped = level.copy()
    closed = [np.broadcast_to(below(indicator, gate.below), level.shape) for gate, indicator in gates]
    for (gate, _), shut in zip(gates, closed, strict=True):
        capped = np.where(shut & below(gate.at, capped), gate.at, capped)
    lowered = below(capped, level)
    bit = [
        shut & lowered & ~below(capped, gate.at) for (gate, _), shut in zip(gates, closed, strict=True)
    ]
    return capped, bit
