"""YAML and JSON files of a pack, held against a small part of JSON Schema.

Known words: type, properties, required, additionalProperties, propertyNames, items, contains,
minItems, maxItems, enum, const, pattern, minimum, maximum, format (date). Days are read as text,
so that YAML and JSON say the same; ``with_days`` turns those of format date into days.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from endocsea.support.pack.cells import DAY
from endocsea.support.pack.defects import Defect, printable, shortened, shown

Schema = Mapping[str, Any]
TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
CALLED = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a group of keys and values",
    "array": "a list",
}


# what the two readers let through for a text that is not theirs, tags with the wrong value included
UNREADABLE = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class _DaysAsText(yaml.SafeLoader):
    """YAML without its own idea of dates: a day that cannot be must not stop the reading."""


_DaysAsText.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_document(path: str, data: bytes, schema: Schema) -> tuple[Any, list[Defect]]:
    """The content of the file, None if it cannot be read, and everything that is wrong with it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return None, [Defect(path, row, None, "the text is not written in UTF-8.", "Save the file as UTF-8.")]
    try:
        value = json.loads(text) if path.endswith(".json") else yaml.load(text, Loader=_DaysAsText)  # noqa: S506
    except UNREADABLE as error:
        return None, [_unreadable(path, error)]
    if value is None:
        remedy = f"Write its keys: {', '.join(schema['required'])}."
        return None, [Defect(path, None, None, "the file is empty.", remedy)]
    return value, [
        Defect(path, None, ".".join(place) or None, what, remedy)
        for place, what, remedy in _faults(value, schema, ())
    ]


def _unreadable(path: str, error: Exception) -> Defect:
    row = None
    if isinstance(error, json.JSONDecodeError):
        row = error.lineno
    elif isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        row = error.problem_mark.line + 1
    problem = next(
        (said for name in ("problem", "msg", "reason") if (said := getattr(error, name, None))), error
    )
    kind = "JSON" if path.endswith(".json") else "YAML"
    return Defect(
        path,
        row,
        None,
        f"this is not {kind} ({printable(shortened(str(problem)))}).",
        "Check brackets, quotes, colons and the blanks at the beginning of the line.",
    )


Fault = tuple[tuple[str, ...], str, str]


def _faults(value: Any, schema: Schema, place: tuple[str, ...]) -> Iterator[Fault]:
    kinds = schema.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds or []
    if kinds and not any(_is(value, kind) for kind in kinds):
        called = " or ".join(CALLED[kind] for kind in kinds)
        yield place, f"{shown(str(value))} is not {called}.", f"Write {called}{_hint(schema)}."
        return
    if "enum" in schema and value not in schema["enum"]:
        words = ", ".join(map(str, schema["enum"]))
        yield place, f"{shown(str(value))} is not one of the words used here.", f"Write one of: {words}."
    if isinstance(value, dict):
        yield from _object_faults(value, schema, place)
    elif isinstance(value, list):
        yield from _array_faults(value, schema, place)
    elif isinstance(value, str):
        yield from _text_faults(value, schema, place)
    elif isinstance(value, int | float):
        least, most = schema.get("minimum"), schema.get("maximum")
        if (least is not None and not value >= least) or (most is not None and not value <= most):
            limits = f"from {least} to {most}" if most is not None else f"of {least} or more"
            yield place, f"{value} is outside what can be.", f"Write a value {limits}."


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, TYPES[kind])


def _hint(schema: Schema) -> str:
    return f" ({schema['description'].rstrip('.')})" if "description" in schema else ""


def _object_faults(value: dict[Any, Any], schema: Schema, place: tuple[str, ...]) -> Iterator[Fault]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield (*place, name), "the key is missing.", f"Add it{_hint(known.get(name, {}))}."
    others = schema.get("additionalProperties", True)
    for name, inner in value.items():
        here = (*place, printable(shortened(str(name))))
        if not isinstance(name, str):
            yield here, "a key has to be a text.", "Put it in quotation marks."
        elif name in known:
            yield from _faults(inner, known[name], here)
        elif others is False:
            yield here, "the key is unknown.", f"Use one of: {', '.join(known)}."
        else:
            if "propertyNames" in schema:
                yield from _faults(name, schema["propertyNames"], here)
            if isinstance(others, Mapping):
                yield from _faults(inner, others, here)


def _array_faults(value: list[Any], schema: Schema, place: tuple[str, ...]) -> Iterator[Fault]:
    least, most = schema.get("minItems", 0), schema.get("maxItems", len(value))
    if not least <= len(value) <= most:
        wanted = f"{least}" if "maxItems" in schema else f"{least} or more"
        yield place, f"the list has {len(value)} parts.", f"Write {wanted}."
    wanted_part = schema.get("contains", {}).get("const")
    if wanted_part is not None and wanted_part not in value:
        yield place, f"{shown(str(wanted_part))} is missing from the list.", "Add it."
    for number, inner in enumerate(value, start=1):
        yield from _faults(inner, schema.get("items", {}), (*place, str(number)))


def _text_faults(value: str, schema: Schema, place: tuple[str, ...]) -> Iterator[Fault]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        what = f"{shown(value)} does not have the form that is asked for."
        yield place, what, f"It has to match {schema['pattern']}{_hint(schema)}."
    if schema.get("format") == "date" and day_of(value) is None:
        what = f"{shown(value)} is not a day that can be."
        yield place, what, "Write it as YYYY-MM-DD, for example 2021-06-30."


def day_of(text: str) -> datetime.date | None:
    """The day that ``YYYY-MM-DD`` means, None if it means none."""
    try:
        return datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def with_days(value: Any, schema: Schema) -> Any:
    """A copy of an object in which texts of format date are days (None for what is no day)."""
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return {name: with_days(inner, known.get(name, {})) for name, inner in value.items()}
    if schema.get("format") == "date":
        return day_of(value) if isinstance(value, str) else None
    return value
