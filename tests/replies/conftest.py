"""The moment of which the tests of replies speak; the round itself is in tests/asked.py."""

from tests.asked import ASKED_AT as AT

__all__ = ["AT"]
