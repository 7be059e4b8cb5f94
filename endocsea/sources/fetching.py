"""Asking a listed site for one page, because a person clicked: never by the server on its own.

What is asked is a site on the list, at a public address of the internet that is looked up once and then connected
to, so that a name cannot lead inside our own network between the two. A page may lead on only to sites on the list.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from . import refusals, rules
from .wording import MEDIA, Wording, wording_of

SECONDS: Final = 15
MEGABYTES: Final = 5
LIMIT: Final = MEGABYTES * 1024 * 1024
LEADS_ON: Final = 5  # times that a page may lead on to another
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 64 * 1024


def _resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host. Raises OSError."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _connect(ip: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((ip, port), timeout=seconds)


def _secure(plain: socket.socket, host: str) -> socket.socket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


@dataclass(frozen=True, slots=True)
class Web:
    """The ways out of this machine; tests give others."""

    resolve: Callable[[str, int], Sequence[str]] = _resolve
    connect: Callable[[str, int, float], socket.socket] = _connect
    secure: Callable[[socket.socket, str], socket.socket] = _secure


WEB: Web = Web()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the status of HTTP (0: nobody answered), and of a page that holds text its digest, title and text."""

    status: int
    media: str = ""
    digest: str = ""
    title: str = ""
    text: str = ""


def fetch(address: str, listed: Collection[str], *, web: Web | None = None) -> Fetched:
    """Ask for a page, within `SECONDS` and `LIMIT` bytes. ``listed`` are the names of the sites that may be asked.

    Raises `refusals.NotAnAddress`, `NotListed`, `NotPublic`: then nobody was asked.
    """
    ends = time.monotonic() + SECONDS
    first, status = True, 0
    for _step in range(LEADS_ON + 1):
        try:
            asked = _asked(address, listed, web or WEB)
        except (refusals.NotAnAddress, refusals.NotListed):
            if first:
                raise
            return Fetched(status)  # it leads on to a place that may not be asked
        except OSError:
            return Fetched(0)
        try:
            status, media, content, on = _answer(asked, web or WEB, ends)
        except (OSError, HTTPException, ValueError):
            return Fetched(0)
        if status not in _MOVED or not on:
            return _kept(status, media, content)
        try:
            address, first = urljoin(address, on), False
        except ValueError:
            return Fetched(status)  # it leads on to what is no address
    return Fetched(status)


@dataclass(frozen=True, slots=True)
class _Asked:
    address: str
    scheme: str
    host: str
    port: int
    ip: str


def _asked(address: str, listed: Collection[str], web: Web) -> _Asked:
    site = rules.site_of(address)
    if site is None:
        raise refusals.NotAnAddress(address=address[:200])
    scheme, host, port = site
    if not rules.is_listed(host, listed):
        raise refusals.NotListed(host=host)
    found = web.resolve(host, port)
    if not found or not all(map(rules.is_public, found)):
        raise refusals.NotPublic(host=host)
    return _Asked(address, scheme, host, port, found[0])


def _answer(asked: _Asked, web: Web, ends: float) -> tuple[int, str, bytes | None, str]:
    """(status, media type, content, where it leads on). The content is nothing where none of it is kept."""
    line = web.connect(asked.ip, asked.port, _left(ends))
    # a site that sends a byte now and then would hold us for good: when the time is over, the line is cut
    cut = threading.Timer(_left(ends), _cut, (line,))
    cut.daemon = True
    cut.start()
    try:
        if asked.scheme == "https":
            line = web.secure(line, asked.host)
        connection = HTTPConnection(asked.host, asked.port)
        connection.default_port = asked.port  # or the site would be named with its port
        connection.sock = line
        connection.request("GET", _path(asked.address), headers=_HEADERS)
        with connection.getresponse() as response:
            media = response.headers.get("Content-Type", "")
            readable = 200 <= response.status < 300 and media.partition(";")[0].strip().lower() in MEDIA
            packed = response.headers.get("Content-Encoding", "identity").lower() != "identity"
            content = _read(response, ends) if readable and not packed else None
            _left(ends)  # what was cut off looks like an end
            return response.status, media, content, response.headers.get("Location", "")
    finally:
        cut.cancel()
        line.close()


# the site's name goes out as the connection writes it; nothing says who asks, or from which page
_HEADERS: Final = {
    "User-Agent": "endocsea (opened by a person's click)",
    "Accept": "text/html, application/pdf",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


def _read(response: HTTPResponse, ends: float) -> bytes | None:
    """The content; nothing where it is larger than may be."""
    chunks, total = [], 0
    while chunk := response.read(_CHUNK):
        total += len(chunk)
        if total > LIMIT:
            return None
        chunks.append(chunk)
        _left(ends)
    return b"".join(chunks)


def _kept(status: int, media: str, content: bytes | None) -> Fetched:
    kind = media.partition(";")[0].strip().lower()[:80]
    if content is None:
        return Fetched(status, kind)
    found: Wording = wording_of(content, media)
    return Fetched(status, kind, hashlib.sha256(content).hexdigest(), found.title, found.text)


def _left(ends: float) -> float:
    """The seconds that are left. Raises TimeoutError."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _path(address: str) -> str:
    """What is asked of the site; letters that an address cannot hold are written as it can."""
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
    return f"{path}?{query}" if query else path
