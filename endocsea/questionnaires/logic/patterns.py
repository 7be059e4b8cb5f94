"""Regular expressions of authors, so that none can keep the server busy.

Python's own engine tries one way after another, and some patterns have exponentially many. So a pattern whose repeats
stand in a row of at most two runs there; every other one is run as an automaton, which reads each character once,
in all states together. References back, and looks around beside many repeats, need the former and are refused.
Letters, digits and spaces are those of ASCII, and the whole text has to match, as in ODK Collect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

LONGEST_TEXT = 100_000  # for a pattern with one open repeat: its work grows with the text
LONGEST_HARD_TEXT = 2_000  # for all others
MOST_STATES = 2_000
_OPEN = 20  # a repeat that may vary by this much counts as open

_LOOKS = frozenset({"ASSERT", "ASSERT_NOT"})
_BACK = frozenset({"GROUPREF", "GROUPREF_EXISTS", "ATOMIC_GROUP", "POSSESSIVE_REPEAT"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_CATEGORIES = {
    "CATEGORY_DIGIT": re.compile(r"\d", re.ASCII),
    "CATEGORY_NOT_DIGIT": re.compile(r"\D", re.ASCII),
    "CATEGORY_SPACE": re.compile(r"\s", re.ASCII),
    "CATEGORY_NOT_SPACE": re.compile(r"\S", re.ASCII),
    "CATEGORY_WORD": re.compile(r"\w", re.ASCII),
    "CATEGORY_NOT_WORD": re.compile(r"\W", re.ASCII),
}


class BadPattern(ValueError):
    """A pattern that cannot be read, or not be run safely. The text says which."""


@lru_cache(maxsize=1024)
def matcher(pattern: str) -> Callable[[str], bool]:
    """A function that says whether a whole text matches, or `BadPattern`."""
    try:
        compiled = re.compile(pattern, re.ASCII)
        tree = re._parser.parse(pattern, re.ASCII)  # type: ignore[attr-defined]
    except (re.error, RecursionError, OverflowError) as wrong:
        raise BadPattern(str(wrong)) from wrong
    kinds = set(_kinds(tree))
    repeats, open_repeats, nested = _repeats(tree, inside=False)
    if not nested and open_repeats <= 2 and not kinds & {"GROUPREF", "GROUPREF_EXISTS"}:
        longest = LONGEST_TEXT if open_repeats <= 1 and repeats <= 10 else LONGEST_HARD_TEXT
        return lambda text: len(text) <= longest and compiled.fullmatch(text) is not None
    if kinds & (_LOOKS | _BACK):
        raise BadPattern("it looks around or back beside many repeats")
    return _Automaton(tree).matches


def _kinds(tree: Any) -> Iterable[str]:
    for kind, value in tree:
        yield str(kind)
        for part in _parts(str(kind), value):
            yield from _kinds(part)


def _parts(kind: str, value: Any) -> Iterable[Any]:
    if kind in _REPEATS:
        return (value[2],)
    if kind == "BRANCH":
        return tuple(value[1])
    if kind == "SUBPATTERN":
        return (value[3],)
    if kind in _LOOKS:
        return (value[1],)
    return (value,) if kind == "ATOMIC_GROUP" else ()


def _repeats(tree: Any, *, inside: bool) -> tuple[int, int, bool]:
    """How many repeats vary, how many of them are open, and whether one has a repeat or alternatives in it."""
    varying, is_open, nested = 0, 0, False
    for kind, value in tree:
        name, within = str(kind), inside
        if name in _REPEATS and value[0] != value[1]:
            varying += 1
            is_open += value[1] - value[0] > _OPEN
            nested |= inside
            within = inside or value[1] > 1
        elif name == "BRANCH":
            nested |= inside
        elif name in _REPEATS:
            within = inside or value[1] > _OPEN
        for part in _parts(name, value):
            more = _repeats(part, inside=within)
            varying, is_open, nested = varying + more[0], is_open + more[1], nested or more[2]
    return varying, is_open, nested


class _Automaton:
    """States with what they read and where they lead; a state that reads nothing leads on at once."""

    def __init__(self, tree: Any) -> None:
        self.reads: list[Callable[[str], bool] | None] = []
        self.leads: list[list[int]] = []
        self.only: list[str] = []  # "begin" or "end": passed there only
        self.begin = self.new()
        self.end = self.chain(tree, self.begin)
        self.known: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def new(self) -> int:
        if len(self.reads) >= MOST_STATES:
            raise BadPattern("it repeats too much")
        self.reads.append(None)
        self.leads.append([])
        self.only.append("")
        return len(self.reads) - 1

    def chain(self, tree: Any, at: int) -> int:
        for kind, value in tree:
            at = self.one(str(kind), value, at)
        return at

    def one(self, kind: str, value: Any, at: int) -> int:
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            return self.repeated(value, at)
        if kind == "SUBPATTERN":
            return self.chain(value[3], at)
        after = self.new()
        if kind == "BRANCH":
            for part in value[1]:
                begin = self.new()
                self.leads[at].append(begin)
                self.leads[self.chain(part, begin)].append(after)
            return after
        reading = self.new()
        self.leads[at].append(reading)
        self.leads[reading].append(after)
        if kind == "AT":
            place = str(value)
            if place not in ("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"):
                raise BadPattern("it asks for the edge of a word beside many repeats")
            self.only[reading] = "begin" if place.startswith("AT_BEGINNING") else "end"
        else:
            self.reads[reading] = _reader(kind, value)
        return after

    def repeated(self, value: Any, at: int) -> int:
        least, most, tree = value
        for _ in range(least):
            at = self.chain(tree, at)
        after = self.new()
        if most == re._parser.MAXREPEAT:  # type: ignore[attr-defined]
            again = self.new()
            self.leads[at].append(again)
            self.leads[again].append(after)
            self.leads[self.chain(tree, again)].append(again)
            return after
        for _ in range(most - least):
            self.leads[at].append(after)
            at = self.chain(tree, at)
        self.leads[at].append(after)
        return after

    def matches(self, text: str) -> bool:
        if len(text) > LONGEST_HARD_TEXT:
            return False
        states = self.closed({self.begin}, first=True, last=not text)
        for place, character in enumerate(text, 1):
            states = self.after(states, character, last=place == len(text))
            if not states:
                return False
        return self.end in states

    def after(self, states: frozenset[int], character: str, *, last: bool) -> frozenset[int]:
        key = (states, character)
        found = None if last else self.known.get(key)
        if found is None:
            moved = {
                lead
                for state in states
                if (reads := self.reads[state]) is not None and reads(character)
                for lead in self.leads[state]
            }
            found = self.closed(moved, first=False, last=last)
            if not last and len(self.known) < 10_000:
                self.known[key] = found
        return found

    def closed(self, states: set[int], *, first: bool, last: bool) -> frozenset[int]:
        """These states and all that they lead to without reading."""
        found, new = set(states), list(states)
        while new:
            state = new.pop()
            only = self.only[state]
            if (
                self.reads[state] is not None
                or (only == "begin" and not first)
                or (only == "end" and not last)
            ):
                continue
            for lead in self.leads[state]:
                if lead not in found:
                    found.add(lead)
                    new.append(lead)
        return frozenset(found)


def _reader(kind: str, value: Any) -> Callable[[str], bool]:
    if kind == "LITERAL":
        return lambda character: ord(character) == value
    if kind == "NOT_LITERAL":
        return lambda character: ord(character) != value
    if kind == "ANY":
        return lambda character: character != "\n"
    if kind == "IN":
        wanted = [(str(each), what) for each, what in value]
        negated = wanted[0][0] == "NEGATE"
        parts = [_one_of(each, what) for each, what in wanted if each != "NEGATE"]
        return lambda character: any(part(character) for part in parts) != negated
    raise BadPattern(f"{kind.lower()} beside many repeats")


def _one_of(kind: str, value: Any) -> Callable[[str], bool]:
    if kind == "RANGE":
        low, high = value
        return lambda character: low <= ord(character) <= high
    if kind == "CATEGORY":
        category = _CATEGORIES[str(value)]
        return lambda character: category.match(character) is not None
    return lambda character: ord(character) == value
