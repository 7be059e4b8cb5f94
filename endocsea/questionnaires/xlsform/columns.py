"""Columns, settings and sheets: our own, and which of the others are not read."""

from __future__ import annotations

from collections.abc import Iterator

from pyxform import constants as x

from . import remarks
from .checking import ROW
from .opening import Opened
from .remarks import Place, Remark
from .sheets import Meaning, Sheet

OURS = "endocsea"
OUR_COLUMNS = frozenset({"indicator", "core", "restricted", "levels", "unit"})

FOR_QUESTIONS_ONLY: tuple[Meaning, ...] = (
    ("bind", "required"),
    ("bind", "readonly"),
    ("bind", "constraint"),
    ("bind", "calculate"),
    ("default",),
)
_READ = frozenset(
    {x.TYPE, x.NAME, x.LABEL, x.HINT, "guidance_hint", x.MEDIA, x.CHOICE_FILTER, "default", x.PARAMETERS}
    | {"trigger", "disabled", x.LIST_NAME_S}
)
_READ_OF = {
    "bind": {
        "relevant",
        "required",
        "jr:requiredMsg",
        "constraint",
        "jr:constraintMsg",
        "readonly",
        "calculate",
    },
    "control": {"appearance", "jr:count"},
    OURS: OUR_COLUMNS,
}
_SETTINGS = frozenset(
    {
        x.TITLE,
        x.ID_STRING,
        "version",
        "default_language",
        "clean_text_values",
        "allow_choice_duplicates",
        OURS,
    }
)
_NOT_TAKEN = {
    x.EXTERNAL_CHOICES: remarks.CHOICES_ELSEWHERE,
    x.ENTITIES: remarks.ENTITIES,
    x.OSM: remarks.PLACES,
}


def not_supported(book: Opened) -> Iterator[Remark]:
    """Sheets of an XLSForm that are not taken."""
    for key, why in _NOT_TAKEN.items():
        if getattr(book.definition, key):
            yield Remark(Place(book.titles.get(key, key)), "", why)


def not_read(survey: Sheet, settings: Sheet) -> Iterator[Remark]:
    """Columns and settings that hold something and mean nothing here."""
    used = {heading for _, heading, _ in survey.cells()} - {ROW}
    for meaning, heading in survey.headings.items():
        if heading in used and not _is_read(meaning):
            yield Remark(Place(survey.title, 1, heading), "", remarks.COLUMN_NOT_READ)
    for row in settings.rows():
        for meaning, heading in settings.headings.items():
            if meaning[0] not in _SETTINGS and settings.value(row, *meaning):
                yield Remark(Place(settings.title, row, heading), "", remarks.SETTING_NOT_READ)
        break


def _is_read(meaning: Meaning) -> bool:
    if meaning[0] in _READ_OF:
        return len(meaning) > 1 and meaning[1] in _READ_OF[meaning[0]]
    return meaning[0] in _READ
