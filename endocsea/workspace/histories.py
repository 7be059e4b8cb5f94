"""Histories: what was done to a record, by whom in which role, and when, read from the journal."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from endocsea.journal.models import Entry
from endocsea.journal.queries import deeds_of, history_of
from endocsea.people.models import Person
from endocsea.people.policies import may_protect_data
from endocsea.people.signing_in import person_of
from endocsea.people.standing import Standing
from endocsea.questionnaires.models import Round
from endocsea.questionnaires.policies import may_run_rounds
from endocsea.replies import policies as replies
from endocsea.replies.models import Reply
from endocsea.replies.reading import Desk, desk, rounds_of
from endocsea.support.texts import plain

from .told import told

ON_A_PAGE: Final = 100
# What is told of a reply to whoever reads it only since it was sent, whenever it was done.
OPENLY: Final = ("asked by letter", "reminded", "reply sent", "reply opened again")


class Place(NamedTuple):
    """A record with a history that the reader may see."""

    name: str
    address: str


@login_required
def histories(request: HttpRequest) -> HttpResponse:
    """Every record whose history the reader may see, by kind."""
    reader = person_of(request).standing(on=localdate())
    return render(request, "workspace/histories.html", {"kinds": _kinds(reader)})


@login_required
def of_reply(request: HttpRequest, round: str, state: str) -> HttpResponse:
    """What was done to a reply and its answers: for the coordinator, and for the review once it was sent."""
    at = now()
    seen = desk(person_of(request), round=round, state=state, at=at, on=localdate(at))
    code, iso3 = seen.reply.round.code, seen.reply.state.iso3
    if not replies.may_see_history(seen.reader, replies.Place(iso3, sent=seen.reply.is_sent), on=seen.on):
        raise Http404
    key = f"{code}/{iso3}"
    entries = Entry.objects.with_parts().filter(
        Q(about_kind="reply", about_key=key) | Q(about_kind="answer", about_key__startswith=f"{key}/")
    )
    if not replies.may_read_drafts(seen.reader, iso3, on=seen.on):
        entries = entries.filter(_while_sent(key))
    return _page(
        request,
        entries,
        name=f"{plain(seen.reply.state.name)}: {plain(seen.reply.round.name)}",
        back=reverse("replies:reply", args=[round, state]),
        about=_questions(seen, key),
    )


@login_required
def of_round(request: HttpRequest, code: str) -> HttpResponse:
    if not may_run_rounds(person_of(request), on=localdate()):
        raise Http404
    found = get_object_or_404(Round, code=code, retired_on=None)
    back = reverse("replies:round", args=[code])
    return _page(request, history_of("round", code), name=plain(found.name), back=back)


@login_required
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody did, and what was done that concerns them: for the data protection officer."""
    if not may_protect_data(person_of(request), on=localdate()):
        raise Http404
    person = get_object_or_404(Person, pk=pk, erased_at=None)
    entries = deeds_of(person) | history_of("person", str(person.key))
    back = reverse("people:accounts")
    return _page(request, entries, name=person.name or person.email, back=back)


def _kinds(reader: Standing) -> list[tuple[str, list[Place]]]:
    on, found = reader.day, []
    of_replies = []
    for round, state in rounds_of(reader, on=on):
        sent = Reply.objects.filter(round=round, state=state, step__in=Reply.SENT).exists()
        if replies.may_see_history(reader, replies.Place(state.iso3, sent=sent), on=on):
            address = reverse("workspace:history-of-reply", args=[round.code, state.slug])
            of_replies.append(Place(f"{plain(state.name)}: {plain(round.name)}", address))
    found.append((_("Replies"), of_replies))
    if may_run_rounds(reader, on=on):
        rounds = Round.objects.filter(retired_on=None).order_by("-opens_on", "code")
        of_rounds = [
            Place(plain(each.name), reverse("workspace:history-of-round", args=[each.code]))
            for each in rounds
        ]
        found.append((_("Rounds"), of_rounds))
    if may_protect_data(reader, on=on):
        people = Person.objects.filter(erased_at=None).order_by("name", "email")
        of_people = [
            Place(each.name or each.email, reverse("workspace:history-of-person", args=[each.pk]))
            for each in people
        ]
        found.append((_("People"), of_people))
    return [(kind, places) for kind, places in found if places]


def _page(
    request: HttpRequest,
    entries: QuerySet[Entry],
    *,
    name: str,
    back: str,
    about: dict[str, str] | None = None,
) -> HttpResponse:
    page = Paginator(entries.order_by("-number"), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"name": name, "back": back, "page": page}
    return render(
        request, "workspace/history.html", {**context, "entries": told(page.object_list, about=about)}
    )


def _while_sent(key: str) -> Q:
    """The entries made while a reply was sent, and those that say when it was: the rest is about drafts."""
    told = Q(deed__in=OPENLY)
    turns = history_of("reply", key).filter(deed__in=("reply sent", "reply opened again"))
    since: int | None = 0  # what the content brought was sent from the beginning
    for number, deed in turns.order_by("number").values_list("number", "deed"):
        if deed == "reply sent":
            since = number
        elif since is not None:
            told, since = told | Q(number__gt=since, number__lt=number), None
    return told if since is None else told | Q(number__gt=since)


def _questions(seen: Desk, key: str) -> dict[str, str]:
    """By key of an answer, its question in words."""
    return {
        f"{key}/{path}": f"{question.name} {plain(question.label)}"
        for path, question in seen.form.questions()
    }
