"""What every chart of the family is: a picture that says what is seen, and its data."""

from __future__ import annotations

from dataclasses import dataclass

from .markup import Markup
from .tables import Table


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture (``svg``), a title that says what is seen, a caption with date and source, its data.

    ``svg`` carries ``<title>`` and ``<desc>`` of its own, sizes by ``viewBox`` alone, presentation
    attributes only (no ``style``), and ids that begin with ``key``, so that several charts may share a page.
    """

    key: str
    title: str
    caption: str
    svg: Markup
    table: Table
