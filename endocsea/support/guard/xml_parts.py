"""XML of office documents, read element by element and without what XML can do to a reader.

A document type is refused, so that no entity can expand or be fetched: no office document needs one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.parsers import expat

from endocsea.support.guard import refused

SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
XLINK_HREF = "http://www.w3.org/1999/xlink href"

Element = Callable[[str, str, Mapping[str, str]], None]
Text = Callable[[str, str], None]


def looks_like_xml(content: bytes) -> bool:
    return content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")


def walk(
    content: bytes, element: Element, texts_of: frozenset[str] = frozenset(), text: Text | None = None
) -> None:
    """Call ``element`` with namespace, name and attributes of each; ``text`` with what ``texts_of`` hold."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    inside: list[str] = []
    pieces: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        namespace, _space, local = name.rpartition(" ")
        element(namespace, local, attributes)
        if local in texts_of:
            inside.append(local)
            pieces.clear()

    def end(name: str) -> None:
        if inside and name.rpartition(" ")[2] == inside[-1]:
            if text:
                text(inside[-1], "".join(pieces))
            inside.pop()
            pieces.clear()

    def characters(data: str) -> None:
        if inside:
            pieces.append(data)

    def document_type(*_about: object) -> None:
        raise refused.Damaged

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = document_type
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refused.Damaged from None


def refuse_active_drawing(namespace: str, name: str, attributes: Mapping[str, str]) -> None:
    """A drawing or a page inside a document that could run or fetch something."""
    if namespace not in (SVG, XHTML):
        return
    if name.lower() in ("script", "foreignobject", "iframe", "object", "embed", "handler"):
        raise refused.Macros
    if any(key.lower().startswith("on") for key in attributes):
        raise refused.Macros
    address = attributes.get(XLINK_HREF) or attributes.get("href") or "#"
    if namespace == SVG and not address.strip().lower().startswith(
        ("#", "data:image/png", "data:image/jpeg")
    ):
        raise refused.Reaching
