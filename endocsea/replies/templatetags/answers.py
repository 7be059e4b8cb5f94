"""Languages of answers in templates: which one a text is marked with, what it is called, the list to choose from."""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from endocsea.charts.markup import Markup, element, join

from ..answers.texts import texts_of
from ..languages import language_name, languages_for
from ..reading import Field

register = template.Library()

register.filter("language_name", language_name)


@register.filter
def foreign(language: str) -> str:
    """The language where it is known and another than the page's, else nothing."""
    return language if language != get_language() else ""


@register.filter
def has_texts(field: Field) -> bool:
    """Whether something in the answer was written freely."""
    return bool(texts_of(field.question, field.given))


@register.simple_tag(takes_context=True)
def language_options(context: dict[str, Any], field: Field) -> Markup:
    """Of the texts of an answer; of one that has none yet, the page's language is chosen."""
    given = field.given
    chosen = given.language or ("" if has_texts(field) else get_language() or "en")
    offered = languages_for(context["desk"].reply, also=given.language)
    near = [] if chosen else [element("option", _("not said"), value="", selected=True)]
    near += [element("option", name, value=code, selected=code == chosen) for code, name in offered.near]
    return join([*near, element("optgroup", _options(offered.others), label=_("Others"))])


@functools.lru_cache(maxsize=64)
def _options(languages: tuple[tuple[str, str], ...]) -> Markup:
    """Kept, as a page has a hundred questions, and each has this list."""
    return join(element("option", name, value=code) for code, name in languages)
