"""What is kept of many replicates: counts, never the replicates themselves.

A tally holds whole numbers only, so tallies can be added in any order with the same result, and its size
does not depend on how many replicates went in. Levels come on the grid of `plan`; sums are kept in steps
of 2⁻³² of the range, and levels are counted in a histogram with bins of 1/1024 of the range (1/256 of a
level where the range is 0 to 4). A quantile is the low edge of the bin it falls in, so it is at most one
bin too low; it is exact for whole levels where the range is a power of two (as 0 to 4 is), and never below
the smallest level drawn.

A node is among a unit's *widest gaps* in a replicate if its level is a gap and fewer than three of its
siblings (the nodes with the same parent; roots have none above and are siblings too) lie lower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .levels import Bools, Floats
from .method import Method
from .plan import GRID, Plan, grid_of

BINS: Final = 1024
PER_BIN: Final = GRID // BINS
STEPS: Final = 2**32
WIDEST: Final = 3

Counts = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Tally:
    """Counts over ``replicates``, for N nodes × S units.

    ``histogram`` is N × S × 1025 (the last bin is the high end); the sums ``total`` and ``squares`` are
    N × S; ``under`` (N × S × thresholds) counts levels below those thresholds of the method that do not
    lie on the edge of a bin; ``smallest`` (N × S) is the smallest level drawn, on the grid; ``widest``
    (N × S) counts replicates in which the node is among the unit's widest gaps.
    """

    replicates: int
    histogram: NDArray[np.int32]
    total: Counts
    squares: Counts
    under: Counts
    smallest: NDArray[np.int32]
    widest: Counts

    @classmethod
    def empty(cls, nodes: int, units: int, method: Method) -> Tally:
        shape = (nodes, units)
        return cls(
            replicates=0,
            histogram=np.zeros((*shape, BINS + 1), np.int32),
            total=np.zeros(shape, np.int64),
            squares=np.zeros(shape, np.int64),
            under=np.zeros((*shape, len(between_bins(method))), np.int64),
            smallest=np.full(shape, GRID, np.int32),
            widest=np.zeros(shape, np.int64),
        )

    def count(self, plan: Plan, grid: NDArray[np.int32], units: slice) -> None:
        """Count the levels of some units in one batch: ``grid`` is N × units × replicates."""
        nodes, some, size = grid.shape
        rows = np.arange(nodes * some)[:, None] * (BINS + 1)
        place = (grid // PER_BIN).reshape(nodes * some, size) + rows
        counted = np.bincount(place.ravel(), minlength=nodes * some * (BINS + 1))
        self.histogram[:, units] += counted.reshape(nodes, some, -1).astype(np.int32)
        self.total[:, units] += grid.sum(axis=2, dtype=np.int64) * (STEPS // GRID)
        wide = grid.astype(np.int64)
        self.squares[:, units] += (wide * wide).sum(axis=2) // (GRID * GRID // STEPS)
        for at, threshold in enumerate(between_bins(plan.method)):
            self.under[:, units, at] += (grid < threshold).sum(axis=2)
        self.smallest[:, units] = np.minimum(self.smallest[:, units], grid.min(axis=2))
        gap = grid_of(plan.method.gap_below, plan.method)
        for group in plan.groups:
            self._count_widest(grid[list(group)], plan.counted[units].T[list(group)], list(group), units, gap)

    def _count_widest(
        self, grid: NDArray[np.int32], counted: Bools, group: list[int], units: slice, gap: int
    ) -> None:
        among = np.where(counted[..., None], grid, GRID + 1)
        third = np.partition(among, WIDEST - 1, axis=0)[WIDEST - 1] if len(group) > WIDEST else GRID
        self.widest[group, units] += ((among < gap) & (among <= third)).sum(axis=2)

    def add(self, other: Tally) -> None:
        """Take in another tally, whose replicates must not overlap with these."""
        self.replicates += other.replicates
        self.histogram += other.histogram
        self.total += other.total
        self.squares += other.squares
        self.under += other.under
        np.minimum(self.smallest, other.smallest, out=self.smallest)
        self.widest += other.widest


def between_bins(method: Method) -> list[int]:
    """The thresholds, on the grid, that the histogram cannot tell: usually none, for bins start at every
    1/256 of a level."""
    thresholds = {grid_of(each, method) for each in (method.gap_below, *(b.start for b in method.bands))}
    return sorted(each for each in thresholds if each % PER_BIN)


@dataclass(frozen=True, slots=True)
class Interval:
    """The simulated levels of one unit on one node, in plain values."""

    mean: float
    q05: float
    median: float
    q95: float
    gap_probability: float
    bands: tuple[float, ...]
    mcse: float
    gap_mcse: float
    widest_probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Simulated levels of S units on N nodes; arrays S × N, NaN for a node without a level.

    ``mean``, ``q05``, ``median``, ``q95`` are levels; ``gap_probability`` is the share of replicates with
    a level below ``gap_below``; ``bands`` (S × N × bands) the share in each band; ``widest_probability``
    the share in which the node is among the unit's three widest gaps. ``mcse``, ``gap_mcse``, ``bands_mcse``
    and ``widest_mcse`` are the Monte Carlo standard errors of the mean and of these shares: what another
    seed would change, not what is unknown about a unit.
    """

    units: tuple[str, ...]
    nodes: tuple[str, ...]
    replicates: int
    seed: int
    mean: Floats
    q05: Floats
    median: Floats
    q95: Floats
    gap_probability: Floats
    bands: Floats
    mcse: Floats
    gap_mcse: Floats
    bands_mcse: Floats
    widest_probability: Floats
    widest_mcse: Floats

    def of(self, unit: str, node: str) -> Interval | None:
        """The interval of one unit on one node, None where it has no level.

        Raises ``ValueError`` for a code that is not there.
        """
        at = self.units.index(unit), self.nodes.index(node)
        if np.isnan(self.mean[at]):
            return None
        return Interval(
            mean=float(self.mean[at]),
            q05=float(self.q05[at]),
            median=float(self.median[at]),
            q95=float(self.q95[at]),
            gap_probability=float(self.gap_probability[at]),
            bands=tuple(map(float, self.bands[at])),
            mcse=float(self.mcse[at]),
            gap_mcse=float(self.gap_mcse[at]),
            widest_probability=float(self.widest_probability[at]),
        )


