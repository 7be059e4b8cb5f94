"""A form as plain data and back: how a version keeps it, and how two versions are compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from .form import Choice, Form, Group, Item, Kind, Question

KEPT: Final = 64  # forms in memory: the rounds of years
TEXTS: Final = frozenset(
    {"title", "label", "hint", "guidance", "required_message", "constraint_message", "unit"}
)
_READ: Final[dict[str, Form]] = {}


def as_data(form: Form) -> dict[str, Any]:
    """Plain data for a JSON field: what is empty is left out, so that two forms differ only where they do."""
    made_from = {language: dict(digests) for language, digests in form.made_from.items() if digests}
    return {
        "title": dict(form.title),
        "languages": list(form.languages),
        "items": [_item(item) for item in form.items],
        "choices": {name: [_filled(choice) for choice in choices] for name, choices in form.choices.items()},
        **({"made_from": made_from} if made_from else {}),
    }


def from_data(data: Mapping[str, Any]) -> Form:
    """The form that `as_data` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    return Form(
        title=data["title"],
        languages=tuple(data["languages"]),
        items=_items(data["items"]),
        choices={
            name: tuple(Choice(**choice) for choice in choices) for name, choices in data["choices"].items()
        },
        made_from=data.get("made_from", {}),
    )


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 of what is asked, whatever the order of keys: the form in its own language, without translations.

    So a sheet that went out before a translation came still belongs to its questionnaire.
    """
    language = data["languages"][0]
    parts = ("title", "items", "choices")
    return _sha256([language, *(_in_one_language({part: data[part]}, language) for part in parts)])


def digest_of_all(data: Mapping[str, Any]) -> str:
    """SHA-256 of all that is written, translations too."""
    return _sha256(data)


def names_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a version keeps of a form, by its columns."""
    return {"written": data, "digest": digest_of(data), "digest_of_all": digest_of_all(data)}


def read_once(name: str, written: Callable[[], Mapping[str, Any]]) -> Form:
    """The form of this name, which no other has; ``written`` is asked for only when it was not read before."""
    if name not in _READ:
        if len(_READ) >= KEPT:
            _READ.pop(next(iter(_READ)))
        _READ[name] = from_data(written())
    return _READ[name]


def _sha256(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _in_one_language(data: Any, language: str) -> Any:
    if isinstance(data, list | tuple):
        return [_in_one_language(each, language) for each in data]
    if not isinstance(data, Mapping):
        return data
    kept = {
        name: value.get(language, "")
        if name in TEXTS and isinstance(value, Mapping)
        else _in_one_language(value, language)
        for name, value in data.items()
    }
    return {name: value for name, value in kept.items() if value}


def _item(item: Item) -> dict[str, Any]:
    if isinstance(item, Group):
        return {**_filled(item), "items": [_item(each) for each in item.items]}
    return _filled(item)


def _filled(part: Item | Choice) -> dict[str, Any]:
    given = {each.name: getattr(part, each.name) for each in fields(part)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name, value in given.items()
        if value or name == "name"
    }


def _items(data: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(_read(each) for each in data)


def _read(data: Mapping[str, Any]) -> Item:
    if "kind" in data:
        return Question(**{**data, "kind": Kind(data["kind"])})
    return Group(**{**data, "items": _items(data.get("items", ()))})
