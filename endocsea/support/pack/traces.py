"""What catches the eye in the text of cells: traces of persons, and links that look wrong.

No content may hold an address of a person or the number of a case (protection rules, G1 and G2).
The one mailbox that a source prints as a function is allowed where the field says so:
``endocsea:mailbox-where`` names a column and its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from endocsea.support.pack.defects import Defect, shown
from endocsea.support.pack.tables import Sheet

E_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
CASE_NUMBER = re.compile(
    r"\b(?:case|file|docket|dossier|affaire|dosar)\s+(?:no|nr|number|num[ée]ro|n°)\b\.?\s*[\w./-]{0,20}\d",
    re.IGNORECASE,
)
SCHEME = re.compile(r"https?://[^\s/]+\.[^\s]+")


def traces_of_persons(sheet: Sheet) -> Iterator[Defect]:
    """Cells that look as if they held a personal address or the number of a case."""
    for row in sheet.rows:
        for name, cell in row.cells.items():
            if "@" in cell and (match := E_MAIL.search(cell)):
                where = sheet.schema.fields[name].get("endocsea:mailbox-where", {})
                if where and all(row.cells.get(column) == value for column, value in where.items()):
                    continue
                remedy = "Take it out: name the post, not the person."
                what = f"{shown(match.group())} looks like an e-mail address."
                yield Defect(sheet.path, row.line, name, what, remedy)
            if match := CASE_NUMBER.search(cell):
                what = f"{shown(match.group())} looks like the number of a case."
                yield Defect(sheet.path, row.line, name, what, "Take it out: cases are never stored here.")


def doubtful_links(sheet: Sheet) -> Iterator[Defect]:
    """Notices on addresses without ``http://`` or ``https://``, or with blanks in them.

    A source may be a document without an address ("Project summary, 8 July 2020"): words with
    blanks between them and no scheme are left alone.
    """
    for name, field in sheet.schema.fields.items():
        if not field.get("endocsea:link") or name not in sheet.columns:
            continue
        for row in sheet.rows:
            cell = row.cells[name]
            if not cell or SCHEME.fullmatch(cell) or (" " in cell and "://" not in cell):
                continue
            what = f"{shown(cell)} does not look like a web address."
            remedy = "Write it whole, with https:// in front and without blanks."
            yield Defect(sheet.path, row.line, name, what, remedy)
