"""What the rules hide by themselves, before a thought is given to what totals give away.

- *small*: one of the finest cells with a count below the threshold (not 0, unless zeros are hidden too), or
  one whose count differs from the last published version by less than the threshold: the difference is a
  count of persons as well.
- *no breakdown*: everything that a group of too few participants is divided into, zeros included.
- *protects another*: any other hidden cell. A hidden total always says this, even where it is small itself:
  of four cells of one person each, "small" at their total would give every one of them away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..errors import BadInput, Defect
from .counts import Bools, Counts, Earlier, Ints
from .small_numbers import Thresholds

SHOWN, SMALL, NO_BREAKDOWN, PROTECTS = range(4)
REASONS: Final = ("", "small", "no breakdown", "protects another")
NOT_SHOWN: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A table that is about to be published, and the rules for it.

    ``participants``: it counts participants, so that groups below the threshold get no breakdown.
    ``earlier``: the last published version of the same table; ``before`` is the count that it shows for each
    cell, `NOT_SHOWN` where it shows none (shape N). Raises `BadInput` where it has other dimensions, or a
    category that is not in this table.
    """

    counts: Counts
    thresholds: Thresholds = field(default_factory=Thresholds)
    participants: bool = False
    earlier: Earlier | None = None
    before: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        before = np.full(self.counts.count.size, NOT_SHOWN, dtype=np.int64)
        if self.earlier is not None:
            defects = list(_unlike(self.counts, self.earlier))
            if defects:
                raise BadInput(defects)
            for place in range(before.size):
                before[place] = self.earlier.shown.get(self.counts.labels(place), NOT_SHOWN)
        object.__setattr__(self, "before", before)

    @property
    def small_groups(self) -> Bools:
        """The totals whose breakdown the rules hide; shape N."""
        counts, thresholds = self.counts, self.thresholds
        few = (counts.count >= thresholds.smallest) & (counts.count < thresholds.group)
        return few & ~counts.finest & self.participants


@dataclass(frozen=True, slots=True, eq=False)
class Hiding:
    """Which cells are hidden, and why; arrays of shape N.

    ``why`` is an index into `REASONS`; a cell that is not published says "". ``groups`` are the totals
    without a breakdown. ``width`` is how far apart the smallest and the largest count have to be that an
    outsider can think possible: 0 where nothing is asked.
    """

    why: NDArray[np.int8]
    groups: Bools
    width: Ints

    def and_also(self, cells: Bools) -> Hiding:
        """The same with further cells, to protect these."""
        why = self.why.copy()
        why[cells & (why == SHOWN)] = PROTECTS
        return replace(self, why=why)


def must_hide(draft: Draft, groups: Bools) -> Hiding:
    """What the rules hide where ``groups`` (at least ``draft.small_groups``) get no breakdown.

    The widths: a small count keeps every number that it could have as a small count, from 1 (or 0) to one
    below the threshold. Anything else that is protected keeps as many as there are from 1 on: a small total,
    a small change, and the breakdown of a small group, less what the last version showed of it already.
    """
    counts, thresholds = draft.counts, draft.thresholds
    few = (counts.count >= thresholds.smallest) & (counts.count < thresholds.persons)
    before = draft.before
    moved = np.abs(counts.count - before)
    barely = (before != NOT_SHOWN) & (moved > 0) & (moved < thresholds.persons)
    why = np.where(few | barely, np.where(counts.finest, SMALL, PROTECTS), SHOWN)
    width = np.where(few | barely, thresholds.persons - 2, 0)
    width[few & ~barely & counts.finest] = thresholds.persons - 1 - thresholds.smallest
    why[counts.under(groups)] = NO_BREAKDOWN
    by_group = counts.under(draft.small_groups) & (before != counts.count)
    width[by_group] = np.maximum(width[by_group], thresholds.persons - 2)
    why[~counts.published] = SHOWN
    width[~counts.published] = 0
    return Hiding(why.astype(np.int8), groups, width)


def _unlike(counts: Counts, earlier: Earlier) -> Iterator[Defect]:
    if counts.dimensions != earlier.dimensions:
        yield Defect(
            f"The last version counts by {', '.join(earlier.dimensions)}, this table by "
            f"{', '.join(counts.dimensions)}.",
            "Give the last version of the same table.",
        )
        return
    for name, now, then in zip(counts.dimensions, counts.categories, earlier.categories, strict=True):
        for label in then:
            if label not in now:
                yield Defect(
                    f"The last version has the category {label}, this table has not.",
                    "Add it, with 0 where there was nobody: otherwise the two cannot be compared.",
                    column=name,
                )
