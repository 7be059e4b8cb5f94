"""What waits for a person: each chapter's part of the list, the most urgent first."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endocsea.people.models import Invitation, Person
from endocsea.people.naming import without_reported
from endocsea.people.policies import may_invite
from endocsea.people.standing import Standing
from endocsea.quarantine.models import Report
from endocsea.quarantine.policies import may_quarantine
from endocsea.support.actors import Role
from endocsea.support.texts import plain

from .replying import of_replies
from .tasks import Task


def waits_for(person: Person, *, at: datetime.datetime) -> list[Task]:
    """Everything that waits for a person, by due day; what has none comes last."""
    reader = person.standing(on=localdate(at))
    found = [*_reports(reader), *_nominations(reader, at), *of_replies(person, reader, at=at)]
    found = [replace(task, late=task.due is not None and task.due < reader.day) for task in found]
    return sorted(found, key=lambda task: (task.due is None, task.due or datetime.date.max))


def _reports(reader: Standing) -> list[Task]:
    if not may_quarantine(reader, on=reader.day):
        return []
    count = Report.objects.waiting().count()
    said = ngettext(
        "Decide on a reported text: it is hidden until then",
        "Decide on %(count)s reported texts: they are hidden until then",
        count,
    )
    return [Task(said % {"count": count}, reverse("workspace:reported"))] if count else []


def _nominations(reader: Standing, at: datetime.datetime) -> list[Task]:
    waiting = Invitation.objects.open(at=at).filter(confirmed_at=None).select_related("state")
    without_reported(waiting)
    return [
        Task(
            _("Confirm the nomination of %(who)s as coordinator of %(state)s")
            % {
                "who": each.name or each.email,
                "state": plain(each.state.name) if each.state else "",
            },
            reverse("people:people"),
        )
        for each in waiting
        if may_invite(reader, Role(each.role), on=reader.day, state=each.state.iso3 if each.state else None)
    ]
