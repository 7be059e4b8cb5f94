"""Deeds on a state's reply."""

from .answering import save
from .exporting import clearance_file, tear_off_sheet
from .signing import open_again, submit
from .taking import take

__all__ = ["clearance_file", "open_again", "save", "submit", "take", "tear_off_sheet"]
