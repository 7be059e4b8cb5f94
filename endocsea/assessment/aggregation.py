"""How the levels under a node become its level: six rules, and gates.

Each rule takes the children that have a level, and their weights, which need not add up to 1: leaving out
a child and giving its weight to the rest is one and the same step.

Rules work on a level's distance ``d`` from the low end of the range (with a range from 0, the level):

- arithmetic: the weighted mean of ``d``;
- geometric: the weighted geometric mean of ``1 + d``, minus 1: a low level weighs more;
- harmonic: the weighted harmonic mean of ``1 + d``, minus 1: more still;
- minimum: the lowest ``d``;
- median: the weighted median; where exactly half of the weight lies on each side, the middle of both;
- cumulative: the highest whole step that at least a given share of the weight reaches. (Every lower step
  then holds too, because who reaches a step reaches those below it.)

All rules rise, or stay, when a child's level rises: so the bounds of a node follow from those of its
children, gates included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .levels import Bools, Floats, below
from .method import Gate, Method

SHARE_TOLERANCE: Final = 1e-6  # of the weight: a simulation's weights are in single precision


def combine(rule: str, d: NDArray[Any], w: Floats, taking: Bools, method: Method) -> Floats:
    """The distance from the low end that ``rule`` gives.

    ``d`` (C children × S units × K replicates; floats or small integers) has to be 0 where a child is not
    taken; ``w`` (C × K) is 0 or more; ``taking`` (C × S) says which children have a level that counts.
    The result is S × K, NaN where no weight is left. A unit's result does not depend on the other units.
    """
    weight = _weighted(taking[..., None], w)
    with np.errstate(invalid="ignore", divide="ignore"):  # no weight: 0 / 0 is NaN, as promised
        return _RULES[rule](d, w, weight, taking, method)


def _weighted(y: NDArray[Any], w: Floats) -> Floats:
    """The sum over children of y (C × S × K) times w (C × K)."""
    if w.shape[1] == 1:  # einsum would add up in an order that depends on the number of units
        return np.asarray(sum(each * its for each, its in zip(y, w, strict=True)), dtype=np.float64)
    return np.asarray(np.einsum("csk,ck->sk", y.astype(np.float64, copy=False), w))


def _arithmetic(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    return _weighted(d, w) / weight


def _geometric(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    return np.expm1(_weighted(np.log1p(d), w) / weight)


def _harmonic(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    # the mean of 1 / (1 + d) is 1 minus this mean, which leaves out who stands at 0
    lost = _weighted(d / (1 + d), w) / weight
    return lost / (1 - lost)


def _minimum(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    counts = taking[..., None] & (w > 0)[:, None]
    return np.where(weight > 0, np.min(np.where(counts, d, np.inf), axis=0), np.nan)


def _median(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    order = np.argsort(d, axis=0, kind="stable")
    ranked = np.take_along_axis(d, order, axis=0)
    reached = np.cumsum(np.take_along_axis(w[:, None] * taking[..., None], order, axis=0), axis=0)
    half = reached[-1] / 2
    first = np.argmax(reached >= half * (1 - SHARE_TOLERANCE), axis=0)
    beyond = np.argmax(reached > half * (1 + SHARE_TOLERANCE), axis=0)
    ends = [np.take_along_axis(ranked, at[None], axis=0)[0] for at in (first, beyond)]
    return np.where(weight > 0, (ends[0] + ends[1]) / 2, np.nan)


def _cumulative(d: NDArray[Any], w: Floats, weight: Floats, taking: Bools, method: Method) -> Floats:
    needed = weight * (method.cumulative_share - SHARE_TOLERANCE)
    step = np.where(weight > 0, 0.0, np.nan)
    rows = np.arange(d.shape[1])
    for each in range(1, method.steps + 1):
        holds = _weighted(~below(d[:, rows], each), w) >= needed[rows]
        step[rows] += holds
        rows = rows[holds.any(axis=1)]  # units that reach this step nowhere reach no higher one
    return step


_RULES: Final[dict[str, Callable[[NDArray[Any], Floats, Floats, Bools, Method], Floats]]] = {
    "arithmetic": _arithmetic,
    "geometric": _geometric,
    "harmonic": _harmonic,
    "minimum": _minimum,
    "median": _median,
    "cumulative": _cumulative,
}


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
    bit = [shut & lowered & ~below(capped, gate.at) for (gate, _), shut in zip(gates, closed, strict=True)]
    return capped, bit
