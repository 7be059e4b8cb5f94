"""DOCX, XLSX and PPTX: which parts may be there, and what is left out of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from endocsea.support.guard import refused
from endocsea.support.guard.kinds import Kind
from endocsea.support.guard.xml_parts import refuse_active_drawing, walk

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"

_OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    f"{_OOXML}wordprocessingml.document.main+xml": Kind.DOCX,
    f"{_OOXML}spreadsheetml.sheet.main+xml": Kind.XLSX,
    f"{_OOXML}presentationml.presentation.main+xml": Kind.PPTX,
}

# What a part is declared to be, in small letters, and why it is refused.
REFUSED_TYPES: tuple[tuple[str, type[refused.FileRefused]], ...] = (
    ("macroenabled", refused.Macros),
    ("vbaproject", refused.Macros),
    ("vbadata", refused.Macros),
    ("macrosheet", refused.Macros),
    ("dialogsheet", refused.Macros),
    ("activex", refused.Macros),
    ("oleobject", refused.Embedded),
    ("officedocument.package", refused.Embedded),
    ("audio/", refused.Embedded),
    ("video/", refused.Embedded),
    ("externallink", refused.Reaching),
    ("spreadsheetml.connections", refused.Reaching),
    ("webextension", refused.Reaching),
    ("digital-signature", refused.Signed),
)

# How a part belongs to another: the last word of its type.
REFUSED_RELATIONS: Mapping[str, type[refused.FileRefused]] = {
    "vbaproject": refused.Macros,
    "vbaprojectsignature": refused.Macros,
    "wordvbadata": refused.Macros,
    "attachedtoolbars": refused.Macros,
    "keymapcustomizations": refused.Macros,
    "control": refused.Macros,
    "activexcontrolbinary": refused.Macros,
    "ctrlprop": refused.Macros,
    "extensibility": refused.Macros,
    "xlmacrosheet": refused.Macros,
    "xlintlmacrosheet": refused.Macros,
    "dialogsheet": refused.Macros,
    "oleobject": refused.Embedded,
    "package": refused.Embedded,
    "afchunk": refused.Embedded,
    "subdocument": refused.Embedded,
    "audio": refused.Embedded,
    "video": refused.Embedded,
    "media": refused.Embedded,
    "frame": refused.Reaching,
    "externallink": refused.Reaching,
    "externallinkpath": refused.Reaching,
    "connections": refused.Reaching,
    "querytable": refused.Reaching,
    "mailmergesource": refused.Reaching,
    "webextension": refused.Reaching,
    "webextensiontaskpanes": refused.Reaching,
    "origin": refused.Signed,
    "signature": refused.Signed,
}

# Names that say what a part is, whatever it is declared to be.
REFUSED_NAMES = (
    (re.compile(r"vbaproject|vbadata|macrosheets?/|activex|customui", re.IGNORECASE), refused.Macros),
    (re.compile(r"(?:^|/)embeddings/", re.IGNORECASE), refused.Embedded),
    (re.compile(r"(?:^|/)(?:externallinks|webextensions)/", re.IGNORECASE), refused.Reaching),
    (re.compile(r"^_xmlsignatures/", re.IGNORECASE), refused.Signed),
)

# Fields and formulas that fetch or run something.
_FIELD = re.compile(
    r"\s*\\?(?:DDE(?:AUTO)?|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD)\b", re.IGNORECASE
)
_FORMULA = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE)\s*\(|\|[^!]*!", re.IGNORECASE)
_TEXTS = frozenset({"instrText", "f", "definedName"})

_EMPTY_PROPERTIES = {
    "application/vnd.openxmlformats-package.core-properties+xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    f"{_OOXML}extended-properties+xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    f"{_OOXML}custom-properties+xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}


class Ooxml:
    """One document: its kind, and what becomes of each of its parts."""

    def __init__(self, content_types: bytes, root_relations: bytes) -> None:
        self.types: dict[str, str] = {}
        walk(content_types, self._declared)
        mains = {MAIN[kind] for kind in self.types.values() if kind in MAIN}
        if len(mains) != 1:
            raise refused.Unknown
        self.kind = mains.pop()
        self.relations: list[Mapping[str, str]] = []
        walk(root_relations, self._related)
        self.previews = {
            relation["Target"].lstrip("/") for relation in self.relations if _word(relation) == "thumbnail"
        }

    def part(self, name: str, content: bytes) -> bytes | None:
        """The part as it is kept; nothing where it is left out."""
        for pattern, refusal in REFUSED_NAMES:
            if pattern.search(name):
                raise refusal
        if name in self.previews:
            return None
        if name == ROOT_RELATIONS:
            return self._without_previews()
        return _EMPTY_PROPERTIES.get(self.types.get(name, ""), content)

    def check_xml(self, name: str, content: bytes) -> None:
        """Refuse what the XML of a part says it does."""
        if name.endswith(".rels"):
            walk(content, _relation)
        else:
            fields: list[str] = []

            def element(namespace: str, local: str, attributes: Mapping[str, str]) -> None:
                refuse_active_drawing(namespace, local, attributes)
                kind = next((value for key, value in attributes.items() if key.endswith("fldCharType")), None)
                if kind == "begin":
                    fields.append("")
                elif kind == "end" and fields:
                    fields.pop()
                elif local == "fldSimple":
                    _refuse_field(next((v for k, v in attributes.items() if k.endswith("instr")), ""))

            def text(local: str, said: str) -> None:
                if local != "instrText":
                    _refuse_formula(said)
                elif fields:
                    fields[-1] += said
                    _refuse_field(fields[-1])
                else:
                    _refuse_field(said)

            walk(content, element, _TEXTS, text)

    def may_be_opaque(self, name: str) -> bool:
        """Fonts, which are scrambled, and settings of printers have no beginning to know them by."""
        return re.search(r"(?:^|/)(?:fonts|printerSettings)/[^/]+$", name) is not None

    def _declared(self, _namespace: str, local: str, attributes: Mapping[str, str]) -> None:
        declared = attributes.get("ContentType", "")
        for word, refusal in REFUSED_TYPES:
            if word in declared.lower():
                raise refusal
        if local == "Override":
            self.types[attributes.get("PartName", "").lstrip("/")] = declared

    def _related(self, namespace: str, local: str, attributes: Mapping[str, str]) -> None:
        _relation(namespace, local, attributes)
        if local == "Relationship":
            self.relations.append(attributes)

    def _without_previews(self) -> bytes:
        lines = [
            "<Relationship "
            + " ".join(f"{key}={quoteattr(value)}" for key, value in sorted(relation.items()))
            + "/>"
            for relation in self.relations
            if _word(relation) != "thumbnail"
        ]
        head = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
            '"http://schemas.openxmlformats.org/package/2006/relationships">'
        )
        return (head + "".join(lines) + "</Relationships>").encode()


def _word(relation: Mapping[str, str]) -> str:
    return relation.get("Type", "").rstrip("/").rpartition("/")[2].lower()


def _relation(_namespace: str, local: str, attributes: Mapping[str, str]) -> None:
    if local != "Relationship":
        return
    if refusal := REFUSED_RELATIONS.get(_word(attributes)):
        raise refusal
    outside = attributes.get("TargetMode") == "External"
    target = attributes.get("Target", "").strip()
    if outside and (
        _word(attributes) != "hyperlink" or not re.match(r"https?://|mailto:|#", target, re.IGNORECASE)
    ):
        raise refused.Reaching


def _refuse_field(said: str) -> None:
    if _FIELD.match(said):
        raise refused.Reaching


def _refuse_formula(said: str) -> None:
    if _FORMULA.search(said):
        raise refused.Reaching
