"""Sources as the content names them: found in the register, or put there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from endocsea.support.fitting import misfits
from endocsea.support.pack import ContentRefused

from .models import Citation, Source

_ADDRESS = re.compile(r"https?://\S+")


class Register:
    """The register during one load: each source and each place in it is written once."""

    def __init__(self) -> None:
        self._sources = {
            (address, title): pk
            for pk, address, title in Source.objects.values_list("pk", "address", "title")
        }
        self._citations = {
            (source, locator): pk
            for pk, source, locator in Citation.objects.filter(seen_on=None).values_list(
                "pk", "source_id", "locator"
            )
        }

    def cite(self, address: str | None, title: str | None = None, locator: str | None = None) -> int | None:
        """The id of the citation; nothing where the row names neither address nor title.

        Raises:
            ContentRefused: the address is longer than any.
        """
        if not address and not title:
            return None
        name = (address or "", (title or "")[:300])
        if name not in self._sources:
            if unfit := tuple(misfits(Source, address or "", {"address": address or ""})):
                raise ContentRefused(unfit)
            self._sources[name] = Source.objects.create(address=name[0], title=name[1]).pk
        place = (self._sources[name], (locator or "")[:300])
        if place not in self._citations:
            self._citations[place] = Citation.objects.create(source_id=place[0], locator=place[1]).pk
        return self._citations[place]

    def cite_all(self, text: str | None) -> tuple[int, ...]:
        """The citations of a free text that lists sources, in the order of their ids.

        Parts are separated by ``;`` before an address or between titles; what stands beside an
        address in its part (``(44 Parties listed)``) is the place in the source.
        """
        found: set[int] = set()
        for address, title, locator in parts(text or ""):
            pk = self.cite(address, title, locator)
            assert pk is not None
            found.add(pk)
        return tuple(sorted(found))


def parts(text: str) -> Iterable[tuple[str, str, str]]:
    """(address, title, place) of each source that a free text lists."""
    for part in _split(text):
        match = _ADDRESS.search(part)
        if match is None:
            yield "", part, ""
            continue
        address = match.group().rstrip(",)") if "(" not in match.group() else match.group()
        before = part[: match.start()].strip().removesuffix(" at")  # "quoted at https://…"
        beside = f"{before} {part[match.start() + len(address) :]}".strip(" ,:")
        if beside.startswith("(") and beside.endswith(")") and beside.count("(") == beside.count(")") == 1:
            beside = beside[1:-1]
        yield address, "", beside


def _split(text: str) -> Iterable[str]:
    """The text at each semicolon that stands outside brackets and before a space."""
    depth, part = 0, ""
    for place, here in enumerate(text):
        following = text[place + 1 : place + 2] or " "
        depth += (here == "(") - (here == ")")
        if here == ";" and depth <= 0 and following.isspace():
            yield part.strip()
            part = ""
        else:
            part += here
    if part.strip():
        yield part.strip()
