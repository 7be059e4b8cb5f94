"""From the text of a cell to a value, by the field of a table schema.

Types are those of the Frictionless Table Schema that content needs: string, integer, number, date and
boolean. Three properties of our own refine a string: ``endocsea:list`` (``separator``, and for the
parts ``enum``, ``pattern``, ``unique``), ``endocsea:fuzzy-date`` (a day, month or year) and
``endocsea:link`` (see ``traces``).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from endocsea.support.pack.defects import shown

Value = str | int | Decimal | datetime.date | tuple[str, ...] | None  # bool is an int
Field = Mapping[str, Any]
Read = Callable[[str], Value]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FUZZY_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
EXAMPLES = {"date": "2019-03-04", "integer": "3", "number": "72.5"}
LONGEST_NUMBER = 40  # characters; what is longer was no figure to begin with


class Misfit(Exception):
    """A cell that its field does not allow: ``what`` is wrong, and the ``remedy``."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def reader_of(field: Field) -> Read:
    """The function that reads cells of this field; it raises ``Misfit``.

    Values: ``date`` a day, ``integer`` an int, ``number`` a Decimal, ``boolean`` a bool, a list a
    tuple of texts, everything else (fuzzy dates too) the text itself, and an empty cell None.
    """
    read = _plain_reader(field)
    required = field.get("constraints", {}).get("required")
    return _required(read, field) if required else _optional(read)


def split(cell: str, separator: str) -> tuple[str, ...]:
    """The parts of a list cell, without the blanks around them; an empty cell has no parts."""
    return tuple(part.strip() for part in cell.split(separator)) if cell else ()


def _plain_reader(field: Field) -> Read:
    kind = field["type"]
    if field.get("endocsea:list"):
        return _list_reader(field)
    if field.get("endocsea:fuzzy-date"):
        return _fuzzy_day
    if kind == "boolean":
        return _boolean_reader(field)
    if kind == "string":
        return _text_reader(field)
    example = field.get("example", EXAMPLES[kind])
    if kind == "date":
        return lambda cell: _day(cell, example)
    read = _integer if kind == "integer" else _number
    return _within(lambda cell: read(cell, example), field)


def _required(read: Read, field: Field) -> Read:
    example = f", for example {field['example']}" if "example" in field else ""
    remedy = f"Fill it: {field['title'].lower()}{example}."

    def required(cell: str) -> Value:
        if not cell or cell.isspace():
            raise Misfit("the cell is empty.", remedy)
        return read(cell)

    return required


def _optional(read: Read) -> Read:
    def optional(cell: str) -> Value:
        if not cell:
            return None
        if cell.isspace():
            raise Misfit("the cell holds nothing but blanks.", "Empty it.")
        return read(cell)

    return optional


def _day(cell: str, example: str) -> Value:
    try:
        if DAY.fullmatch(cell):
            return datetime.date.fromisoformat(cell)
    except ValueError:
        pass
    raise Misfit(
        f"{shown(cell)} is not a day that can be.", f"Write it as YYYY-MM-DD, for example {example}."
    )


def _fuzzy_day(cell: str) -> Value:
    if match := FUZZY_DAY.fullmatch(cell):
        try:
            datetime.date(*(int(part or 1) for part in match.groups()))
        except ValueError:
            pass
        else:
            return cell
    raise Misfit(
        f"{shown(cell)} is not a day, month or year that can be.",
        "Write it as YYYY-MM-DD, YYYY-MM or YYYY, for example 2019-11.",
    )


def _integer(cell: str, example: str) -> int | Decimal:
    if not INTEGER.fullmatch(cell) or len(cell) > LONGEST_NUMBER:
        raise Misfit(f"{shown(cell)} is not a whole number.", f"Write digits only, for example {example}.")
    return int(cell)


def _number(cell: str, example: str) -> int | Decimal:
    if not NUMBER.fullmatch(cell) or len(cell) > LONGEST_NUMBER:
        raise Misfit(
            f"{shown(cell)} is not a number.",
            f"Write it with a point and without spaces, for example {example}.",
        )
    return Decimal(cell)


def _within(read: Callable[[str], int | Decimal], field: Field) -> Read:
    constraints = field.get("constraints", {})
    least, most = constraints.get("minimum"), constraints.get("maximum")
    if least is None and most is None:
        return read
    remedy = f"Write {least} or more." if most is None else f"Write a value from {least} to {most}."

    def within(cell: str) -> Value:
        value = read(cell)
        if least is not None and value < least:
            raise Misfit(f"{cell} is below {least}.", remedy)
        if most is not None and value > most:
            raise Misfit(f"{cell} is above {most}.", remedy)
        return value

    return within


def _boolean_reader(field: Field) -> Read:
    words = dict.fromkeys(field["trueValues"], True) | dict.fromkeys(field["falseValues"], False)
    required = field.get("constraints", {}).get("required")
    either = " or ".join(words) + ("" if required else ", or leave it empty")

    def boolean(cell: str) -> Value:
        if cell not in words:
            raise Misfit(f"{shown(cell)} is not one of the words used here.", f"Write {either}.")
        return words[cell]

    return boolean


def _text_reader(field: Field) -> Read:
    constraints = field.get("constraints", {})
    check = _word_check(constraints.get("enum"), constraints.get("pattern"), field.get("example"))

    def text(cell: str) -> Value:
        check(cell)
        return cell

    return text


def _list_reader(field: Field) -> Read:
    rules = field["endocsea:list"]
    separator = rules["separator"]
    check = _word_check(rules.get("enum"), rules.get("pattern"), field.get("example"))

    def parts_of(cell: str) -> Value:
        parts = split(cell, separator)
        if not all(parts):
            raise Misfit(
                f"{shown(cell)} has an empty part.",
                f"Put one {separator} between two parts, and none elsewhere.",
            )
        for part in parts:
            check(part)
        if rules.get("unique") and len(set(parts)) < len(parts):
            double = next(part for part in parts if parts.count(part) > 1)
            raise Misfit(f"{shown(double)} is named twice.", "Name it once.")
        return parts

    return parts_of


def _word_check(words: list[str] | None, pattern: str | None, example: str | None) -> Callable[[str], None]:
    allowed = frozenset(words or ())
    form = re.compile(pattern) if pattern else None

    def check(text: str) -> None:
        if allowed and text not in allowed:
            raise Misfit(
                f"{shown(text)} is not one of the words used here.",
                f"Write one of: {', '.join(words or ())}.",
            )
        if form and not form.fullmatch(text):
            raise Misfit(
                f"{shown(text)} does not have the form that is asked for.",
                f"Write it like {example}." if example else f"It has to match {pattern}.",
            )

    return check
