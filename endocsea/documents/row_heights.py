"""How high a row is, so that no text in it is cut off: not every program finds that out by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from endocsea.charts.scales import wrap

SIZE: Final = 10.0  # of the letters, in points
HIGHEST: Final = 409.0  # rows cannot be higher
_ENOUGH: Final = 5_000
_LONG_WORD: Final = re.compile(r"(\S{40})(?=\S)")
_LINE: Final = 12.9
_WIDER: Final = 0.98  # the letters of a spreadsheet beside those that are measured here


def height_of(cells: Iterable[tuple[str, float]], *, least: int = 1, size: float = SIZE) -> float:
    """The height for texts in columns of a width, in points; ``least`` is for how many lines there is room always."""
    lines = max((_lines(text, width, size) for text, width in cells if text), default=1)
    return min(HIGHEST, max(lines, least) * _LINE * size / SIZE + 4)


def _lines(text: str, width: float, size: float) -> int:
    room = width * 7 * 0.75 - 4  # a column is as wide as so many digits, each of 7 pixels
    # Measuring one long word takes its length squared, and more than this fills the highest row.
    shown = _LONG_WORD.sub(r"\1 ", text[:_ENOUGH])
    return sum(max(1, len(wrap(part, room, size * _WIDER))) for part in shown.split("\n"))
