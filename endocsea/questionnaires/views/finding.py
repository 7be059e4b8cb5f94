"""What every page of the chapter asks first: who is there, and which version is meant."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from endocsea.people.models import Person
from endocsea.people.signing_in import person_of
from endocsea.support.refusals import Refusal

from ..models import Questionnaire, Version
from ..policies import may_make
from ..refusals import ChangedMeanwhile


def maker(request: HttpRequest) -> Person:
    """Raises Http404 for whoever makes no questionnaires: for them there is no such page."""
    person = person_of(request)
    if not may_make(person, on=localdate()):
        raise Http404
    return person


def version_of(code: str, number: int) -> Version:
    """Raises Http404 where there is none."""
    versions = Version.objects.filter(retired_on=None, questionnaire__retired_on=None)
    found = versions.select_related("questionnaire").filter(questionnaire__code=code, number=number).first()
    if found is None:
        raise Http404
    return found


def versions_of(questionnaire: Questionnaire) -> list[Version]:
    """The newest first, without what they ask."""
    return list(questionnaire.versions.filter(retired_on=None).defer("written").order_by("-number"))


def status_of(refusal: Refusal) -> HTTPStatus:
    return HTTPStatus.CONFLICT if isinstance(refusal, ChangedMeanwhile) else HTTPStatus.UNPROCESSABLE_ENTITY
