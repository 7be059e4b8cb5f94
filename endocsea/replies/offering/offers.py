"""What public sources say about a state, offered at the question that it touches: never an answer by itself.

Desk research stands in a later chapter, which this one does not know: ``settings.OFFERS`` names the function that
gives what may be offered. Whose eyes it is for is asked here, before: it goes to the state that it is about.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from endocsea.questionnaires.form import Question
from endocsea.states.models import State


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence from a source. ``key`` names it for good; ``citation`` is the number of its `sources.Citation`."""

    key: str
    indicator: str  # the code of the benchmark's indicator that it touches; nothing: none in particular
    capability: int
    statement: str
    value: str
    as_of: str  # the day, month or year that it speaks of
    limits: str
    known_by: str | Promise  # how we know it, in words
    source: str  # in words, with the place in it
    address: str
    citation: int

    def touches(self, path: str, question: Question) -> bool:
        """Whether it may be offered at a question: by its indicator, or else in the section of its capability."""
        if self.indicator:
            return question.indicator == self.indicator
        return path.partition("/")[0] == f"C{self.capability}"


def offers_for(state: State, *, on: datetime.date) -> tuple[Offer, ...]:
    """What is known about a state from public sources, in the order of its keys."""
    found: Callable[..., tuple[Offer, ...]] = import_string(settings.OFFERS)
    return found(state, on=on)
