"""Texts and tables in plain files: kept as UTF-8, whatever they came in."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from endocsea.support.guard import refused
from endocsea.support.guard.kinds import Kind

_SCRIPT = re.compile(r"\s*(?:#!|@echo\b|<%)", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:!--|\?|!doctype|[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
_MARKUP_INSIDE = re.compile(r"<(?:script|svg|html|body|iframe|object|embed)[\s/>]", re.IGNORECASE)
_RICH_TEXT = "{\\rtf"
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?![\d.,\s]|$)|[^|]*\|[^!]*!)")
_LAYOUT = "\t\n\r\f"
_DELIMITERS = ",;\t"
_LONGEST = 2**17  # a cell that never ends; the reader's own limit is anybody's to move
_ROWS = 50  # so many rows tell whether a text is a table


def cleaned(content: bytes) -> tuple[Kind, bytes]:
    """The kind of a plain file, and its content in UTF-8."""
    text = _decoded(content)
    if not text.strip():
        raise refused.Empty
    if any(_unprintable(char) for char in set(text)):
        raise refused.Unknown
    if text.startswith(_RICH_TEXT):
        raise refused.OldOffice
    if _SCRIPT.match(text):
        raise refused.Script
    if _MARKUP.match(text) or _MARKUP_INSIDE.search(text):
        raise refused.WebPage
    for delimiter in _DELIMITERS:
        if _is_table(text, delimiter):
            _refuse_formulas(text, delimiter)
            # with the mark by which spreadsheets know UTF-8
            return Kind.CSV, text.encode("utf-8-sig")
    return Kind.TEXT, text.encode()


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in content:
        raise refused.Unknown
    else:
        encoding = "utf-8"
    try:
        return content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise refused.NotText from None


def _unprintable(char: str) -> bool:
    if char in _LAYOUT:
        return False
    return unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE


def _is_table(text: str, delimiter: str) -> bool:
    """Two rows or more, all of the same number of cells, and of more than one."""
    try:
        widths = [len(row) for row in islice(_rows(text, delimiter), _ROWS)]
    except csv.Error:
        return False
    return len(widths) > 1 and widths[0] > 1 and len(set(widths)) == 1


def _refuse_formulas(text: str, delimiter: str) -> None:
    try:
        for cell in (cell for row in _rows(text, delimiter) for cell in row):
            if len(cell) > _LONGEST:
                raise refused.Damaged
            if _FORMULA.match(cell):
                raise refused.Formulas
    except csv.Error:
        raise refused.Damaged from None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
