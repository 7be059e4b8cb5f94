"""What pyxform says of a workbook: the structure of its rows, or its error in the field's own words, with the place.

pyxform names the row in most errors and the sheet and column in many. Where it does not, the names that it quotes are
looked for in the workbook.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyxform import constants as x
from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json

from . import refused, remarks
from .opening import Opened
from .remarks import Place, Remark
from .sheets import Sheet

ROW = "endocsea_row"  # a column that pyxform carries along, so that we know where a question stands

_ROW_SAID = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET_SAID = re.compile(r"(?:On the|sheet:?) '(survey|choices|settings|entities)'")
_COLUMN_SAID = re.compile(r"the '([^']+)' (?:value|column)")
_QUOTED = re.compile(r"\$\{([^}]+)\}|\[([^\]]+)\]|'([^']+)'|\"([^\"]+)\"|: (\S+)$")
_OUR_MARK = re.compile(rf",? ?'{ROW}': '\d+'")

# Said here per cell, or about questions that are not taken.
_SAID_OTHERWISE = (
    re.compile(r"^Language '.*' is missing the "),
    re.compile("do not contain valid machine-readable codes"),
    re.compile("max-pixels|is no longer supported on most devices"),
)
_COLUMN_MEANT = {"Missing calculation": "calculation", "with no name": x.NAME, "with no type": x.TYPE}
_SPEAKS_OF = {"This section has not been included": "include"}


def structure(book: Opened, sheets: Sequence[Sheet]) -> tuple[dict[str, Any], list[Remark]]:
    """The form as pyxform nests it, each question with its row under `ROW`, and what pyxform warns of."""
    _mark_rows(book)
    warned: list[str] = []
    try:
        nested = workbook_to_json(
            book.definition, form_name="data", fallback_form_name=book.stem or "data", warnings=warned
        )
        # Only the whole conversion tells whether every ${name} and every type is known.
        create_survey_element_from_dict(copy.deepcopy(nested)).to_xml(validate=False, warnings=warned)
    except PyXFormError as error:
        found = list(_defects(str(error), error.context, sheets))
    except Exception as error:
        # pyxform trips over some workbooks without a word of its own
        found = _unlabelled(sheets) if error.args == (x.LABEL,) else []
        found = found or [
            Remark(None, "", remarks.WITHOUT_WORDS % {"error": f"{type(error).__name__}: {error}"})
        ]
    else:
        return nested, [_placed(text, {}, sheets) for text in warned if not _said_otherwise(text)]
    raise refused.invalid(found)


def _unlabelled(sheets: Sequence[Sheet]) -> list[Remark]:
    """What "or_other" trips over: choices without a label beside others that have one."""
    choices = next(sheet for sheet in sheets if sheet.key == x.CHOICES)
    labels = [meaning for meaning in choices.headings if meaning[0] == x.LABEL]
    return [
        Remark(choices.place(row, *labels[0]), choices.value(row, x.NAME), remarks.CHOICE_WITHOUT_LABEL)
        for row in choices.rows()
        if labels and not any(choices.value(row, *meaning) for meaning in labels)
    ]


def _mark_rows(book: Opened) -> None:
    for header in book.definition.survey_header or ():
        header[ROW] = None
    for number, row in enumerate(book.definition.survey or (), start=2):
        if row:
            row[ROW] = str(number)


def _said_otherwise(text: str) -> bool:
    return any(words.search(text) for words in _SAID_OTHERWISE)


def _defects(text: str, context: dict[str, Any], sheets: Sequence[Sheet]) -> Iterable[Remark]:
    lines = text.splitlines()
    several = len(lines) > 1 and all(_ROW_SAID.match(line) for line in lines)
    return [_placed(each, context, sheets) for each in (lines if several else [text])]


def _placed(text: str, context: dict[str, Any], sheets: Sequence[Sheet]) -> Remark:
    text = _OUR_MARK.sub("", text).strip()
    said = _SHEET_SAID.search(text)
    key = str(context.get("sheet") or (said[1] if said else "survey"))
    sheet = next((each for each in sheets if each.key == key), None)
    row = _ROW_SAID.search(text)
    number = int(context.get("row") or (row[1] if row else 0))
    words = f"{' '.join(_ROW_SAID.sub('', text).split()).rstrip('.')}."
    if not number:
        return Remark(_looked_for(text, sheets), "", words)
    column = _COLUMN_SAID.search(text)
    meant = next((name for said, name in _COLUMN_MEANT.items() if said in text), "")
    named = str(context.get("column") or (column[1] if column else meant))
    if sheet is not None and named:
        heading = next((h for meaning, h in sheet.headings.items() if named in (h, *meaning)), named)
        return Remark(Place(sheet.title, number, heading), "", words)
    quoted = _looked_for(text, [sheet], number) if sheet is not None else None
    return Remark(quoted or Place(sheet.title if sheet else key, number), "", words)


def _looked_for(text: str, sheets: Sequence[Sheet], row: int = 0) -> Place | None:
    """The cell that is what the error quotes, or the first that speaks of it."""
    quoted = [next(filter(None, found)).strip() for found in _QUOTED.findall(text)]
    quoted += [kind for words, kind in _SPEAKS_OF.items() if words in text]
    for fits in (
        lambda cell, name: cell.strip() == name,
        lambda cell, name: f"${{{name}}}" in cell,
        lambda cell, name: name in cell.split(),
    ):
        for name in quoted:
            for sheet in sheets:
                for number, heading, cell in sheet.cells():
                    if fits(cell, name) and row in (0, number):
                        return Place(sheet.title, number, heading)
    return next(
        (
            Place(sheet.title, 1, heading)
            for sheet in sheets
            for heading in sheet.headings.values()
            if heading in quoted and row in (0, 1)
        ),
        None,
    )
