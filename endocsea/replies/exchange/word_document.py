"""What stands in a Word document, in the order of reading: rows of cells, and the text between them.

Changes that are marked as such are read as accepted. Text in boxes and nested tables is read where it stands.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from .sheet_code import is_bookmark
from .word_writing import EMPTY, TICKED

_LEFT_OUT: Final = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:rPr"), qn("w:pPr"), qn("w:sdtPr")}) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_SIGNS: Final = {"f0fe": TICKED, "f052": TICKED, "f0fd": TICKED, "f0fc": TICKED, "f0a8": EMPTY, "f06f": EMPTY}
_MARKED: Final = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
_FREE: Final = frozenset({"", "Normal", "Standard"})  # paragraphs that no sheet prints: somebody typed them

# A tick may stand for a box, beside it or in it; brackets are boxes, too.
_BOXES: Final = "☐□▢❏❑◻⬜◯○"
_TICKS: Final = "☒☑✔✓✗✘✕✖⊠■●🗷🗹✅"
_BEFORE: Final = re.compile(rf"(?:[\s\[\](){_BOXES}{_TICKS}]|[xX](?=[\s\]\){_BOXES}]|\d))*")
_AFTER: Final = re.compile(rf"(?:(?<=\s)[xX]|[{_TICKS}])\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, whether a tick stands before or behind it, and whether there is a box at all."""

    text: str
    boxed: bool = False
    ticked: bool = False


@dataclass(slots=True)
class Cell:
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs).strip()


@dataclass(frozen=True, slots=True)
class Row:
    cells: list[Cell]
    marks: frozenset[str]  # names of bookmarks in it


@dataclass(frozen=True, slots=True)
class Between:
    """A paragraph that stands in no table. ``typed``: it is of no style that a sheet prints."""

    text: str
    typed: bool


@dataclass(frozen=True, slots=True)
class Read:
    parts: tuple[Row | Between, ...]
    changes: bool  # some are marked, and not yet accepted or refused
    comments: tuple[str, ...]


# What python-docx and lxml raise at a package whose parts are there, and are not those of a document.
UNREADABLE: Final = (
    AttributeError,
    IndexError,
    KeyError,
    OpcError,
    PythonDocxError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)


def unpacked(content: bytes) -> int:
    """How many bytes the parts of a document have in all."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return sum(entry.file_size for entry in package.infolist())


def read(content: bytes) -> Read:
    """Raises one of ``UNREADABLE`` for what is no Word document."""
    word = docx.Document(io.BytesIO(content))
    body = word.element.body
    return Read(
        tuple(_parts(body)),
        any(next(body.iter(mark), None) is not None for mark in _MARKED),
        tuple(_comments(word)),
    )


def ticked(text: str) -> Paragraph:
    """A paragraph as a line to tick."""
    before = _BEFORE.match(text)
    assert before is not None
    sign, words = before[0], text[before.end() :]
    behind = _AFTER.search(words)
    if behind:
        words = words[: behind.start()]
    marked = behind is not None or any(each in _TICKS or each in "xX" for each in sign)
    return Paragraph(words.strip(), boxed=bool(sign.strip()) or behind is not None, ticked=marked)


def _parts(body: Any) -> Iterator[Row | Between]:
    for element in body:
        if element.tag == qn("w:tbl"):
            yield from _rows(element)
        elif element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            named = style.get(qn("w:val"), "") if style is not None else ""
            text = _text(element).strip()
            if text:
                yield Between(text, named in _FREE)
        elif element.tag in (qn("w:sdt"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")):
            yield from _parts(element.find(qn("w:sdtContent")) if element.tag == qn("w:sdt") else element)


def _rows(table: Any) -> Iterator[Row]:
    for row in table.iter(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells = [Cell(list(_lines(each))) for each in _cells(row)]
        marks = {each.get(qn("w:name"), "") for each in row.iter(qn("w:bookmarkStart"))}
        yield Row(cells, frozenset(mark for mark in marks if is_bookmark(mark)))


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == qn("w:tc"):
            yield element
        elif element.tag == qn("w:sdt") and element.find(qn("w:sdtContent")) is not None:
            yield from _cells(element.find(qn("w:sdtContent")))


def _lines(cell: Any) -> Iterator[str]:
    """The paragraphs of a cell. Rows of a table within it are rows of their own."""
    for element in cell:
        if element.tag == qn("w:p"):
            yield from _text(element).split("\n")
        elif element.tag != qn("w:tbl"):
            yield from _lines(element)


def _text(element: Any) -> str:
    pieces: list[str] = []
    for each in element:
        if each.tag in _LEFT_OUT:
            continue
        if each.tag == qn("w:t"):
            pieces.append(each.text or "")
        elif each.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            pieces.append(" " if each.tag == qn("w:tab") else "-")
        elif each.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif each.tag == qn("w:sym"):
            pieces.append(_SIGNS.get(each.get(qn("w:char"), "").lower(), "\ufffd"))
        elif each.tag == qn("w:p"):
            pieces.append("\n" + _text(each))
        elif isinstance(each.tag, str):
            pieces.append(_text(each))
    return "".join(pieces)


def _comments(word: Any) -> Iterator[str]:
    for relation in word.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("comments", "footnotes", "endnotes") and not relation.is_external:
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            for each in root:
                if text := " ".join(_text(each).split()):
                    yield text
