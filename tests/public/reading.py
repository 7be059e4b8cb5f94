"""How tests of public pages read them: as a reader does, and as a spreadsheet does."""

import csv
import io
import re


def page(client, address, status=200):
    """The HTML at an address."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def text_of(html):
    """What a reader reads: without tags, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def file(client, address):
    """The rows of a download, by the headings of their columns."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
