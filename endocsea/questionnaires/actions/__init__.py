"""Deeds on rounds, and on who answers what in them."""

from .rounds import close_round, extend, make_round, open_round
from .sharing import share, withdraw

__all__ = ["close_round", "extend", "make_round", "open_round", "share", "withdraw"]
