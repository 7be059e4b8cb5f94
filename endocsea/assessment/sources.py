"""The three sources of uncertainty, each as a way to turn random numbers into levels, weights, rules.

*Reviewers.* The true level lies one, or two, away from the reviewed one with the chances that the method
states for its confidence: half on each side. Where a side leaves the range, the other side takes its half,
so that the chance of being one (two) away is as stated at every whole level of 0 to 4: from 0 and 4, and
for two away from 1 and 3 too, all of it goes to the side inside. Where neither side is inside (a range
shorter than that), the chance is lost to "as reviewed".

*Unknown.* Hot deck: a donor's level on the same indicator, each with equal chance, mixed with a flat
prior that weighs as much as ``flat_prior`` donors and spreads over the whole levels of the range. A unit
is no donor to itself (it has nothing to give there). Without donors and prior, or with kind "flat", all
whole levels are equally likely.

*Method.* Weights of siblings: Dirichlet with the parameters ``weight_concentration`` × nominal share.
Rule: one for each replicate, the same for all units and nodes; a node for which the method names a rule of
its own keeps it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from .levels import CONFIDENCES, TOLERANCE, Floats
from .method import Imputation, Method
from .streams import DRAWS, Draws, stream

ALMOST_ZERO: Final = 1e-300


def rating_limits(level: Floats, confidence: NDArray[np.int8], method: Method) -> Draws:
    """Limits on a draw ``u`` that `shifts` reads, shape 4 × the shape of ``level`` (finite).

    One up or more where u < limits[0], two up where u < limits[1]; one down or more where
    u > limits[2], two down where u > limits[3].
    """
    low, high = method.range
    limits = np.zeros((4, *level.shape))
    for step, name in ((1, "one"), (2, "two")):
        chance = np.array([getattr(method.rating_error[kind], name) for kind in CONFIDENCES])[confidence]
        up = level + step <= high + TOLERANCE
        down = level - step >= low - TOLERANCE
        sides = np.maximum(up.astype(float) + down, 1)
        for side, inside in ((0, up), (2, down)):
            limits[side] += chance * inside / sides
            if step == 2:
                limits[side + 1] = chance * inside / sides
    counts = np.minimum(np.rint(limits * DRAWS), DRAWS - 1)
    counts[2:] = DRAWS - 1 - counts[2:]
    return np.asarray(counts.astype(np.uint16))


def shifts(u: Draws, limits: Draws) -> NDArray[np.int8]:
    """How far each draw moves a level: -2 to 2. ``limits`` broadcasts to 4 × the shape of ``u``."""
    moved = np.asarray((u < limits[0]).view(np.int8) + (u < limits[1]).view(np.int8))
    moved -= (u > limits[2]).view(np.int8)
    moved -= (u > limits[3]).view(np.int8)
    return moved


def imputed_levels(donors: Floats, method: Method) -> tuple[Floats, NDArray[np.int64]]:
    """What an unknown value of one indicator may be, and the draws at which one level ends.

    ``donors`` are the known levels of the others. Returns levels (rising) and limits (one fewer): a draw u
    gives ``levels[searchsorted(limits, u, side="right")]``.
    """
    whole = method.range[0] + np.arange(method.steps + 1.0)
    how: Imputation = method.imputation
    given = donors if how.kind == "hot-deck" else donors[:0]
    prior = how.flat_prior if len(given) else 1.0
    levels = np.unique(np.concatenate([whole, given]))
    chance = np.isin(levels, whole) * (prior / len(whole)) + (levels == given[:, None]).sum(axis=0)
    edges = np.cumsum(chance)[:-1] / chance.sum()
    return levels, np.rint(edges * DRAWS).astype(np.int64)


def drawn_weights(shares: Floats, size: int, purpose: tuple[int, str, int, str], method: Method) -> Floats:
    """Weights of siblings around their nominal ``shares`` (C, adding up to 1), shape C × ``size``.

    Gamma variates, not divided by their sum: whoever uses them renormalises over what is known, and what
    is left of a Dirichlet vector, renormalised, is again Dirichlet.
    """
    generator = np.random.Generator(stream(*purpose))
    shape = method.weight_concentration * shares[:, None]
    if np.ptp(shape) == 0:
        shape = shape[0, 0]  # the same variates, a fifth faster
    gammas = generator.standard_gamma(shape, (len(shares), size))
    # a tiny share can give gammas that all round to zero; then the nominal shares decide
    return gammas + ALMOST_ZERO * shares[:, None]


def drawn_rules(size: int, purpose: tuple[int, str, int], method: Method) -> list[tuple[str, slice]]:
    """Which rule each of ``size`` replicates uses: (rule, replicates), one slice a rule.

    How many replicates a rule gets is multinomial. Replicates of a batch are exchangeable, so those with
    the same rule may stand side by side.
    """
    names = sorted(method.aggregations)
    chance = np.array([method.aggregations[name] for name in names])
    counts = np.random.Generator(stream(*purpose)).multinomial(size, chance / chance.sum())
    ends = np.cumsum(counts).tolist()
    return [
        (name, slice(end - count, end)) for name, end, count in zip(names, ends, counts.tolist(), strict=True)
        if count
    ]  # fmt: skip
