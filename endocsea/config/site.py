"""Where people find the site: the address that ``ENDOCSEA_SITE`` names.

Links in letters and documents lead there, and the site answers to its name. Where it begins with https, a
server on this machine (nginx, Caddy) takes HTTPS and hands requests on: cookies, redirects and headers are
then those of a site that is never spoken to in the clear. No Django here: settings need it first.
"""

from __future__ import annotations

import os
import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from endocsea.support.refusals import Refusal

VARIABLE: Final = "ENDOCSEA_SITE"
DEFAULT: Final = "http://127.0.0.1:8000"
THIS_MACHINE: Final = ("localhost", "127.0.0.1", "[::1]")
HOST: Final = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")


class SiteUnclear(Refusal):
    code = "config.site-unclear"
    sentence = "ENDOCSEA_SITE is not the address of a site: %(why)s."
    remedy = "Write it as https://endocsea.example.org, with a port if it has one and nothing behind it."


class Site(NamedTuple):
    """``address`` as links begin; ``place`` is its host, and its port where one is written."""

    address: str
    host: str
    place: str
    secure: bool


def chosen() -> Site:
    """The site's address as the environment says. Raises `SiteUnclear`."""
    return read(os.environ.get(VARIABLE, "").strip() or DEFAULT)


def read(address: str) -> Site:
    """An address taken apart. Raises `SiteUnclear`."""
    try:
        parts = urlsplit(address.rstrip("/"))
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise SiteUnclear(why=str(error)) from None
    if parts.scheme not in ("http", "https"):
        raise SiteUnclear(why="it does not begin with https:// or http://")
    if not host:
        raise SiteUnclear(why="it names no host")
    if not HOST.fullmatch(host):
        raise SiteUnclear(why=f"{host} is no name of a host (other letters than a to z are written as xn--…)")
    if "@" in parts.netloc:
        raise SiteUnclear(why="there is a name or password before the host")
    if parts.path or parts.query or parts.fragment:
        raise SiteUnclear(why="something stands behind the host")
    named = f"[{host}]" if ":" in host else host
    place = f"{named}:{parts.port}" if parts.port else named
    return Site(f"{parts.scheme}://{place}", named, place, parts.scheme == "https")
