"""Where the chapter keeps texts that a person entered."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.places import Place
from endocsea.support.actors import Actor
from endocsea.support.classes import Confidentiality

from .keys import key_of
from .models import Answer

PK: Final = Cast("pk", CharField())
WORDS: Final = ("value", "other", "reason", "explanation", "respondent")


def _answers(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    """Those that pages show so far: of rounds made up for training, once they were sent."""
    found = Answer.objects.sent().filter(round__training=True, retired_on=None)
    return found.exclude(confidentiality=Confidentiality.RESTRICTED)


PLACES = (
    Place("answer", _("Answer"), "replies.Answer", WORDS, key_of(), _answers),
    Place(
        "answer",
        _("Answer"),
        "replies.AnswerVersion",
        (*WORDS, "letter", "declared"),
        key_of("answer__"),
    ),
    Place(
        "answer",
        _("Translation of an answer"),
        "replies.AnswerTranslation",
        ("value", "other", "reason", "explanation"),
        key_of("answer__"),
    ),
    Place("answer", _("Answer"), "replies.Evidence", ("excerpt", "why"), key_of("answer__")),
    Place("file", _("Name of a file"), "replies.File", ("name",), PK),
    # those of the content pack stand in the same register
    Place("source", _("Source that is cited"), "sources.Source", ("address", "title"), PK),
    Place(
        "source",
        _("What stood at the address of a source"),
        "sources.Copy",
        ("title", "text"),
        Cast("source_id", CharField()),
    ),
    Place("citation", _("Place in a source"), "sources.Citation", ("locator",), PK),
    Place("domain", _("Whose a listed site is"), "sources.Domain", ("why",), "name"),
    Place("comment", _("Comment at a question"), "replies.Comment", ("text",), PK),
    Place("wish", _("Support that a state asks for"), "replies.Wish", ("text", "given"), PK),
    Place("voice", _("Organisation that answers beside a state"), "replies.Voice", ("organisation",), PK),
    Place(
        "voice",
        _("Answer of an organisation"),
        "replies.VoiceAnswer",
        ("value", "other", "reason", "explanation"),
        Cast("voice_id", CharField()),
    ),
    Place("offer", _("What is wrong with what was offered"), "replies.OfferTaken", ("reason",), PK),
    Place(
        "section signed",
        _("Sign-off of a section"),
        "replies.SectionSigned",
        ("signed_as", "reason"),
        PK,
    ),
    Place("clearance", _("What was cleared"), "replies.Cleared", ("letter", "signed_as", "said"), PK),
    Place(
        "reply",
        _("Function of whoever signed"),
        "replies.Reply",
        ("signed_as",),
        Concat("round__code", Value(" "), "state__iso3"),
    ),
)
