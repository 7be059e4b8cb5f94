"""One load of a content pack: what the chapters hand on to each other while it runs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from endocsea.support.loading import Changes, sync
from endocsea.support.pack import Pack


@dataclass
class Load:
    """A checked pack on its way into the records. ``ids`` keeps content key → id by kind of record."""

    pack: Pack
    on: datetime.date
    training: bool
    changes: Changes = field(default_factory=Changes)
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def sync(self, within: models.QuerySet[Any], rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Bring the records of ``within`` into agreement with the rows, and remember their ids."""
        kind = within.model.__name__
        ids = sync(within, rows, changes=self.changes, on=self.on)
        self.ids.setdefault(kind, {}).update(ids)

    def id(self, kind: type[models.Model], key: str) -> int:
        return self.ids[kind.__name__][key]

    def ids_of(self, kind: type[models.Model], keys: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(sorted(self.id(kind, key) for key in keys))
