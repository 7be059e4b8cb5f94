"""Errors that a person can act on.

A refusal has a code that never changes (software may rely on it), a sentence that says what
happened and where, and a remedy that says what to do. Facts are named blanks, so that both
sentences translate whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refusal(Exception):
    """Base of every refusal; a subclass gives ``code``, ``sentence`` and ``remedy``.

    ``sentence`` and ``remedy`` may be lazy translations with ``%(name)s`` blanks, which the
    keyword arguments fill.
    """

    code: ClassVar[str]
    sentence: ClassVar[str | _StrPromise]
    remedy: ClassVar[str | _StrPromise]

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(facts)

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}" % self.facts
