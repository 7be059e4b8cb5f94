"""Letters that the programme sends to people. A letter never holds what others wrote."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from endocsea.support.refusals import Refusal
from endocsea.support.texts import plain

from .models import Invitation, Person
from .refusals import LetterNotSent, LinkNotSent

log = logging.getLogger(__name__)


def invitation(invited: Invitation, token: str) -> None:
    """The letter with the link that accepts an invitation, in the language of who is invited."""
    with override(invited.language):
        state = plain(invited.state.name) if invited.state else ""
        text = render_to_string(
            "people/letters/invitation.txt",
            {
                "invited": invited,
                "state": state,
                "link": settings.SITE + reverse("people:accept", args=[token]),
            },
        )
        letter = EmailMessage(_("An invitation to endocsea"), text, to=[invited.email])
    send(letter, LetterNotSent(address=invited.email))


def beginning_anew(person: Person, path: str) -> None:
    """The letter to who lost every way in: what was done, and the link for a new password, in their language."""
    with override(person.language):
        text = render_to_string("people/letters/beginning_anew.txt", {"link": settings.SITE + path})
        letter = EmailMessage(_("You can sign in to endocsea again"), text, to=[person.email])
    send(letter, LinkNotSent(address=person.email))


def send(letter: EmailMessage, refusal: Refusal) -> None:
    """Hand a letter over. Raises ``refusal`` where nobody takes it."""
    try:
        letter.send()
    except OSError as error:  # smtplib's own errors are among them
        # not what the server said: it may repeat the address
        log.warning("a letter could not be sent: %s", type(error).__name__)
        raise refusal from error
