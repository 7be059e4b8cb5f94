"""A questionnaire from a benchmark: a section per capability, a question per indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from endocsea.standards.models import Capability, Edition, Indicator
from endocsea.support.classes import Confidentiality

from .form import Choice, Form, Group, Kind, Question, Texts
from .words import YES_PARTLY_NO

KINDS = {
    Indicator.Answer.LEVEL: Kind.LEVEL,
    Indicator.Answer.CHOICE: Kind.SEVERAL,
    Indicator.Answer.NUMBER: Kind.NUMBER,
    Indicator.Answer.YES_NO: Kind.ONE,
}
ANSWERS = "yes_partly_no"  # the list that such questions share


def form_of(edition: Edition, *, title: Texts, languages: tuple[str, ...], core_only: bool = False) -> Form:
    """All questions of an edition in its order, or those of the core set.

    A level is named by its number, an option by its place in the benchmark's list, counted from 1.
    """
    asked = edition.indicators.filter(retired_on=None).select_related("capability").order_by("position")
    if core_only:
        asked = asked.filter(core=True)
    sections: dict[int, list[Indicator]] = {}
    for indicator in asked:
        sections.setdefault(indicator.capability_id, []).append(indicator)
    choices = {
        each.code: _choices(each)
        for each in asked
        if each.answer_type in (Indicator.Answer.LEVEL, Indicator.Answer.CHOICE)
    }
    if any(each.answer_type == Indicator.Answer.YES_NO for each in asked):
        choices[ANSWERS] = tuple(Choice(name, label) for name, label in YES_PARTLY_NO.items())
    return Form(
        title=title,
        languages=languages,
        items=tuple(_section(within[0].capability, within) for within in sections.values()),
        choices=choices,
    )


def section_of(capability: Capability) -> str:
    """The name of a capability's section."""
    return f"C{capability.number}"


def _section(capability: Capability, asked: Iterable[Indicator]) -> Group:
    return Group(section_of(capability), capability.name, tuple(_question(each) for each in asked))


def _question(indicator: Indicator) -> Question:
    kind = KINDS[Indicator.Answer(indicator.answer_type)]
    return Question(
        indicator.code,
        kind,
        label=indicator.question,
        hint=_without_empty(indicator.evidence),
        guidance=_without_empty(indicator.guidance),
        choices={Kind.ONE: ANSWERS, Kind.NUMBER: ""}.get(kind, indicator.code),
        constraint=". >= 0" if kind is Kind.NUMBER else "",
        unit=_without_empty(indicator.unit),
        indicator=indicator.code,
        core=indicator.core,
        restricted=indicator.sensitivity == Confidentiality.RESTRICTED,
    )


def _choices(indicator: Indicator) -> tuple[Choice, ...]:
    level = indicator.answer_type == Indicator.Answer.LEVEL
    wordings = indicator.levels if level else indicator.options
    names = range(len(wordings["en"])) if level else range(1, len(wordings["en"]) + 1)
    return tuple(
        Choice(str(name), {language: words[place] for language, words in wordings.items()})
        for place, name in enumerate(names)
    )


def _without_empty(texts: Mapping[str, str]) -> Texts:
    return {language: text for language, text in texts.items() if text}
