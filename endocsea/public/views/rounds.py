"""Who has replied in a round, on a page and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from endocsea.public import rounds
from endocsea.public.downloads import csv_response
from endocsea.public.page import show
from endocsea.questionnaires.models import Round
from endocsea.support.texts import plain


def round(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(code)
    return show(
        request, "round", section="about", trail=((_("About"), reverse("public:about")),),
        round=found, here=plain(found.name), asked_on=localdate(found.opened_at), on=localdate(),
        table=rounds.who_has_replied(found, on=localdate()), replied=rounds.counted(found),
    )  # fmt: skip


def round_csv(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(code)
    return csv_response(
        rounds.who_has_replied(found, on=localdate()), found.code, day=localdate(),
        sources=_("the records of this site"), known=_("made up for training") if found.training else _("counted"),
    )  # fmt: skip


def _found(code: str) -> Round:
    found = rounds.round_of(code)
    if found is None:
        raise Http404(code)
    return found
