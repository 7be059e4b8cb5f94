"""The page behind the one button: report a text that must not be here. What it says is not shown once more."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.support.actors import Actor

from . import actions, policies
from .places import places_of
from .refusals import NoSuchRecord


@login_required
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    reader, on = cast(Actor, request.user), localdate()
    seen = [place for place in places_of(kind) if policies.may_report(reader, place, key, on=on)]
    if not seen:
        raise Http404
    if request.method != "POST":
        return render(request, "quarantine/report.html", {"place": seen[0], "key": key})
    try:
        actions.report(kind=kind, key=key, by=reader, at=now())
    except NoSuchRecord:
        raise Http404 from None  # somebody was quicker
    messages.success(request, _("Reported: the text is hidden, and the safeguarding officer decides."))
    return redirect(settings.LOGIN_REDIRECT_URL)
