"""A language by what stands in the heading of a column: "French (fr)", "fr" or "French" is fr.

A name that is not known becomes a private code, the same every time: "Klingon" is x-klingon.
"""

from __future__ import annotations

import re
import unicodedata
import zlib

from django.conf.locale import LANG_INFO

_CODE = r"(?:[a-z]{2,3}|x)(?:-[a-z0-9]{1,8})*"
_IN_BRACKETS = re.compile(rf"\(\s*({_CODE})\s*\)\s*$", re.IGNORECASE)
_BARE = re.compile(r"x(?:-[a-z0-9]{1,8})+$")
_NAMES = {
    each[key].casefold(): code
    for code, each in LANG_INFO.items()
    for key in ("name", "name_local")
    if key in each
}


def known_code(name: str) -> str:
    """The code of a language; nothing where its name is not known."""
    if found := _IN_BRACKETS.search(name):
        return found[1].lower()
    plain = name.strip().casefold()
    return plain if plain in LANG_INFO or _BARE.match(plain) else _NAMES.get(plain, "")


def private_code(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters) or [f"{zlib.crc32(name.encode()):08x}"]
    return "-".join(["x", *(word[:8] for word in words)])


def heading(code: str) -> str:
    """What stands in the heading of a column for a language."""
    name = LANG_INFO.get(code, {}).get("name", code)
    return f"{name} ({code})"
