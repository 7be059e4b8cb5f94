"""Which levels a second reviewer rates: a drawn share, all that is contested, all that may carry a duty.

Each cell (one indicator of one unit) has a draw of its own, a number from 0 to 1 that depends on the seed
and on the cell's two codes alone. It is *drawn* where this number lies below the share. So the choice can
be calculated again, stays as it is when other cells come or go, and a larger share keeps what a smaller
one drew. The price: the share is met on average, and not exactly.

Alpha over the drawn cells speaks for all cells. The others were chosen because much depends on them or
because they are hard, so alpha over all cells that were rated twice does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from .errors import BadInput, Defect
from .streams import stream

Cell = tuple[str, str]  # unit, indicator
Why = Literal["drawn", "contested", "requires"]

WORDS: Final = 2**64  # what a draw is one of


@dataclass(frozen=True, slots=True)
class RatedTwice:
    """A cell to be rated twice, with every reason for it: at least one."""

    unit: str
    indicator: str
    reasons: tuple[Why, ...]


def rated_twice(
    cells: Collection[Cell],
    *,
    contested: Iterable[Cell] = (),
    may_require: Iterable[Cell] = (),
    share: float,
    seed: int,
) -> tuple[RatedTwice, ...]:
    """The cells to be rated twice, in the order given. ``share`` is the method's ``double_rated_share``.

    ``contested``: a state disagrees with the level. ``may_require``: the level could carry "requires".
    Raises `BadInput` for a share outside 0 to 1, a seed below 0, a cell that is given twice, and a
    contested or requiring cell that is not among the cells.
    """
    contested, may_require = set(contested), set(may_require)
    _check(cells, contested, may_require, share, seed)
    found = []
    for cell in cells:
        reasons: list[Why] = []
        if stream(seed, "rated twice", *cell).random_raw() < share * WORDS:
            reasons.append("drawn")
        if cell in contested:
            reasons.append("contested")
        if cell in may_require:
            reasons.append("requires")
        if reasons:
            found.append(RatedTwice(*cell, tuple(reasons)))
    return tuple(found)


def _check(
    cells: Collection[Cell], contested: set[Cell], may_require: set[Cell], share: float, seed: int
) -> None:
    defects = []
    if not 0 <= share <= 1:
        defects.append(Defect(f"The share {share:g} is outside 0 to 1.", "Give 0 to 1."))
    if seed < 0:
        defects.append(Defect(f"The seed {seed} is below zero.", "Give 0 or more."))
    seen: set[Cell] = set()
    for cell in cells:
        if cell in seen:
            defects.append(Defect(f"{' · '.join(cell)} is given twice.", "Give each cell once."))
        seen.add(cell)
    for kind, chosen in (("contested", contested), ("may require", may_require)):
        for cell in sorted(chosen - seen):
            what = f"{' · '.join(cell)} is named as {kind}, and is not among the cells."
            defects.append(Defect(what, "Correct the codes, or add it to the cells."))
    if defects:
        raise BadInput(defects)
