"""What a sheet in Word says beside its questions: labels of its fields, lines to tick, and what stands above all."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.support.classes import Confidentiality

from ..answers.given import Status


class Field(StrEnum):
    """The rows of a question, in their order. The first three are read, the others filled in."""

    MEANT = "meant"
    OFFERED = "offered"
    STANDS = "stands"
    STILL = "still"
    ANSWER = "answer"
    NONE = "none"
    WHY = "why"
    MORE = "more"
    PROOF = "proof"
    POST = "post"
    CLASS = "class"


class Still(StrEnum):
    """Is what was answered before still true?"""

    YES = "yes"
    CORRECTED = "corrected"
    NO = "no"


PRINTED: Final = (Field.MEANT, Field.OFFERED, Field.STANDS)

LABELS: Final[dict[Field, Promise]] = {
    Field.MEANT: _("What is meant"),
    Field.OFFERED: _("From public sources, unconfirmed"),
    Field.STANDS: _("So far"),
    Field.STILL: _("Still true?"),
    Field.ANSWER: _("Your answer"),
    Field.NONE: _("No answer"),
    Field.WHY: _("Why not"),
    Field.MORE: _("Explanation"),
    Field.PROOF: _("What shows it"),
    Field.POST: _("Answered by"),
    Field.CLASS: _("Who may read it"),
}

HINTS: Final[dict[Field, Promise]] = {
    Field.NONE: _("tick one instead of an answer"),
    Field.WHY: _("if it does not apply or is withheld"),
    Field.PROOF: _("law, decision or report, with article or page, and its date"),
    Field.POST: _("post or unit, never a name"),
}

STILL_TRUE: Final[dict[Still, Promise]] = {
    Still.YES: _("yes, still true"),
    Still.CORRECTED: _("corrected below"),
    Still.NO: _("no, because:"),
}

NO_ANSWER: Final[dict[Status, Promise]] = {
    Status.NOT_KNOWN: _("not known to us"),
    Status.NOT_APPLICABLE: _("does not apply to our state (say why)"),
    Status.WITHHELD: _("we withhold it (say why)"),
}

CLASSES: Final[dict[Confidentiality, Promise]] = {
    Confidentiality.PUBLIC: _("everybody, once the state has seen the text that is to be published"),
    Confidentiality.PROGRAMME: _("signed-in members of all states"),
    Confidentiality.STATE: _("our state, its reviewers and the secretariat"),
    Confidentiality.RESTRICTED: _("named persons only"),
}

IN_ORDER: Final = _("the names of all of these, in your order")
YES: Final = _("yes")  # the one line of a box to tick
OTHER: Final = _("other, namely:")
FILL_IN: Final = _("To be filled in")
CODE: Final = _("Code of this sheet (please leave it as it is): %(code)s")

HEAD: Final = (
    _(
        "These are the questions that your institution answers. Tick a box with a click or with an X, write into the "
        "fields on the right, and send the document back, as a Word document (.docx), to whoever sent it to you."
    ),
    _(
        "Confirm or correct what is printed already. “Not known” is an answer, too: it is never counted as a zero. "
        "A question that nobody answers is shown as not answered, and an answer may then be drafted from public "
        "sources, which says everywhere that the state has not confirmed it."
    ),
    _("Nothing becomes public before the state has seen the text that is to be published."),
)
NO_CASES: Final = _(
    "Name no person and no case: no names, no file numbers, nothing about a victim or a suspect."
)


def in_every_language(words: Promise) -> Iterator[str]:
    """The words as a sheet may carry them, in whatever language it went out."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(words)
