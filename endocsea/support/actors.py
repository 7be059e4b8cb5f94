"""Who acts, as far as a policy needs to know.

A policy is a function of an actor: it asks which roles the actor holds on a day, for a state.
Accounts come later in the order of chapters (``people``) and keep this protocol.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What an actor may be to the programme on a day."""

    CONTENT = "content"  # the loading of a content pack
    PREVIEW = "preview"  # the person at this machine, before anything is published
    SECRETARIAT = "secretariat"
    COORDINATOR = "coordinator"
    TEAM = "team"
    RAPPORTEUR = "rapporteur"
    ADMINISTRATOR = "administrator"


class Actor(Protocol):
    """Whoever asks or does. ``journal_id`` is opaque: the journal keeps it, and it names nobody."""

    @property
    def journal_id(self) -> str: ...

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        """The roles held on a day: for one state (by its code), or wherever when none is given."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """An actor without an account, whose roles don't change with the day."""

    journal_id: str
    held: frozenset[Role] = field(default_factory=frozenset)

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        return self.held


CONTENT = Fixed("content", frozenset({Role.CONTENT}))
PREVIEW = Fixed("preview", frozenset({Role.PREVIEW}))
VISITOR = Fixed("visitor")
