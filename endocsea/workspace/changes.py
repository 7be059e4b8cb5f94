"""What changed since a person was last here, as far as they may see it: told from the journal's entries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endocsea.journal.models import Entry
from endocsea.journal.queries import done_since
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.naming import without_reported
from endocsea.people.policies import may_see_appointment
from endocsea.people.rules import NAMES
from endocsea.people.standing import Standing
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.texts import plain

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Of a role: what is said to whoever holds it, and what to others.
OF_ROLES: Final[dict[str, tuple[_StrPromise, _StrPromise]]] = {
    "role given": (gettext_lazy("You are now: %(role)s."), gettext_lazy("%(who)s is now: %(role)s.")),
    "role ended": (
        gettext_lazy("Your role ended: %(role)s."),
        gettext_lazy("The role of %(who)s ended: %(role)s."),
    ),
    "role taken back": (
        gettext_lazy("A role that you would have begun was taken back: %(role)s."),
        gettext_lazy("%(who)s will not begin as: %(role)s."),
    ),
}
OF_INVITATIONS: Final[dict[str, _StrPromise]] = {
    "person nominated": gettext_lazy("%(who)s was nominated: %(role)s."),
    "nomination confirmed": gettext_lazy("The nomination of %(who)s was confirmed: %(role)s."),
    "person invited": gettext_lazy("%(who)s was invited: %(role)s."),
    "invitation withdrawn": gettext_lazy("The invitation of %(who)s was withdrawn: %(role)s."),
    "invitation accepted": gettext_lazy("%(who)s accepted the invitation: %(role)s."),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that somebody else did."""

    day: datetime.date
    what: str


def changes_since(since: datetime.datetime, *, reader: Person, at: datetime.datetime) -> list[Change]:
    """What others did after a moment that a person may see now, the latest first."""
    done = done_since(since, OF_ROLES.keys() | OF_INVITATIONS.keys())
    entries = list(done.exclude(doer__actor=reader.journal_id))
    standing = reader.standing(on=localdate(at))
    roles = {entry.number: said for entry, said in _of_roles(entries, standing)}
    # whoever accepts gets the role in the same moment: where the role is told, the acceptance is
    told = {(entry.at, entry.actor) for entry in entries if entry.number in roles}
    invitations = {
        entry.number: said
        for entry, said in _of_invitations(entries, reader, standing.day)
        if entry.deed != "invitation accepted" or (entry.at, entry.actor) not in told
    }
    said = roles | invitations
    return [Change(localdate(each.at), said[each.number]) for each in entries if each.number in said]


def _of_roles(entries: Iterable[Entry], reader: Standing) -> Iterable[tuple[Entry, str]]:
    about = [each for each in entries if each.deed in OF_ROLES and each.facts]
    keys = {each.person.partition(":")[2] for each in about}
    people = {person.journal_id: person for person in Person.objects.filter(key__in=keys)}
    without_reported(people.values())
    states = {state.iso3: state for state in State.objects.filter(iso3__in={e.facts["state"] for e in about})}
    for entry in about:
        person, state = people[entry.person], states.get(entry.facts["state"])
        held = Appointment(person=person, role=entry.facts["role"], state=state)
        if may_see_appointment(reader, held, on=reader.day):
            own, others = OF_ROLES[entry.deed]
            sentence = own if person.journal_id == reader.journal_id else others
            yield entry, str(sentence) % {"who": person.name or person.email, "role": _role(held)}


def _of_invitations(
    entries: Iterable[Entry], reader: Person, on: datetime.date
) -> Iterable[tuple[Entry, str]]:
    about = [each for each in entries if each.deed in OF_INVITATIONS]
    seen = Invitation.objects.visible_to(reader, on=on).filter(pk__in={each.about_key for each in about})
    invitations = {str(each.pk): each for each in seen.select_related("state")}
    without_reported(invitations.values())
    for entry in about:
        if (invited := invitations.get(entry.about_key)) is not None:
            facts = {"who": invited.name or invited.email, "role": _role(invited)}
            yield entry, str(OF_INVITATIONS[entry.deed]) % facts


def _role(record: Appointment | Invitation) -> str:
    role = str(NAMES[Role(record.role)])
    if record.state is None:
        return role
    return _("%(role)s, %(state)s") % {"role": role, "state": plain(record.state.name)}
