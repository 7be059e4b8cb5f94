"""From how many persons on a number may be public.

A number about few persons can tell of one of them. So there is a least number of persons for each kind of
figure, and below it something less is shown. Settings may raise a least number and never lower it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..errors import BadInput, Defect, bad

Shown = Literal["all", "average", "nothing"]

# setting, least number, what it stands for, and what happens below it
RULES: Final = (
    ("persons", 5, "persons in a count", "the count is shown as fewer than this"),
    ("group", 10, "participants in a group", "the group gets no breakdown"),
    ("tested", 10, "persons who took a test", "only their average is shown; below `persons` nothing"),
    ("rate_base", 20, "persons that a rate is based on", "no rate is shown"),
)
LEAST: Final = {setting: least for setting, least, _, _ in RULES}
CHARACTERISTICS: Final = 2  # of persons, crossed in one public table; the state they are in is not one


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The least numbers, as `RULES` explains them.

    ``zero_shown``: a count of 0 says something about the system, not about a person, and is shown; where only
    one authority reports it would be about that one, so False hides it like a small count. Raises `BadInput`
    for a number below the rule's, and for groups that are smaller than what counts as a small number.
    """

    persons: int = LEAST["persons"]
    group: int = LEAST["group"]
    tested: int = LEAST["tested"]
    rate_base: int = LEAST["rate_base"]
    zero_shown: bool = True

    def __post_init__(self) -> None:
        defects = [
            Defect(
                f"A threshold of {getattr(self, setting)} {of} is lower than the rule.",
                f"Give {least} or more: thresholds may only be raised, because below it a person could be found.",
                column=setting,
            )
            for setting, least, of, _ in RULES
            if getattr(self, setting) < least
        ]
        if self.group < self.persons:
            what = "A group may be smaller here than what counts as a small number."
            defects.append(Defect(what, "Give `group` at least the value of `persons`.", column="group"))
        if defects:
            raise BadInput(defects)

    @property
    def smallest(self) -> int:
        """The smallest count that is hidden."""
        return 1 if self.zero_shown else 0


def is_small(persons: int, thresholds: Thresholds = Thresholds()) -> bool:
    """Whether a count of persons is hidden by itself."""
    _refuse_negative(persons)
    return thresholds.smallest <= persons < thresholds.persons


def may_break_down(group: int, thresholds: Thresholds = Thresholds()) -> bool:
    """Whether a group of so many participants may be shown by any characteristic."""
    _refuse_negative(group)
    return group >= thresholds.group


def shown_of_test(persons: int, thresholds: Thresholds = Thresholds()) -> Shown:
    """What may be shown of a test that so many persons took.

    Of fewer than ``persons`` not even the average: the average of one is that person's result, and of two
    each can work out the other's.
    """
    _refuse_negative(persons)
    if persons < thresholds.persons:
        return "nothing"
    return "average" if persons < thresholds.tested else "all"


def may_show_rate(part: int, base: int, thresholds: Thresholds = Thresholds()) -> bool:
    """Whether ``part`` of ``base`` may be shown as a rate.

    The base has to be large enough, and neither the part nor the rest may be small: with a known base, a rate
    gives both away. Raises `BadInput` for a part that is larger than its base.
    """
    _refuse_negative(part)
    if part > base:
        raise bad("The part of a rate is larger than its base.", "Check which is which.")
    if base < thresholds.rate_base:
        return False
    return not is_small(part, thresholds) and not is_small(base - part, thresholds)


def _refuse_negative(persons: int) -> None:
    if persons < 0:
        raise bad("A number of persons is below zero.", "Give 0 or more.")
