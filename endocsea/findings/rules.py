"""When an observation speaks of, seen from the programme's own time (July 2018 to June 2021)."""

from __future__ import annotations

from enum import StrEnum


class Period(StrEnum):
    EARLIER = "earlier"
    BEFORE = "shortly before the project"
    DURING = "during the project"
    AFTER = "after the project"


# The last year of each period. A year alone counts whole: 2021 without a day is during the project.
_LAST_YEARS = ((2014, Period.EARLIER), (2017, Period.BEFORE), (2021, Period.DURING))


def period(as_of: str) -> Period:
    """The period of a day, month or year, written as ``2019``, ``2019-11`` or ``2019-11-05``.

    A day or month of 2021 after June is after the project.
    """
    if as_of > "2021-06-30" and as_of[:4] == "2021":
        return Period.AFTER
    year = int(as_of[:4])
    return next((name for last, name in _LAST_YEARS if year <= last), Period.AFTER)
