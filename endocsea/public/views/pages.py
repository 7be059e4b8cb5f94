"""Pages of prose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from endocsea.public import rounds
from endocsea.public.lists import facts_table
from endocsea.public.page import show

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def about(request: HttpRequest) -> HttpResponse:
    return show(
        request, "about", section="about", title=_("About"), facts_table=facts_table(), rounds=rounds.shown(),
        **_prose("about"),
    )  # fmt: skip


def method(request: HttpRequest) -> HttpResponse:
    return show(request, "prose", section="method", title=_("Method"), **_prose("method"))


def _prose(name: str) -> dict[str, Any]:
    """A page of the content pack in the page's language, or in English and marked so."""
    language = get_language() or "en"
    file = settings.CONTENT / "pages" / language / f"{name}.md"
    marked = None
    if not file.is_file():
        file, marked = settings.CONTENT / "pages" / "en" / f"{name}.md", "en"
    text = file.read_text(encoding="utf-8")
    html = _MARKDOWN.render(text)
    return {
        "prose": mark_safe(html),  # noqa: S308  from the pack's own Markdown, HTML switched off
        "prose_language": marked,
    }
