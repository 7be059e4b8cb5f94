"""What is different between two versions of a questionnaire: asked anew, no longer asked, moved, reworded, otherwise.

An item is the same where its path is; one whose path is gone is looked for by its name, as it may have moved.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from .form import Choice, Form, Group, Item, Question, Texts
from .translating import OF_QUESTIONS

OF_GROUPS: Final = ("label",)
LOGIC: Final = (
    *("kind", "required", "relevant", "constraint", "calculation", "choice_filter", "default"),
    *("choices", "other", "read_only", "start", "end", "step", "repeats", "count"),
    *("indicator", "core", "restricted"),
)


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    LOGIC = "logic"


@dataclass(frozen=True, slots=True)
class Difference:
    """``path`` is that of the later form, or where the item is gone, of the earlier one; empty: the title.

    ``part`` is the name of the text or of the part of logic, ``language`` that of a text. ``before`` and ``after`` are
    wordings, expressions, or for what moved the section and the item that it stands behind.
    """

    how: How
    path: str
    label: Texts = field(default_factory=dict)
    part: str = ""
    language: str = ""
    before: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def differences(one: Form, two: Form) -> tuple[Difference, ...]:
    """All of them: of each item in the order of the later form, then of lists of choices; what is gone comes last."""
    pairs = _pairs(one, two)
    before, after = dict(one.walk()), dict(two.walk())
    moved = _moved(one, two, pairs)
    found: list[Difference] = list(_wordings("", {}, "title", one.title, two.title))
    for path, item in after.items():
        if path not in pairs:
            found.append(Difference(How.ADDED, path, item.label))
            continue
        there = before[pairs[path]]
        if path in moved:
            found.append(
                Difference(
                    How.MOVED, path, item.label, before=_stands(one, pairs[path]), after=_stands(two, path)
                )
            )
        found += _of_an_item(path, there, item)
    found += _of_lists(one, two)
    kept = set(pairs.values())
    found += [Difference(How.REMOVED, path, item.label) for path, item in before.items() if path not in kept]
    return tuple(found)


def _pairs(one: Form, two: Form) -> dict[str, str]:
    """The earlier path of each item, by its later one."""
    before, after = dict(one.walk()), dict(two.walk())
    pairs = {path: path for path in after if path in before and _alike(before[path], after[path])}
    gone, new = _once(before, pairs), _once(after, pairs)
    pairs |= {
        path: gone[name]
        for name, path in new.items()
        if name in gone and _alike(before[gone[name]], after[path])
    }
    return {path: pairs[path] for path in after if path in pairs}


def _once(items: Mapping[str, Item], paired: Iterable[str]) -> dict[str, str]:
    """Paths by name, of what has no partner and a name of its own among these."""
    paths: dict[str, list[str]] = {}
    for path in items.keys() - set(paired):
        paths.setdefault(path.rpartition("/")[2], []).append(path)
    return {name: each[0] for name, each in paths.items() if len(each) == 1}


def _alike(one: Item, two: Item) -> bool:
    return isinstance(one, Group) == isinstance(two, Group)


def _moved(one: Form, two: Form, pairs: Mapping[str, str]) -> set[str]:
    """What stands in another group now, or is out of the order that the others kept."""
    groups_of = {path: _group(pairs[path]) for path in pairs}
    moved = {path for path in pairs if pairs.get(_group(path), _group(path)) != groups_of[path]}
    place = {path: number for number, (path, _item) in enumerate(one.walk())}
    by_group: dict[str, list[str]] = {}
    for path in pairs:
        if path not in moved:
            by_group.setdefault(_group(path), []).append(path)
    for members in by_group.values():
        order = [place[pairs[path]] for path in members]
        still = _longest_rising(order)
        moved |= {path for number, path in enumerate(members) if number not in still}
    return moved


def _longest_rising(order: Sequence[int]) -> set[int]:
    """The places of a longest part of a sequence that rises: what need not be called moved."""
    ends: list[int] = []  # by length: the least number at which such a part ends
    places: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(order):
        length = bisect.bisect_left(ends, number)
        before.append(places[length - 1] if length else None)
        if length == len(ends):
            ends.append(number)
            places.append(at)
        else:
            ends[length], places[length] = number, at
    kept: set[int] = set()
    at_now = places[-1] if places else None
    while at_now is not None:
        kept.add(at_now)
        at_now = before[at_now]
    return kept


def _of_an_item(path: str, before: Item, after: Item) -> Iterator[Difference]:
    for name in OF_QUESTIONS if isinstance(after, Question) else OF_GROUPS:
        yield from _wordings(path, after.label, name, getattr(before, name), getattr(after, name))
    for part in LOGIC:
        there, here = _said(getattr(before, part, "")), _said(getattr(after, part, ""))
        if there != here:
            yield Difference(How.LOGIC, path, after.label, part=part, before=there, after=here)


def _wordings(path: str, label: Texts, part: str, before: Texts, after: Texts) -> Iterator[Difference]:
    for language in dict.fromkeys((*before, *after)):
        there, here = before.get(language, ""), after.get(language, "")
        if there != here:
            yield Difference(How.REWORDED, path, label, part, language, there, here)


def _of_lists(one: Form, two: Form) -> Iterator[Difference]:
    """Choices are told beside their list: ``list:levels/3``."""
    for name in dict.fromkeys((*one.choices, *two.choices)):
        before, after = (_by_name(form.choices.get(name, ())) for form in (one, two))
        for choice in dict.fromkeys((*before, *after)):
            path = f"list:{name}/{choice}"
            if choice not in before:
                yield Difference(How.ADDED, path, after[choice].label)
            elif choice not in after:
                yield Difference(How.REMOVED, path, before[choice].label)
            else:
                label = after[choice].label
                yield from _wordings(path, label, "label", before[choice].label, label)
        kept = [choice for choice in before if choice in after]
        if kept != [choice for choice in after if choice in before]:
            order = (", ".join(each for each in side if each in kept) for side in (before, after))
            there, here = order
            yield Difference(How.MOVED, f"list:{name}", before=there, after=here)


def _by_name(choices: Sequence[Choice]) -> dict[str, Choice]:
    return {choice.name: choice for choice in choices}


def _stands(form: Form, path: str) -> str:
    """The group of an item and the item that it stands behind, by their paths: ``C1 > C1-02``."""
    group = _group(path)
    names = [each.rpartition("/")[2] for each, _item in form.walk() if _group(each) == group]
    at = names.index(path.rpartition("/")[2])
    return " > ".join(part for part in (group, names[at - 1] if at else "") if part)


def _group(path: str) -> str:
    return path.rpartition("/")[0]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
