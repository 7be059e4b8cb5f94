"""What a visitor reads when an address leads nowhere, or when we made a mistake."""

from __future__ import annotations

import difflib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from endocsea.states.models import State
from endocsea.support.texts import plain


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that helps on: the states whose names are closest to what was asked."""
    asked = request.path_info.rstrip("/").rsplit("/", 1)[-1].lower()
    names = dict(State.objects.shown().values_list("slug", "name"))
    close = [
        {"slug": slug, "name": plain(names[slug])} for slug in difflib.get_close_matches(asked, names, n=3)
    ]
    return render(
        request, "public/not_found.html", {"asked": request.path_info[:120], "close": close}, status=404
    )


def unforeseen(request: HttpRequest) -> HttpResponse:
    """Our own mistake: no trace on the page, and no database needed to say so."""
    return HttpResponse(render_to_string("public/unforeseen.html"), status=500)
