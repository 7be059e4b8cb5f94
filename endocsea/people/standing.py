"""What a person is on one day, read once: an actor for a page that asks many questions.

A deed asks the person, not the standing: between the page and the deed a role may have ended.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from endocsea.support.actors import Actor, Role

from .rules import SPEAK_FOR_A_STATE


@dataclass(frozen=True, slots=True)
class Standing:
    """Roles with the state that each is held for; none where it is held for the programme."""

    journal_id: str
    day: datetime.date
    held: frozenset[tuple[Role, str | None]] = frozenset()

    def roles(self, *, on: datetime.date, state: str | None = None) -> frozenset[Role]:
        self._refuse_another_day(on)
        return frozenset(role for role, of in self.held if state is None or of is None or of == state)

    def speaks_for(self, *, on: datetime.date) -> frozenset[str]:
        self._refuse_another_day(on)
        return frozenset(of for role, of in self.held if of is not None and role in SPEAK_FOR_A_STATE)

    def _refuse_another_day(self, on: datetime.date) -> None:
        if on != self.day:
            raise ValueError(f"read for {self.day}, asked for {on}")


def as_they_stand(actor: Actor, *, on: datetime.date) -> Actor:
    """A person with the roles of this moment, for a deed that asks much under its lock; others as they are."""
    read: Callable[..., Standing] | None = getattr(actor, "standing", None)
    return read(on=on) if read else actor
