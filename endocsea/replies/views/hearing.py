"""Which organisations answer beside the states of a round; and what they say, side by side with a state's answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from endocsea.people.models import Appointment
from endocsea.people.signing_in import person_of
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal
from endocsea.support.texts import collation, plain

from .. import actions
from ..models import Voice
from ..voices.beside import beside
from ..voices.desk import by_state
from .voice_linking import invites, with_links


class NewVoice(forms.Form):
    """Which organisation answers about which state, how it is named, and who answers for it."""

    state = forms.ChoiceField(label=_("About the state"))
    shown = forms.ChoiceField(
        label=_("How it is named"),
        choices=Voice.Shown.choices,
        widget=forms.RadioSelect,
        initial=Voice.Shown.NAMED,
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty for one that is not attributed; never name a person."),
    )
    member = forms.ChoiceField(
        label=_("Who answers for it"),
        required=False,
        help_text=_(
            "People who hold the role “civil society”. Nobody: you make a link for the organisation, which needs no "
            "account then."
        ),
    )

    def __init__(self, *args: Any, states: list[State], members: list[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("choose one")),
            *((state.pk, plain(state.name)) for state in states),
        ]
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody with an account")),
            *((held.pk, _in_words(held)) for held in members),
        ]


@login_required
def of_round(request: HttpRequest, code: str) -> HttpResponse:
    """The organisations of a round by state, and the form that adds one."""
    person = invites(request)
    round, at = _round(code), now()
    reader = person.standing(on=localdate(at))
    rows = by_state(round, reader, on=reader.day)
    states, members = [state for state, _voices in rows], _members(round)
    form = NewVoice(request.POST or None, states=states, members=members)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.invite_voice(
                round=round,
                state=next(state for state in states if str(state.pk) == given["state"]),
                organisation=given["organisation"],
                shown=Voice.Shown(given["shown"]),
                member=next((held for held in members if str(held.pk) == given["member"]), None),
                by=person,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.member is None:
                messages.success(
                    request, say("The organisation is added. Make the link by which it answers.")
                )
                return redirect("replies:voice-links", code, made.pk)
            messages.success(request, say("The organisation can answer now."))
            return redirect("replies:voices-of-round", code)
    context = {"round": round, "rows": with_links(rows, at=at), "form": form, "members": members}
    return render(request, "replies/voices_of_round.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    person = invites(request)
    found = get_object_or_404(Voice.objects.select_related("round"), pk=pk, round=_round(code))
    try:
        actions.withdraw_voice(voice=found, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, say("The organisation answers no more; what it said is shown no more."))
    return redirect("replies:voices-of-round", code)


@login_required
def heard(request: HttpRequest, round: str, state: str) -> HttpResponse:
    return _heard(request, round, state)


@require_POST
@login_required
def react(request: HttpRequest, round: str, state: str) -> HttpResponse:
    """What the state says to an organisation's answer."""
    person, at = person_of(request), now()
    seen = beside(person, round=round, state=state, on=localdate(at))
    question, voice = request.POST.get("question", ""), request.POST.get("voice", "")
    found = next(
        (
            (compared, each)
            for compared in seen.compared
            for each in compared.heard
            if compared.path == question and str(each.voice.pk) == voice
        ),
        None,
    )
    if found is None:
        raise Http404
    compared, each = found
    text = request.POST.get("text", "")
    try:
        actions.react(
            voice=each.voice,
            question=question,
            text=text,
            language=get_language() or "",
            harmless=request.POST.get("not_case_data") or None,
            by=person,
            at=at,
        )
    except Refusal as refusal:
        typed = {
            "typed": text,
            "typed_at": f"{each.voice.pk} {question}",
            "refusal": refusal,
            "case_data": refusal if isinstance(refusal, LooksLikeCaseData) else None,
            "reason": request.POST.get("not_case_data", ""),
        }
        return _heard(request, round, state, typed)
    messages.success(request, say("What you said stands beside the organisation's answer."))
    return redirect(f"{reverse('replies:voices-beside', args=[round, state])}#{compared.anchor}")


def _heard(
    request: HttpRequest, round: str, state: str, typed: dict[str, object] | None = None
) -> HttpResponse:
    seen = beside(person_of(request), round=round, state=state, on=localdate())
    context = {"seen": seen, **(typed or {})}
    return render(request, "replies/voices_beside.html", context, status=422 if typed else 200)


def _round(code: str) -> Round:
    return get_object_or_404(Round, code=code, retired_on=None, version__isnull=False)


def _members(round: Round) -> list[Appointment]:
    """Who may answer for an organisation about a state of the round, by name; whether about this one is asked later."""
    held = (
        Appointment.objects.on(localdate()).filter(role=Role.CIVIL_SOCIETY).select_related("person", "state")
    )
    of_it = set(round.states.values_list("pk", flat=True))
    found = [each for each in held if each.state_id is None or each.state_id in of_it]
    return sorted(found, key=lambda each: collation(each.person.name or each.person.email))


def _in_words(held: Appointment) -> str:
    name = held.person.name or held.person.email
    return f"{name} ({plain(held.state.name)})" if held.state else name
