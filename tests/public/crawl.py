"""Every page and file that can be reached from the home pages by following links."""

import html
import re
from urllib.parse import unquote, urldefrag

LINK = re.compile(r'(?:href|src|action)="(/[^"]*)"')
ELSEWHERE = ("/static/",)


def crawl(client, starts=("/en/", "/fr/"), without=()):
    """Address → body, of everything inside the site; an address that does not answer fails the test."""
    found, waiting = {}, list(starts)
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith((*ELSEWHERE, *without)):
            continue
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[address] = body
        if response.headers["Content-Type"].startswith("text/html"):
            links = {unquote(urldefrag(html.unescape(link)).url) for link in LINK.findall(body.decode())}
            waiting += sorted(links - found.keys())
    return found
