"""The pages of an organisation's answers, the same for whoever has an account and for the bearer of a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import Http404

from endocsea.questionnaires.form import Texts

from ..reading import asking, field_of
from ..voices.desk import Section, VoiceDesk
from . import one_answer
from .one_answer import Typed


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the pages of one organisation are."""

    whole: str
    answer: str
    section: Callable[[str], str]  # by its name


class Step(NamedTuple):
    """A section, and the address of its page."""

    label: Texts
    asked: int
    answered: int
    address: str


def whole(seen: VoiceDesk, ways: Ways) -> dict[str, Any]:
    """What the page of all sections shows."""
    return {"desk": seen, "sections": [_step(each, ways) for each in seen.sections()]}


def part(seen: VoiceDesk, section: str, ways: Ways, typed: Typed | None = None) -> dict[str, Any]:
    """What the page of one section shows. Raises Http404 where it asks organisations nothing."""
    sections = seen.sections()
    place = next((number for number, each in enumerate(sections) if each.name == section), None)
    group = next((each for each in seen.form.items if each.name == section), None)
    if place is None or group is None:
        raise Http404
    fields = [field_of(seen, *asked) for asked in asking(group) if seen.may_read(*asked)]
    return {
        **one_answer.shown(fields, typed),
        "desk": seen,
        "section": _step(sections[place], ways),
        "number": place + 1,
        "of": len(sections),
        "earlier": _step(sections[place - 1], ways) if place else None,
        "later": _step(sections[place + 1], ways) if place + 1 < len(sections) else None,
        "whole": ways.whole,
        "answer_at": ways.answer,
    }


def _step(section: Section, ways: Ways) -> Step:
    return Step(section.label, section.asked, section.answered, ways.section(section.name))
