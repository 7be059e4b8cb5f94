"""Where the chapter keeps texts that a person entered."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from endocsea.quarantine.places import Place
from endocsea.support.actors import Actor
from endocsea.support.classes import Confidentiality

from .keys import key_of
from .models import Answer

WORDS: Final = ("value", "other", "reason", "explanation", "respondent")


def _answers(actor: Actor, on: datetime.date) -> QuerySet[Any]:
    """Those that pages show so far: of rounds made up for training."""
    found = Answer.objects.filter(round__training=True, retired_on=None)
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
    Place("answer", _("Answer"), "replies.Evidence", ("excerpt",), key_of("answer__")),
    Place(
        "reply",
        _("Function of whoever signed"),
        "replies.Reply",
        ("signed_as",),
        Concat("round__code", Value(" "), "state__iso3"),
    ),
)
