"""An upload is read up to the limit and no further, whatever its sender says of its size."""

import io
import tempfile

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from endocsea.support.guard.uploads import LIMIT
from endocsea.support.uploading import WithinTheLimit, was_too_large

GIGABYTES = 2 * 1024**3
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nLaw\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="law.pdf"\r\n\r\n'
)
TAIL = b"\r\n--x--\r\n"


class Body(io.RawIOBase):
    """The body of a request with one file of so many bytes, made while it is read."""

    def __init__(self, size):
        self.size, self.given = len(HEAD) + size + len(TAIL), 0

    def read(self, size=-1):
        assert size >= 0
        size = min(size, self.size - self.given)
        start, end = self.given, self.given + size
        self.given = end
        middle = b"a" * max(0, min(end, self.size - len(TAIL)) - max(start, len(HEAD)))
        tail = TAIL[max(0, start - self.size + len(TAIL)) : max(0, end - self.size + len(TAIL))]
        return HEAD[start:end] + middle + tail


def posted(size) -> tuple[HttpRequest, Body]:
    body = Body(size)
    request = RequestFactory().post("/", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(body.size)
    request._stream, request._read_started = body, False
    request.upload_handlers = [WithinTheLimit(request)]
    return request, body


@pytest.fixture
def disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_two_gigabytes_are_not_read_on_and_leave_nothing_on_the_disk(disk):
    request, body = posted(GIGABYTES)

    assert "file" not in request.FILES
    assert was_too_large(request)
    assert request.POST["title"] == "Law"
    assert body.given < LIMIT + 2 * 1024 * 1024
    assert list(disk.iterdir()) == []


def test_a_file_within_the_limit_arrives(disk):
    request, _body = posted(3_000_000)

    assert request.FILES["file"].size == 3_000_000
    assert not was_too_large(request)
    request.FILES["file"].close()