def summarise(tally: Tally, plan: Plan) -> Intervals:
    """The intervals that a tally gives, nodes in the order of the tree."""
    method = plan.method
    low, high = method.range
    n = tally.replicates

    def shown(array: Floats) -> Floats:
        turned = np.swapaxes(array, 0, 1).copy()
        turned[~plan.counted] = np.nan
        return turned[:, ::-1]

    def error(share: Floats) -> Floats:
        return shown(np.sqrt(share * (1 - share) / n))

    mean = tally.total / (n * STEPS)
    variance = np.maximum(tally.squares / (n * STEPS) - mean**2, 0.0)
    reached = np.cumsum(tally.histogram, axis=-1, dtype=np.int64)

    def share_below(threshold: float) -> Floats:
        at = grid_of(threshold, method)
        if at % PER_BIN:
            return np.asarray(tally.under[..., between_bins(method).index(at)] / n)
        return reached[..., at // PER_BIN - 1] / n if at else np.zeros(mean.shape)

    def quantile(q: float) -> Floats:
        edge = np.count_nonzero(reached < q * n, axis=-1) * PER_BIN
        return shown(plan.levels_of(np.maximum(edge, tally.smallest)))

    gap, widest = share_below(method.gap_below), tally.widest / n
    ends = [share_below(each.start) for each in method.bands[1:]]
    bands = np.diff(np.stack([np.zeros(mean.shape), *ends, np.ones(mean.shape)], axis=-1), axis=-1)
    return Intervals(
        units=plan.units,
        nodes=plan.nodes[::-1],
        replicates=n,
        seed=plan.seed,
        mean=shown(low + (high - low) * mean),
        q05=quantile(0.05),
        median=quantile(0.5),
        q95=quantile(0.95),
        gap_probability=shown(gap),
        bands=shown(bands),
        mcse=shown((high - low) * np.sqrt(variance / n)),
        gap_mcse=error(gap),
        bands_mcse=error(bands),
        widest_probability=shown(widest),
        widest_mcse=error(widest),
    )
