"""Changing a version that no round uses yet, and taking translations, which any version may get."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from endocsea.journal.actions import record
from endocsea.support.actors import Actor
from endocsea.support.guard import texts as guard

from .. import editing, refusals
from ..form import Form, Texts
from ..models import Version
from ..soundness import new_faults
from ..translating import with_translations
from ..written import as_data, names_of
from .making import key_of, see_that_it_may


@transaction.atomic
def move(
    *,
    version: Version,
    path: str,
    place: int,
    into: str | None = None,
    seen: str,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """Put an item at a place, counted from 1, of its own section or of another.

    ``seen`` is the revision that the writer saw. Raises `refusals.MayNotMake`, `Frozen`, `ChangedMeanwhile`,
    `NoSuchItem`, `NoPlace`, `HangsTogether`.
    """
    version = _locked(version, seen, by, at)
    form = editing.moved(version.form, path, place=place, into=into)
    return _kept(version, form, "item moved", {"item": path, "place": place}, by, at)


@transaction.atomic
def reword(
    *,
    version: Version,
    path: str,
    wordings: Mapping[str, Texts],
    required: str | None = None,
    seen: str,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """Word an item anew, by name of the text and language, and say whether it must be answered.

    Raises `refusals.MayNotMake`, `Frozen`, `ChangedMeanwhile`, `NoSuchItem`, `NoLabel`, `HangsTogether`, and what
    `guard.check` raises.
    """
    version = _locked(version, seen, by, at)
    declared = guard.check([text for texts in wordings.values() for text in texts.values()], harmless)
    form = editing.reworded(version.form, path, wordings)
    if required is not None:
        form = editing.required(form, path, required)
    facts: dict[str, object] = {"item": path}
    if declared:
        facts["declared harmless"] = sorted({each.kind.value for each in declared})
    return _kept(version, form, "item worded", facts, by, at)


@transaction.atomic
def remove(*, version: Version, path: str, seen: str, by: Actor, at: datetime.datetime) -> Version:
    """Take an item out, and all in it.

    Raises `refusals.MayNotMake`, `Frozen`, `ChangedMeanwhile`, `NoSuchItem`, `NothingLeft`, `HangsTogether`.
    """
    version = _locked(version, seen, by, at)
    return _kept(version, editing.removed(version.form, path), "item removed", {"item": path}, by, at)


@transaction.atomic
def add_section(
    *,
    version: Version,
    label: Texts,
    seen: str,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """A new section at the end, which holds nothing yet.

    Raises `refusals.MayNotMake`, `Frozen`, `ChangedMeanwhile`, `NoLabel`, and what `guard.check` raises.
    """
    version = _locked(version, seen, by, at)
    guard.check(list(label.values()), harmless)
    form = editing.section_added(version.form, label)
    return _kept(version, form, "section added", {"item": form.items[-1].name}, by, at)


@transaction.atomic
def translate(
    *,
    version: Version,
    language: str,
    texts: Mapping[str, str],
    made_from: Mapping[str, str],
    seen: str,
    harmless: str | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Version:
    """Take translations, by key of the text, each with the digest of the wording that it was made from.

    A version that is frozen takes them, too: what it asks stays as it was.

    Raises `refusals.MayNotMake`, `ChangedMeanwhile`, what `with_translations` raises, and what `guard.check` raises.
    """
    version = _locked(version, seen, by, at, frozen=True)
    declared = guard.check(list(texts.values()), harmless)
    asked = version.digest
    form = with_translations(version.form, language, texts, made_from)
    facts: dict[str, object] = {"language": language, "texts": len(texts)}
    if declared:
        facts["declared harmless"] = sorted({each.kind.value for each in declared})
    return _kept(version, form, "translation taken", facts, by, at, keep=asked)


def _locked(
    version: Version, seen: str, by: Actor, at: datetime.datetime, *, frozen: bool = False
) -> Version:
    see_that_it_may(by, at)
    found = Version.objects.select_for_update(of=("self",)).select_related("questionnaire")
    version = found.get(pk=version.pk)
    if version.frozen_on is not None and not frozen:
        raise refusals.Frozen
    if version.revision != seen:
        raise refusals.ChangedMeanwhile
    return version


def _kept(
    version: Version,
    form: Form,
    deed: str,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime.datetime,
    *,
    keep: str = "",
) -> Version:
    """``keep`` is the digest that the version was sent out with: a translation does not change it."""
    if form == version.form:
        return version
    if broken := new_faults(version.form, form):
        raise refusals.HangsTogether(faults="\n".join(map(str, broken)))
    for column, value in {**names_of(as_data(form)), **({"digest": keep} if keep else {})}.items():
        setattr(version, column, value)
    version.full_clean()
    version.save()
    record(deed, by=by, at=at, about=("questionnaire", key_of(version)), facts=facts)
    return version
