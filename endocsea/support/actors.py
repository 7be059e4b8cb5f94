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
    COORDINATOR = "coordinator"  # speaks for a state
    TEAM = "team"  # answers sections for a state
    RAPPORTEUR = "rapporteur"  # reviews: a capability across states, or a state
    STEERING = "steering"  # derived: coordinators of focus and pilot states, and the secretariat
    PARTNER = "partner"
    DONOR = "donor"
    CIVIL_SOCIETY = "civil-society"
    TRAINER = "trainer"
    SAFEGUARDING = "safeguarding"  # the safeguarding officer
    DATA_PROTECTION = "data-protection"  # the data protection officer
    ADMINISTRATOR = "administrator"  # runs the system, and sees no drafts


class Actor(Protocol):
    """Whoever asks or does. ``journal_id`` is opaque: the journal keeps it, and it names nobody."""

    @property
    def journal_id(self) -> str: ...

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        """The roles held on a day: for one state (by its code), or wherever when none is given."""
        ...

    def speaks_for(self, *, on: datetime.date) -> frozenset[str]:
        """The states, by code, whose own people the actor belongs to on a day."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """An actor without an account: the roles don't change with the day, hold everywhere, and speak for no state."""

    journal_id: str
    held: frozenset[Role] = field(default_factory=frozenset)

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        return self.held

    def speaks_for(self, *, on: datetime.date) -> frozenset[str]:
        return frozenset()


CONTENT = Fixed("content", frozenset({Role.CONTENT}))
PREVIEW = Fixed("preview", frozenset({Role.PREVIEW}))
MACHINE = Fixed("machine")  # what is done by itself, because a day has come
VISITOR = Fixed("visitor")
