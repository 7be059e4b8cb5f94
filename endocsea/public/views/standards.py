"""Instruments, article by article, and the indicators that measure them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from endocsea.public.page import show
from endocsea.standards.models import Indicator


def indicator(request: HttpRequest, code: str) -> HttpResponse:
    found = Indicator.objects.filter(code=code, retired_on=None).values("code", "question").first()
    if found is None:
        raise Http404(code)
    return show(request, "indicator", section="standards", indicator=found)
