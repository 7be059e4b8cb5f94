"""Deeds on questionnaires, on rounds, and on who answers what in them."""

from .changing import add_section, move, remove, reword, translate
from .making import build, next_version, take_in, take_in_version
from .rounds import close_round, extend, make_round, open_round
from .sharing import share, withdraw

__all__ = [
    "add_section",
    "build",
    "close_round",
    "extend",
    "make_round",
    "move",
    "next_version",
    "open_round",
    "remove",
    "reword",
    "share",
    "take_in",
    "take_in_version",
    "translate",
    "withdraw",
]
