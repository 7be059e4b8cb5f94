"""The register of what is kept of a person: what, why, how long; how it is read, and how it is erased.

The page about data protection, the download of one's own data and the erasure are all made from this table:
what is not in it is not kept, and a test holds the columns of the database against it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.journal.queries import deeds_of, history_of

from .models import Invitation, Person
from .outbox import letters_to
from .signing_in import authenticators, end_sessions

Erase = Callable[[Person, datetime.datetime], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of data about a person, with the columns that hold it."""

    key: str
    what: str | Promise
    why: str | Promise
    how_long: str | Promise
    columns: tuple[str, ...]
    read: Callable[[Person], Any]
    erase: Erase


def _account(person: Person) -> dict[str, Any]:
    return {
        "key": str(person.key),
        "e-mail": person.email,
        "name": person.name,
        "language": person.language,
        "last signed in": _moment(person.last_login),
        "closed": _moment(person.closed_at),
        "last at My work": _moment(person.here_at),
        "at My work in the visit before": _moment(person.here_before_at),
    }


def _erase_account(person: Person, at: datetime.datetime) -> None:
    """The key stays, so that roles held and deeds done stay countable; nobody can sign in with it."""
    person.email, person.name, person.language = _nobody(person), "", "en"
    person.last_login, person.is_active, person.erased_at = None, False, at
    person.here_at = person.here_before_at = None
    person.set_unusable_password()
    person.save()


def _roles(person: Person) -> list[dict[str, Any]]:
    held = (
        person.appointments.select_related("state").prefetch_related("capabilities").order_by("since", "pk")
    )
    return [
        {
            "role": each.role,
            "state": each.state.iso3 if each.state else None,
            "capabilities": [capability.number for capability in each.capabilities.all()],
            "since": each.since.isoformat(),
            "until": each.until.isoformat() if each.until else None,
        }
        for each in held
    ]


def _invitations(person: Person) -> list[dict[str, Any]]:
    """Those that were sent to a person with the address and name that were written, and those that a person sent."""
    own = Q(email=person.email)
    found = Invitation.objects.filter(own | Q(invited_by=person) | Q(sent_by=person)).select_related("state")
    return [
        {
            "to": {"e-mail": each.email, "name": each.name}
            if each.email == person.email
            else "somebody else",
            "role": each.role,
            "state": each.state.iso3 if each.state else None,
            "nominated": _moment(each.nominated_at),
            "confirmed": _moment(each.confirmed_at),
            "accepted": _moment(each.accepted_at),
            "withdrawn": _moment(each.withdrawn_at),
        }
        for each in found.order_by("nominated_at", "pk")
    ]


def _erase_invitations(person: Person, at: datetime.datetime) -> None:
    """An open one is withdrawn: its link must not bring the erased address back."""
    own = Invitation.objects.filter(email=person.email)
    own.waiting().update(withdrawn_at=at, token_digest="")
    own.update(email=_nobody(person), name="")


def _addresses(person: Person) -> list[str]:
    return list(EmailAddress.objects.filter(user=person).values_list("email", flat=True))


def _factors(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.type,
            "name": each.data.get("name", ""),
            "added": _moment(each.created_at),
            "last used": _moment(each.last_used_at),
        }
        for each in authenticators(person)
    ]


def _sessions(person: Person) -> list[dict[str, Any]]:
    return [
        {"address": each.ip, "browser": each.user_agent, "since": _moment(each.created_at)}
        for each in UserSession.objects.filter(user=person)
    ]


def _letters(person: Person) -> list[str]:
    return [file.stem for file in letters_to(person.email)]


def _erase_letters(person: Person, at: datetime.datetime) -> None:
    for file in letters_to(person.email):
        file.unlink(missing_ok=True)


def _deeds(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "at": _moment(each.at),
            "deed": each.deed,
            "about": f"{each.about_kind} {each.about_key}".strip(),
            "in the role": each.role,
        }
        for each in deeds_of(person)
    ]


def _told(person: Person) -> list[dict[str, Any]]:
    return [
        {"at": _moment(each.at), "deed": each.deed, "facts": each.facts}
        for each in history_of("person", str(person.key))
    ]


def _delete(related: QuerySet[Any]) -> None:
    related.delete()


def _keep(person: Person, at: datetime.datetime) -> None:
    """Nothing in it names the person."""


def _by_the_journal(person: Person, at: datetime.datetime) -> None:
    """The journal erases it itself, and writes down that it did."""


def _moment(at: datetime.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _nobody(person: Person) -> str:
    return f"erased-{person.key}@invalid.example.org"


# The account comes last: the other parts are found by its address.
PARTS = (
    Part(
        "roles",
        _("The roles that you hold and held, with their days"),
        _("To know who may do what, and who could on a day that has passed"),
        _("For good, without your name once your account is erased"),
        ("people.Appointment.person",),
        _roles,
        _keep,
    ),
    Part(
        "invitations",
        _("Invitations sent to your address, and those that you sent"),
        _("To know who was asked, by whom, to which role and when"),
        _("For good, without your name and address once your account is erased"),
        (
            "people.Invitation.email",
            "people.Invitation.name",
            "people.Invitation.invited_by",
            "people.Invitation.sent_by",
        ),
        _invitations,
        _erase_invitations,
    ),
    Part(
        "addresses",
        _("Your address once more, where signing in keeps it"),
        _("To let you in, and to tell you when something about it changes"),
        _("Until your account is erased"),
        ("account.EmailAddress.user", "account.EmailAddress.email"),
        _addresses,
        lambda person, at: _delete(EmailAddress.objects.filter(user=person)),
    ),
    Part(
        "second factors",
        _("Your passkeys, codes from an app, and recovery codes"),
        _("So that a stolen password opens nothing"),
        _("Until you remove them or your account is erased"),
        ("mfa.Authenticator.user",),
        _factors,
        lambda person, at: _delete(authenticators(person)),
    ),
    Part(
        "sessions",
        _("Where you are signed in: address of the connection, browser, since when"),
        _("So that you can see and end what is not yours"),
        _("Until you sign out or end it; after two weeks it opens nothing any more"),
        ("usersessions.UserSession.user",),
        _sessions,
        lambda person, at: end_sessions(person),
    ),
    Part(
        "letters",
        _("Letters to you that lie in the data folder, where the site has no mail server"),
        _("So that whoever runs the site on one machine can read and hand over what would have been sent"),
        _("Until whoever runs the site deletes them, or your account is erased"),
        (),
        _letters,
        _erase_letters,
    ),
    Part(
        "deeds",
        _("What you did here: the journal's entries under your key"),
        _("So that it can be shown who did what in which role"),
        _("The fact for good; that it was you, until your account is erased"),
        ("journal.Doer.actor",),
        _deeds,
        _by_the_journal,
    ),
    Part(
        "told",
        _("What the journal says about you: roles given and ended, readings that concern you"),
        _("So that it can be shown how you came by a role"),
        _("The fact for good; that it was about you, until your account is erased"),
        ("journal.Particulars.person",),
        _told,
        _by_the_journal,
    ),
    Part(
        "account",
        _("Your account: e-mail address, name, language, when you last signed in and came to My work"),
        _("To let you in, to write to you about what waits for you, and to tell you what changed since"),
        _("Until you, or the data protection officer for you, erase it"),
        ("people.Person.email", "people.Person.name"),
        _account,
        _erase_account,
    ),
)
