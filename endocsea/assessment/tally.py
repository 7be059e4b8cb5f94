"""What is kept of many replicates: counts, never the replicates themselves.

A tally holds whole numbers only, so tallies can be added in any order with the same result, and its size
does not depend on how many replicates went in. Sums of levels are kept in steps of 2⁻³² of the range for
each batch; levels are counted in a histogram with bins of 1/1024 of the range (1/256 of a level where
the range is 0 to 4). A quantile is the low edge of the bin it falls in, so it is at most one bin too low;
it is exact for whole levels where the range is a power of two (as 0 to 4 is), and never below the
smallest level drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .levels import TOLERANCE, Bools, Floats, below
from .method import Method

BINS: Final = 1024
STEPS: Final = 2**32

Counts = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Tally:
    """Counts over ``replicates``, for N nodes × S units.

    ``histogram`` is N × S × 1025 (the last bin is the high end); the sums ``total`` and ``squares`` are
    N × S; ``under`` (N × S × thresholds) counts levels below those thresholds of the method that do not
    lie on the edge of a bin; ``smallest`` (N × S) is the smallest level drawn, as distance from the low end.
    """

    replicates: int
    histogram: NDArray[np.int32]
    total: Counts
    squares: Counts
    under: Counts
    smallest: Floats

    @classmethod
    def empty(cls, nodes: int, units: int, method: Method) -> Tally:
        shape = (nodes, units)
        return cls(
            replicates=0,
            histogram=np.zeros((*shape, BINS + 1), np.int32),
            total=np.zeros(shape, np.int64),
            squares=np.zeros(shape, np.int64),
            under=np.zeros((*shape, len(_between_bins(method))), np.int64),
            smallest=np.full(shape, np.inf),
        )

    def count(self, node: int, units: slice, d: Floats, method: Method) -> None:
        """Count one node's levels in replicates of one batch: ``d`` (some units × replicates) is their
        distance from the low end."""
        extent = method.range[1] - method.range[0]
        offset = np.arange(len(d))[:, None] * (BINS + 1.0) + TOLERANCE * BINS / extent
        place = (d * (BINS / extent) + offset).astype(np.intp)
        counted = np.bincount(place.ravel(), minlength=len(d) * (BINS + 1))
        self.histogram[node, units] += counted.reshape(len(d), -1)
        for at, threshold in enumerate(_between_bins(method)):
            self.under[node, units, at] += np.count_nonzero(below(d, threshold - method.range[0]), axis=1)
        self.total[node, units] += _whole(d.sum(axis=1) / extent)
        self.squares[node, units] += _whole(np.einsum("sk,sk->s", d, d) / extent**2)
        self.smallest[node, units] = np.minimum(self.smallest[node, units], d.min(axis=1))

    def add(self, other: Tally) -> None:
        """Take in another tally, whose replicates must not overlap with these."""
        self.replicates += other.replicates
        self.histogram += other.histogram
        self.total += other.total
        self.squares += other.squares
        self.under += other.under
        np.minimum(self.smallest, other.smallest, out=self.smallest)


def _whole(share: Floats) -> Counts:
    return np.asarray(np.rint(share * STEPS).astype(np.int64))


def _edge(threshold: float, method: Method) -> float:
    low, high = method.range
    return (threshold - low) * BINS / (high - low)


def _between_bins(method: Method) -> list[float]:
    """The thresholds that the histogram cannot tell: usually none, for bins start at every 1/256 level."""
    thresholds = sorted({method.gap_below, *(band.start for band in method.bands)})
    return [each for each in thresholds if abs(_edge(each, method) - round(_edge(each, method))) > TOLERANCE]


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


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Simulated levels of S units on N nodes; arrays S × N, NaN for a node without a level.

    ``mean``, ``q05``, ``median``, ``q95`` are levels; ``gap_probability`` is the share of replicates with
    a level below ``gap_below``; ``bands`` (S × N × bands) the share in each band. ``mcse``, ``gap_mcse``
    and ``bands_mcse`` are the Monte Carlo standard errors of the mean and of these shares: what another
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
        )


def summarise(
    tally: Tally,
    *,
    units: tuple[str, ...],
    nodes: tuple[str, ...],
    has_level: Bools,
    method: Method,
    seed: int,
) -> Intervals:
    """The intervals that a tally gives; ``has_level`` (S × N) says where there is one."""
    low, high = method.range
    n = tally.replicates

    def shown(array: Floats) -> Floats:
        turned = np.swapaxes(array, 0, 1).copy()
        turned[~has_level] = np.nan
        return turned

    mean = tally.total / (n * STEPS)
    variance = np.maximum(tally.squares / (n * STEPS) - mean**2, 0.0)
    reached = np.cumsum(tally.histogram, axis=-1, dtype=np.int64)

    def share_below(threshold: float) -> Floats:
        if threshold in _between_bins(method):
            return np.asarray(tally.under[..., _between_bins(method).index(threshold)] / n)
        bins = round(_edge(threshold, method))
        return reached[..., bins - 1] / n if bins else np.zeros(mean.shape)

    def quantile(q: float) -> Floats:
        edge = np.count_nonzero(reached < q * n, axis=-1) * (high - low) / BINS
        return shown(low + np.maximum(edge, tally.smallest))

    gap = share_below(method.gap_below)
    ends = [share_below(each.start) for each in method.bands[1:]]
    bands = np.diff(np.stack([np.zeros(mean.shape), *ends, np.ones(mean.shape)], axis=-1), axis=-1)
    return Intervals(
        units=units,
        nodes=nodes,
        replicates=n,
        seed=seed,
        mean=shown(low + (high - low) * mean),
        q05=quantile(0.05),
        median=quantile(0.5),
        q95=quantile(0.95),
        gap_probability=shown(gap),
        bands=shown(bands),
        mcse=shown((high - low) * np.sqrt(variance / n)),
        gap_mcse=shown(np.sqrt(gap * (1 - gap) / n)),
        bands_mcse=shown(np.sqrt(bands * (1 - bands) / n)),
    )
