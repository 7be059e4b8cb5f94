"""Reads a PDF from standard input, in a process of its own, and writes it cleaned to standard output.

A PDF is a language with several dialects of compression: a small one can ask for any amount of memory
and time, and a reader written in C++ can fall over it. So this script runs apart from the server, with
limits that the system keeps, and knows nothing but pikepdf. The word on standard error says why a file
is refused; see ``pdfs``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator

import pikepdf

try:
    import resource
except ImportError:  # a system without them: the server's own limit of time remains
    resource = None  # type: ignore[assignment]

MEMORY = 1024 * 1024 * 1024
SECONDS = 30

# Names of actions that run, fetch, send or open something; of keys and kinds that hold other files.
ACTIVE = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/ResetForm", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView", "/Trans",
}  # fmt: skip
REACHING = {"/GoToR", "/GoToE", "/Thread"}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA"}
EMBEDDED_KEYS = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/RichMediaContent", "/Collection"}
EMBEDDED_KINDS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
LINK = re.compile(r"\s*(?:https?://|mailto:|#)", re.IGNORECASE)

# About the document and who made it; the first are left out wherever they stand.
ABOUT = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
ABOUT_A_NOTE = ("/T", "/M", "/CreationDate", "/NM")
OBJECTS = 1_000_000


class RefusedPdf(Exception):
    pass


def cleaned(content: bytes) -> bytes:
    """The PDF without what tells of its makers; ``RefusedPdf`` says why it is not taken."""
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
        if pdf.is_encrypted:
            raise RefusedPdf("encrypted")
        for dictionary in _dictionaries(pdf):
            _refuse(dictionary)
            _forget(dictionary)
        for key in ("/Perms", "/DSS"):
            _leave_out(pdf.Root, key)
        if "/Info" in pdf.trailer:
            del pdf.trailer.Info
        new = io.BytesIO()
        pdf.save(
            new,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        return new.getvalue()


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary, also those that stand in others."""
    seen = 0
    for whole in pdf.objects:
        waiting = [whole]
        while waiting:
            one = waiting.pop()
            seen += 1
            if seen > OBJECTS:
                raise RefusedPdf("expands")
            if isinstance(one, pikepdf.Stream):
                waiting.append(one.stream_dict)
            elif isinstance(one, pikepdf.Dictionary):
                yield one
                waiting += [part for part in one.values() if _direct(part)]
            elif isinstance(one, pikepdf.Array):
                waiting += [part for part in one if _direct(part)]


def _direct(part: object) -> bool:
    return isinstance(part, pikepdf.Object) and not part.is_indirect


def _refuse(one: pikepdf.Object) -> None:
    keys = set(one.keys())
    action, subtype, kind = (_name(one, key) for key in ("/S", "/Subtype", "/Type"))
    if keys & ACTIVE_KEYS or action in ACTIVE:
        raise RefusedPdf("active")
    if keys & EMBEDDED_KEYS or kind in EMBEDDED_KINDS or subtype in EMBEDDED_KINDS:
        raise RefusedPdf("embedded")
    if action in REACHING:
        raise RefusedPdf("reaching")
    if action == "/URI" and not LINK.match(str(one.get("/URI", ""))):
        raise RefusedPdf("reaching")
    if "/F" in keys and "/Length" in keys:
        raise RefusedPdf("reaching")  # a stream that is kept in another file


def _forget(one: pikepdf.Object) -> None:
    for key in ABOUT:
        _leave_out(one, key)
    if _name(one, "/FT") == "/Sig":
        _leave_out(one, "/V")
    if "/Rect" in one and _name(one, "/Subtype") not in (None, "/Widget"):
        for key in ABOUT_A_NOTE:
            _leave_out(one, key)


def _name(one: pikepdf.Object, key: str) -> str | None:
    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else None


def _leave_out(one: pikepdf.Object, key: str) -> None:
    if key in one:
        del one[key]


def _within_limits() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    _within_limits()
    try:
        sys.stdout.buffer.write(cleaned(sys.stdin.buffer.read()))
    except RefusedPdf as refusal:
        why = str(refusal)
    except pikepdf.PasswordError:
        why = "encrypted"
    except MemoryError:
        why = "expands"
    else:
        return 0
    sys.stderr.write(f"\n{why}")  # after whatever the library wrote there
    return 1


if __name__ == "__main__":
    sys.exit(main())
