"""In which way an answer came in, in words."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..models import AnswerVersion, Reply
from .given import Origin

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WAYS: Final[dict[Origin, _StrPromise]] = {
    Origin.TYPED: _("typed"),
    Origin.LETTER: _("by letter no. %(letter)s"),
    Origin.LINK: _("by link, without an account"),
    Origin.SHEET: _("by the institution's sheet"),
    Origin.WORKBOOK: _("by workbook"),
    Origin.CARRIED: _("confirmed from the round before"),
    Origin.SOURCES: _("drafted from public sources"),
    Origin.CONTENT: _("with the content that the programme began with"),
}


def way(origin: Origin, letter: str) -> str:
    """How one version came in."""
    return WAYS[origin] % {"letter": letter}


def ways(reply: Reply, questions: Collection[str]) -> dict[str, str]:
    """By question, how the answer that stands came in. One statement."""
    last = AnswerVersion.objects.filter(
        answer__round=reply.round,
        answer__state=reply.state,
        answer__question__in=questions,
        number=F("answer__number"),
    )
    return {
        question: way(Origin(origin), letter)
        for question, origin, letter in last.values_list("answer__question", "origin", "letter")
    }
