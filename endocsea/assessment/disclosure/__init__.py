"""Small numbers: what has to be hidden in a table of counts, and what an outsider can still work out."""

from .counts import TOTAL, Counts, Earlier, Labels
from .hiding import REASONS, Draft, Hiding, must_hide
from .outsider import Inferred, audit
from .protecting import DisclosureRisk, Release, protect
from .small_numbers import (
    LEAST,
    RULES,
    Thresholds,
    is_small,
    may_break_down,
    may_show_rate,
    shown_of_test,
)

__all__ = [
    "LEAST",
    "REASONS",
    "RULES",
    "TOTAL",
    "Counts",
    "DisclosureRisk",
    "Draft",
    "Earlier",
    "Hiding",
    "Inferred",
    "Labels",
    "Release",
    "Thresholds",
    "audit",
    "is_small",
    "may_break_down",
    "may_show_rate",
    "must_hide",
    "protect",
    "shown_of_test",
]
