"""Translations of answers, as one person may read them beside the originals. One statement, however many there are."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from endocsea.questionnaires.form import Question
from endocsea.questionnaires.models import Round
from endocsea.states.models import State
from endocsea.support.actors import Actor, Role
from endocsea.support.texts import shown

from .. import policies
from ..languages import language_name
from ..models import AnswerTranslation
from ..talking import WHO
from .given import Given
from .texts import texts_of

if TYPE_CHECKING:
    from ..reading import Desk

BY: Final[Mapping[str, str | Promise]] = {**WHO, Role.RAPPORTEUR: gettext_lazy("a rapporteur")}


@dataclass(frozen=True, slots=True)
class Translated:
    """The texts of an answer in another language; ``earlier``: the answer has moved on since."""

    record: AnswerTranslation
    earlier: bool

    @property
    def language(self) -> str:
        return self.record.language

    @property
    def name(self) -> str:
        return language_name(self.record.language)

    @property
    def foreign(self) -> bool:
        """Whether it is in another language than the page's."""
        return self.record.language != get_language()

    @property
    def by(self) -> str:
        """Who made it of what, in words."""
        facts = {"who": BY.get(self.record.role, self.record.role), "n": self.record.number}
        if self.earlier:
            return _("Translation by %(who)s, of version %(n)s, an earlier version") % facts
        return _("Translation by %(who)s, of version %(n)s") % facts

    @property
    def texts(self) -> list[str]:
        """What it says, part by part."""
        return [shown(text) for text in self.parts.values()]

    @property
    def parts(self) -> dict[str, str]:
        each = self.record
        parts = {
            "value": each.value,
            "other": each.other,
            "reason": each.reason,
            "explanation": each.explanation,
        }
        return {part: text for part, text in parts.items() if text}


def beside(desk: Desk, paths: Collection[str]) -> dict[str, Translated]:
    """By path, the translation into the page's language of what the reader of a desk may read; the newest one."""
    asked = desk.form.by_path()
    foreign = [path for path in paths if is_foreign(asked[path], desk.answers.get(path, Given()))]
    made: dict[str, list[AnswerTranslation]] = {}
    if foreign:
        of_reply = {"answer__round": desk.reply.round, "answer__state": desk.reply.state}
        for each in _into_the_page(answer__question__in=foreign, **of_reply):
            made.setdefault(each.answer.question, []).append(each)
    told = {}
    for path, records in made.items():
        place, number = desk.place(path, asked[path]), desk.numbers.get(path, 0)
        if one := newest(records, standing=number, reader=desk.reader, place=place, on=desk.on):
            told[path] = one
    return told


def of_question(round: Round, path: str) -> dict[int, list[AnswerTranslation]]:
    """All translations of all states' answers to a question into the page's language, by number of the answer."""
    made: dict[int, list[AnswerTranslation]] = {}
    for each in _into_the_page(answer__round=round, answer__question=path):
        made.setdefault(each.answer_id, []).append(each)
    return made


def of_reply(round: Round, state: State) -> dict[str, AnswerTranslation]:
    """By path, the newest translation into the page's language. Whose eyes it is for is asked before."""
    made = _into_the_page(answer__round=round, answer__state=state).order_by("number")
    return {each.answer.question: each for each in made}


def of_answer(desk: Desk, path: str) -> list[Translated]:
    """Every translation of an answer that the reader may read: by language, the newest version first."""
    found = AnswerTranslation.objects.filter(
        answer__round=desk.reply.round, answer__state=desk.reply.state, answer__question=path
    ).order_by("language", "-number")
    place, number = desk.place(path, desk.form.by_path()[path]), desk.numbers.get(path, 0)
    return list(_read(found, standing=number, reader=desk.reader, place=place, on=desk.on))


def newest(
    records: Iterable[AnswerTranslation],
    *,
    standing: int,
    reader: Actor,
    place: policies.Place,
    on: datetime.date,
) -> Translated | None:
    """That of the latest version among those that a reader may read. ``standing``: the version that stands."""
    found = _read(records, standing=standing, reader=reader, place=place, on=on)
    return max(found, key=lambda each: each.record.number, default=None)


def is_foreign(question: Question, given: Given) -> bool:
    """Whether an answer has texts that may be in another language than the page's."""
    return given.language != get_language() and bool(texts_of(question, given))


def _into_the_page(**which: Any) -> QuerySet[AnswerTranslation]:
    found = AnswerTranslation.objects.filter(language=get_language() or "en", **which)
    return found.select_related("answer").only(
        *("number", "language", "value", "other", "reason", "explanation", "role", "made_at"),
        "answer__question",
    )


def _read(
    records: Iterable[AnswerTranslation],
    *,
    standing: int,
    reader: Actor,
    place: policies.Place,
    on: datetime.date,
) -> Iterator[Translated]:
    """What the review translated was sent by then; of what the state translated, only what stands certainly was."""
    for each in records:
        drafted = each.number != standing and each.role not in policies.REVIEW
        if policies.may_read_translation(reader, place, drafted=drafted, on=on):
            yield Translated(each, earlier=each.number != standing)
