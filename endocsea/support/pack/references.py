"""What the files of a pack say about each other.

Foreign keys are those of the table schema. Three properties of our own go further:

- ``endocsea:reference`` of a field: each cell, or each part of a list, has to be found in one of
  the places given: ``{"resource", "fields", "joined_by", "prefix"}`` or ``{"words": […]}``. So
  ``LANZ:10(1)`` is an instrument and an article joined by a colon, ``MNR:3`` a capability.
- ``endocsea:same-parts-as`` of a list: as many parts as that list of the same row.
- ``endocsea:translation-of`` of a schema and ``endocsea:translates`` of its fields: the file has a
  row for each row of the other, a text where the other has one, lists with as many parts, and in
  ``of_english`` the digest of the English that it was made from.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from endocsea.support.pack.cells import split
from endocsea.support.pack.defects import Defect, printable, shown
from endocsea.support.pack.tables import Row, Sheet

UNIT_SEPARATOR = "\x1f"
DIGEST_DIGITS = 12


class Sheets:
    """The sheets of a pack by path; ``benchmark/*/…`` means the edition at hand."""

    def __init__(self, sheets: Mapping[str, Sheet], edition: str) -> None:
        self._sheets = sheets
        self._edition = edition

    def find(self, resource: str, beside: Sheet) -> Sheet | None:
        """The sheet that ``beside`` means by this resource: an edition refers to itself."""
        if not resource:
            return beside
        edition = self._edition
        if "*" in beside.schema.path:
            edition = beside.path.split("/")[beside.schema.path.split("/").index("*")]
        return self._sheets.get(resource.replace("*", edition))


def check_references(sheet: Sheet, sheets: Sheets) -> Iterator[Defect]:
    """Everything in this sheet that points to a row that is not there."""
    for key in sheet.schema.descriptor.get("foreignKeys", ()):
        yield from _foreign_key(sheet, sheets, key)
    for name, field in sheet.schema.fields.items():
        if name not in sheet.columns:
            continue
        if places := field.get("endocsea:reference"):
            yield from _reference(sheet, sheets, name, field, places)
        if other := field.get("endocsea:same-parts-as"):
            yield from _same_parts(sheet, name, other)


def _foreign_key(sheet: Sheet, sheets: Sheets, key: Mapping[str, Any]) -> Iterator[Defect]:
    mine, theirs = tuple(key["fields"]), tuple(key["reference"]["fields"])
    target = sheets.find(key["reference"]["resource"], sheet)
    known = target.by(theirs) if target is not None else None
    if target is None or known is None or not set(mine) <= set(sheet.columns):
        return  # that file or column is reported as missing: saying it again in each row helps nobody
    names = " + ".join(mine)
    remedies: dict[str, str] = {}  # looking for the nearest takes long, and wrong values come often
    for row in sheet.rows:
        value = tuple(row.cells[name] for name in mine)
        if value in known or not all(value):
            continue
        what = f"{shown(' + '.join(value))} is not in {target.path}, {' + '.join(theirs)}."
        if value[-1] not in remedies:
            remedies[value[-1]] = _nearest(value[-1], known, target.path)
        yield Defect(sheet.path, row.line, names, what, remedies[value[-1]])


def _nearest(text: str, known: Mapping[tuple[str, ...], Row], path: str) -> str:
    close = difflib.get_close_matches(text[:100], [value[-1] for value in known], n=1)
    remedy = f"Did you mean {printable(close[0])}? " if close else ""
    return f"{remedy}Write a value from there, or add its row to {path} first."


def _reference(
    sheet: Sheet, sheets: Sheets, name: str, field: Mapping[str, Any], places: Sequence[Mapping[str, Any]]
) -> Iterator[Defect]:
    separator = field.get("endocsea:list", {}).get("separator")
    where = " or ".join(_described(place) for place in places)
    for row in sheet.rows:
        cell = row.cells[name]
        parts = split(cell, separator) if separator else (cell,)
        for part in parts:
            if part and not any(_found(part, place, sheet, sheets) for place in places):
                what = f"{shown(part)} is not in {where}."
                yield Defect(
                    sheet.path, row.line, name, what, "Write one from there, or add its row there first."
                )


def _described(place: Mapping[str, Any]) -> str:
    if "words" in place:
        return "the words " + ", ".join(place["words"])
    fields = place.get("joined_by", " + ").join(place["fields"])
    return f"{place['resource']} as {place.get('prefix', '')}{fields}"


def _found(part: str, place: Mapping[str, Any], sheet: Sheet, sheets: Sheets) -> bool:
    if "words" in place:
        return part in place["words"]
    prefix = place.get("prefix", "")
    if not part.startswith(prefix):
        return False
    fields = tuple(place["fields"])
    target = sheets.find(place["resource"], sheet)
    known = target.by(fields) if target is not None else None
    if known is None:
        return True
    joint = place.get("joined_by")
    rest = part.removeprefix(prefix)
    value = tuple(rest.split(joint, len(fields) - 1)) if joint else (rest,)
    return value in known


def _same_parts(sheet: Sheet, name: str, other: str) -> Iterator[Defect]:
    separators = {n: sheet.schema.fields[n]["endocsea:list"]["separator"] for n in (name, other)}
    for row in sheet.rows if other in sheet.columns else ():
        here, there = (len(split(row.cells[n], separators[n])) for n in (name, other))
        if here != there:
            yield Defect(
                sheet.path,
                row.line,
                name,
                f"the parts differ in number: {here} here, {there} in {other}.",
                "Write as many, in order.",
            )


def digest_of_english(cells: Sequence[str]) -> str:
    """The mark of an English text: 12 hex digits of the SHA-256 of its cells, joined by U+001F."""
    text = UNIT_SEPARATOR.join(cells)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:DIGEST_DIGITS]


def check_translation(sheet: Sheet, sheets: Sheets) -> tuple[list[Defect], list[Defect]]:
    """Defects of a translated file, and notices on rows whose English has changed since."""
    resource = sheet.schema.descriptor.get("endocsea:translation-of")
    source = sheets.find(resource, sheet) if resource else None
    key = sheet.schema.key
    originals = source.by(key) if source is not None else None
    translated = sheet.by(key)
    if source is None or originals is None or translated is None:
        return [], []
    pairs = {
        name: field["endocsea:translates"]
        for name, field in sheet.schema.fields.items()
        if "endocsea:translates" in field
    }
    defects, notices = [], []
    for value, original in originals.items():
        row = translated.get(value)
        if row is None:
            what = f"{shown(' + '.join(value))} of {source.path}, row {original.line}, has no row here."
            defects.append(Defect(sheet.path, None, " + ".join(key), what, "Add its translation."))
            continue
        for name, english in pairs.items():
            if name in sheet.columns and english in source.columns:
                place = f"{source.path}, row {original.line}, column {english}"
                field = sheet.schema.fields[name]
                for what, remedy in _text_faults(row.cells[name], original.cells[english], field, place):
                    defects.append(Defect(sheet.path, row.line, name, what, remedy))
        if "of_english" in sheet.columns and set(pairs.values()) <= set(source.columns):
            digest = digest_of_english([original.cells[english] for english in pairs.values()])
            if row.cells["of_english"] != digest:
                what = (
                    f"the English in {source.path}, row {original.line}, has changed since it was translated."
                )
                remedy = f"Bring the translation up to date, then write {digest} here."
                notices.append(Defect(sheet.path, row.line, "of_english", what, remedy))
    return defects, notices


def _text_faults(here: str, there: str, field: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    if here and not there:
        yield f"the cell is filled, but {place}, is empty.", "Empty it, or fill the English."
    elif there and not here:
        yield f"the cell is empty, but {place}, is filled.", "Add the translation."
    elif separator := field.get("endocsea:list", {}).get("separator"):
        mine, english = len(split(here, separator)), len(split(there, separator))
        if mine != english:
            remedy = f"Write as many, in the same order, with {separator} between."
            yield f"the parts differ in number: {mine} here, {english} in {place}.", remedy
