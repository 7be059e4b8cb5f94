"""Deeds on a state's reply."""

from .answering import save
from .exporting import WRITERS, clearance_file, tear_off_sheet, workbook_file
from .signing import open_again, submit
from .taking import take

__all__ = [
    "WRITERS",
    "clearance_file",
    "open_again",
    "save",
    "submit",
    "take",
    "tear_off_sheet",
    "workbook_file",
]
