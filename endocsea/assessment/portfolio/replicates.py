"""How often each candidate is chosen where gaps are drawn instead of known.

A replicate is one set of gaps that is as likely as any other: levels drawn for what is unknown and for what
reviewers may have misjudged (`simulate` says how), each taken from ``gap_below``. A candidate that is chosen in
most replicates depends little on what is not known; one that comes and goes depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import numpy as np

from ..errors import BadInput, bad
from ..levels import Floats
from .choosing import amount
from .closing import Closing
from .conflicts import conflicts
from .limits import Limits
from .problem import Problem
from .solving import solve

GOOD: Final = 1e-2  # each replicate's choice closes all but this share of what is best for it


def chosen_share(
    problem: Problem,
    budget: Decimal,
    widths: Floats,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Floats:
    """The share of replicates in which each candidate (N, in the order of codes) is chosen.

    ``widths`` is R × G: the width of each of the problem's gaps, in the order of unit and indicator, in each of
    R replicates; NaN, 0 or less where there is none. Weights are the problem's. ``progress`` is told how many
    replicates are done, of how many. Some 100 replicates give a share to within 0.1.

    Raises `BadInput` for a shape that does not fit, an infinite width, and as `choose` does.
    """
    widths = np.asarray(widths, np.float64)
    if widths.ndim != 2 or widths.shape[1] != len(problem.gaps) or not len(widths):
        raise bad(
            f"The widths have the shape {widths.shape}.",
            f"Give one or more replicates × {len(problem.gaps)} gaps.",
        )
    if np.isinf(widths).any():
        raise bad("A width is infinite.", "Give a number, or NaN where there is no gap.")
    limits = Limits.of(problem)
    times = np.zeros(len(problem.candidates))
    for at, row in enumerate(widths):
        found = solve(Closing.of(problem, row), limits, amount(budget), good=GOOD)
        if found is None:
            raise BadInput(conflicts(problem, limits, amount(budget)))
        times += found.chosen
        if progress is not None:
            progress(at + 1, len(widths))
    return times / len(widths)
