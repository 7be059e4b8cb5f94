"""Which answers to a question are worth trying, so that trying them decides a condition.

A choice has as many answers as its list, and nothing. A number or day that is only ever compared with written ones
needs one answer at each of them, between each two, and beyond: all others behave like one of these. A text that is
only ever asked to be equal needs each of the written ones, and another. Where an answer is used in any other way,
trying can find an example, and never shows that there is none.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from endocsea.questionnaires.form import Kind, Question
from endocsea.questionnaires.logic import moments
from endocsea.questionnaires.logic.grammar import (
    Call,
    Chain,
    Expression,
    Literal,
    Minus,
    Number,
    Path,
    Ref,
    inner,
)
from endocsea.questionnaires.logic.library import number_text
from endocsea.questionnaires.logic.places import Places
from endocsea.questionnaires.logic.writing import Writer

MOST_CHOICES = 5  # of which every selection is tried; of more, those of at most two
MOST_STEPS = 50  # of a range that is tried whole
_NUMBERS = frozenset({Kind.WHOLE, Kind.NUMBER, Kind.LEVEL, Kind.RANGE})
_BY_CHANCE_OR_DAY = frozenset({"today", "now", "random", "uuid", "once", "randomize"})


@dataclass(slots=True)
class Uses:
    """How the answer to a question is used in the expressions at hand. ``loose``: otherwise than compared."""

    numbers: set[float] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to try. ``all``: what none of them does, no answer does."""

    texts: tuple[str, ...]
    all: bool


def uses_of(
    places: Places, expressions: Iterator[tuple[str, str, Expression]]
) -> tuple[dict[str, Uses], bool]:
    """How each question is used in these expressions of items, and whether nothing else enters: a day, chance."""
    found: dict[str, Uses] = {}
    closed = True
    for home, part, tree in expressions:
        closed &= _gather(places, home, tree, found, columns=part == "choice_filter")
    return found, closed


def _gather(places: Places, home: str, node: Expression, found: dict[str, Uses], *, columns: bool) -> bool:
    if columns and isinstance(node, Path) and node.start is None and not node.absolute:
        return True
    if isinstance(node, Ref | Path):
        place = place_of(places, home, node)
        if place is None:
            return False
        found.setdefault(place, Uses()).loose = True
        return not isinstance(node, Path) or not inner(node)
    if isinstance(node, Call) and node.name in _BY_CHANCE_OR_DAY:
        return False
    if (
        isinstance(node, Chain)
        and len(node.rest) == 1
        and node.rest[0][0] in ("=", "!=", "<", "<=", ">", ">=")
    ):
        sides = (node.first, node.rest[0][1])
        for one, other in (sides, sides[::-1]):
            place = place_of(places, home, one) if isinstance(one, Ref | Path) else None
            constant = _constant(other)
            if place is not None and constant is not None:
                uses = found.setdefault(place, Uses())
                if isinstance(constant, float):
                    uses.numbers.add(constant)
                else:
                    uses.texts.add(constant)
                    uses.loose |= node.rest[0][0] not in ("=", "!=") and not moments.looks_like_day(constant)
                return True
    # a list, since each has to be looked at
    return all([_gather(places, home, each, found, columns=columns) for each in inner(node)])  # noqa: C419


def place_of(places: Places, home: str, node: Ref | Path) -> str | None:
    """The one item that a path names, if it does so without conditions."""
    writer = Writer(places, home, choices="", kind_of=lambda _: "text", fault=lambda *_, **__: None)
    written = writer.write(node)
    return written.place if written.nodes and not written.many and ":" not in (written.place or ":") else None


def _constant(node: Expression) -> float | str | None:
    match node:
        case Number():
            return float(node.text)
        case Minus(operand=Number(text=text)):
            return -float(text)
        case Literal():
            return node.text
    return None


def worth_trying(places: Places, question: Question, uses: Uses) -> Answers:  # noqa: PLR0911  a table
    names = tuple(choice.name for choice in places.choices(question.choices))
    if question.kind is Kind.CONSENT:
        return Answers(("", "OK"), True)
    if question.kind in (Kind.ONE, Kind.LEVEL) and names:
        return Answers(("", *names), True)
    if question.kind is Kind.SEVERAL and names:
        most = len(names) if len(names) <= MOST_CHOICES else 2
        chosen = (each for size in range(most + 1) for each in itertools.combinations(names, size))
        return Answers(tuple(map(" ".join, chosen)), most == len(names))
    if question.kind is Kind.RANKED and names:
        return Answers(("", " ".join(names), " ".join(reversed(names))), False)
    steps = _steps(question)
    if steps is not None:
        return Answers(("", *steps), True)
    if question.kind in _NUMBERS:
        texts = {number_text(each) for each in _around(uses.numbers, whole=question.kind is Kind.WHOLE)}
        only_numbers = all(text == "" for text in uses.texts)
        return Answers(("", *sorted(texts)), not uses.loose and only_numbers)
    if question.kind is Kind.DAY:
        days = {day for text in uses.texts for day in _days_around(text)}
        return Answers(
            ("", *sorted(days | {"1900-01-01", "2100-01-01"})), not uses.loose and not uses.numbers
        )
    if question.kind is Kind.TEXT:
        texts = uses.texts | {number_text(each) for each in _around(uses.numbers, whole=False)}
        return Answers(tuple(dict.fromkeys(("", *sorted(texts), "another"))), not uses.loose)
    return Answers(("", *sorted(uses.texts)), False)


def _steps(question: Question) -> tuple[str, ...] | None:
    """All numbers of a range, if they are few."""
    try:
        start, end, step = (float(text) for text in (question.start, question.end, question.step or "1"))
    except ValueError:
        return None
    if question.kind is not Kind.RANGE or step == 0 or not 0 <= (end - start) / step <= MOST_STEPS:
        return None
    return tuple(number_text(start + step * count) for count in range(int((end - start) / step + 1e-9) + 1))


def _around(numbers: set[float], *, whole: bool) -> set[float]:
    """Each of them, one between each two, one below and one above; of whole numbers the nearest."""
    if not numbers:
        return {0.0, 1.0}
    if whole:
        near = {
            side + step
            for each in numbers
            for side in (math.floor(each), math.ceil(each))
            for step in (-1, 0, 1)
        }
        return {float(each) for each in near}
    ordered = sorted(numbers)
    between = {(low + high) / 2 for low, high in itertools.pairwise(ordered)}
    return {*ordered, *between, ordered[0] - 1, ordered[-1] + 1}


def _days_around(text: str) -> Iterator[str]:
    moment = moments.moment_of(text) if moments.looks_like_day(text) else None
    if moment is not None:
        for step in (-1, 0, 1):
            yield (moment + datetime.timedelta(days=step)).date().isoformat()
