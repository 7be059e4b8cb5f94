"""One expression of a form, ready to run, and the facts from outside that it may ask for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from endocsea.questionnaires.form import Form
from endocsea.questionnaires.logic.places import is_fit

Key = tuple[str, str]  # a part (count, relevant, calculation, …) and the path of an item
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """``run`` is none for a group that repeats as often as people like. ``follows`` is what it hangs on.

    ``own``: it looks at the value that was kept before.
    """

    part: str
    path: str
    run: etree.XPath | None
    source: str
    needs: tuple[str, ...]
    own: bool
    refers: frozenset[str]
    follows: frozenset[Key]

    @property
    def key(self) -> Key:
        return self.part, self.path


def facts_of(today: datetime.date, now: datetime.datetime, language: str) -> Facts:
    return {"today": today.isoformat(), "now": now.isoformat(timespec="milliseconds"), "language": language}


def list_trees(form: Form, language: str) -> Mapping[str, etree._Element]:
    """The lists of choices as documents, for filters to look at; labels in one language."""
    return {name: _list_tree(form, name, language) for name in form.choices}


def _list_tree(form: Form, name: str, language: str) -> etree._Element:
    root = etree.Element("root")
    for number, choice in enumerate(form.choices[name]):
        item = etree.SubElement(root, "item", number=str(number))
        label = choice.label.get(language) or next(iter(choice.label.values()), "")
        for column, text in {**choice.columns, "name": choice.name, "label": label}.items():
            if is_fit(column):  # no expression can name another
                etree.SubElement(item, column).text = text
    return root
