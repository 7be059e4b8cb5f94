"""Making a questionnaire: from a benchmark, from a form that came from elsewhere, and its next version."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from endocsea.journal.actions import record
from endocsea.standards.models import Edition
from endocsea.states.models import Programme
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import building, policies, refusals
from ..editing import in_sections
from ..form import Form, Texts
from ..models import Questionnaire, Version
from ..translating import texts_of
from ..written import as_data, names_of

SHORT_NAME: Final = re.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@transaction.atomic
def build(
    *,
    edition: Edition,
    code: str,
    title: Texts,
    languages: Iterable[str],
    core_only: bool,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """A new questionnaire of all questions of an edition, or of its core set.

    Raises `refusals.MayNotMake`, `CodeUnclear`, `QuestionnaireThere`, and what `guard.check` raises.
    """
    see_that_it_may(by, at)
    guard.check([code, *title.values()])
    form = building.form_of(edition, title=title, languages=tuple(languages), core_only=core_only)
    return _first_version(form, edition, code, title, {"from": edition.code, "core": core_only}, by, at)


@transaction.atomic
def take_in(
    *,
    form: Form,
    edition: Edition,
    code: str,
    title: Texts,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """A new questionnaire from a form that came from elsewhere; what stands in no section gets one.

    Raises `refusals.MayNotMake`, `CodeUnclear`, `QuestionnaireThere`, and what `guard.check` raises.
    """
    see_that_it_may(by, at)
    facts = {"from": "workbook", **_declared(form, [code, *title.values()], harmless)}
    return _first_version(in_sections(form), edition, code, title, facts, by, at)


@transaction.atomic
def take_in_version(
    *,
    questionnaire: Questionnaire,
    form: Form,
    note: str = "",
    instead: bool = False,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """The next version of a questionnaire; ``instead`` of the one in the making, where there is one.

    Raises `refusals.MayNotMake`, `InTheMaking`, and what `guard.check` raises.
    """
    see_that_it_may(by, at)
    facts = {"from": "workbook", **_declared(form, [note], harmless)}
    questionnaire = _locked(questionnaire)
    standing = questionnaire.versions.filter(frozen_on=None, retired_on=None).first()
    if standing is not None and not instead:
        raise refusals.InTheMaking(number=standing.number)
    version = standing or Version(questionnaire=questionnaire, number=_next_number(questionnaire))
    version.note, version.made_on = note.strip(), localdate(at)
    return _kept(version, in_sections(form), facts, by, at)


@transaction.atomic
def next_version(*, version: Version, by: Actor, at: datetime.datetime) -> Version:
    """A copy in the making, which may be changed. Raises `refusals.MayNotMake`, `InTheMaking`."""
    see_that_it_may(by, at)
    questionnaire = _locked(version.questionnaire)
    if standing := questionnaire.versions.filter(frozen_on=None, retired_on=None).first():
        raise refusals.InTheMaking(number=standing.number)
    made = Version(questionnaire=questionnaire, number=_next_number(questionnaire), made_on=localdate(at))
    return _kept(made, version.form, {"from": f"version {version.number}"}, by, at)


def see_that_it_may(by: Actor, at: datetime.datetime) -> None:
    """Raises `refusals.MayNotMake`."""
    if not policies.may_make(by, on=localdate(at)):
        raise refusals.MayNotMake


def key_of(version: Version) -> str:
    """How the journal names a version."""
    return f"{version.questionnaire.code}/{version.number}"


def _first_version(
    form: Form,
    edition: Edition,
    code: str,
    title: Texts,
    facts: dict[str, object],
    by: Actor,
    at: datetime.datetime,
) -> Version:
    programme = Programme.objects.select_for_update().get(retired_on=None)
    if not SHORT_NAME.fullmatch(code):
        raise refusals.CodeUnclear(code=code)
    if Questionnaire.objects.filter(programme=programme, code=code).exists():
        raise refusals.QuestionnaireThere(code=code)
    made = Questionnaire(programme=programme, edition=edition, code=code, title=dict(title))
    made.full_clean()
    made.save()
    return _kept(Version(questionnaire=made, number=1, made_on=localdate(at)), form, facts, by, at)


def _kept(
    version: Version, form: Form, facts: dict[str, object], by: Actor, at: datetime.datetime
) -> Version:
    for column, value in names_of(as_data(form)).items():
        setattr(version, column, value)
    version.full_clean()
    version.save()
    told = {**facts, "questions": sum(1 for _ in form.questions()), "digest": version.digest}
    record("version made", by=by, at=at, about=("questionnaire", key_of(version)), facts=told)
    return version


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    return Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)


def _next_number(questionnaire: Questionnaire) -> int:
    return 1 + max(questionnaire.versions.values_list("number", flat=True), default=0)


def _declared(form: Form, more: Iterable[str], harmless: str | None) -> dict[str, object]:
    texts = [text for each in texts_of(form).values() for text in each.values()]
    found = guard.check([*more, *texts], harmless)
    return {"declared harmless": sorted({each.kind.value for each in found})} if found else {}
