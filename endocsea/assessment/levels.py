"""What a level is, and what may be said about one.

A value is the reviewed level of one indicator for one unit (a state). It is *known* (a number inside
the range of the method, 0 to 4 by default), *unknown* (NaN), or *not applicable* (a mask). Neither of
the last two is 0. A level is what is calculated from values for a node above them.

Every comparison of a level with a threshold goes through this module, so that a level of exactly 2.0
counts as 2.0 whatever the order in which a computer added it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import BadInput, Defect

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Verdict = Literal["gap", "no gap", "cannot tell", "not applicable"]

TOLERANCE: Final = 1e-9  # sums of up to thousands of levels stay exact to about 1e-13
CONFIDENCES: Final = ("single", "double", "adjudicated")
NOT_APPLICABLE: Final = "NA"


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Reviewed values of units on indicators.

    ``units`` (S codes) and ``indicators`` (Q codes) are unique. ``level`` has the shape S × Q, NaN where
    unknown. The rest has the same shape and may be left out: ``not_applicable`` (nowhere), ``confidence``
    (index into `CONFIDENCES`; everywhere "single", the least certain), ``evidenced`` (not stated).

    Raises `BadInput` for shapes that do not fit, codes that occur twice, infinite levels, a confidence
    that does not exist, and a cell with a level that is also not applicable.
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    level: Floats
    not_applicable: Bools
    confidence: NDArray[np.int8]
    evidenced: Bools | None

    def __init__(
        self,
        units: Sequence[str],
        indicators: Sequence[str],
        level: ArrayLike,
        *,
        not_applicable: ArrayLike | None = None,
        confidence: ArrayLike | None = None,
        evidenced: ArrayLike | None = None,
    ) -> None:
        shape = (len(units), len(indicators))
        given: dict[str, NDArray[Any]] = {
            "level": np.array(level, dtype=np.float64),
            "not_applicable": np.zeros(shape, bool) if not_applicable is None else np.array(not_applicable),
            "confidence": np.zeros(shape, np.int8) if confidence is None else np.array(confidence),
        }
        if evidenced is not None:
            given["evidenced"] = np.array(evidenced)
        _refuse(_misfits(units, indicators, given, shape))
        for name, kind in (("not_applicable", np.bool_), ("confidence", np.int8), ("evidenced", np.bool_)):
            if name in given:
                given[name] = given[name].astype(kind)
        for array in given.values():
            array.flags.writeable = False
        object.__setattr__(self, "units", tuple(units))
        object.__setattr__(self, "indicators", tuple(indicators))
        for name in ("level", "not_applicable", "confidence", "evidenced"):
            object.__setattr__(self, name, given.get(name))

    @classmethod
    def of(cls, answers: Mapping[str, Mapping[str, float | str | None]]) -> Values:
        """Values from ``{unit: {indicator: level, None for unknown, "NA" for not applicable}}``."""
        indicators = list(dict.fromkeys(code for row in answers.values() for code in row))
        level = np.full((len(answers), len(indicators)), np.nan)
        mask = np.zeros(level.shape, bool)
        for s, row in enumerate(answers.values()):
            for q, code in enumerate(indicators):
                answer = row.get(code)
                if answer == NOT_APPLICABLE:
                    mask[s, q] = True
                elif isinstance(answer, str):
                    raise BadInput([Defect(f"{answer!r} is not a level.", "Give a number, None, or 'NA'.")])
                elif answer is not None:
                    level[s, q] = answer
        return cls(tuple(answers), indicators, level, not_applicable=mask)

    def columns(self, indicators: Sequence[str]) -> Values:
        """The same units with these indicators in this order; one that was not there is unknown."""
        place = {code: q for q, code in enumerate(self.indicators)}
        pick = [place.get(code, -1) for code in indicators]
        absent = np.array([at < 0 for at in pick], dtype=bool)

        def taken(array: NDArray[Any], filler: object) -> NDArray[Any]:
            if not self.indicators:
                return np.full((len(self.units), len(pick)), filler)
            out = array[:, pick]
            out[:, absent] = filler
            return out

        evidenced = None if self.evidenced is None else taken(self.evidenced, False)
        return Values(
            self.units,
            indicators,
            taken(self.level, np.nan),
            not_applicable=taken(self.not_applicable, False),
            confidence=taken(self.confidence, 0),
            evidenced=evidenced,
        )


def _refuse(defects: Iterable[Defect]) -> None:
    found = list(defects)
    if found:
        raise BadInput(found)


def _misfits(
    units: Sequence[str],
    indicators: Sequence[str],
    given: Mapping[str, NDArray[Any]],
    shape: tuple[int, int],
) -> Iterable[Defect]:
    for kind, codes in (("unit", units), ("indicator", indicators)):
        if len(set(codes)) < len(codes):
            twice = sorted({code for code in codes if list(codes).count(code) > 1})
            yield Defect(f"The {kind} {', '.join(twice)} occurs more than once.", "Keep one of them.")
    wrong = [name for name, array in given.items() if array.shape != shape]
    if wrong:
        for name in wrong:
            yield Defect(
                f"{name} has the shape {given[name].shape}.",
                f"Give {shape[0]} units × {shape[1]} indicators.",
            )
        return
    if np.isinf(given["level"]).any():
        yield Defect("A level is infinite.", "Give a number, or NaN where it is unknown.")
    if (~np.isin(given["confidence"], range(len(CONFIDENCES)))).any():
        yield Defect("A confidence does not exist.", f"Use 0, 1 or 2 for {', '.join(CONFIDENCES)}.")
    if (np.isfinite(given["level"]) & given["not_applicable"].astype(bool)).any():
        yield Defect("A cell has a level and is not applicable.", "Take one of the two away.")


def check_range(values: Values, low: float, high: float) -> None:
    """Raise `BadInput` that names each known value outside ``low`` to ``high``."""
    outside = below(values.level, low) | below(high, values.level)
    _refuse(
        Defect(
            f"{values.units[s]} has {values.level[s, q]:g} on {values.indicators[q]}, outside the range.",
            f"Give a level from {low:g} to {high:g}.",
        )
        for s, q in np.argwhere(outside)
    )


def below(level: ArrayLike, threshold: ArrayLike) -> Bools:
    """Whether a level lies under a threshold by more than `TOLERANCE`; never where it is NaN."""
    return np.asarray(np.asarray(level) < np.asarray(threshold) - TOLERANCE)


def band(level: ArrayLike, starts: Sequence[float]) -> NDArray[np.int64]:
    """The index of the last band whose start is not above the level; -1 where there is no level.

    ``starts`` rises. The result has the shape of ``level``.
    """
    x = np.asarray(level, dtype=np.float64)
    found = np.searchsorted(np.asarray(starts), np.nan_to_num(x) + TOLERANCE, side="right") - 1
    return np.where(np.isnan(x), -1, found)


def verdict(lower: float, upper: float, gap_below: float) -> Verdict:
    """What the exact bounds say, whatever the unanswered questions turn out to be.

    Bounds on both sides of ``gap_below`` give "cannot tell"; NaN bounds (nothing applies) "not applicable".
    """
    if np.isnan(lower):
        return "not applicable"
    if below(upper, gap_below):
        return "gap"
    return "cannot tell" if below(lower, gap_below) else "no gap"
