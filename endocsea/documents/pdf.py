"""A document as PDF, made with Typst in PDF/UA-1 mode.

The same document gives the same bytes: the only date is the document's day, and the only fonts are those
of the packages. Nothing is written to disk and nothing is shared between two calls but the fonts, which
are read once in a process; so calls may run side by side.
"""

from __future__ import annotations

import calendar
import functools
import importlib.resources
import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import typst

from .parts import Document
from .telling import tell

TEMPLATES: Final = Path(__file__).parent / "templates"

# A letter is taken from the first of these that has it. The last one comes with Typst.
FAMILIES: Final = ("Source Sans Pro", "Noto Sans Georgian", "Noto Sans Armenian", "DejaVu Sans Mono")
_FILES: Final = {
    "font_source_sans_pro": (
        "files/SourceSansPro-Regular.ttf",
        "files/SourceSansPro-It.ttf",
        "files/SourceSansPro-Semibold.ttf",
        "files/SourceSansPro-SemiboldIt.ttf",
    ),
    "manimgx_fonts": ("NotoSansGeorgian[wght].ttf", "NotoSansArmenian[wght].ttf"),
}
# Typst keeps what it set until ten more calls did not use it: 100 MB for a report of 30 pages, so more than
# a gigabyte in all. Each document counts as nine calls, so only the last one is kept.
_AGED_BY: Final = 8


@dataclass(frozen=True, slots=True)
class Source:
    """What Typst sets: the template, and this document as its data."""

    data: str
    timestamp: int

    def compile(self) -> bytes:
        """Typst's run alone: what a document costs once it was told. Raises :class:`typst.TypstError`."""
        return typst.compile(
            TEMPLATES / "document.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            sys_inputs={"document": self.data},
            pdf_standards="ua-1",
            timestamp=self.timestamp,
        )


def source(document: Document) -> Source:
    """What Typst is given for a document. Raises :class:`ValueError` as :func:`~.telling.tell` does."""
    noon = calendar.timegm((*document.day.timetuple()[:3], 12, 0, 0))
    told = {**tell(document), "fonts": FAMILIES}
    return Source(json.dumps(told, ensure_ascii=False), noon)


def pdf(document: Document) -> bytes:
    """The document as a tagged PDF, made in PDF/UA-1 mode.

    Raises :class:`ValueError` as :func:`~endocsea.documents.telling.tell` does. A letter that no font has
    is printed as �, because a name from anywhere must not stop a report.
    """
    finished = source(document)
    try:
        made = finished.compile()
    except typst.TypstError as error:
        missing = _without_glyph(finished.data) if "could not be displayed" in error.message else {}
        if not missing:
            raise
        made = replace(finished, data=finished.data.translate(missing)).compile()
    for _ in range(_AGED_BY):
        typst.compile(b"", font_paths=_fonts())
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    """The packages' fonts, read into memory.

    Typst takes folders, and the packages' folders hold the same typeface in two formats; so the files that
    are meant are laid in a folder of their own, which is not needed any more once each was used.
    """
    with tempfile.TemporaryDirectory() as folder:
        for package, files in _FILES.items():
            for file in files:
                with importlib.resources.as_file(importlib.resources.files(package) / file) as path:
                    shutil.copy(path, folder)
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        used = "".join(
            f'#text(font: "{font.family}", weight: {font.weight}, style: "{font.style}")[A\u10d0\u0531]'
            for font in fonts.fonts()
            if font.path is not None
        )
        typst.compile(used.encode(), font_paths=fonts)
        return fonts


def _without_glyph(text: str) -> dict[int, str]:
    """What to put for each letter of the text that no font has."""
    return {ord(letter): "\ufffd" for letter in set(text) if not _has_glyph(letter)}


@functools.cache
def _has_glyph(letter: str) -> bool:
    families = json.dumps(FAMILIES)[1:-1]
    source = f'#set document(title: "-")\n#set text(font: ({families}))\n#text(sys.inputs.letter)'
    try:
        typst.compile(
            source.encode(),
            font_paths=_fonts(),
            sys_inputs={"letter": letter},
            pdf_standards="ua-1",
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
