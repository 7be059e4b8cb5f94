"""Uploads as they arrive: what is larger than a file may be is not read on, and fills no disk.

``uploads.inspect`` refuses a file that is too large, but Django would have written it to the disk
before a view could ask. This handler stops at the limit; the view then asks ``was_too_large``.
"""

from __future__ import annotations

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from endocsea.support.guard.uploads import LIMIT


class WithinTheLimit(TemporaryFileUploadHandler):
    """Keeps an upload in a temporary file until it has more bytes than a file may have."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LIMIT:
            if self.request is not None:
                self.request.META[_MARK] = True
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was not read to its end."""
    return _MARK in request.META


_MARK = "endocsea.upload_too_large"
