"""Texts of the content in several languages, as data.

A text is ``{"en": "…", "fr": "…"}``: English is always there, other languages as far as they
have been written. Where a page's language is missing, the English is shown and marked as
English, so that a screen reader speaks it rightly and a reader sees what is not translated yet.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from endocsea.charts.markup import Markup, element, escape
from endocsea.charts.scales import Separators
from endocsea.charts.tables import Cell
from endocsea.support.days import long_day

SOURCE_LANGUAGE = "en"

Texts = Mapping[str, str]

_REMOVED = re.compile(r"\[removed on (\d{4}-\d{2}-\d{2})(?:, \d+)?\]", re.ASCII)


class TextsField(models.JSONField):
    """A text per language; English is required unless the field may be blank."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def validate(self, value: object, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise ValidationError(_("A text is one sentence or more per language."))
        if not self.blank and not value.get(SOURCE_LANGUAGE):
            raise ValidationError(_("The English text is missing."))


def chosen(texts: Texts) -> tuple[str, str | None]:
    """The text in the page's language, and the language to mark it with where it is another."""
    language = get_language() or SOURCE_LANGUAGE
    if text := texts.get(language):
        return shown(text), None
    text = texts.get(SOURCE_LANGUAGE, "")
    if not text:
        # a questionnaire that was imported may be written in another language than English
        code, text = next(((code, text) for code, text in texts.items() if text), (language, ""))
        return shown(text), code if code != language else None
    if language == SOURCE_LANGUAGE or removed_on(text):
        return shown(text), None
    return text, SOURCE_LANGUAGE


def removal_mark(on: datetime.date, number: int | None = None) -> str:
    """What is stored in place of a text that was destroyed; with a number where two must not be the same."""
    return f"[removed on {on.isoformat()}]" if number is None else f"[removed on {on.isoformat()}, {number}]"


def removed_on(text: str) -> datetime.date | None:
    """The day of which a removal mark speaks; nothing where the text is another."""
    found = _REMOVED.fullmatch(text)
    try:
        return datetime.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def shown(text: str) -> str:
    """A text as a page shows it: the mark of a removed one as a sentence in the page's language."""
    day = removed_on(text)
    return gettext("Removed on %(day)s.") % {"day": long_day(day)} if day else text


def storable(text: str) -> str:
    """What was typed, without the one character that no database keeps in a text (NUL)."""
    return text.replace("\x00", "")


def plain(texts: Texts) -> str:
    """The text alone, for titles, charts and sorting."""
    return chosen(texts)[0]


def say(texts: Texts) -> Markup:
    """The text as markup, marked as English where the page's language is missing."""
    text, language = chosen(texts)
    return element("span", text, lang=language) if language else Markup(escape(text))


def cell(texts: Texts, href: str | None = None) -> Cell:
    """The text as a cell of a table, linked where ``href`` is given."""
    text, language = chosen(texts)
    return Cell(text, href=href, lang=language)


def english(text: str) -> Markup:
    """A text that exists in English only, marked as such on a page in another language."""
    return say({SOURCE_LANGUAGE: text})


def texts_in(value: object) -> Iterator[str]:
    """Every text of plain data: itself, or what the entries of a list or a JSON object hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def labelled(label: object, said: object) -> str:
    """ "label: what is said", with the space before the colon that the page's language asks for."""
    return gettext("%(label)s: %(said)s") % {"label": label, "said": said}


def host_of(address: str) -> str:
    """The host of a whole address, as people name a site."""
    return address.split("/")[2].removeprefix("www.")


def collation(text: str) -> tuple[str, str]:
    """Sort key for names in English and French: accents count only between equal letters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold(), text


def separators() -> Separators:
    """How the page's language writes numbers."""
    language = get_language()
    return Separators(get_format("DECIMAL_SEPARATOR", language), get_format("THOUSAND_SEPARATOR", language))
