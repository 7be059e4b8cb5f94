"""Where texts are kept that a person entered: each chapter declares its own, in its module ``entered``.

The quarantine knows no chapter: it reads the declarations that ``settings.ENTERED_TEXTS`` names. What belongs to
one record (its drafts, its versions, its lines in an index) is declared under that record's kind and key, and is
hidden and destroyed with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Model, QuerySet, UniqueConstraint
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from endocsea.support.actors import Actor
from endocsea.support.loading import FromContent
from endocsea.support.texts import removal_mark, removed_on, texts_in

from . import rules
from .rules import Hit

KEY = "entered_key"  # the name under which a query has the key of the record


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one row, by column, and the key of the record that they belong to."""

    pk: Any
    key: str
    values: dict[str, Any]

    def texts(self) -> Iterator[str]:
        """What was entered; what is empty, or says that something was removed, is no text."""
        for value in self.values.values():
            yield from filter(_entered, texts_in(value))


@dataclass(frozen=True, slots=True)
class Place:
    """Columns of a model that hold texts which a person entered.

    Args:
        kind: The kind of record that they belong to, as the journal calls it.
        what: The same in words, for a list.
        model: The model, as ``chapter.Model``.
        columns: Text or JSON columns.
        key: The record's key, as the journal has it: a path of fields, or an expression.
        seen: The rows that an actor may see on a day; none where another place of the kind tells.
        marked: Whether a page says "removed on <day>" where a text was; otherwise nothing is left.
        opaque: Whether the key says nothing to a reader.
    """

    kind: str
    what: str | Promise
    model: str
    columns: tuple[str, ...]
    key: str | Combinable
    seen: Callable[[Actor, datetime.date], QuerySet[Any]] | None = None
    marked: bool = True
    opaque: bool = False

    def all(self) -> QuerySet[Any]:
        return self._model._base_manager.all()

    def records(self, within: QuerySet[Any], key: str) -> QuerySet[Any]:
        """The rows of one record; none for a key that cannot be one."""
        try:
            return self._with_key(within).filter(**{KEY: key})
        except (ValidationError, ValueError):
            return within.none()

    def rows(self, within: QuerySet[Any] | None = None) -> Iterator[Row]:
        found = self._with_key(self.all() if within is None else within).order_by("pk")
        for pk, key, *values in found.values_list("pk", KEY, *self.columns).iterator(chunk_size=2000):
            yield Row(pk, str(key), dict(zip(self.columns, values, strict=True)))

    def remove(self, row: Row, hit: Hit, *, on: datetime.date) -> list[str]:
        """Replace the texts of a row that are hit, as they are now; those that went."""
        # a lock of its own: PostgreSQL locks no row of a query that joins others
        self.all().select_for_update().get(pk=row.pk)
        (now,) = self.rows(self.all().filter(pk=row.pk))
        gone = [text for text in now.texts() if hit(text)]
        if gone:
            changed = {
                name: rules.without(
                    value, lambda text: _entered(text) and hit(text), self._mark(name, now, on)
                )
                for name, value in now.values.items()
            }
            if issubclass(self._model, FromContent):
                changed["content_hash"] = "removed"  # it was made of the text; the row counts as edited here
            self.all().filter(pk=row.pk).update(**changed)
        return gone

    def _mark(self, column: str, row: Row, on: datetime.date) -> str:
        """What is left where a text was; where no two rows may say the same, with the number of the row."""
        if not self.marked:
            return ""
        once = {
            field
            for each in self._model._meta.constraints
            if isinstance(each, UniqueConstraint)
            for field in each.fields
        }
        return removal_mark(on, row.pk if column in once else None)

    def _with_key(self, within: QuerySet[Any]) -> QuerySet[Any]:
        key = F(self.key) if isinstance(self.key, str) else self.key
        found: QuerySet[Any] = within.annotate(**{KEY: key})
        return found

    @property
    def _model(self) -> type[Model]:
        return apps.get_model(self.model)


def _entered(text: str) -> bool:
    return bool(text.strip()) and removed_on(text) is None


def all_places() -> tuple[Place, ...]:
    """What all chapters declare."""
    found: tuple[Place, ...] = import_string(settings.ENTERED_TEXTS)
    return found


def places_of(kind: str) -> list[Place]:
    return [place for place in all_places() if place.kind == kind]


def columns_of(places: Iterable[Place]) -> set[str]:
    return {f"{place.model}.{column}" for place in places for column in place.columns}
