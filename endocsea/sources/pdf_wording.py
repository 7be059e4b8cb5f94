"""Reads a PDF from standard input, in a process of its own, and writes the text of its pages to standard output.

It runs apart from the server for the same reasons as the guard's `pdf_cleaning`. A PDF places glyphs, not words: the
text is what each font says that its glyphs mean; lines end where the writing moves down. What a font does not say is
left out, and a page of pictures has no text.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from fontTools import agl

try:
    import resource
except ImportError:  # a system without them: the server's own limit of time remains
    resource = None  # type: ignore[assignment]

MEMORY = 1024 * 1024 * 1024
SECONDS = 30
PAGES = 400
LONGEST = 1_000_000  # characters
DEEPEST = 4  # forms within forms
LINE = 1.5  # units of the page: what stands further down begins another line
GAP = -200  # thousandths of the size: what is moved further apart in a line is two words


class Font:
    """What the codes of a font mean. ``width``: bytes of a code."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1
        self.meaning: Mapping[int, str] = {}
        try:
            if isinstance(font.get("/ToUnicode"), pikepdf.Stream):
                self.meaning = dict(_meanings(font["/ToUnicode"].read_bytes().decode("latin-1")))
            elif self.width == 1:
                self.meaning = _by_name(font)
        except (pikepdf.PdfError, ValueError, KeyError):
            self.meaning = {}

    def text(self, codes: bytes) -> str:
        step = self.width
        return "".join(
            self.meaning.get(int.from_bytes(codes[at : at + step], "big"), "")
            for at in range(0, len(codes), step)
        )


def _by_name(font: pikepdf.Object) -> dict[int, str]:
    encoding = font.get("/Encoding")
    named = str(encoding) if isinstance(encoding, pikepdf.Name) else "/WinAnsiEncoding"
    codec = "mac_roman" if named == "/MacRomanEncoding" else "cp1252"
    found = {code: bytes([code]).decode(codec, "ignore") for code in range(32, 256)}
    if isinstance(encoding, pikepdf.Dictionary):
        code = 0
        for each in encoding.get("/Differences", ()):
            if isinstance(each, pikepdf.Name):
                found[code] = agl.toUnicode(str(each)[1:])
                code += 1
            else:
                code = int(each)
    return found


def _meanings(cmap: str) -> Iterator[tuple[int, str]]:
    """The lines of a table from codes to Unicode."""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, meant in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>", block):
            yield int(code, 16), _utf16(meant)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        rows = re.findall(r"<(\w+)>\s*<(\w+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])", block)
        for first, last, meant, each_meant in rows:
            codes = range(int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF) + 1)
            if each_meant:
                listed = re.findall(r"<([0-9A-Fa-f\s]*)>", each_meant)
                yield from zip(codes, map(_utf16, listed), strict=False)
            else:
                start = _utf16(meant)
                for place, code in enumerate(codes):
                    if start and ord(start[-1]) + place < 0x110000:
                        yield code, start[:-1] + chr(ord(start[-1]) + place)


def _utf16(digits: str) -> str:
    return bytes.fromhex("".join(digits.split())).decode("utf-16-be", "ignore")


def text_of(content: bytes) -> str:
    """The text of the first pages."""
    out: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            if number >= PAGES or sum(map(len, out)) > LONGEST:
                break
            _write(page, page.get("/Resources", page.obj.get("/Resources")), out, 0)
            out.append("\n")
    return "".join(out)[:LONGEST]


def _write(within: object, resources: pikepdf.Object | None, out: list[str], depth: int) -> None:
    fonts: dict[str, Font] = {}
    font: Font | None = None
    there: Any = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
    place = Place()
    for instruction in pikepdf.parse_content_stream(within):  # type: ignore[arg-type]
        operands: list[Any] = list(instruction.operands)
        match str(instruction.operator):
            case "Tf":
                name = str(operands[0])
                if name not in fonts and name in there.get("/Font", {}):
                    fonts[name] = Font(there["/Font"][name])
                font = fonts.get(name)
            case "Tj":
                out += [place.before(), _shown(font, operands[0])]
            case "'" | '"':
                out += ["\n", _shown(font, operands[-1])]
            case "TJ":
                out += [place.before(), "".join(_parts(font, operands[0]))]
            case "Do" if depth < DEEPEST:
                form = there.get("/XObject", {}).get(str(operands[0]))
                if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                    _write(form, form.get("/Resources", there), out, depth + 1)
            case other:
                place.take(other, operands)


class Place:
    """Where the writing is: enough to tell a new line from a new word."""

    def __init__(self) -> None:
        self.kept: list[pikepdf.Matrix] = []
        self.page = self.line = pikepdf.Matrix()
        self.row: float | None = None
        self.moved = True

    def take(self, operator: str, operands: Sequence[pikepdf.Object]) -> None:
        match operator:
            case "q":
                self.kept.append(self.page)
            case "Q" if self.kept:
                self.page = self.kept.pop()
            case "cm":
                self.page = pikepdf.Matrix(*map(float, operands)) @ self.page
            case "BT":
                self.line, self.moved = pikepdf.Matrix(), True
            case "Td" | "TD":
                step = pikepdf.Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1]))
                self.line, self.moved = step @ self.line, True
            case "Tm":
                self.line, self.moved = pikepdf.Matrix(*map(float, operands)), True
            case "T*":
                self.row, self.moved = None, True

    def before(self) -> str:
        """What stands between what was written last and what comes now."""
        row = (self.line @ self.page).f
        same = self.row is not None and abs(row - self.row) < LINE
        between = "" if not self.moved else " " if same else "\n"
        self.row, self.moved = row, False
        return between


def _parts(font: Font | None, row: pikepdf.Object) -> Iterator[str]:
    for each in row:
        if isinstance(each, pikepdf.String):
            yield _shown(font, each)
        elif float(each) < GAP:
            yield " "


def _shown(font: Font | None, codes: pikepdf.Object) -> str:
    return font.text(bytes(codes)) if font is not None else ""


def main() -> int:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(text_of(sys.stdin.buffer.read()).encode("utf-8", "ignore"))
    except (pikepdf.PdfError, MemoryError, ValueError, TypeError, KeyError, RecursionError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
