"""The first sheet of a workbook: what it is, until when, how it is filled in, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from endocsea.charts import palette
from endocsea.documents.row_heights import height_of
from endocsea.documents.telling import clean
from endocsea.support.days import long_day
from endocsea.support.texts import plain

from .. import sheet_code
from ..sheet import Sheet
from . import words

if TYPE_CHECKING:
    from .writing import Writing

_WIDTHS: Final = (24, 78)


def _section(sheet: Sheet) -> str:
    """What the one section that there is is called; nothing where there are more."""
    sections = {line.path.partition("/")[0]: line.section for line in sheet.lines if "/" in line.path}
    return clean(plain(next(iter(sections.values())))) if len(sections) == 1 else ""


def write(writing: Writing, page: Any) -> None:
    sheet = writing.sheet
    title = writing.format(font_size=18, bold=True, font_color=palette.BRAND)
    heading = writing.format(font_size=12, bold=True, font_color=palette.BRAND)
    label = writing.format(bold=True, text_wrap=True, font_color=palette.MUTED)
    text = writing.format(text_wrap=True)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    rows: list[tuple[str, Any, str, Any]] = [
        (writing.clean(sheet.round_name), title, "", text),
        (writing.clean(sheet.state_name), heading, "", text),
        ("", label, "", text),
    ]
    facts = (
        (_("Institution"), clean(sheet.institution)),
        (_("Section"), _section(sheet)),
        (_("Questions"), str(len(sheet.lines))),
        (_("Back by"), long_day(sheet.due_on)),
        (_("Made on"), long_day(sheet.made_on)),
    )
    rows += [(name, label, value, writing.format(bold=True)) for name, value in facts if value]
    rows += [("", label, "", text), (_("How to answer"), heading, "", text)]
    rows += [(f"{number}.", label, str(step), text) for number, step in enumerate(words.STEPS, 1)]
    rows += [("", label, "", text), (_("What each status means"), heading, "", text)]
    rows += [(str(status), label, str(meaning), text) for status, meaning in words.MEANINGS]
    rows += [("", label, "", text), (_("Please note"), heading, "", text)]
    rows += [("", label, str(each), writing.format(text_wrap=True, bold=True)) for each in words.LAST_WORDS]
    code = _("Code of this sheet (please leave it as it is): %(code)s") % {"code": sheet_code.line_of(sheet)}
    rows += [("", label, "", text), ("", label, code, writing.format(font_size=8, font_color=palette.MUTED))]
    for number, (left, how, right, which) in enumerate(rows):
        page.write_string(number, 0, left, how)
        if right:
            page.write_string(number, 1, right, which)
        texts = ((left, _WIDTHS[0]), (right, _WIDTHS[1])) if how is label else ()
        page.set_row(number, height_of(texts, size=how.font_size))
    writing.page(page)
    page.activate()
