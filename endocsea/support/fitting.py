"""Whether values fit into the fields of their record.

SQLite takes a text of any length and a number of any size, PostgreSQL stops at what the field says. So
that content which loads on one loads on the other, it is asked here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from endocsea.support.pack import Defect
from endocsea.support.pack.defects import shortened

LARGEST = 32_767  # of a small number


def misfits(model: type[models.Model], key: str, values: Mapping[str, Any]) -> Iterator[Defect]:
    """What no field of the record can hold, named by the record's key in the content."""
    where = shortened(f"{model._meta.verbose_name_plural} {key}")
    for name, value in values.items():
        for what, remedy in _faults(model._meta.get_field(name), value):
            yield Defect(where, None, name, what, remedy)


def _faults(field: Any, value: object) -> Iterator[tuple[str, str]]:
    if not _storable(value):
        yield "there is a character that no database keeps (NUL, or half of one).", "Delete it."
    longest = getattr(field, "max_length", None)
    if isinstance(value, str) and longest and len(value) > longest:
        yield f"the text has {len(value)} characters, and {longest} fit.", "Shorten it."
    if isinstance(field, models.SmallIntegerField) and isinstance(value, int) and value > LARGEST:
        yield f"{value} is above {LARGEST}.", "Write a smaller number."
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        before = field.max_digits - field.decimal_places
        if abs(value) >= 10**before:
            yield f"{value} has more than {before} digits before the point.", "Write a smaller number."


def _storable(value: object) -> bool:
    """Whether the texts in it are texts: PostgreSQL takes no NUL, and nothing takes half a character."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, Mapping):
        return all(_storable(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return all(_storable(part) for part in value)
    return True
