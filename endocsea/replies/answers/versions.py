"""All versions of one answer: when, in which way and in which role each was saved, and what changed."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from endocsea.journal.models import Entry
from endocsea.journal.queries import history_of
from endocsea.people.rules import NAMES
from endocsea.questionnaires.form import Question
from endocsea.support.actors import Role

from ..actions.answering import key_of
from ..languages import language_name
from ..models import AnswerVersion
from ..policies import may_read_drafts
from ..reading import Desk
from .given import Given, Origin
from .saying import in_words
from .ways import way

ANSWERS: Final = (
    Role.COORDINATOR,
    Role.TEAM,
    Role.SECRETARIAT,
)  # other roles of the same person say nothing here


class Change(NamedTuple):
    """One part of an answer, before and after, in words."""

    what: str
    before: str
    after: str


class Told(NamedTuple):
    """A version as a page tells it."""

    number: int
    at: datetime.datetime
    way: str
    role: str
    said: str
    given: Given
    changes: list[Change]


def versions(desk: Desk, path: str, question: Question) -> list[Told]:
    """The newest first. Whoever reads an answer only since it was sent sees what stood at each sending, no draft."""
    found = list(
        AnswerVersion.objects.filter(
            answer__round=desk.reply.round, answer__state=desk.reply.state, answer__question=path
        ).order_by("number")
    )
    if not may_read_drafts(desk.reader, desk.reply.state.iso3, on=desk.on):
        found = _sent(desk, found)
    roles = _roles(history_of("answer", key_of(desk.reply, path)))
    said: list[Told] = []
    before = Given()
    choices = desk.form.choices.get(question.choices, ())
    for each in found:
        told = in_words(question, choices, each.given)
        was = in_words(question, choices, before)
        changes = [Change(_("Answer"), was, told)] if said and was != told else []
        changes += _changes(before, each.given) if said else []
        how = way(Origin(each.origin), each.letter)
        role = roles.get(each.number, "")
        said.append(Told(each.number, each.saved_at, how, role, told, each.given, changes))
        before = each.given
    return said[::-1]


def _sent(desk: Desk, found: list[AnswerVersion]) -> list[AnswerVersion]:
    """What stood at the moments at which the reply was sent."""
    key = f"{desk.reply.round.code}/{desk.reply.state.iso3}"
    moments = {entry.at for entry in history_of("reply", key) if entry.deed == "reply sent"}
    if desk.reply.is_sent and desk.reply.submitted_at is not None:
        moments.add(desk.reply.submitted_at)
    saved = [each.saved_at for each in found]
    standing = {bisect_right(saved, moment) - 1 for moment in moments}
    return [each for place, each in enumerate(found) if place in standing]


def _changes(before: Given, after: Given) -> list[Change]:
    parts: dict[str, tuple[str, str]] = {
        _("Other, namely"): (before.other, after.other),
        _("Why it does not apply, or is withheld"): (before.reason, after.reason),
        _("Explanation"): (before.explanation, after.explanation),
        _("Answered by"): (before.respondent, after.respondent),
    }
    if before.language and after.language:
        parts |= {_("Language"): (language_name(before.language), language_name(after.language))}
    return [Change(what, was, is_now) for what, (was, is_now) in parts.items() if was != is_now]


def _roles(entries: Iterable[Entry]) -> dict[int, str]:
    """By version, in which role it was saved."""
    return {
        int(entry.facts["version"]): _role(entry)
        for entry in entries
        if entry.deed == "answer saved" and "version" in entry.facts
    }


def _role(entry: Entry) -> str:
    if not entry.actor:
        return _("somebody whose data was erased")
    if entry.actor.startswith("link "):
        return _("the bearer of a link")
    held = set(entry.role.split(", "))
    return ", ".join(str(NAMES[role]) for role in ANSWERS if role in held)
