"""What was cleared beside what is said now: word by word, place by place. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Final, NamedTuple

Said = Mapping[str, str]  # by place: the path of a question, the key of a sentence

SHORT: Final = 16  # signs of a checksum that are printed, and typed from paper
_GROUP: Final = 4


class Differs(NamedTuple):
    """One place with both wordings; an empty one: there was nothing, or is nothing any more."""

    place: str
    cleared: str
    now: str


def differences(said: Said, now: Said) -> tuple[Differs, ...]:
    """The places whose wording is not the one that was cleared, in the order of now, then those that are gone."""
    places = [*now, *(place for place in said if place not in now)]
    return tuple(
        Differs(place, said.get(place, ""), now.get(place, ""))
        for place in places
        if said.get(place, "") != now.get(place, "")
    )


def checksum_of(said: Said) -> str:
    """Of every place and its wording: the same contents have the same, in whatever order. 64 hexadecimal digits."""
    written = json.dumps(dict(said), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def printed(checksum: str) -> str:
    """The part of a checksum that stands on paper, in groups that can be typed."""
    return " ".join(checksum[at : at + _GROUP] for at in range(0, SHORT, _GROUP))


def typed(text: str) -> str:
    """A checksum as somebody typed it, without what stands between its groups."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
