"""How much of a gap a set of activities should close.

An activity that should move an indicator by ``gain`` levels with the chance ``p`` reaches each part of a gap
of the width ``g`` with the chance ``q = p × min(1, gain / g)``. Chances are taken as independent, so the
share of the gap that a set closes, on average, is

    1 − Π (1 − q)    over the activities of the set that aim at it.

So each further activity adds less, and no gap is closed by more than its width. It is the expected coverage
of Camm, Norman, Polasky and Solow (2002), "Nature reserve site selection to maximize expected species
covered", Operations Research 50(6), 946-955. The *weighted gap closed* is the sum, over units and indicators,
of weight × width × share closed. Gaps that are unknown, or of no width or weight, count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..levels import Bools, Floats
from .problem import Problem

Indices = NDArray[np.int64]

FORMULA: Final = "1 − Π (1 − chance × min(1, gain / gap)), over the chosen activities that aim at the gap"


@dataclass(frozen=True, slots=True, eq=False)
class Closing:
    """The effects that count, an entry each (E), on M gaps that can be closed, by N candidates.

    ``gap`` (M) is the place of each gap in the problem, ``width`` (M, in levels) and ``worth`` (M, times the
    weight) what it holds; ``candidate``, ``cell`` (an index of M) and ``chance`` (E) are the effects, by cell.
    """

    candidates: int
    gap: Indices
    width: Floats
    worth: Floats
    candidate: Indices
    cell: Indices
    chance: Floats

    @classmethod
    def of(cls, problem: Problem, widths: Floats | None = None) -> Closing:
        """``widths`` (an entry per gap of the problem) take the place of its own; NaN, 0 or less: no gap."""
        if widths is None:
            widths = np.array(
                [np.nan if gap.width is None else gap.width for gap in problem.gaps], np.float64
            )
        weight = np.array([gap.weight for gap in problem.gaps], np.float64)
        place = {(gap.unit, gap.indicator): at for at, gap in enumerate(problem.gaps)}
        number = {each.code: at for at, each in enumerate(problem.candidates)}
        of_gap = np.array([place[each.unit, each.indicator] for each in problem.effects], np.int64)
        candidate = np.array([number[each.candidate] for each in problem.effects], np.int64)
        gain = np.array([each.gain for each in problem.effects], np.float64)
        chance = np.array([each.chance for each in problem.effects], np.float64)
        counts = (np.nan_to_num(widths)[of_gap] > 0) & (weight[of_gap] > 0) & (gain > 0) & (chance > 0)
        gap, cell = np.unique(of_gap[counts], return_inverse=True)
        width = widths[gap]
        return cls(
            candidates=len(problem.candidates),
            gap=gap,
            width=width,
            worth=width * weight[gap],
            candidate=candidate[counts],
            cell=cell,
            chance=chance[counts] * np.minimum(1.0, gain[counts] / width[cell]),
        )

    @property
    def whole(self) -> float:
        """All weighted gaps that candidates aim at, or 1 where there is none: what digits are counted against."""
        return float(self.worth.sum()) or 1.0

    def left(self, chosen: Bools) -> Floats:
        """The share of each gap (M) that a choice (N) leaves open."""
        logs, sure = self._left(chosen)
        return np.where(sure > 0, 0.0, np.exp(logs))

    def closed(self, chosen: Bools) -> float:
        """The weighted gap that a choice closes."""
        return float(self.worth @ (1.0 - self.left(chosen)))

    def adds(self, chosen: Bools) -> Floats:
        """What each candidate (N) adds to the others of the choice: to all of it, or without the candidate."""
        logs, sure = self._left(chosen)
        own = chosen[self.candidate]
        certain = self.chance == 1
        others = np.exp(logs[self.cell] - np.where(own, _log_left(self.chance), 0.0))
        others[sure[self.cell] - (own & certain) > 0] = 0.0
        added = self.worth[self.cell] * others * self.chance
        return summed(self.candidate, added, self.candidates)

    def _left(self, chosen: Bools) -> tuple[Floats, Indices]:
        """The logarithm of the share that uncertain effects leave open, and the number of certain ones."""
        own = chosen[self.candidate]
        logs = summed(self.cell, np.where(own, _log_left(self.chance), 0.0), len(self.gap))
        return logs, np.bincount(self.cell[own & (self.chance == 1)], minlength=len(self.gap))


def summed(place: Indices, size: Floats, places: int) -> Floats:
    """The sum of the sizes at each place, from 0 to ``places`` - 1."""
    return np.bincount(place, size, minlength=places).astype(np.float64, copy=False)


def _log_left(chance: Floats) -> Floats:
    """log(1 − q), and 0 where q is 1: certain effects are counted apart."""
    return np.log1p(-np.where(chance < 1, chance, 0.0))
