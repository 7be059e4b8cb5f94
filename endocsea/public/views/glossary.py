"""The glossary: what words mean, and which to use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public.downloads import csv_response
from endocsea.public.glossary import entries, glossary_table, sections_of
from endocsea.public.page import show


def index(request: HttpRequest) -> HttpResponse:
    found = entries()
    return show(request, "glossary", section="glossary", entries=found, sections=sections_of(found))


def terms_csv(request: HttpRequest) -> HttpResponse:
    table, sources, known = glossary_table(entries())
    return csv_response(table, _("Glossary"), day=localdate(), sources=sources, known=known)
