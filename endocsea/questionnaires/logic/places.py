"""Where the items of a form stand: their paths, who is above whom, which names are clear, what repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from endocsea.questionnaires.form import Choice, Form, Group, Item, Kind, Question
from endocsea.questionnaires.logic.grammar import NAME

TOP = ""  # the path of the form itself
OTHER = "other"  # the choice beside which something is written in
_INSTANCE = re.compile(r"\[\d+\]")
_FIT = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Places:
    """``items`` in the order of the form, with a question of its own for each written-in other."""

    form: Form
    items: dict[str, Item]
    named: dict[str, list[str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def above(self, path: str) -> Iterator[str]:
        """The groups around an item, the nearest first, without the form itself."""
        while (path := parent(path)) != TOP:
            yield path

    def repeats(self, path: str) -> bool:
        item = self.items.get(path)
        return isinstance(item, Group) and item.repeats

    def repeat_around(self, path: str) -> str:
        """The nearest group around an item that repeats, or the form."""
        return next((each for each in self.above(path) if self.repeats(each)), TOP)

    def switches(self, path: str) -> Iterator[str]:
        """The item and the groups around it, those with a condition: one of them may make it irrelevant."""
        return (each for each in (path, *self.above(path)) if path != TOP and self.items[each].relevant)

    def below(self, path: str) -> list[str]:
        return [each for each in self.items if each.startswith(f"{path}/")]

    def choices(self, name: str) -> tuple[Choice, ...]:
        return tuple(self.form.choices.get(name, ()))


def places(form: Form) -> Places:
    found = Places(form, {})
    seen: set[str] = set()
    for path, item in form.walk():
        if path in seen:
            found.twice.append(path)
        seen.add(path)
        found.items[path] = item
        if isinstance(item, Question) and item.other:
            written_in = Question(
                name=f"{item.name}_other", kind=Kind.TEXT, relevant=f"selected(../{item.name}, '{OTHER}')"
            )
            found.items.setdefault(f"{path}_other", written_in)
    for path in found.items:
        found.named.setdefault(path.rpartition("/")[2], []).append(path)
    return found


def parent(path: str) -> str:
    return path.rpartition("/")[0]


def item_of(path: str) -> str:
    """The item that a path with instances means: ``household/name`` for ``household[2]/name``."""
    return _INSTANCE.sub("", path) if "[" in path else path


def is_fit(name: str) -> bool:
    """Whether a name can stand in expressions and in XML."""
    return _FIT.fullmatch(name) is not None
