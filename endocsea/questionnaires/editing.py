"""Changing a form that is in the making: each function gives a new form and leaves the other as it is.

Questions keep their name and their indicator, whatever becomes of their place and wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from . import refusals
from .form import Form, Group, Item, Question, Texts
from .translating import digest_of, texts_of

WORDINGS: Final = ("label", "hint", "guidance")
SECTION: Final = "section"  # what new sections are named after, with a number behind
Items = tuple[Item, ...]


def item_at(form: Form, path: str) -> Item:
    """Raises `refusals.NoSuchItem`."""
    found = next((item for at, item in form.walk() if at == path), None)
    if found is None:
        raise refusals.NoSuchItem(path=path)
    return found


def beside(form: Form, path: str) -> Items:
    """The items of the group that an item is in, itself among them. Raises `refusals.NoSuchItem`."""
    item_at(form, path)
    return items_in(form, path.rpartition("/")[0])


def items_in(form: Form, group: str) -> Items:
    """What is in a group; an empty path means the form itself. Raises `refusals.NoSuchItem`."""
    if not group:
        return form.items
    found = item_at(form, group)
    if not isinstance(found, Group):
        raise refusals.NoSuchItem(path=group)
    return found.items


def place_of(form: Form, path: str) -> int:
    """Where an item stands in its group, counted from 1."""
    names = [item.name for item in beside(form, path)]
    return names.index(path.rpartition("/")[2]) + 1


def moved(form: Form, path: str, *, place: int, into: str | None = None) -> Form:
    """An item at a place, counted from 1, of its own group or of the group ``into``; beyond the ends: the nearest.

    Raises `refusals.NoSuchItem`, `NoPlace`.
    """
    item, home = item_at(form, path), path.rpartition("/")[0]
    goal = home if into is None else into
    if goal == path or goal.startswith(f"{path}/"):
        raise refusals.NoPlace(name=item.name)
    if goal != home and any(each.name == item.name for each in items_in(form, goal)):
        raise refusals.NoPlace(name=item.name)
    if not goal and not isinstance(item, Group):
        raise refusals.NoPlace(name=item.name)  # what stands in no section is shown to nobody
    without = _with_items(form, home, lambda items: tuple(each for each in items if each is not item))
    at = max(place - 1, 0)
    with_it = _with_items(without, goal, lambda items: (*items[:at], item, *items[at:]))
    return _renamed(with_it, path, f"{goal}/{item.name}" if goal else item.name)


def removed(form: Form, path: str) -> Form:
    """The form without an item and all in it. Raises `refusals.NoSuchItem`, `NothingLeft`."""
    item, home = item_at(form, path), path.rpartition("/")[0]
    left = _with_items(form, home, lambda items: tuple(each for each in items if each is not item))
    if not any(True for _ in left.questions()):
        raise refusals.NothingLeft
    return _tidy(left)


def reworded(form: Form, path: str, wordings: Mapping[str, Texts]) -> Form:
    """Texts of an item by name (one of `WORDINGS`; a group has a label only) and language; empty: there is none.

    A translation that is given belongs to the wording given with it; one that is left as it was, to the wording of
    before, so that it shows as stale. Raises `refusals.NoSuchItem`, `NoLabel`.
    """
    item, own = item_at(form, path), form.languages[0]
    changes: dict[str, Texts] = {}
    for name, given in wordings.items():
        texts = {**getattr(item, name), **given}
        texts = {language: texts[language].strip() for language in form.languages if texts.get(language)}
        kept = {language: text for language, text in texts.items() if text}
        if not kept.get(own) and name == "label":
            raise refusals.NoLabel(name=item.name)
        changes[name] = kept if kept.get(own) else {}
    before = {f"{path}#{name}": getattr(item, name) for name in wordings}
    fields: dict[str, Any] = dict(changes)
    changed = _with_item(form, path, lambda each: replace(each, **fields))
    return _tidy(_say_what_was_translated(changed, before))


def required(form: Form, path: str, expression: str) -> Form:
    """Whether a question must be answered: ``true()``, an expression, or empty for never."""
    there = item_at(form, path)
    if not isinstance(there, Question):
        raise refusals.NoSuchItem(path=path)
    return _with_item(form, path, lambda _each: replace(there, required=expression))


def section_added(form: Form, label: Texts) -> Form:
    """A new section at the end, which holds nothing yet. Raises `refusals.NoLabel`."""
    kept = {language: text.strip() for language, text in label.items() if text.strip()}
    if not kept.get(form.languages[0]):
        raise refusals.NoLabel(name=SECTION)
    return replace(form, items=(*form.items, Group(_free_name(form.items), kept)))


def in_sections(form: Form) -> Form:
    """The form with what stands outside of any group in sections of their own, since people answer by section."""
    items: list[Item] = []
    loose: list[Item] = []

    def close() -> None:
        if loose:
            items.append(Group(_free_name((*form.items, *items)), form.title, tuple(loose)))
            loose.clear()

    for item in form.items:
        if isinstance(item, Group):
            close()
            items.append(item)
        else:
            loose.append(item)
    close()
    return replace(form, items=tuple(items))


def _free_name(items: Iterable[Item]) -> str:
    taken = {item.name for item in items}
    number = 1
    while f"{SECTION}_{number}" in taken:
        number += 1
    return f"{SECTION}_{number}"


def _with_items(form: Form, group: str, change: Callable[[Items], Items]) -> Form:
    if not group:
        return replace(form, items=change(form.items))
    return _with_item(form, group, lambda each: replace(each, items=change(each.items)))  # type: ignore


def _with_item(form: Form, path: str, change: Callable[[Item], Item]) -> Form:
    def changed(items: Items, above: str) -> Iterator[Item]:
        for item in items:
            at = f"{above}{item.name}"
            if at == path:
                yield change(item)
            elif isinstance(item, Group) and path.startswith(f"{at}/"):
                yield replace(item, items=tuple(changed(item.items, f"{at}/")))
            else:
                yield item

    return replace(form, items=tuple(changed(form.items, "")))


def _renamed(form: Form, before: str, after: str) -> Form:
    """Which wordings were translated, by the keys of after a move."""
    if before == after:
        return form

    def key_of(key: str) -> str:
        here = key.startswith((f"{before}#", f"{before}/"))
        return f"{after}{key[len(before) :]}" if here else key

    made_from = {
        language: {key_of(key): digest for key, digest in digests.items()}
        for language, digests in form.made_from.items()
    }
    return replace(form, made_from=made_from)


def _say_what_was_translated(form: Form, before: Mapping[str, Texts]) -> Form:
    own, now = form.languages[0], texts_of(form)
    made_from = {language: dict(digests) for language, digests in form.made_from.items()}
    for key, texts in before.items():
        for language in form.languages[1:]:
            here = now.get(key, {})
            kept = made_from.setdefault(language, {})
            if here.get(language) != texts.get(language):
                kept[key] = digest_of(here.get(own, ""))
            elif texts.get(language):
                kept.setdefault(key, digest_of(texts.get(own, "")))
    return replace(form, made_from=made_from)


def _tidy(form: Form) -> Form:
    """Without what is kept of translations that are gone."""
    now = texts_of(form)
    made_from = {
        language: {key: digest for key, digest in digests.items() if now.get(key, {}).get(language)}
        for language, digests in form.made_from.items()
    }
    return replace(form, made_from={language: kept for language, kept in made_from.items() if kept})
