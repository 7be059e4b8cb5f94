"""Where on the site a reader finds what a document says: addresses, handed in by whoever knows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Whole addresses of pages in the document's language.

    ``state`` takes a slug and a place on the page (may be empty), ``indicator`` a code, ``article`` the
    instrument's slug and the provision's. ``method`` is the page of the method.
    """

    state: Callable[[str, str], str]
    indicator: Callable[[str], str]
    article: Callable[[str, str], str]
    method: str
