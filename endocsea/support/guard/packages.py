"""Office documents: a ZIP package that is read entry by entry and written anew.

An entry is kept only if it is XML, or a picture or a font of the document: what is not known is refused.
Refused are macros of any kind, other files inside, what fetches from elsewhere when it is opened,
protection and signatures. The new package holds the same entries without their dates, without the
document's properties (author, organisation, revisions, times) and without its preview picture.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib

from endocsea.support.guard import refused
from endocsea.support.guard.kinds import Kind, refusal_by_signature
from endocsea.support.guard.odf import MANIFEST, MIMETYPE, Odf
from endocsea.support.guard.ooxml import CONTENT_TYPES, ROOT_RELATIONS, Ooxml
from endocsea.support.guard.xml_parts import looks_like_xml

ENTRIES = 5_000
LARGEST = 64 * 1024 * 1024  # one entry, unpacked
TOTAL = 200 * 1024 * 1024  # all entries, unpacked
RATIO = 200  # how many times its packed size an entry may be, from RATIO_FROM bytes on
RATIO_FROM = 5 * 1024 * 1024

_CENTRAL = b"PK\x01\x02"  # begins each entry of the package's list
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UNSAFE = re.compile(r'[\x00-\x1f\\:*?"<>|]|^/|^~|(?:^|/)\.\.?(?:/|$)|//')
_DATE = (1980, 1, 1, 0, 0, 0)
_FONT = re.compile(rb"\x00\x01\x00\x00|OTTO|true|ttcf|wOF[F2]|VCLMTF")  # the last: LibreOffice's drawings


def cleaned(content: bytes) -> tuple[Kind, bytes]:
    """The kind of an office document, and the document written anew."""
    if content.count(_CENTRAL) > ENTRIES:
        raise refused.Expands
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _cleaned(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error):
        raise refused.Damaged from None


def _cleaned(package: zipfile.ZipFile) -> tuple[Kind, bytes]:
    entries = _entries(package)
    document = _document(package, {entry.filename for entry in entries})
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in entries:
            if (part := document.part(entry.filename, package.read(entry))) is None:
                continue
            _check(document, entry.filename, part)
            kept = zipfile.ZipInfo(entry.filename, _DATE)
            kept.create_system = 3  # the same on every machine
            kept.compress_type = zipfile.ZIP_STORED if entry.filename == MIMETYPE else zipfile.ZIP_DEFLATED
            written.writestr(kept, part)
    return document.kind, new.getvalue()


def _entries(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, if none is unsafe by its name, its size or its protection; the kind's own name first."""
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise refused.Damaged
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise refused.Encrypted
        if _UNSAFE.search(entry.filename) or stat.S_ISLNK(entry.external_attr >> 16):
            raise refused.Damaged
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused.Damaged
        if entry.file_size > LARGEST:
            raise refused.Expands
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO * entry.compress_size:
            raise refused.Expands
    if sum(entry.file_size for entry in entries) > TOTAL:
        raise refused.Expands
    return sorted(entries, key=lambda entry: entry.filename != MIMETYPE)


def _document(package: zipfile.ZipFile, names: set[str]) -> Ooxml | Odf:
    if {CONTENT_TYPES, ROOT_RELATIONS} <= names:
        return Ooxml(package.read(CONTENT_TYPES), package.read(ROOT_RELATIONS))
    if {MIMETYPE, MANIFEST} <= names:
        return Odf(package.read(MIMETYPE), package.read(MANIFEST))
    raise refused.Archive


def _check(document: Ooxml | Odf, name: str, content: bytes) -> None:
    """Refuse an entry that is not XML, a picture or a font, whatever its name says."""
    if not content:
        return
    if looks_like_xml(content):
        document.check_xml(name, content)
        return
    found = refusal_by_signature(content[:512])
    if found is refused.Picture or _FONT.match(content):
        return
    if found is not None or not document.may_be_opaque(name):
        raise refused.Embedded
