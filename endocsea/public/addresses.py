"""Whole addresses of pages, for documents that lead back to the site."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from endocsea.reports.site import Site


def site(base: str, language: str) -> Site:
    """The pages of the site at ``base`` (no slash at its end) in a language."""
    with translation.override(language):
        states = reverse("public:states")
        home, method = reverse("public:home"), reverse("public:method")
    return Site(
        state=lambda slug, place: f"{base}{states}{slug}/" + (f"#{place}" if place else ""),
        indicator=lambda code: f"{base}{home}indicators/{code}/",
        article=lambda instrument, provision: f"{base}{home}standards/{instrument}/{provision}/",
        method=f"{base}{method}",
    )
