"""Rounds as the secretariat runs them: making one, opening and closing it, more time, and how far every state is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from endocsea.people.models import Person
from endocsea.people.queries import states_with_people
from endocsea.people.signing_in import person_of
from endocsea.questionnaires import actions
from endocsea.questionnaires.form import Group
from endocsea.questionnaires.models import Round, Version
from endocsea.questionnaires.policies import may_run_rounds
from endocsea.support.actors import MACHINE
from endocsea.support.refusals import Refusal

from ..actions.reminding import remind
from ..forms import MoreTime, NewRound, Reason
from ..progress import extensions, reminded, sections, standings, states_of


@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    _runs(request)
    found = Round.objects.filter(retired_on=None).order_by("-opens_on", "code")
    return render(request, "replies/rounds.html", {"rounds": found})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    person = _runs(request)
    states = states_with_people(on=localdate())
    form = NewRound(request.POST or None, states=states)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make_round(
                version=Version.objects.get(pk=given["version"]),
                code=given["code"],
                name={"en": given["name_en"], **({"fr": given["name_fr"]} if given["name_fr"] else {})},
                states=list(states.filter(pk__in=given["states"])),
                languages=given["languages"],
                opens_on=given["opens_on"],
                answers_until=given["answers_until"],
                closes_on=given["closes_on"],
                reminders=given["reminders"],
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is made. It takes answers once you open it."))
            return redirect("replies:round", made.code)
    return render(request, "replies/new_round.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def one(request: HttpRequest, code: str) -> HttpResponse:
    _runs(request)
    return _page(request, _found(code))


@require_POST
@login_required
def open_it(request: HttpRequest, code: str) -> HttpResponse:
    person, round = _runs(request), _found(code)
    try:
        actions.open_round(round=round, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        letters = remind(only=round, by=MACHINE, at=now())
        told = ngettext("One letter went out.", "%(count)s letters went out.", letters.sent)
        said = [_("The round takes answers now."), told % {"count": letters.sent}]
        messages.success(request, " ".join(said))
        if letters.failed:
            failed = ngettext(
                "One letter could not be sent: the next run of “endocsea remind” tries again.",
                "%(count)s letters could not be sent: the next run of “endocsea remind” tries again.",
                letters.failed,
            )
            messages.warning(request, failed % {"count": letters.failed})
    return redirect("replies:round", code)


@require_POST
@login_required
def close_it(request: HttpRequest, code: str) -> HttpResponse:
    person, round = _runs(request), _found(code)
    form = Reason(request.POST)
    if form.is_valid():
        try:
            actions.close_round(round=round, reason=form.cleaned_data["reason"], by=person, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round takes no more answers."))
            return redirect("replies:round", code)
    return _page(request, round, closing=form)


@require_POST
@login_required
def more_time(request: HttpRequest, code: str) -> HttpResponse:
    person, round = _runs(request), _found(code)
    form = MoreTime(request.POST, states=states_of(round))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.extend(
                round=round,
                state=round.states.get(pk=given["state"]),
                until=given["until"],
                reason=given["reason"],
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The state has more time."))
            return redirect("replies:round", code)
    return _page(request, round, giving=form)


def _page(
    request: HttpRequest, round: Round, *, closing: Form | None = None, giving: Form | None = None
) -> HttpResponse:
    refused = closing or giving
    return render(
        request,
        "replies/round.html",
        {
            "round": round,
            "takes_answers": round.takes_answers(at=now()),
            "standings": standings(round, at=now()),
            "sections": sections(round),
            "extensions": extensions(round),
            "reminded": reminded(round),
            "first_section": _first_section(round),
            "closing": closing or Reason(),
            "giving": giving or MoreTime(states=states_of(round)),
            "form": refused,
        },
        status=400 if refused else 200,
    )


def _first_section(round: Round) -> str:
    sections = round.version.form.items if round.version else ()
    return next((each.name for each in sections if isinstance(each, Group)), "")


def _found(code: str) -> Round:
    return get_object_or_404(
        Round.objects.select_related("version", "version__questionnaire"), code=code, retired_on=None
    )


def _runs(request: HttpRequest) -> Person:
    """The person, if rounds are theirs to run; otherwise there is no such page."""
    person = person_of(request)
    if not may_run_rounds(person, on=localdate()):
        raise Http404
    return person
