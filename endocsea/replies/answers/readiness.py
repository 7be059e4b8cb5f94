"""Is a question ready to be signed? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from endocsea.questionnaires.form import ASKS_NOTHING, Form, Group, Question

from .given import NEED_A_REASON, Given, Status


@dataclass(frozen=True, slots=True)
class Count:
    """How far a section is: of ``asked`` questions so many are ready; some of those are withheld."""

    asked: int
    ready: int
    withheld: int

    @property
    def open(self) -> int:
        return self.asked - self.ready


def is_ready(given: Given | None) -> bool:
    """Answered in one of the ways there are, with a reason where one is due. Unconfirmed is not ready."""
    if given is None or given.status in (Status.NOT_ANSWERED, Status.PREFILLED):
        return False
    if given.status in NEED_A_REASON:
        return bool(given.reason)
    return given.status is not Status.ANSWERED or bool(given.value or given.other)


def not_ready(
    form: Form, answers: Mapping[str, Given], *, relevant: Iterable[str] | None = None
) -> list[str]:
    """The paths of the questions that are asked and not ready, in the order of the form."""
    asked = None if relevant is None else set(relevant)
    return [
        path
        for path, question in form.questions()
        if question.kind not in ASKS_NOTHING
        and (asked is None or path in asked)
        and not is_ready(answers.get(path))
    ]


def asked_in(form: Form) -> list[str]:
    """The questions of a form that ask something, by path."""
    return [path for path, question in form.questions() if question.kind not in ASKS_NOTHING]


def paths_of(form: Form, section: str) -> list[str]:
    """The questions of a section that ask something, by path."""
    return [
        path
        for each in form.items
        if isinstance(each, Group) and each.name == section
        for path in _asking(each, f"{section}/")
    ]


def by_section(
    form: Form, answers: Mapping[str, Given], *, relevant: Iterable[str] | None = None
) -> dict[str, Count]:
    """How far each section is, by its name; ``relevant`` are the paths that count, where not all do."""
    asked = None if relevant is None else set(relevant)
    return {
        section.name: _count(section.name, section, answers, asked)
        for section in form.items
        if isinstance(section, Group)
    }


def _count(name: str, section: Group, answers: Mapping[str, Given], asked: set[str] | None) -> Count:
    paths = (path for path in _asking(section, f"{name}/") if asked is None or path in asked)
    given = [answers.get(path) for path in paths]
    return Count(
        asked=len(given),
        ready=sum(is_ready(each) for each in given),
        withheld=sum(each is not None and each.status is Status.WITHHELD for each in given),
    )


def _asking(group: Group, above: str) -> Iterable[str]:
    for item in group.items:
        if isinstance(item, Question):
            if item.kind not in ASKS_NOTHING:
                yield f"{above}{item.name}"
        else:
            yield from _asking(item, f"{above}{item.name}/")
