"""Bringing records into agreement with a content pack, row by row.

Each record that comes from content keeps its key there and the hash of what was loaded. So the
same content changes nothing, a changed row changes its record alone, a record edited here since
is kept and reported, and a row gone from the file is retired, never deleted.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from endocsea.support.fitting import misfits
from endocsea.support.pack import ContentRefused, Pack

NAMED = 6  # keys that a line names before it stops


class FromContent(models.Model):
    """A record with a row of its own in the content pack."""

    content_key = models.CharField(max_length=240, unique=True, null=True, editable=False)  # noqa: DJ001  many may have none
    # empty: loaded by an earlier version that kept it in another shape; the next load brings it over
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


@dataclass
class Changes:
    """What a load did: the keys of the records by kind; ``kept`` names the records edited here since."""

    added: dict[str, list[str]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    retired: dict[str, list[str]] = field(default_factory=dict)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.retired)

    def lines(self) -> list[str]:
        """One line for each kind of record and deed, with the first keys; then one for each record kept."""
        lines = [
            f"{kind}: {len(keys)} {word} ({_first(keys)})"
            for kind in sorted(self.added.keys() | self.changed.keys() | self.retired.keys())
            for word, deeds in (("added", self.added), ("changed", self.changed), ("retired", self.retired))
            if (keys := deeds.get(kind))
        ]
        return lines + [f"kept as edited here: {name}" for name in self.kept]

    def facts(self) -> dict[str, Any]:
        """The same for the journal: how many were added, and which were changed, retired or kept."""
        return {
            "added": {kind: len(keys) for kind, keys in self.added.items()},
            "changed": self.changed,
            "retired": self.retired,
            "kept": self.kept,
        }


def _first(keys: list[str]) -> str:
    shown = ", ".join(keys[:NAMED])
    return f"{shown}, …" if len(keys) > NAMED else shown


def sync(
    within: models.QuerySet[Any],
    rows: Mapping[str, Mapping[str, Any]],
    *,
    changes: Changes,
    on: datetime.date,
) -> dict[str, int]:
    """Make the records of ``within`` agree with ``rows`` (content key → values by field).

    Foreign keys are given by their column (``state_id``), many-to-many links as a tuple of ids.
    Records of ``within`` without a row are retired on the day ``on``. Returns content key → id.

    Raises:
        ContentRefused: a value does not fit into its field.
    """
    model = within.model
    kind = str(model._meta.verbose_name_plural)
    links = {f.name for f in model._meta.many_to_many}
    known = {
        key: (pk, digest, retired)
        for pk, key, digest, retired in within.exclude(content_key=None).values_list(
            "pk", "content_key", "content_hash", "retired_on"
        )
    }
    digests = {key: digest_of(values) for key, values in rows.items()}
    new = [key for key in rows if key not in known]
    suspects = [key for key in rows if key in known and known[key][1:] != (digests[key], None)]
    if unfit := [
        defect
        for key in (*new, *suspects)
        for defect in misfits(model, key, {"content_key": key, **rows[key]})
    ]:
        raise ContentRefused(unfit)

    model._default_manager.bulk_create(
        model(
            content_key=key,
            content_hash=digests[key],
            **{name: value for name, value in rows[key].items() if name not in links},
        )
        for key in new
    )
    ids = {key: pk for key, (pk, *_) in known.items()}
    if new:
        ids.update(within.filter(content_key__in=new).values_list("content_key", "pk"))
    _link(model, {ids[key]: rows[key] for key in new}, links)

    now = _as_they_are(within, [ids[key] for key in suspects], rows, ids, links, suspects)
    for key in suspects:
        pk, loaded, retired = known[key]
        if loaded and digests[key] != loaded and now[key] != loaded:
            changes.kept.append(f"{kind} {key}")
            continue
        if digests[key] == loaded and retired is None:
            continue
        scalars = {name: value for name, value in rows[key].items() if name not in links}
        model._default_manager.filter(pk=pk).update(content_hash=digests[key], retired_on=None, **scalars)
        _link(model, {pk: rows[key]}, links, replace=True)
        changes.changed.setdefault(kind, []).append(key)

    gone = {key: pk for key, (pk, _, retired) in known.items() if key not in rows and retired is None}
    if gone:
        within.filter(pk__in=gone.values()).update(retired_on=on)
        changes.retired.setdefault(kind, []).extend(gone)
    if new:
        changes.added.setdefault(kind, []).extend(new)
    changes.unchanged[kind] += len(rows) - len(new) - len(suspects)
    return ids


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


def digest_of(values: Mapping[str, Any]) -> str:
    """SHA-256 of the values in one canonical form."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=_canonical)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"{value!r} has no canonical form")


def _as_they_are(
    within: models.QuerySet[Any],
    pks: Iterable[int],
    rows: Mapping[str, Mapping[str, Any]],
    ids: Mapping[str, int],
    links: set[str],
    keys: Iterable[str],
) -> dict[str, str]:
    """The digest of each record as the database holds it now, by content key."""
    records = {record.pk: record for record in within.filter(pk__in=list(pks))}
    digests = {}
    for key in keys:
        record = records[ids[key]]
        digests[key] = digest_of(
            {
                name: tuple(getattr(record, name).order_by("pk").values_list("pk", flat=True))
                if name in links
                else getattr(record, name)
                for name in rows[key]
            }
        )
    return digests


def _link(
    model: type[models.Model],
    rows: Mapping[int, Mapping[str, Any]],
    links: set[str],
    *,
    replace: bool = False,
) -> None:
    for name in links:
        through = getattr(model, name).through
        mine, other = f"{model._meta.model_name}_id", f"{_target(model, name)}_id"
        if replace:
            through.objects.filter(**{f"{mine}__in": list(rows)}).delete()
        through.objects.bulk_create(
            through(**{mine: pk, other: linked})
            for pk, values in rows.items()
            for linked in values.get(name, ())
        )


def _target(model: type[models.Model], name: str) -> str:
    related = model._meta.get_field(name).related_model
    assert related is not None
    return str(related._meta.model_name)
