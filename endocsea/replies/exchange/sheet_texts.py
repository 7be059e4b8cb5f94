"""Texts of a document that are compared, and texts that are shown."""

from __future__ import annotations

import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}
)
_SHOWN: Final = 300


def normal(text: str) -> str:
    """The text without what editing changes in passing: spaces, the kind of dashes and quotes, capital letters."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split()).casefold()


def quoted(text: str) -> str:
    said = " ".join(text.split())
    return f"“{said[:_SHOWN]}…”" if len(said) > _SHOWN else f"“{said}”"
