"""Which parts of an answer are written in a language; the rest are names of choices, numbers and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from endocsea.questionnaires.form import Kind, Question

from .. import refusals
from ..languages import CODES
from .given import Given

PARTS: Final[Mapping[str, Promise]] = {
    "value": _("Answer"),
    "other": _("Other, namely"),
    "reason": _("Why it does not apply, or is withheld"),
    "explanation": _("Explanation"),
}


def texts_of(question: Question, given: Given) -> dict[str, str]:
    """By part, what was written freely; parts that are empty are left out."""
    return {
        part: text
        for part in PARTS
        if (text := getattr(given, part)) and (part != "value" or question.kind is Kind.TEXT)
    }


def in_a_language(question: Question, given: Given, stands: str) -> Given:
    """An answer without a text has no language. What ``stands`` there may have one that cannot be chosen any more.

    Raises `refusals.NoSuchLanguage`.
    """
    if not texts_of(question, given):
        return replace(given, language="")
    see_that_it_is_one(given.language, but=("", stands))
    return given


def see_that_it_is_one(language: str, *, but: tuple[str, ...] = ()) -> None:
    """Raises `refusals.NoSuchLanguage`."""
    if language not in CODES and language not in but:
        raise refusals.NoSuchLanguage(language=language[:40])
