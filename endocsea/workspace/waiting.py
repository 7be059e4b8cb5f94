"""What waits for a person: each chapter's part of the list, the most urgent first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.people.models import Invitation, Person
from endocsea.people.policies import may_invite
from endocsea.people.standing import Standing
from endocsea.support.actors import Role
from endocsea.support.texts import plain


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, where to do it, and by when (None: no day is set)."""

    what: str
    href: str
    due: datetime.date | None = None


def waits_for(person: Person, *, at: datetime.datetime) -> list[Task]:
    """Everything that waits for a person, by due day; what has none comes last."""
    found = [*_nominations(person.standing(on=localdate(at)), at)]
    return sorted(found, key=lambda task: (task.due is None, task.due or datetime.date.max))


def _nominations(reader: Standing, at: datetime.datetime) -> list[Task]:
    waiting = Invitation.objects.open(at=at).filter(confirmed_at=None).select_related("state")
    return [
        Task(
            _("Confirm the nomination of %(who)s as coordinator of %(state)s")
            % {"who": each.name or each.email, "state": plain(each.state.name) if each.state else ""},
            reverse("people:people"),
        )
        for each in waiting
        if may_invite(reader, Role(each.role), on=reader.day, state=each.state.iso3 if each.state else None)
    ]
