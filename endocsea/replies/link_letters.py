"""The letter with a one-time link. To whom, is typed and kept nowhere; it holds nothing that others wrote."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from endocsea.people import letters
from endocsea.support.texts import plain

from .models import Link
from .refusals import LinkLetterNotSent


def address_of(token: str) -> str:
    """Where a link leads, whole."""
    return settings.SITE + reverse("replies:link-door", args=[token])


def send(link: Link, token: str, *, address: str, language: str) -> None:
    """Raises `refusals.LinkLetterNotSent`."""
    share = link.share
    assert share is not None
    with override(language):
        text = render_to_string(
            "replies/letters/link.txt",
            {
                "state": plain(share.state.name),
                "round": plain(share.round.name),
                "questions": len(share.questions),
                "due": share.due_on,
                "until": link.last_day,
                "link": address_of(token),
            },
        )
        letter = EmailMessage(_("Questions for your institution"), text, to=[address])
    letters.send(letter, LinkLetterNotSent())
