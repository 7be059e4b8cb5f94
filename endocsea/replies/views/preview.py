"""A version of a questionnaire as those who answer will see it; nothing is saved, and nothing of a state is shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from endocsea.people.signing_in import person_of
from endocsea.questionnaires.form import Form, Group, Question
from endocsea.questionnaires.models import Version
from endocsea.questionnaires.policies import may_make

from ..answers.given import Given
from ..reading import Field, asking
from ..rules import is_asked_beside
from .one_answer import STATUSES


class Chair(StrEnum):
    """As whom the questions are seen."""

    COORDINATOR = "coordinator"
    TEAM = "team"
    VOICE = "voice"
    LINK = "link"


CHAIRS: Final = {
    Chair.COORDINATOR: _("coordinator"),
    Chair.TEAM: _("member of a team"),
    Chair.VOICE: _("civil society"),
    Chair.LINK: _("someone without an account"),
}
WHAT_THEY_SEE: Final = {
    Chair.COORDINATOR: _("The coordinator sees every section and answers every question."),
    Chair.TEAM: _("A member of the team sees the questions that were shared with them: here, one section."),
    Chair.VOICE: _(
        "An organisation answers the same questions beside the state, but none for named roles only."
    ),
    Chair.LINK: _(
        "An institution without an account sees the questions of its link on one page: here, one section."
    ),
}


@login_required
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """``?as=team&section=C3``: what is not given is the coordinator, and the first section with a question."""
    if not may_make(person_of(request), on=localdate()):
        raise Http404
    found = Version.objects.filter(retired_on=None, questionnaire__retired_on=None)
    version = found.select_related("questionnaire").filter(questionnaire__code=code, number=number).first()
    chosen = request.GET.get("as", Chair.COORDINATOR)
    if version is None or chosen not in set(Chair):
        raise Http404
    chair = Chair(chosen)
    sections = {each.name: each for each in version.form.items if _asked(each, chair)}
    name = request.GET.get("section") or next(iter(sections), "")
    if name not in sections:
        raise Http404
    place = list(sections).index(name)
    context = {
        "version": version,
        "chair": chair.value,
        "chairs": [(each.value, said) for each, said in CHAIRS.items()],
        "sees": WHAT_THEY_SEE[chair],
        "sections": [(each.name, each.label) for each in sections.values()],
        "section": sections[name],
        "number": place + 1,
        "later": next(iter(list(sections.values())[place + 1 :]), None),
        "fields": [_field(version.form, path, question) for path, question in _asked(sections[name], chair)],
        "statuses": STATUSES,
    }
    return render(request, "replies/preview.html", context)


def _asked(item: Group | Question, chair: Chair) -> list[tuple[str, Question]]:
    return [each for each in asking(item) if chair is not Chair.VOICE or is_asked_beside(each[1])]


def _field(form: Form, path: str, question: Question) -> Field:
    return Field(
        path=path,
        question=question,
        choices=form.choices.get(question.choices, ()),
        given=Given(),
        seen=0,
        said="",
        before="",
        editable=True,
    )
