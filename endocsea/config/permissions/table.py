"""What the table of permissions is made of: chairs, rows, and what somebody gets at an address."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.rules import GIVEN, MAY_NAME_A_STATE, NAMES, SPEAK_FOR_A_STATE
from endocsea.people.standing import Standing
from endocsea.states.models import State
from endocsea.support.actors import Role

DAY: Final = datetime.date(2000, 1, 1)  # of the synthetic chairs: any day does
OWN: Final = "OWN"
OTHER: Final = "OTHER"
PUBLIC: Final = ("", "healthz", "<language>/…")


class Gets(StrEnum):
    SEES = "sees"
    DOES = "does"
    REFUSED = "refused"  # may be here, and is told why the deed cannot be done
    NOT_THERE = "not there"
    SIGNS_IN = "signs in first"
    GOES_ON = "goes on"  # to what comes next, for this page is for others


@dataclass(frozen=True, slots=True)
class Chair:
    """A column of the table; ``actor`` is nobody for a visitor."""

    name: str
    role: Role | None
    actor: Standing | None


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is about: a role that somebody holds, or that somebody is invited to."""

    role: Role
    of: str | None = None
    confirmed: bool = True

    def appointment(self) -> Appointment:
        return Appointment(person=Person(), role=self.role, state=self._state())

    def invitation(self) -> Invitation:
        return Invitation(role=self.role, state=self._state())

    def _state(self) -> State | None:
        return State(iso3=self.of) if self.of else None


Cell = Callable[[Standing], Gets]


@dataclass(frozen=True, slots=True)
class Row:
    """A page or deed: the routes where it lives, what is sent there, and what each chair gets.

    ``kind`` tells rows of one deed apart; those with the same cells share a line of the page.
    """

    what: str
    routes: tuple[str, ...]
    cell: Cell
    visitor: Gets = Gets.SIGNS_IN
    method: Literal["GET", "POST"] = "GET"
    kind: str = ""
    record: Record | None = None
    parts: dict[str, str] = field(default_factory=dict)

    def gets(self, chair: Chair) -> Gets:
        return self.cell(chair.actor) if chair.actor is not None else self.visitor


def chairs() -> list[Chair]:
    """A visitor, somebody without a role, and one per role: for a state where the role can be held for one."""
    nobody = Standing("person:00000000-0000-0000-0000-000000000000", DAY)
    found = [Chair("visitor", None, None), Chair("no role", None, nobody)]
    for number, role in enumerate(GIVEN, start=1):
        held = frozenset({(role, OWN if role in MAY_NAME_A_STATE else None)})
        actor = Standing(f"person:00000000-0000-0000-0000-{number:012}", DAY, held)
        found.append(Chair(str(NAMES[role]).lower(), role, actor))
    return found


def everybody(gets: Gets) -> Cell:
    return lambda actor: gets


def seen_by(rule: Callable[..., bool]) -> Cell:
    return lambda actor: Gets.SEES if rule(actor, on=DAY) else Gets.NOT_THERE


# By role: of which state the record is.
PLACES: Final = {role: (OWN, OTHER) if role in SPEAK_FOR_A_STATE else (None,) for role in GIVEN}
SCOPE: Final = {OWN: " of the own state", OTHER: " of another state", None: ""}


def done_by(rule: Callable[..., bool]) -> Cell:
    return lambda actor: Gets.DOES if rule(actor, on=DAY) else Gets.NOT_THERE


def at(rule: Callable[..., bool], place: object, gets: Gets = Gets.SEES) -> Cell:
    return lambda actor: gets if rule(actor, place, on=DAY) else Gets.NOT_THERE
