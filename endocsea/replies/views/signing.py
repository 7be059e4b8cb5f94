"""Sending a reply in the state's name, and opening it again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endocsea.people.signing_in import person_of
from endocsea.support.guard.texts import LooksLikeCaseData
from endocsea.support.refusals import Refusal

from .. import actions, policies
from ..reading import desk
from ..signing_off import open_in_reply
from ..talking import discussed


class Signature(forms.Form):
    signed_as = forms.CharField(
        label=gettext_lazy("Signed in the state's name by (function)"),
        help_text=gettext_lazy("A function, never a name: “Deputy Minister of Justice”."),
        max_length=160,
    )


class Why(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it opened again?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@login_required
def sign(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    if not (seen.coordinates and seen.open):
        raise Http404
    form = Signature(request.POST or None)
    case_data: LooksLikeCaseData | None = None
    missing = open_in_reply(seen)
    if request.method == "POST" and form.is_valid() and not missing:
        try:
            signed_as, harmless = form.cleaned_data["signed_as"], request.POST.get("not_case_data") or None
            actions.submit(reply=seen.reply, signed_as=signed_as, harmless=harmless, by=person, at=at)
        except LooksLikeCaseData as refusal:
            case_data = refusal
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reply is signed and sent."))
            return redirect("replies:reply", round, state)
    return render(
        request,
        "replies/sign.html",
        {
            "desk": seen,
            "form": form,
            "missing": missing,
            "contradictions": seen.contradictions(),
            "case_data": case_data,
            "reason": request.POST.get("not_case_data", ""),
        },
        status=422 if case_data else 400 if form.errors else 200,
    )


@login_required
def open_again(request: HttpRequest, round: str, state: str) -> HttpResponse:
    person, at = person_of(request), now()
    seen = desk(person, round=round, state=state, at=at, on=localdate(at))
    may = policies.may_open_again(seen.reader, seen.reply.state.iso3, on=seen.on)
    if not (may and seen.reply.is_sent):
        raise Http404
    form = Why(request.POST or None)
    case_data: LooksLikeCaseData | None = None
    if request.method == "POST" and form.is_valid():
        try:
            reason, harmless = form.cleaned_data["reason"], request.POST.get("not_case_data") or None
            actions.open_again(reply=seen.reply, reason=reason, harmless=harmless, by=person, at=at)
        except LooksLikeCaseData as refusal:
            case_data = refusal
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The reply is open again: the state can change its answers."))
            return redirect("replies:reply", round, state)
    context = {"desk": seen, "form": form, "case_data": case_data, **discussed(seen)}
    context["reason"] = request.POST.get("not_case_data", "")
    status = 422 if case_data else 400 if form.errors else 200
    return render(request, "replies/open_again.html", context, status=status)
