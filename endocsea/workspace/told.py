"""The journal's entries in words: what was done, in which role, and the facts that a reader of a history needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from endocsea.journal.models import Entry
from endocsea.journal.rules import ERASING, EXPORTED, READ
from endocsea.people.rules import NAMES
from endocsea.replies.models import Answer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# by the name that the journal has for good
DEEDS: Final[Mapping[str, _StrPromise]] = {
    "account closed": _("account closed"),
    "account opened again": _("account opened again"),
    "answer saved": _("answer saved"),
    "answer translated": _("answer translated"),
    "answers handed in": _("answers handed in by a link"),
    "asked by letter": _("letter sent to the coordinator: answers are asked for"),
    "comment made": _("comment made at a question"),
    "comment settled": _("comment settled"),
    "content loaded": _("content loaded"),
    "domain listed": _("site listed that may be asked for pages"),
    "domain removed": _("site taken from the list"),
    "evidence attached": _("evidence attached"),
    "evidence checked": _("said what became of evidence"),
    "evidence superseded": _("evidence superseded by a later piece"),
    "evidence withdrawn": _("evidence withdrawn"),
    "invitation accepted": _("invitation accepted"),
    "invitation sent again": _("invitation sent again"),
    "invitation withdrawn": _("invitation withdrawn"),
    "let in again": _("let in again, without device and codes"),
    "link ended": _("link without an account ended"),
    "link made": _("link without an account made"),
    "link opened": _("link without an account opened"),
    "link sent by letter": _("link without an account sent by letter"),
    "more time given": _("more time given"),
    "nomination confirmed": _("nomination confirmed"),
    "organisation answered": _("organisation answered beside the state"),
    "organisation asked": _("organisation asked to answer beside the state"),
    "organisation withdrawn": _("organisation answers no more"),
    "own data corrected": _("own data corrected"),
    "person invited": _("person invited"),
    "person nominated": _("person nominated"),
    "profiles calculated": _("profiles calculated"),
    "profiles taken up again": _("profiles taken up again"),
    "questions shared": _("questions shared"),
    "questions taken back": _("questions taken back"),
    "reminded": _("coordinator reminded by letter"),
    "reply cleared": _("signed letter brought in"),
    "reply opened again": _("reply opened again"),
    "reply sent": _("reply signed and sent"),
    "role ended": _("role ended"),
    "role given": _("role given"),
    "role taken back": _("role taken back"),
    "round closed": _("round closed"),
    "round made": _("round made"),
    "round opened": _("round opened"),
    "section reopened": _("section reopened"),
    "section signed off": _("section signed off"),
    "source opened": _("looked whether a source opens"),
    "state reacted": _("state reacted to an organisation"),
    "support asked for": _("support asked for"),
    "support given": _("said what support was given"),
    "support no longer asked for": _("support no longer asked for"),
    "text released": _("text released"),
    "text reported": _("text reported"),
    "version made": _("version of a questionnaire made"),
    "word on an offer": _("word said on what public sources say"),
    ERASING: _("personal data erased"),
    EXPORTED: _("taken out of the system"),
    READ: _("restricted record read"),
}
# Facts that are told, with what stands before them; others stay in the journal.
FACTS: Final[Mapping[str, _StrPromise]] = {
    "institution": _("institution"),
    "why": _("why"),
    "until": _("until"),
    "version": _("version"),
    "status": _("kind of answer"),
    "signed as": _("signed by"),
    "questions": _("questions"),
    "what": _("what"),
    "section": _("section"),
    "letter": _("letter no."),
}
STATUSES: Final = dict(Answer.Status.choices)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words. ``about`` is the question or record within the history; nothing: all of it."""

    at: datetime.datetime
    deed: str
    about: str
    roles: str
    facts: tuple[tuple[str, str], ...]


def told(entries: Iterable[Entry], *, about: Mapping[str, str] | None = None) -> list[Told]:
    """Entries in the order given; ``about`` has the words for what an entry's key names."""
    return [
        Told(
            at=entry.at,
            deed=str(DEEDS.get(entry.deed, entry.deed)),
            about=(about or {}).get(entry.about_key, ""),
            roles=_roles(entry),
            facts=tuple(
                (str(label), _said(key, entry.facts[key]))
                for key, label in FACTS.items()
                if entry.facts.get(key) not in (None, "")
            ),
        )
        for entry in entries
    ]


def _roles(entry: Entry) -> str:
    """In which roles it was done; accounts that were erased have none any more."""
    if not entry.actor:
        return say("somebody whose data was erased")
    return ", ".join(str(NAMES.get(role, role)) for role in entry.role.split(", ") if role)  # type: ignore[call-overload]


def _said(key: str, value: Any) -> str:
    if key == "status":
        return str(STATUSES.get(value, value))
    return str(value)
