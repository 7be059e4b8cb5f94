"""An empty Word document of the house: its styles, its page, its foot, and its bytes.

It is made from styles that every office knows by name (Heading 1 to 3, Body Text, List Bullet, Caption) and in Arial,
which every office has. The same content gives the same bytes: the only date in it is the day that it is given.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from lxml import etree

from ..telling import clean

STYLES: Final = Path(__file__).with_name("styles.xml")
NUMBERING: Final = Path(__file__).with_name("numbering.xml")
SETTINGS: Final = Path(__file__).with_name("settings.xml")

WIDTH: Final = 17.0  # of text, in cm: A4 without its margins
MARGIN: Final = 2.0
BULLETS: Final = 1  # the list of points in the numbering; numbered lists each get one of their own
_NUMBERED: Final = 1  # the pattern of numbered lists
_KEPT_PARTS: Final = frozenset({"styles", "numbering", "settings", "fontTable", "theme"})
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_REGIONS: Final = {"en": "en-GB", "fr": "fr-FR"}


def begin(*, title: str, language: str, day: datetime.date, author: str = "", subject: str = "") -> Word:
    """An empty document with its language, its styles and its properties."""
    word = docx.Document()
    _replace(word.styles.element, STYLES)
    _replace(word.part.numbering_part.element, NUMBERING)
    _replace(word.settings.element, SETTINGS)
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag(language))
    _drop(word.part.rels, _KEPT_PARTS)
    _drop(word.part.package.rels, frozenset({"officeDocument", "core-properties"}))
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.0), Cm(1.0)
    noon = datetime.datetime.combine(day, datetime.time(12))
    about = word.core_properties
    about.title, about.author, about.subject, about.language = (
        clean(title),
        author,
        clean(subject),
        tag(language),
    )
    about.created = about.modified = noon
    about.last_modified_by, about.revision, about.comments, about.keywords = author, 1, "", ""
    return word


def foot(word: Word, said: str, page: str) -> None:
    """What stands at the foot of every page; ``page`` is like "Page {page} of {pages}"."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = word.styles["Footer"]
    paragraph.add_run(f"{clean(said)}\t")
    for piece in re.split(r"(\{pages?\})", page):
        if piece in ("{page}", "{pages}"):
            _field(paragraph, "PAGE" if piece == "{page}" else "NUMPAGES")
        else:
            paragraph.add_run(piece)


def head(word: Word, said: str) -> None:
    """What stands at the head of every page."""
    paragraph = word.sections[0].header.paragraphs[0]
    paragraph.style = word.styles["Header"]
    paragraph.add_run(clean(said))


def table(word: Word, shares: list[float], *, about: str, style: str = "Ruled", heads: bool = True) -> Any:
    """An empty table over the whole width, whose columns have these shares of it; ``about`` is read aloud for it.

    Its first row is set as one of headings unless ``heads`` says otherwise.
    """
    made = word.add_table(rows=0, cols=len(shares))
    made.style = word.styles[style]
    made.autofit = False
    total = sum(shares)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Cm(WIDTH * share / total)
    properties = made._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        words = OxmlElement(name)
        words.set(qn("w:val"), clean(about))
        properties.append(words)
    if not heads:
        properties.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")
        properties.find(qn("w:tblLook")).set(qn("w:val"), "0480")
    return made


def row(made: Any, *, heads: bool = False, whole: bool = True) -> Any:
    """A new row, which no page cuts if it is ``whole``; with ``heads`` it is repeated where the table goes on."""
    new = made.add_row()
    properties = new._tr.get_or_add_trPr()
    if whole:
        properties.append(OxmlElement("w:cantSplit"))
    if heads:
        properties.append(OxmlElement("w:tblHeader"))
    return new


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """The paragraph in a style by its id: to look a style up by its name takes most of the time of a long document."""
    paragraph._p.style = style
    return paragraph


def shade(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#"))):
        fill.set(qn(f"w:{name}"), value)
    properties.append(fill)


def say_language(run: Any, language: str | None) -> None:
    """Mark a run that is in another language than the document."""
    if language:
        properties = run._r.get_or_add_rPr()
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), tag(language))
        properties.append(mark)


def numbered(word: Word) -> int:
    """A numbered list of its own, beginning at 1."""
    numbering = word.part.numbering_part.element
    return int(numbering.add_num(_NUMBERED).numId)


def tag(language: str) -> str:
    return _REGIONS.get(language, language)


def bytes_of(word: Word) -> bytes:
    """The document, with the same bytes whenever and wherever it is written."""
    written = io.BytesIO()
    word.save(written)
    again = io.BytesIO()
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(again, "w") as kept:
        for entry in package.infolist():
            new = zipfile.ZipInfo(entry.filename, _EPOCH)
            new.create_system, new.compress_type = 3, zipfile.ZIP_DEFLATED
            kept.writestr(new, package.read(entry))
    return again.getvalue()


def _replace(element: Any, file: Path) -> None:
    fresh = etree.fromstring(file.read_bytes())
    for child in list(element):
        element.remove(child)
    for child in fresh:
        element.append(parse_xml(etree.tostring(child)))


def _drop(relations: Any, kept: frozenset[str]) -> None:
    for key in [key for key, each in relations.items() if _word(each.reltype) not in kept]:
        del relations[key]


def _word(kind: str) -> str:
    return kind.rpartition("/")[2]


def _field(paragraph: Paragraph, name: str) -> None:
    for element in _field_parts(name):
        paragraph.add_run()._r.append(element)


def _field_parts(name: str) -> Iterator[Any]:
    for kind in ("begin", "", "separate", "1", "end"):
        if kind == "1":
            element = OxmlElement("w:t")
            element.text = kind
        elif kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = f" {name} "
        yield element
