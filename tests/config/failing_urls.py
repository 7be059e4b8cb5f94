"""Addresses of a site whose first page fails, for the tests of the check before going public."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from endocsea.config.urls import handler404, handler500
from endocsea.config.urls import urlpatterns as ours

__all__ = ["handler404", "handler500", "urlpatterns"]


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


urlpatterns = [path("en/", fails), *ours]
