"""The evidence of answers as pages show it: read for many questions at once, its life in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from endocsea.questionnaires.form import Form, Kind, Question
from endocsea.sources.models import Copy, Source
from endocsea.support.texts import shown

from ..answers.given import WITH_A_VALUE, Given
from ..languages import language_name
from ..models import Evidence, Reply

CLAIMS: Final = 3  # from this level on, an answer claims what a dated source has to show
STANDS: Final = frozenset({Evidence.Life.ATTACHED, Evidence.Life.CHECKED})


@dataclass(frozen=True, slots=True)
class Looked:
    """What came when a person looked whether an address opens."""

    on: datetime.datetime
    said: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence. ``file`` is the key of its file; ``later`` the number of the piece that superseded it."""

    pk: int
    question: str
    source: int
    name: str
    address: str
    locator: str
    kind: str
    dated: datetime.date | None
    language: str
    excerpt: str
    life: str
    life_said: str
    why: str
    file: str
    file_name: str
    later: int | None

    @property
    def stands(self) -> bool:
        """Neither rejected, superseded, nor out of reach."""
        return self.life in STANDS

    @property
    def link(self) -> str:
        """The address, where it is one of the web."""
        return self.address if self.address.startswith(("https://", "http://")) else ""

    @property
    def place(self) -> str:
        return f"{self.name}, {self.locator}" if self.locator else self.name


def proofs_of(reply: Reply, questions: Iterable[str] | None = None) -> dict[str, tuple[Proof, ...]]:
    """By question, what proves its answer, in the order in which it came. One statement."""
    rows = Evidence.objects.filter(
        answer__round_id=reply.round_id, answer__state_id=reply.state_id, retired_on=None
    )
    if questions is not None:
        rows = rows.filter(answer__question__in=list(questions))
    rows = rows.select_related("answer", "citation__source", "file").defer("file__content")
    found: dict[str, list[Proof]] = {}
    for each in rows.order_by("pk"):
        found.setdefault(each.answer.question, []).append(_proof(each))
    return {question: tuple(proofs) for question, proofs in found.items()}


def looked(sources: Iterable[int]) -> dict[int, Looked]:
    """By source, what came the last time that somebody looked. One statement."""
    rows = Copy.objects.filter(source_id__in=list(sources)).order_by("fetched_at")
    return {
        each.source_id: Looked(each.fetched_at, said_of(each), shown(each.title), shown(each.text))
        for each in rows
    }


def said_of(copy: Copy) -> str:
    """What a look at an address has brought, in words."""
    if copy.status == 0:
        return _("nobody answered")
    if 300 <= copy.status < 400:
        return _("it leads on to a site that is not listed")
    if not 200 <= copy.status < 300:
        return _("it answers with an error (%(status)s)") % {"status": copy.status}
    if copy.text:
        return _("it opens")
    return _("it opens, and holds no text that could be kept")


def asks_for_a_source(question: Question, given: Given | None, proofs: Iterable[Proof]) -> bool:
    """Whether an answer claims level 3 or 4, and no source with a day of its own stands to show it."""
    if question.kind is not Kind.LEVEL or given is None or given.status not in WITH_A_VALUE:
        return False
    claims = given.value.isdecimal() and int(given.value) >= CLAIMS
    return claims and not any(each.stands and each.dated for each in proofs)


def without_a_source(
    form: Form, answers: Mapping[str, Given], proofs: Mapping[str, tuple[Proof, ...]]
) -> list[str]:
    """The paths of the questions whose answers ask for a dated source, in the order of the form."""
    return [
        path
        for path, question in form.questions()
        if asks_for_a_source(question, answers.get(path), proofs.get(path, ()))
    ]


def name_of(source: Source) -> str:
    """What a source is called: its title; without one, its address."""
    return shown(source.title) or shown(source.address)


def _proof(row: Evidence) -> Proof:
    source = row.citation.source
    return Proof(
        pk=row.pk,
        question=row.answer.question,
        source=source.pk,
        name=name_of(source),
        address=source.address,
        locator=shown(row.citation.locator),
        kind=str(row.get_kind_display()) if row.kind else "",
        dated=row.dated,
        language=language_name(row.language),
        excerpt=shown(row.excerpt),
        life=row.life,
        life_said=str(row.get_life_display()),
        why=shown(row.why),
        file=str(row.file.key) if row.file else "",
        file_name=shown(row.file.name) if row.file else "",
        later=row.later_id,
    )
