"""The letter with a one-time link. To whom, is typed and kept nowhere; it holds nothing that others wrote."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from endocsea.people import letters
from endocsea.questionnaires.models import Share
from endocsea.support.texts import plain

from ..models import Link, Voice
from ..refusals import LinkLetterNotSent


def address_of(token: str) -> str:
    """Where a link leads, whole."""
    return settings.SITE + reverse("replies:link-door", args=[token])


def send(link: Link, token: str, *, address: str, language: str) -> None:
    """Raises `refusals.LinkLetterNotSent`."""
    with override(language):
        told: dict[str, object] = {"until": link.last_day, "link": address_of(token)}
        if link.voice is not None:
            subject, template, told = _to_an_organisation(link.voice, told)
        else:
            assert link.share is not None
            subject, template, told = _to_an_institution(link.share, told)
        letter = EmailMessage(subject, render_to_string(template, told), to=[address])
    letters.send(letter, LinkLetterNotSent())


def _to_an_institution(share: Share, told: dict[str, object]) -> tuple[str, str, dict[str, object]]:
    told |= {
        "state": plain(share.state.name),
        "round": plain(share.round.name),
        "questions": len(share.questions),
        "due": share.due_on,
    }
    return _("Questions for your institution"), "replies/letters/link.txt", told


def _to_an_organisation(voice: Voice, told: dict[str, object]) -> tuple[str, str, dict[str, object]]:
    told |= {
        "state": plain(voice.state.name),
        "round": plain(voice.round.name),
        "due": voice.round.answers_until,
    }
    return _("Questions for your organisation"), "replies/letters/link_of_voice.txt", told
