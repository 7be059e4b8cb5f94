"""Whoever answers by a one-time link: without an account, a role or a name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from endocsea.support.actors import Role


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor who is nothing to the programme but the bearer of the link with that key."""

    key: str

    @property
    def journal_id(self) -> str:
        return f"link {self.key}"

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        return frozenset()

    def speaks_for(self, *, on: datetime.date) -> frozenset[str]:
        return frozenset()
