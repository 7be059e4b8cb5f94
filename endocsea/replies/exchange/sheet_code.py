"""How a sheet says what it is, so that it still reads after it was edited, torn apart or pasted together.

In Word it stands three times: as a part of the package that no program shows (`customXml`), which also remembers what
each question was printed with; as a line of visible text; and each question has its code in the text and in the name
of a bookmark. The line and the codes alone are enough to read a sheet.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from .sheet import Line, Sheet

NAMESPACE: Final = "urn:endocsea:sheet"
# LibreOffice keeps such a part only under this name and with its description beside it.
PART: Final = "/customXml/item1.xml"
DESCRIPTION_PART: Final = "/customXml/itemProps1.xml"
DESCRIPTION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    b'<ds:datastoreItem ds:itemID="{6C1F8E52-0B57-4C8A-9A53-5D0B7E0C5EA1}" '
    b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
)
UNKNOWN: Final = -1  # the version that an answer was made from, where the sheet has lost it
_WRITTEN: Final = re.compile(r"([\w-]+)/(\w{3})/([0-9a-f]{12})\b")
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_BOOKMARK: Final = re.compile(r"q_([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a question was printed with: the version and its answer, and digests of what stood beside it."""

    seen: int = UNKNOWN
    status: str = ""
    value: str = ""
    stands: str = ""
    offered: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """``questions`` by path, in their order; none where the sheet has lost them."""

    round: str
    state: str
    digest: str
    institution: str = ""
    language: str = ""
    questions: dict[str, Printed] = field(default_factory=dict)


def line_of(sheet: Sheet) -> str:
    """What a sheet is, as a person reads and types it."""
    return f"{sheet.round}/{sheet.state}/{sheet.digest[:12]}"


def from_line(text: str) -> Identity | None:
    found = _WRITTEN.search(text)
    return Identity(found[1], found[2], found[3]) if found else None


def bookmark_of(path: str) -> str:
    """A path may be longer than a bookmark's name."""
    return f"q_{hashlib.sha256(path.encode()).hexdigest()[:16]}"


def is_bookmark(name: str) -> bool:
    return _BOOKMARK.fullmatch(name) is not None


def shown_code(line: Line, sheet: Sheet) -> str:
    """The code in the text: the question's name, or its whole path where two questions share a name."""
    alike = sum(each.question.name == line.question.name for each in sheet.lines)
    return line.question.name if alike == 1 else line.path


def digest_of(texts: Iterable[str]) -> str:
    """Of printed text, whatever became of its spaces."""
    return hashlib.sha256(" ".join(" ".join(texts).split()).encode()).hexdigest()[:16]


def as_xml(sheet: Sheet, printed: Mapping[str, Mapping[str, str]]) -> bytes:
    """``printed`` holds by path the digests of what was printed, as `Printed` names them."""
    root: Any = etree.Element(
        f"{{{NAMESPACE}}}sheet",
        nsmap={None: NAMESPACE},
        round=sheet.round,
        state=sheet.state,
        digest=sheet.digest,
        institution=sheet.institution,
        language=sheet.language,
    )
    for line in sheet.lines:
        etree.SubElement(
            root,
            f"{{{NAMESPACE}}}question",
            path=line.path,
            seen=str(line.seen),
            status=line.given.status.value,
            value=line.given.value,
            **printed.get(line.path, {}),
        )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def from_package(content: bytes) -> Identity | None:
    """From the part that no program shows, whatever it is called by now."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"customXml/[^/]+\.xml", name):
                found = _from_xml(package.read(name))
                if found is not None:
                    return found
    return None


def _from_xml(content: bytes) -> Identity | None:
    try:
        root = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{NAMESPACE}}}sheet":
        return None
    questions = {
        each.get("path", ""): Printed(
            int(seen) if (seen := each.get("seen", "")).isascii() and seen.isdecimal() else UNKNOWN,
            each.get("status", ""),
            each.get("value", ""),
            each.get("stands", ""),
            each.get("offered", ""),
        )
        for each in root.iterfind(f"{{{NAMESPACE}}}question")
    }
    said = {name: root.get(name, "") for name in ("round", "state", "digest", "institution", "language")}
    return Identity(**said, questions=questions)
