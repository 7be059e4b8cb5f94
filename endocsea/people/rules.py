"""The tables of the chapter: which role names what, who may give it, and what it asks of a person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from endocsea.support.actors import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMES: Final[dict[Role, _StrPromise]] = {
    Role.SECRETARIAT: _("Secretariat"),
    Role.COORDINATOR: _("National coordinator"),
    Role.TEAM: _("Member of a national team"),
    Role.RAPPORTEUR: _("Rapporteur"),
    Role.STEERING: _("Member of the steering group"),
    Role.PARTNER: _("Partner"),
    Role.DONOR: _("Donor"),
    Role.CIVIL_SOCIETY: _("Civil society"),
    Role.TRAINER: _("Trainer"),
    Role.SAFEGUARDING: _("Safeguarding officer"),
    Role.DATA_PROTECTION: _("Data protection officer"),
    Role.ADMINISTRATOR: _("Administrator"),
}

# Roles that are given; the rest follow from others, or belong to no person.
GIVEN: Final[tuple[Role, ...]] = tuple(role for role in NAMES if role is not Role.STEERING)

SPEAK_FOR_A_STATE: Final = frozenset({Role.COORDINATOR, Role.TEAM})
MAY_NAME_A_STATE: Final = SPEAK_FOR_A_STATE | {Role.RAPPORTEUR, Role.CIVIL_SOCIETY, Role.TRAINER}
MAY_NAME_CAPABILITIES: Final = frozenset({Role.TEAM, Role.RAPPORTEUR})

NEED_A_SECOND_FACTOR: Final = frozenset(
    {
        Role.SECRETARIAT,
        Role.COORDINATOR,
        Role.RAPPORTEUR,
        Role.SAFEGUARDING,
        Role.DATA_PROTECTION,
        Role.ADMINISTRATOR,
    }
)

# Who may invite to a role, wherever; and who may for the state that they coordinate.
INVITE: Final[dict[Role, frozenset[Role]]] = {
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
    Role.SECRETARIAT: frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR}),
    **{
        role: frozenset({Role.SECRETARIAT})
        for role in GIVEN
        if role not in (Role.ADMINISTRATOR, Role.SECRETARIAT)
    },
}
INVITE_FOR_THEIR_STATE: Final = {Role.TEAM: frozenset({Role.COORDINATOR})}
# A coordinator names who comes after them; the secretariat confirms before anybody is invited.
NOMINATE_FOR_THEIR_STATE: Final = {Role.COORDINATOR: frozenset({Role.COORDINATOR})}

# After such a pause, coming back to My work begins a new visit.
VISIT_ENDS_AFTER: Final = datetime.timedelta(hours=1)

INVITATION_LASTS: Final = datetime.timedelta(days=14)

CLOSES_AFTER: Final = datetime.timedelta(days=30)  # beginning with the last day of the last role


def closing_day(last_days: Iterable[datetime.date | None]) -> datetime.date | None:
    """When an account is closed whose roles have these last days; nothing while one has none, or without roles."""
    days = list(last_days)
    ended = [day for day in days if day is not None]
    return max(ended) + CLOSES_AFTER if ended and len(ended) == len(days) else None
