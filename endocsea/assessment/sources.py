"""The three sources of uncertainty, as the levels that a cell may have and the chance of each.

*Reviewers.* The true level lies one, or two, away from the reviewed one with the chances that the method
states for its confidence: half on each side. Where a side leaves the range, the other side takes its half,
so that the chance of being one (two) away is as stated at every whole level of 0 to 4: from 0 and 4, and
for two away from 1 and 3 too, all of it goes to the side inside. Where neither side is inside (a range
shorter than that), the chance is lost to "as reviewed".

*Unknown.* Hot deck: a donor's level on the same indicator, each with equal chance, mixed with a flat
prior that weighs as much as ``flat_prior`` donors and spreads over the whole levels of the range (over 101
evenly spaced ones where the range has more). A unit is no donor to itself (it has nothing to give there).
Without donors and prior, or with kind "flat", all these levels are equally likely.

*Method.* Weights of siblings: Dirichlet with the parameters ``weight_concentration`` × nominal share.
Rule: one for each replicate, the same for all units and nodes; a node for which the method names a rule of
its own keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .levels import TOLERANCE, Floats
from .method import Method
from .streams import DRAWS, stream

ALMOST_ZERO: Final = 1e-30
SMALLEST: Final = 1e-36  # weight: a hundred times what single precision holds to the last digit
MOST_LEVELS: Final = 101  # that a flat prior spreads over


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a cell may be: ``levels`` (rising), and the draws at which the next one begins (one fewer).

    A draw u (0 to 65,535) gives ``levels[number of limits that u reaches]``.
    """

    levels: Floats
    limits: NDArray[np.uint16]

    @classmethod
    def of(cls, levels: Floats, chances: Floats) -> Outcomes:
        """Outcomes with these chances (which need not add up to 1), met to 1 in 65,536."""
        ends = np.rint(np.cumsum(chances) / chances.sum() * DRAWS).astype(np.int64)
        kept = np.diff(ends, prepend=0) > 0  # a chance that rounds to no draw at all
        return cls(levels[kept], ends[kept][:-1].astype(np.uint16))


def rated(level: float, confidence: str, method: Method) -> Outcomes:
    """The levels around a reviewed one."""
    low, high = method.range
    chance = {level: 1.0}
    for step, size in ((1, method.rating_error[confidence].one), (2, method.rating_error[confidence].two)):
        inside = [at for at in (level - step, level + step) if low - TOLERANCE <= at <= high + TOLERANCE]
        for at in inside:
            chance[at] = size / len(inside)
            chance[level] -= size / len(inside)
    levels = np.array(sorted(chance))
    return Outcomes.of(levels, np.array([max(chance[each], 0.0) for each in levels]))


def imputed(donors: Floats, method: Method) -> Outcomes:
    """The levels that an unknown value of one indicator may have; ``donors`` are known ones of the others."""
    low, high = method.range
    whole = low + np.arange(method.steps + 1.0)
    if len(whole) > MOST_LEVELS:
        whole = np.linspace(low, high, MOST_LEVELS)
    given = donors if method.imputation.kind == "hot-deck" else donors[:0]
    prior = method.imputation.flat_prior if len(given) else 1.0
    levels = np.unique(np.concatenate([whole, given]))
    return Outcomes.of(
        levels, np.isin(levels, whole) * (prior / len(whole)) + (levels == given[:, None]).sum(axis=0)
    )


def drawn_weights(
    shares: Floats, size: int, purpose: tuple[int, str, int, int, str], method: Method
) -> NDArray[np.float32]:
    """Weights of siblings around their nominal ``shares`` (C, adding up to 1), shape C × ``size``.

    Gamma variates, not divided by their sum: whoever uses them renormalises over what is known, and what
    is left of a Dirichlet vector, renormalised, is again Dirichlet. Single precision: a relative error of
    1e-7 in a weight that is drawn at random.
    """
    generator = np.random.Generator(stream(*purpose))
    shape = method.weight_concentration * shares[:, None]
    if np.ptp(shape) == 0:
        shape = shape[0, 0]  # the same variates, a fifth faster
    gammas = generator.standard_gamma(shape, (len(shares), size), dtype=np.float32)
    # a tiny share can give gammas that all round to zero; then the nominal shares decide
    gammas += single(shares, ALMOST_ZERO)[:, None]
    return gammas


def single(weights: Floats, times: float = 1.0) -> NDArray[np.float32]:
    """Weights × ``times`` in single precision: one that is above zero stays above it."""
    return np.where(weights > 0, np.maximum(weights * times, SMALLEST), 0.0).astype(np.float32)


def drawn_rules(size: int, purpose: tuple[int, str, int, int], method: Method) -> list[tuple[str, slice]]:
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
