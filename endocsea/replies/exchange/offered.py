"""What public sources say at a question, as a sheet prints it: to be read, and answered in the explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from endocsea.documents.telling import clean
from endocsea.support.days import fuzzy

from ..offering.offers import Offer

SAID: Final = _("%(statement)s (%(source)s, as of %(day)s)")
STILL_TRUE: Final = _("Still true? Write in the explanation: yes, or what is not.")


def lines_of(offers: Sequence[Offer]) -> list[str]:
    """A line for each, and what to do with it, in the language of the moment; nothing where there is none."""
    if not offers:
        return []
    said = [
        clean(
            str(SAID)
            % {"statement": " ".join(each.statement.split()), "source": each.source, "day": fuzzy(each.as_of)}
        )
        for each in offers
    ]
    return [*said, str(STILL_TRUE)]


def in_every_language(offers: Sequence[Offer]) -> set[str]:
    """The lines as a sheet may carry them, in whatever language it went out."""
    found: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= set(lines_of(offers))
    return found
