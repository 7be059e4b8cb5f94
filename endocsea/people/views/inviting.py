"""Pages of invitations: sending, confirming, withdrawing, accepting."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from endocsea.support.actors import Role
from endocsea.support.refusals import Refusal

from .. import actions, forms, policies, queries
from ..models import Invitation, Person
from ..rules import GIVEN
from ..signing_in import begin_session, person_of

DEEDS = {"confirm": actions.confirm, "send-again": actions.send_again, "withdraw": actions.withdraw}


@login_required
def invite(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    on = localdate()
    reader = person.standing(on=on)
    own = sorted(reader.speaks_for(on=on))
    everywhere = [role for role in GIVEN if policies.may_invite(reader, role, on=on)]
    at_home = [
        role for role in GIVEN if any(policies.may_nominate(reader, role, on=on, state=code) for code in own)
    ]
    roles = [role for role in GIVEN if role in everywhere or role in at_home]
    if not roles:
        raise Http404
    states = queries.states_with_people(on=on)
    chosen: object = request.GET.get("state")
    if not everywhere:
        states = states.filter(iso3__in=own)
        chosen = chosen or states.values_list("pk", flat=True).first()
    first = {"language": person.language, "role": request.GET.get("role"), "state": chosen}
    form = forms.Invite(request.POST or None, initial=first, roles=roles, states=states)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.invite(
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                role=Role(form.cleaned_data["role"]),
                state=form.cleaned_data["state"],
                capabilities=form.cleaned_data["capabilities"],
                language=form.cleaned_data["language"],
                by=person,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.confirmed_at:
                messages.success(request, _("The invitation is on its way to %(who)s.") % {"who": made.email})
            else:
                messages.success(request, _("Nominated: the secretariat confirms, then the letter goes out."))
            return redirect("people:people")
    return render(request, "people/invite.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Confirm, send again or withdraw an invitation."""
    if deed not in DEEDS:
        raise Http404
    person = person_of(request)
    invitation = get_object_or_404(Invitation.objects.visible_to(person, on=localdate()), pk=pk)
    try:
        DEEDS[deed](invitation=invitation, by=person, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("people:people")


def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter. It looks the same whatever is wrong with a link."""
    here = request.user if isinstance(request.user, Person) else None
    try:
        invitation = actions.invitation_behind(token, at=now())
    except Refusal as refusal:
        return render(request, "people/link_unknown.html", {"refusal": refusal}, status=404)
    account = Person.objects.filter(email=invitation.email).first()
    known, closed = account is not None, account is not None and account.closed_at is not None
    sent = request.POST if request.method == "POST" else None
    form = Form(sent) if known else forms.Accept(sent, initial={"name": invitation.name})
    context = {"invitation": invitation, "known": known, "closed": closed, "form": form, "token": token}
    if form.is_valid():
        try:
            person = actions.accept(
                token=token,
                name="" if known else form.cleaned_data["name"],
                password=None if known else form.cleaned_data["password"],
                signed_in=here,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if here is not None:
                return redirect(settings.LOGIN_REDIRECT_URL)
            if closed:
                messages.success(request, _("Your account is open again. Sign in as you did before."))
                return redirect("account_login")
            begin_session(request, person)
            return redirect("mfa_index")
    return render(request, "people/accept.html", context, status=400 if form.errors else 200)
