"""Which sites may be asked, and how a site and an address are written. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

PORTS: Final = {"https": 443, "http": 80}
LONGEST_NAME: Final = 253
_LABEL: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def domain_name(text: str) -> str | None:
    """The name of a site in the one way that it is kept in: small ASCII letters; nothing for what is none.

    An IP address is no name, and neither is a name without a dot: both lead inside a network.
    """
    try:
        name = text.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None
    labels = name.split(".")
    if len(name) > LONGEST_NAME or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return None
    return None if labels[-1].isdigit() else name


def site_of(address: str) -> tuple[str, str, int] | None:
    """(scheme, site, port) of an address that may be asked; nothing for another scheme, port, or a password in it."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    standard = PORTS.get(parts.scheme)
    name = domain_name(host)
    if standard is None or name is None or "@" in parts.netloc or port not in (None, standard):
        return None
    return parts.scheme, name, standard


def is_listed(name: str, listed: Collection[str]) -> bool:
    """Whether a site, or one that it is a part of, is on the list."""
    labels = name.split(".")
    return any(".".join(labels[place:]) in listed for place in range(len(labels) - 1))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it carries another one inside."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = [number]
    if isinstance(number, ipaddress.IPv6Address):
        inner += [each for each in (number.ipv4_mapped, number.sixtofour) if each is not None]
        if number.teredo is not None or number in _TRANSLATED:
            return False
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in inner)


_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")


def tidy_address(text: str) -> str:
    """An address as the register keeps it: scheme and site in small letters, the rest as it was typed."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()))


def may_be_cited(address: str) -> bool:
    """Whether an address is one that anyone could open: of the web, and without a name or password in it."""
    try:
        _OF_THE_WEB(address.strip())
    except ValidationError:
        return False
    return "@" not in urlsplit(address.strip()).netloc


_OF_THE_WEB: Final = URLValidator(schemes=tuple(PORTS))
