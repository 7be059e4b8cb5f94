"""What holds for every signed-in page: it speaks the person's language, and asks for a second factor first."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.timezone import localdate

from . import policies
from .models import Person
from .signing_in import has_second_factor

WORKSPACE = "/workspace/"
ACCOUNT = "/workspace/account/"  # signing in and out, password, second factors

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageOfThePerson:
    """Signed-in pages speak the language of the account; before signing in, one that the browser asks for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(WORKSPACE):
            return self.get_response(request)
        person = request.user
        asked = person.language if isinstance(person, Person) else _asked_for(request)
        with translation.override(asked):
            response = self.get_response(request)
            response.headers["Content-Language"] = asked
            # nothing of it stays on a shared computer
            response.headers.setdefault("Cache-Control", "no-store")
            return response


class SecondFactorFirst:
    """Who holds a role that asks for a second factor sets one up before anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(WORKSPACE) or path.startswith(ACCOUNT):
            return self.get_response(request)
        person = request.user
        if (
            isinstance(person, Person)
            and policies.needs_a_second_factor(person.standing_once(on=localdate()), on=localdate())
            and not has_second_factor(person)
        ):
            return redirect("mfa_index")
        return self.get_response(request)


def _asked_for(request: HttpRequest) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    for accepted in request.headers.get("Accept-Language", "").split(","):
        code = accepted.split(";")[0].strip().split("-")[0].lower()
        if code in known:
            return code
    return settings.LANGUAGE_CODE
