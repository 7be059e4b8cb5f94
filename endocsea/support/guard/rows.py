"""What a row of the table is: the shape of what case data looks like, as ``texts`` and the browser read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a suspicion is about."""

    EMAIL = "email"
    HASH = "hash"
    HIDDEN = "hidden-address"
    NETWORK = "network-address"
    PERSON = "person"
    CASE = "case-number"
    PHONE = "phone"
    IDENTITY = "personal-number"


@dataclass(frozen=True, slots=True)
class Check:
    """A check digit: the digit at ``place`` follows from those before it, each times its weight.

    The sum modulo ``modulus`` is the digit, or with ``turned`` what is missing to the modulus. Where
    that is 10, ``second`` weights are tried if there are any; else it is written as ``ten``.
    """

    place: int
    weights: tuple[int, ...]
    modulus: int
    turned: bool = False
    second: tuple[int, ...] = ()
    ten: int = 0


class Where(StrEnum):
    """Where a person's name stands, seen from the candidate."""

    NEAR = "near"  # somewhere before it
    TOUCHING = "touching"  # right before it
    FOLLOWING = "following"  # right after it


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which case data is written. What is empty does not matter.

    ``figure`` is tried where a number begins, ``find`` everywhere.
    """

    kind: Kind
    figure: str = ""
    find: str = ""
    reads: str = "small"
    before: str = ""  # has to end where the candidate begins
    after: str = ""  # has to begin where the candidate ends
    not_before: str = ""
    not_after: str = ""
    names: tuple[tuple[Where, int], ...] = ()  # one of them has to be there; of how many words
    checks: tuple[tuple[Check, ...], ...] = ()  # the checks of one of these groups have to hold
    needs: tuple[str, ...] = ()  # the text has one of these, or the row is not tried
    reach: int = 40  # how far before and after the candidate the row looks
    run: int = 0  # the text has a run of so many characters without a space, or the row is not tried
