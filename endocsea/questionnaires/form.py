"""What a questionnaire asks, as data: questions in groups, with their logic as written and their texts per language.

A form is a tree. Each item has a name, and its path is the names from the top, joined by "/": ``household/name``. In
a group that repeats, answers carry which one is meant, counted from 1: ``household[2]/name``. Logic is XPath 1.0 with
the functions of XForms and ``${name}`` for another item, as in an XLSForm; `.logic` runs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Texts = Mapping[str, str]  # by language; the form's own language first


class Kind(StrEnum):
    """How a question is answered. What is kept is text; days are ISO, times HH:MM, choices names, several by spaces."""

    LEVEL = "level"  # one of the levels that the benchmark words, 0 the lowest
    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    WHOLE = "whole"
    NUMBER = "number"
    RANGE = "range"
    TEXT = "text"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    CONSENT = "consent"  # a box to tick: "OK" or nothing
    NOTE = "note"  # says something, asks nothing
    CALCULATED = "calculated"  # never shown: its value follows from others


ASKS_NOTHING = frozenset({Kind.NOTE, Kind.CALCULATED})
CHOOSES = frozenset({Kind.LEVEL, Kind.ONE, Kind.SEVERAL, Kind.RANKED})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list. ``columns`` are what a filter of the list may look at."""

    name: str
    label: Texts = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """``required``, ``relevant``, ``constraint``, ``calculation``, ``choice_filter``: expressions; empty: none."""

    name: str
    kind: Kind
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    choices: str = ""  # the name of a list of the form
    choice_filter: str = ""
    other: bool = False  # "other: …" may be written in; kept at the path with "_other" behind
    required: str = ""
    required_message: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    calculation: str = ""
    default: str = ""  # a value, or an expression that is calculated once, when the form is opened
    read_only: bool = False
    start: str = ""  # of a range, as are end and step
    end: str = ""
    step: str = ""
    unit: Texts = field(default_factory=dict)
    appearance: str = ""
    indicator: str = ""  # the code of the benchmark's indicator that this question asks for
    core: bool = False  # in the core set, which comes before the full one
    restricted: bool = False  # wording public, answers for named roles only


@dataclass(frozen=True, slots=True)
class Group:
    """Items together; those at the top of a form are its sections. ``repeats``: as often as is asked for."""

    name: str
    label: Texts = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    relevant: str = ""
    repeats: bool = False
    count: str = ""  # how often, as an expression; empty: as the person who answers likes
    appearance: str = ""


Item = Question | Group


@dataclass(frozen=True, slots=True)
class Form:
    """``languages`` in the order of the author; the first is the one that every text is in.

    ``made_from`` says by language and key of a text, both as `.translating` has them, which wording was translated.
    """

    title: Texts
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    made_from: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _by_path: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_path", dict(self.questions()))

    def walk(self) -> Iterator[tuple[str, Item]]:
        """Every item with its path, groups before what is in them, in the order of the form."""
        yield from _walk(self.items, "")

    def by_path(self) -> Mapping[str, Question]:
        """Every question by its path."""
        return self._by_path

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Every question with its path, without the groups."""
        return ((path, item) for path, item in self.walk() if isinstance(item, Question))


def _walk(items: tuple[Item, ...], above: str) -> Iterator[tuple[str, Item]]:
    for item in items:
        path = f"{above}{item.name}"
        yield path, item
        if isinstance(item, Group):
            yield from _walk(item.items, f"{path}/")
