"""The addresses that sign a section off and reopen it: at the end of its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..answers.readiness import paths_of
from ..models import SectionSigned
from ..reading import desk
from ..signing_off import SigningRefused
from . import answering


@require_POST
@login_required
def sign_off(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    text = request.POST.get("signed_as", "")
    deed = partial(actions.sign_section, signed_as=text)
    return _done(request, round, state, section, deed, text, _("The section is signed off."))


@require_POST
@login_required
def reopen(request: HttpRequest, round: str, state: str, section: str) -> HttpResponse:
    text = request.POST.get("reason", "")
    deed = partial(actions.reopen_section, reason=text)
    done = _("The section is open again: its answers can be changed.")
    return _done(request, round, state, section, deed, text, done)


def _done(
    request: HttpRequest,
    round: str,
    state: str,
    section: str,
    deed: Callable[..., SectionSigned],
    text: str,
    done: str,
) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    whole = set(paths_of(seen.form, section)) <= seen.mine
    if not policies.may_sign_section(seen.reader, seen.reply.state.iso3, whole=whole, on=seen.on):
        raise Http404
    try:
        deed(round=seen.reply.round, state=seen.reply.state, section=section, by=person, at=at)
    except Refusal as refusal:
        refused = SigningRefused(text, request.POST.get("not_case_data", ""), refusal)
        return answering.page_of(request, seen, section, signing=refused)
    messages.success(request, done)
    return redirect("replies:section", round, state, section)
