"""ODT, ODS and ODP: which parts may be there, and what is left out of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from endocsea.support.guard import refused
from endocsea.support.guard.kinds import MEDIA_TYPES, Kind
from endocsea.support.guard.xml_parts import XLINK_HREF, refuse_active_drawing, walk

MIMETYPE = "mimetype"
MANIFEST = "META-INF/manifest.xml"

KINDS = {MEDIA_TYPES[kind]: kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}

REFUSED_NAMES = (
    (re.compile(r"(?:^|/)(?:Basic|Scripts|Dialogs)/", re.IGNORECASE), refused.Macros),
    (re.compile(r"^META-INF/.*signatures", re.IGNORECASE), refused.Signed),
)
# The preview picture, the user's own bars and menus, a cache of the page layout.
LEFT_OUT = re.compile(r"(?:^|/)(?:Thumbnails|Configurations2)/|^layout-cache$")

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
REFUSED_ELEMENTS: Mapping[str, type[refused.FileRefused]] = {
    "office script": refused.Macros,
    "script event-listener": refused.Macros,
    "text execute-macro": refused.Macros,
    "text script": refused.Macros,
    "draw applet": refused.Embedded,
    "draw plugin": refused.Embedded,
    "draw object-ole": refused.Embedded,
    "presentation sound": refused.Embedded,
    "draw floating-frame": refused.Reaching,
    "text dde-connection-decl": refused.Reaching,
    "office dde-source": refused.Reaching,
    "table dde-link": refused.Reaching,
    "form connection-resource": refused.Reaching,
    "manifest encryption-data": refused.Encrypted,
    "manifest encrypted-key": refused.Encrypted,
}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FORMULA = re.compile(r"\b(?:WEBSERVICE|DDE|CALL|REGISTER|EXEC|IMAGE)\s*\(|'(?:file|https?):", re.IGNORECASE)

_EMPTY_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
)


class Odf:
    """One document: its kind, and what becomes of each of its parts."""

    def __init__(self, mimetype: bytes, manifest: bytes) -> None:
        kind = KINDS.get(mimetype.decode("ascii", errors="replace").strip())
        if kind is None:
            raise refused.Unknown
        self.kind = kind
        self.entries: list[Mapping[str, str]] = []
        self.version = "1.2"
        walk(manifest, self._listed)

    def part(self, name: str, content: bytes) -> bytes | None:
        """The part as it is kept; nothing where it is left out."""
        for pattern, refusal in REFUSED_NAMES:
            if pattern.search(name):
                raise refusal
        if LEFT_OUT.search(name):
            return None
        if name == MANIFEST:
            return self._manifest()
        return _EMPTY_META if name == "meta.xml" or name.endswith("/meta.xml") else content

    def check_xml(self, _name: str, content: bytes) -> None:
        """Refuse what the XML of a part says it does."""
        walk(content, _element)

    def may_be_opaque(self, name: str) -> bool:
        return name == MIMETYPE

    def _listed(self, namespace: str, local: str, attributes: Mapping[str, str]) -> None:
        _element(namespace, local, attributes)
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "manifest":
            self.version = plain.get("version", self.version)
        if local == "file-entry" and not LEFT_OUT.search(plain.get("full-path", "")):
            self.entries.append(plain)

    def _manifest(self) -> bytes:
        lines = [
            "<manifest:file-entry "
            + " ".join(
                f"manifest:{key}={quoteattr(value)}" for key, value in sorted(entry.items()) if key != "size"
            )
            + "/>"
            for entry in self.entries
        ]
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest='
            f'"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version={quoteattr(self.version)}>'
        )
        return (head + "".join(lines) + "</manifest:manifest>").encode()


def _element(namespace: str, local: str, attributes: Mapping[str, str]) -> None:
    refuse_active_drawing(namespace, local, attributes)
    if namespace.startswith(_ODF):
        family = namespace.removeprefix(_ODF).partition(":")[0]
        if refusal := REFUSED_ELEMENTS.get(f"{family} {local}"):
            raise refusal
        if any(key.endswith(" formula") and _FORMULA.search(value) for key, value in attributes.items()):
            raise refused.Reaching
        if f"{family} {local}" == "presentation event-listener" and any(
            key.endswith(" action") and value in ("execute", "verb", "sound")
            for key, value in attributes.items()
        ):
            raise refused.Macros
        _address(local, attributes.get(XLINK_HREF, ""))


def _address(local: str, address: str) -> None:
    """What a link leads to; what anything else takes from outside of the package."""
    scheme = (match := _SCHEME.match(address)) and match[1].lower()
    if scheme in ("vnd.sun.star.script", "macro", "script", "javascript", "vnd.sun.star.expand"):
        raise refused.Macros
    if local in ("a", "hyperlink"):
        if scheme not in (None, "http", "https", "mailto"):
            raise refused.Reaching
    elif scheme or address.strip().startswith(("../", "/", "\\")):
        raise refused.Reaching
