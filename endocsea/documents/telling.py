"""A document as one JSON value: checked, its notes numbered, its widths settled.

What the template has to know is decided here, so that it only sets type. Whatever cannot be printed is
named before the typesetter starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from endocsea.charts import palette
from endocsea.charts.scales import text_width, wrap

from .parts import (
    Block,
    Break,
    Bullets,
    Cite,
    Document,
    Grid,
    Heading,
    Line,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
)

# In points. A4 is 595.28 × 841.89.
MARGIN: Final = 68.0
FULL: Final = 459.0  # the width of tables and pictures
TEXT: Final = 366.0  # the width of running text: about 70 letters
CELL: Final = 9.5  # the size of a table's letters
INSET: Final = 5.5  # left and right in a cell
BODY: Final = 10.5
_PAGE = 674.0  # what a page holds from top to bottom, under a ribbon
_CELL_LINE = CELL * 1.3
_TALL = 0.6 * _PAGE  # a row of this height may be cut: moved on whole, it would leave most of a page empty
_BESIDE_A_PICTURE = 110.0  # a heading of two lines, and the gaps: they stay on the picture's page
_NOTE = 9.0  # the size of captions and notes
_CHART_UNIT = 0.66  # a chart's letters are 13 units: 8.6 points
_CM = 72 / 2.54

# ISO 639-1, and the languages of the member states that have three letters only.
LANGUAGES: Final = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln
    lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
    tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu cnr crh csb dsb frr fur
    gag gsw hsb krl lld mwl olo rom rue sco sma smj smn sms szl vro
    """.split()  # noqa: SIM905
)
# Those whose long words the typesetter divides by itself.
_DIVIDED = frozenset(
    """
    af be bg ca cs da de el en es et fi fr hr hu is it ka ku la lt mn nb nl nn no pl pt ru sk sl sq
    sr sv tk tr uk
    """.split()  # noqa: SIM905
)
_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VIEW_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_MAY_BREAK_AFTER = re.compile(r"(?<=[/?&=.,:;_@+%|-])(?=[^/?&=.,:;_@+%|-])")
_BREAK_HERE = "\u200b"  # no width, and nothing that is copied or read aloud

Told = dict[str, Any]


def tell(document: Document) -> Told:
    """What the template reads.

    Raises :class:`ValueError` that names a language which is not known, a note or a target that is missing,
    a key given twice, a heading that is empty or leaves a level out, a row whose cells are not as many as
    its table's columns, a picture without ``alt`` or without a size, and a document without a title.
    """
    return _Telling(document).whole()


