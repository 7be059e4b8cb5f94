"""Entering the answers of an institution that wrote a letter: its number and date are asked once for all of them."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.models import Share
from endocsea.support.guard import texts as guard
from endocsea.support.refusals import Refusal

from .. import actions
from ..answers.given import Origin
from ..reading import Desk, fields_at
from . import one_answer
from .linking import sheet_for
from .one_answer import Typed


class Letter(forms.Form):
    number = forms.CharField(label=_("Number of the letter"), max_length=100)
    dated = forms.DateField(label=_("Dated"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        try:
            guard.check(number)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return number

    def clean_dated(self) -> object:
        if self.cleaned_data["dated"] > localdate():
            raise forms.ValidationError(_("A letter of a day that is still to come cannot be here yet."))
        return self.cleaned_data["dated"]

    @property
    def said(self) -> str:
        """Number and date as every version of an answer keeps them; the date reads the same in each language."""
        return f"{self.cleaned_data['number']}, {self.cleaned_data['dated']:%d.%m.%Y}"


@login_required
def letter(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    """The letter is kept in the session, so that it is still there when an answer was saved without scripts."""
    seen, share = sheet_for(request, round, state, pk, at=now())
    form = Letter(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[_kept(share)] = form.said
        return redirect("replies:by-letter", round, state, pk)
    return _page(request, seen, share, request.session.get(_kept(share), ""), form=form)


@require_POST
@login_required
def answer(request: HttpRequest, round: str, state: str, pk: int) -> HttpResponse:
    person, at = person_of(request), now()
    seen, share = sheet_for(request, round, state, pk, at=at)
    if request.POST.get("question") not in share.questions:
        raise Http404
    by = request.POST.get("letter", "")
    save = partial(actions.save, round=seen.reply.round, state=seen.reply.state, by=person, at=at)
    return one_answer.take(
        request,
        lambda: seen,
        save=partial(save, origin=Origin.LETTER, letter=by),
        page=lambda seen, typed: _page(request, seen, share, by, typed=typed),
        where=lambda _path: reverse("replies:by-letter", args=[round, state, pk]),
    )


def _page(
    request: HttpRequest,
    seen: Desk,
    share: Share,
    letter: str,
    *,
    form: Letter | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    form = form or Letter()
    context = {
        **one_answer.shown(fields_at(seen, share.questions), typed),
        "desk": seen,
        "share": share,
        "form": form,
        "letter": letter,
        "answer_at": reverse(
            "replies:answer-by-letter", args=[seen.reply.round.code, seen.reply.state.slug, share.pk]
        ),
    }
    wrong = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "replies/by_letter.html", context, status=typed.status if typed else wrong)


def _kept(share: Share) -> str:
    return f"letter for {share.pk}"
