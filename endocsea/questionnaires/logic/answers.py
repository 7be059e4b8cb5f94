"""The answers to a form as the document that its expressions look at.

Each item is an element. What is not relevant is empty there and carries a mark; what was typed stays in the values.
A group that repeats has a place (an element of another name space, so that no path meets it) and its instances.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from endocsea.questionnaires.logic.places import TOP, Places, is_fit
from endocsea.questionnaires.logic.written import OFF

MOST_INSTANCES = 500  # of one group in one place
MOST_ALTOGETHER = 2_000

_INSTANCE = re.compile(r"\[(\d{1,6})\]")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """The form itself or one instance of a group: an element to copy, and its items in the order of the document."""

    element: etree._Element
    items: tuple[tuple[str, str], ...]  # path of the item, and where it stands below the instance


@dataclass(frozen=True, slots=True)
class Blank:
    """A form without answers. ``below`` is what is in a group; ``paths`` and ``where`` hold what is always there."""

    shapes: Mapping[str, Shape]
    below: Mapping[str, tuple[str, ...]]
    paths: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]


def blank(places: Places) -> Blank:
    groups = (TOP, *(path for path in places.items if places.repeats(path)))
    shapes = {group: _shape(places, group) for group in groups}
    paths = tuple(below.lstrip("/") for _, below in shapes[TOP].items)
    where = {item: (path,) for (item, _), path in zip(shapes[TOP].items, paths, strict=True)}
    return Blank(shapes, {path: tuple(places.below(path)) for path in places.items}, paths, where)


def _shape(places: Places, group: str) -> Shape:
    elements = {group: etree.Element(_tag(group) if group else "data")}
    for path in places.items:
        above = path.rpartition("/")[0]
        if above in elements and not (above != group and places.repeats(above)):
            tag = _tag(path)
            elements[path] = etree.SubElement(
                elements[above], f"{{place}}{tag}" if places.repeats(path) else tag
            )
    # children may have been met after their parents' siblings: what counts is the order of the document
    by_element = {element: path for path, element in elements.items()}
    order = [by_element[element] for element in elements[group].iter()]
    return Shape(elements[group], tuple((path, path[len(group) :]) for path in order))


def _tag(path: str) -> str:
    name = path.rpartition("/")[2]
    return name if is_fit(name) else "unfit"


class Answers:
    """A document with answers in it, while they are evaluated; afterwards it is only copied."""

    def __init__(self, form: Blank, values: dict[str, str]) -> None:
        self.form, self.values = form, values
        top = form.shapes[TOP]
        self.root = copy.deepcopy(top.element)
        self.at: dict[str, etree._Element] = dict(zip(form.paths, self.root.iter(), strict=True))
        self.where: dict[str, tuple[str, ...]] = dict(form.where)
        self.on = dict.fromkeys(form.paths, True)
        self.instances: dict[str, int] = {}
        self.altogether = 0
        self.found: dict[str, int] = {}
        at, set_text, repeated = self.at, self.set_text, False
        for path, text in values.items():
            element = at.get(path)
            if element is not None and path:
                set_text(element, text)
            elif not repeated and "[" in path:
                repeated = True
        if repeated:
            self.count_found()

    def count_found(self) -> None:
        """How many instances the values themselves speak of, for each group in each place."""
        for path in self.values:
            for instance in _INSTANCE.finditer(path):
                group, number = path[: instance.start()], int(instance[1])
                self.found[group] = max(self.found.get(group, 0), number)

    def copied(self) -> Answers:
        """The same, to change: expressions see the copy only."""
        new = object.__new__(Answers)
        new.form, new.values = self.form, dict(self.values)
        new.root = copy.deepcopy(self.root)
        new.at = dict(zip(self.paths(), new.root.iter(), strict=True))
        new.where, new.on, new.instances = dict(self.where), dict(self.on), dict(self.instances)
        new.altogether, new.found = self.altogether, self.found
        return new

    def paths(self) -> tuple[str, ...]:
        """In the order of the document."""
        if not self.instances:
            return self.form.paths
        names = {element: path for path, element in self.at.items()}
        return tuple(names[element] for element in self.root.iter())

    @staticmethod
    def set_text(element: etree._Element, text: str | None) -> None:
        try:
            element.text = text
        except ValueError:  # signs that XML cannot hold
            element.text = _NOT_XML.sub("", text or "")

    def repeat(self, group: str, place: str, wanted: int) -> None:
        """Make the instances of a group in one place."""
        number = max(0, min(wanted, MOST_INSTANCES, MOST_ALTOGETHER - self.altogether))
        self.altogether += number
        self.instances[place] = number
        shape, on = self.form.shapes[group], self.on[place]
        around = self.at[place].getparent()
        assert around is not None
        for count in range(1, number + 1):
            instance = copy.deepcopy(shape.element)
            around.append(instance)
            for (item, below), element in zip(shape.items, instance.iter(), strict=True):
                path = f"{place}[{count}]{below}"
                self.at[path], self.on[path] = element, on
                if below:
                    self.where[item] = (*self.where.get(item, ()), path)
                if on:
                    self.set_text(element, self.values.get(path))
                else:
                    element.set(OFF, "1")

    def switch(self, item: str, path: str, on: bool) -> bool:
        """Make an item and all in it relevant or not. Whether that is new for the item."""
        if self.on[path] == on:
            return False
        self._switch_one(path, on)
        if below := self.form.below[item]:
            begins = (f"{path}/", f"{path}[")
            instances = (f"{path}[{number}]" for number in range(1, self.instances.get(path, 0) + 1))
            inside = (each for part in below for each in self.where.get(part, ()) if each.startswith(begins))
            for each in (*instances, *inside):
                if self.on[each] != on:
                    self._switch_one(each, on)
        return True

    def _switch_one(self, path: str, on: bool) -> None:
        self.on[path] = on
        element = self.at[path]
        if on:
            self.set_text(element, self.values.get(path))
            element.attrib.pop(OFF, None)
        else:
            element.text = None
            element.set(OFF, "1")