class _Telling:
    """One document on its way: the order in which its notes are cited, and its keys."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers: dict[str, int] = {}
        self.language, _ = _language(document.language, "the document")
        if not document.title.strip():
            raise ValueError("the document has no title")
        self.keys = _keys([*document.cover, *document.blocks])
        _check_levels([*document.cover, *document.blocks])

    def whole(self) -> Told:
        document = self.document
        cover = [self.block(block) for block in document.cover]
        blocks = [self.block(block) for block in document.blocks]
        notes: list[list[object]] = []
        while len(notes) < len(self.numbers):  # a note may cite another
            key = list(self.numbers)[len(notes)]
            notes.append(self.line(document.notes[key], TEXT - 24))
        headings = any(isinstance(block, Heading) for block in (*document.cover, *document.blocks))
        day = document.day
        return {
            **_tagged(document.language, "the document"),
            "title": clean(document.title),
            "subtitle": clean(document.subtitle),
            "byline": clean(document.byline),
            "author": clean(document.author),
            "keywords": [clean(word) for word in document.keywords],
            "day": [day.year, day.month, day.day],
            "running": clean(document.running),
            "ribbon": clean(document.ribbon),
            "facts": [[clean(name), clean(value)] for name, value in document.facts],
            "words": {
                "contents": clean(document.words.contents),
                "notes": clean(document.words.notes),
                "page": clean(document.words.page),
            },
            "cover": cover,
            "contents": document.contents and headings,
            "blocks": blocks,
            "notes": notes,
            "colours": {
                name: getattr(palette, name.upper())
                for name in ("ink", "muted", "brand", "link", "stone", "apricot", "mist", "line")
            },
            "measures": {"margin": MARGIN, "full": FULL, "text": TEXT, "cell": CELL, "inset": INSET},
        }

    def block(self, block: Block) -> Told:
        match block:
            case Heading(level, text, key, lang):
                tagged = _tagged(lang, f"the heading {text!r}")
                told = _keyed({"kind": "heading", "level": level, "text": clean(text), **tagged}, key)
            case Paragraph(line, lead):
                told = {"kind": "paragraph", "line": self.line(line, TEXT), "lead": lead}
            case Bullets(items, numbered):
                lines = [self.line(item, TEXT - 24) for item in items]
                told = {"kind": "bullets", "items": lines, "numbered": numbered}
            case Grid():
                told = self.grid(block)
            case Picture():
                told = _picture(block)
            case Panel(title, blocks, warm):
                inner = [self.block(part) for part in blocks]
                told = {"kind": "panel", "title": clean(title), "warm": warm, "blocks": inner}
            case NewPage():
                told = {"kind": "new-page"}
        return told

    def grid(self, grid: Grid) -> Told:
        if not grid.columns:
            raise ValueError(f"the table {grid.caption!r} has no columns")
        if any(column.share <= 0 for column in grid.columns):
            raise ValueError(f"the table {grid.caption!r} has a column without a share of the width")
        total = sum(column.share for column in grid.columns)
        widths = [round(FULL * column.share / total, 2) for column in grid.columns]
        rooms = [width - 2 * INSET for width in widths]
        rows = []
        for row in grid.rows:
            if len(row) != len(grid.columns):
                raise ValueError(
                    f"the table {grid.caption!r} has {len(grid.columns)} columns, but a row has {len(row)} cells"
                )
            cells = [self.line(cell, room, CELL) for cell, room in zip(row, rooms, strict=True)]
            tall = any(_height(cell, room) > _TALL for cell, room in zip(row, rooms, strict=True))
            rows.append({"cells": cells, "breaks": tall})
        columns = [
            {
                "name": _soft(clean(column.name), room, CELL, self.language),
                "width": width,
                "number": column.number,
            }
            for column, width, room in zip(grid.columns, widths, rooms, strict=True)
        ]
        told: Told = {"kind": "grid", "caption": clean(grid.caption), "columns": columns, "rows": rows}
        if grid.empty_column_height is not None:
            told["height"] = round(grid.empty_column_height * _CM, 2)
        return _keyed(told, grid.key)

    def line(self, line: Line, room: float, size: float = BODY) -> list[object]:
        """The pieces of a line; references side by side become one piece."""
        if isinstance(line, str):
            raise ValueError(f"{line!r} stands where a line is asked for: put it in a list")
        pieces: list[object] = []
        cited: list[int] = []
        for piece in line:
            if isinstance(piece, Cite):
                if not cited:
                    pieces.append({"cite": cited})
                cited.append(self.number(piece.key))
            else:
                cited = []
                pieces.append(self.run(piece, room, size))
        return pieces

    def number(self, key: str) -> int:
        if key not in self.document.notes:
            raise ValueError(f"the note {key!r} is cited, but the document has no such note")
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def run(self, piece: str | Text | Break, room: float, size: float) -> object:
        match piece:
            case Break():
                return {"break": True}
            case Text():
                return self.text(piece, room, size)
        return _soft(clean(piece), room, size, self.language)

    def text(self, text: Text, room: float, size: float) -> Told:
        tagged = _tagged(text.lang, f"the text {text.text[:60]!r}")
        language = tagged.get("lang", self.language)
        told: Told = {"text": _soft(clean(text.text), room, size, language), **tagged}
        told.update({name: True for name in ("strong", "emphasis", "quiet") if getattr(text, name)})
        if text.href is not None and text.to is not None:
            raise ValueError(f"the text {text.text!r} leads to two places: {text.href} and {text.to}")
        if text.href is not None:
            if not text.href.strip():
                raise ValueError(f"the text {text.text!r} is a link without an address")
            told["href"] = clean(text.href)
        if text.to is not None:
            if text.to not in self.keys:
                raise ValueError(f"a link leads to {text.to!r}, but no part has that key")
            told["to"] = text.to
        return told


def clean(text: str) -> str:
    """The text without characters that are none (control characters, halves of a pair): each shown as �."""
    return _NO_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _language(tag: str, where: str) -> tuple[str, str | None]:
    match = _TAG.fullmatch(tag)
    if match is None or match[1] not in LANGUAGES:
        raise ValueError(
            f"the language {tag!r} of {where} is not known: write it like fr or sr-Latn or pt-PT"
        )
    return match[1], match[2]


def _tagged(tag: str | None, where: str) -> Told:
    if tag is None:
        return {}
    language, region = _language(tag, where)
    return {"lang": language} | ({"region": region} if region else {})


def _keyed(told: Told, key: str | None) -> Told:
    return told if key is None else {**told, "key": key}


def _keys(blocks: Iterable[Block]) -> set[str]:
    keys: set[str] = set()
    for block in blocks:
        key = block.key if isinstance(block, Heading | Grid | Picture) else None
        if key is None:
            continue
        if key in keys:
            raise ValueError(f"the key {key!r} is given to two parts")
        keys.add(key)
    return keys


def _check_levels(blocks: Iterable[Block]) -> None:
    before = 0
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        if not block.text.strip():
            raise ValueError(f"a heading of level {block.level} has no text")
        if not 1 <= block.level <= min(before + 1, 3):
            raise ValueError(
                f"the heading {block.text!r} is of level {block.level}, but "
                + (f"the one before it is of level {before}" if before else "it is the first")
            )
        before = block.level


def _picture(picture: Picture) -> Told:
    chart = picture.chart
    box = _VIEW_BOX.search(chart.svg)
    if box is None:
        raise ValueError(f"the chart {chart.key!r} has no viewBox, so its size is not known")
    if not picture.alt.strip():
        raise ValueError(f"the chart {chart.key!r} has no words for those who cannot see it (alt)")
    width, height = float(box[1]), float(box[2])
    words = (
        len(wrap(chart.title, FULL, BODY, bold=True)) * BODY + len(wrap(chart.caption, TEXT, _NOTE)) * _NOTE
    )
    room = _PAGE - _BESIDE_A_PICTURE - 1.4 * words
    scale = min(_CHART_UNIT, FULL / width, max(room, _PAGE / 3) / height)
    told = {
        "kind": "picture",
        "title": clean(chart.title),
        "caption": clean(chart.caption),
        "svg": clean(chart.svg),
        "width": round(width * scale, 2),
        "alt": clean(picture.alt),
    }
    return _keyed(told, picture.key)


def _height(cell: Line, room: float) -> float:
    """About how high a cell is, rather too high; 0 for the many that are short."""
    texts = [
        piece if isinstance(piece, str) else piece.text for piece in cell if isinstance(piece, str | Text)
    ]
    breaks = len(cell) - len(texts)
    if sum(map(len, texts)) / max(room, 1) + breaks < 5:  # fewer than some 25 lines
        return 0.0
    lines = sum(len(wrap(part, room, CELL)) for part in "".join(texts).split("\n"))
    return (lines + breaks) * _CELL_LINE


def _soft(text: str, room: float, size: float, language: str) -> str:
    """The text, with places to break in words that are wider than their room and are not divided otherwise.

    Divided are words of letters in a language whose rules the typesetter has. An address breaks after its
    punctuation; what is still too wide breaks anywhere.
    """
    # No letter is wider than the size: most words need no measuring.
    if len(text) * size <= room:
        return text
    return "".join(_soft_word(word, room, size, language) for word in re.split(r"([ \n\u00a0\u202f-])", text))


def _soft_word(word: str, room: float, size: float, language: str) -> str:
    if len(word) * size <= room or text_width(word, size, bold=True) <= room:
        return word
    if word.isalpha() and len(word) <= 40 and language in _DIVIDED and room > 6 * size:
        return word
    parts = [
        part if text_width(part, size, bold=True) <= room else _BREAK_HERE.join(part)
        for part in _MAY_BREAK_AFTER.split(word)
    ]
    return _BREAK_HERE.join(parts)
