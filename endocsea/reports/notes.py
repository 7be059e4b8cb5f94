"""The end notes of a document while it is written: each source once, under one key."""

from __future__ import annotations

from urllib.parse import unquote

from endocsea.documents.parts import Cite, Inline, Line, Text


class Notes:
    """Collects notes; ``lines`` is what the document takes."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}

    def source(self, title: str, address: str, place: str = "", remark: str = "") -> Cite:
        """A source by its title and address, the place in it, and a remark such as how we know."""
        line: list[Inline] = [Text(title or unquote(address), lang="en", href=address or None)]
        if place:
            line += [", ", Text(place, lang="en")]
        if address and title:
            line += [". ", Text(unquote(address), quiet=True)]
        if remark:
            line += [". ", remark]
        return self.put("|".join((title, address, place, remark)), line)

    def put(self, key: str, line: Line) -> Cite:
        self.lines.setdefault(key, line)
        return Cite(key)
