"""The log of access: who read a restricted record, and who took something out, as the data protection officer sees it.

It is read from the journal. Who it was is named as long as the account was not erased; the role stays.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from endocsea.journal.models import Doer, Entry
from endocsea.journal.rules import EXPORTED, PERSON, READ
from endocsea.support.actors import Role

from .models import Person
from .naming import without_reported
from .rules import NAMES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# by the word in the address: the deed in the journal, and how the page calls it
KINDS: Final[dict[str, tuple[str, _StrPromise]]] = {
    "reading": (READ, _("restricted record read")),
    "export": (EXPORTED, _("taken out")),
}
_WORDS: Final = dict(KINDS.values())


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the log, in words."""

    at: datetime.datetime
    who: str
    roles: str
    deed: str
    what: str


def entries(*, who: Person | None, kind: str) -> QuerySet[Entry]:
    """Readings and exports, the newest first: those of a person, or of a kind, where one is named."""
    deeds = [KINDS[kind][0]] if kind else list(_WORDS)
    found: QuerySet[Entry] = Entry.objects.with_parts().filter(deed__in=deeds).order_by("-number")
    return found.filter(doer__actor=who.journal_id) if who else found


def shown(found: Iterable[Entry]) -> list[Access]:
    """Entries in words. A few statements, however many there are."""
    listed = list(found)
    people = _by_journal_id({entry.actor for entry in listed})
    without_reported(people.values())
    return [
        Access(
            entry.at,
            _name(entry, people),
            ", ".join(_role(role) for role in entry.role.split(", ") if role),
            str(_WORDS[entry.deed]),
            _what(entry),
        )
        for entry in listed
    ]


def people_in_the_log() -> list[Person]:
    """Whom the log can be narrowed to, by name."""
    actors = Doer.objects.filter(entry__deed__in=list(_WORDS)).values_list("actor", flat=True).distinct()
    return sorted(_by_journal_id(set(actors)).values(), key=lambda person: (person.name, person.email))


def person_named(key: str) -> Person | None:
    """The person that an address names; nobody for what is no key of one."""
    try:
        return Person.objects.filter(key=uuid.UUID(key)).first()
    except ValueError:
        return None


def kind_named(word: str) -> str:
    return word if word in KINDS else ""


def _by_journal_id(ids: set[str]) -> dict[str, Person]:
    keys = [each.removeprefix(f"{PERSON}:") for each in ids if each.startswith(f"{PERSON}:")]
    return {person.journal_id: person for person in Person.objects.filter(key__in=keys, erased_at=None)}


def _name(entry: Entry, people: dict[str, Person]) -> str:
    if person := people.get(entry.actor):
        return person.name or person.email
    # not a person: the loading of content, the preview, the machine itself
    return say("somebody whose data was erased") if not entry.actor else entry.actor


def _role(role: str) -> str:
    return str(NAMES[Role(role)]) if role in NAMES else role


def _what(entry: Entry) -> str:
    about = f"{entry.about_kind} {entry.about_key}".strip()
    return ", ".join(part for part in (str(entry.facts.get("what", "")), about) if part)
