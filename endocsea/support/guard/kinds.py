"""What a file is, by its first bytes. Its name and what the browser says of it don't count.

Three beginnings may be taken: a PDF, the package of an office document, a text; each is then read
whole. The other rows only choose the sentence of a refusal, so that no library of signatures is needed:
what is in no row is refused too.
"""

from __future__ import annotations

import re
from enum import StrEnum

from endocsea.support.guard import refused


class Kind(StrEnum):
    """What may be taken. The value is the extension by which it is given back."""

    PDF = "pdf"
    TEXT = "txt"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.DOCX: f"{_OOXML}.wordprocessingml.document",
    Kind.XLSX: f"{_OOXML}.spreadsheetml.sheet",
    Kind.PPTX: f"{_OOXML}.presentationml.presentation",
    Kind.ODT: f"{_ODF}.text",
    Kind.ODS: f"{_ODF}.spreadsheet",
    Kind.ODP: f"{_ODF}.presentation",
}

PDF = b"%PDF-"
PACKAGE = b"PK\x03\x04"

_BRANDS_OF_PICTURES = rb"....ftyp(?:heic|heix|hevc|mif1|msf1|avif|avis|crx )"

# A pattern for the first bytes, and what a file that begins so is.
SIGNATURES: tuple[tuple[bytes, type[refused.FileRefused]], ...] = (
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|8BPS|\x00\x00[\x01\x02]\x00",
        refused.Picture,
    ),
    (
        rb"BM....\x00\x00\x00\x00|\x00\x00\x00\x0cjP  |\xff\x0a|\x00\x00\x00\x0cJXL |\xff\x4f\xff\x51",
        refused.Picture,
    ),
    (rb"\x01\x00\x00\x00.{36} EMF|\xd7\xcd\xc6\x9a|" + _BRANDS_OF_PICTURES, refused.Picture),
    (rb"....ftyp(?:M4A |M4B |F4A )", refused.Sound),
    (
        rb"ID3[\x02-\x04]|\xff[\xf1-\xfb]|OggS|fLaC|RIFF....WAVE|#!AMR|FORM....AIF[FC]|MThd|\.snd|wvpk|MAC ",
        refused.Sound,
    ),
    (
        rb"....(?:ftyp|moov|mdat|wide|free|skip)|\x1aE\xdf\xa3|RIFF....AVI |FLV\x01|\x30\x26\xb2\x75",
        refused.Video,
    ),
    (rb"\x00\x00\x01[\xb0-\xbf]|G.{187}G|\.RMF|FWS|CWS|ZWS", refused.Video),
    (
        rb"PK(?:\x03\x04|\x05\x06|\x07\x08)|Rar!|7z\xbc\xaf|\x1f[\x8b\x9d\xa0]|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd|\x04\x22\x4d\x18",
        refused.Archive,
    ),
    (rb"MSCF|xar!|!<arch>|LZIP|.{257}ustar|ITSF|\x60\xea|koly|.{2}-lh", refused.Archive),
    (
        rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm|dex\n",
        refused.Program,
    ),
    (rb"L\x00\x00\x00\x01\x14\x02\x00|ZM|\xc3\xab\xcd\xab", refused.Program),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", refused.OldOffice),
)

_COMPILED = [(re.compile(pattern, re.DOTALL), refusal) for pattern, refusal in SIGNATURES]


def refusal_by_signature(first: bytes) -> type[refused.FileRefused] | None:
    """Which refusal the first bytes ask for, if they are known."""
    return next((refusal for pattern, refusal in _COMPILED if pattern.match(first)), None)
