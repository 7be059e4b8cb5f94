"""What a file is decides whether it comes in; how it is given back, it can do nothing."""

import codecs
import hashlib
import io
import logging
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.support.guard import refused, uploads
from endocsea.support.guard.kinds import MEDIA_TYPES, Kind
from endocsea.support.guard.uploads import LIMIT, inspect, serving
from tests.support.guard.files import odf, ooxml, pdf

TABLE = "state;answer\nArden;4\nBelmora;2\n"


def taken(content, name="paper.pdf"):
    return inspect(io.BytesIO(content), name, len(content))


GOOD = {
    Kind.PDF: pdf,
    Kind.TEXT: lambda: b"Law No. 23/2017.\nIn force.\n",
    Kind.CSV: TABLE.encode,
    Kind.DOCX: ooxml,
    Kind.XLSX: lambda: ooxml("xlsx"),
    Kind.PPTX: lambda: ooxml("pptx"),
    Kind.ODT: lambda: odf("text"),
    Kind.ODS: lambda: odf("spreadsheet"),
    Kind.ODP: lambda: odf("presentation"),
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("name", ["law", "law.exe", "law.png", "law.pdf.html", ".htaccess", "law.DOCM"])
def test_content_decides_the_kind_whatever_the_name_says(kind, name):
    accepted = taken(GOOD[kind](), name)

    assert accepted.kind == kind
    assert accepted.safe_name.endswith(f".{kind}")
    assert accepted.size == len(accepted.content)
    assert accepted.digest == hashlib.sha256(accepted.content).hexdigest()


@pytest.mark.parametrize("kind", Kind)
def test_what_was_accepted_is_accepted_again_unchanged(kind):
    once = taken(GOOD[kind]())

    assert taken(once.content, once.safe_name) == once


@pytest.mark.parametrize("kind", Kind)
def test_who_made_a_document_is_left_out_of_it(kind):
    assert b"Ana Coordinator" not in taken(GOOD[kind]()).content


def test_a_file_can_be_given_as_a_path(tmp_path):
    file = tmp_path / "upload"
    file.write_bytes(b"Law No. 23/2017.")

    assert inspect(file, "law.txt").kind == Kind.TEXT


# What is refused by its content, each with its own sentence.

REFUSED = [
    ("a picture: PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", refused.Picture),
    ("a picture: JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0", refused.Picture),
    ("a picture: GIF", b"GIF89a\x01\0\x01\0\x80\0\0", refused.Picture),
    ("a picture: WebP", b"RIFF\x24\0\0\0WEBPVP8 ", refused.Picture),
    ("a picture: TIFF", b"II*\0\x08\0\0\0", refused.Picture),
    ("a picture: BMP", b"BM\x46\0\0\0\0\0\0\0\x36\0", refused.Picture),
    ("a picture: HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", refused.Picture),
    ("a picture: AVIF", b"\0\0\0\x1cftypavif\0\0\0\0", refused.Picture),
    ("a picture: icon", b"\0\0\x01\0\x01\0\x10\x10", refused.Picture),
    ("a video: MP4", b"\0\0\0\x18ftypisom\0\0\x02\0", refused.Video),
    ("a video: QuickTime", b"\0\0\0\x14ftypqt  \0\0\0\0", refused.Video),
    ("a video: Matroska", b"\x1aE\xdf\xa3\x01\0\0\0", refused.Video),
    ("a video: AVI", b"RIFF\x24\0\0\0AVI LIST\0", refused.Video),
    ("a video: MPEG", b"\0\0\x01\xba\x21\0\x01\0", refused.Video),
    ("a video: Windows Media", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\0", refused.Video),
    ("a sound: MP3", b"ID3\x03\0\0\0\0\0\0", refused.Sound),
    ("a sound: MP3 without a tag", b"\xff\xfb\x90\x64\0\0", refused.Sound),
    ("a sound: Ogg", b"OggS\0\x02\0\0", refused.Sound),
    ("a sound: WAV", b"RIFF\x24\0\0\0WAVEfmt \0", refused.Sound),
    ("a sound: M4A", b"\0\0\0\x18ftypM4A \0\0\0\0", refused.Sound),
    ("an archive: RAR", b"Rar!\x1a\x07\x01\0", refused.Archive),
    ("an archive: 7z", b"7z\xbc\xaf\x27\x1c\0\x04", refused.Archive),
    ("an archive: gzip", b"\x1f\x8b\x08\0\0\0\0\0", refused.Archive),
    ("an archive: xz", b"\xfd7zXZ\0\0\x04", refused.Archive),
    ("an archive: tar", b"a.txt".ljust(257, b"\0") + b"ustar\x0000", refused.Archive),
    ("an archive: cabinet", b"MSCF\0\0\0\0", refused.Archive),
    ("an empty archive", b"PK\x05\x06" + b"\0" * 18, refused.Archive),
    ("a program: Windows", b"MZ\x90\0\x03\0\0\0\x04\0", refused.Program),
    ("a program: Linux", b"\x7fELF\x02\x01\x01\0", refused.Program),
    ("a program: macOS", b"\xcf\xfa\xed\xfe\x07\0\0\x01", refused.Program),
    ("a program: Java", b"\xca\xfe\xba\xbe\0\0\0\x34", refused.Program),
    ("a program: WebAssembly", b"\0asm\x01\0\0\0", refused.Program),
    ("a shortcut", b"L\0\0\0\x01\x14\x02\0\0\0", refused.Program),
    ("an old office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, refused.OldOffice),
    ("rich text", rb"{\rtf1\ansi Law}", refused.OldOffice),
    (
        "an SVG with a script",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        refused.WebPage,
    ),
    ("an SVG after a declaration", b'<?xml version="1.0"?>\n<svg/>', refused.WebPage),
    ("an SVG in UTF-16", codecs.BOM_UTF16_LE + "<svg onload='a()'/>".encode("utf-16-le"), refused.WebPage),
    ("a web page", b"  \n<!DOCTYPE html><title>Law</title>", refused.WebPage),
    ("a web page after a mark", codecs.BOM_UTF8 + b"<html><body>Law", refused.WebPage),
    ("a web page after a line", b"Law\n<SCRIPT src=x>", refused.WebPage),
    ("a PHP page", b"<?php system('ls');", refused.WebPage),
    ("a shell script", b"#!/bin/sh\nrm -r .\n", refused.Script),
    ("a batch file", b"@echo off\r\ndel *.*\r\n", refused.Script),
    ("nothing", b"", refused.Empty),
    ("white space", b" \n\t\r\n", refused.Empty),
    ("only a mark", codecs.BOM_UTF8, refused.Empty),
    ("a text of another encoding", "Pravilnik o zaštiti dece".encode("cp1250"), refused.NotText),
    ("half a character", "Law é".encode()[:-1], refused.NotText),
    ("half a character in UTF-16", codecs.BOM_UTF16_LE + b"L\0a", refused.NotText),
    ("a control character", b"Law\x07", refused.Unknown),
    ("an escape sequence", b"Law \x1b]0;x\x07", refused.Unknown),
    ("a character that is none", "Law \ufffe".encode(), refused.Unknown),
    ("bytes of no kind", b"\x13\x37\0\0\x42" * 20, refused.Unknown),
    ("a PDF that does not begin as one", b"MZ junk before\0 %PDF-1.7", refused.Program),
    ("a web page that says it is a PDF later", b"<html>%PDF-1.7", refused.WebPage),
    ("only the beginning of a PDF", b"%PDF-1.7\n", refused.Damaged),
    ("only the beginning of a package", b"PK\x03\x04", refused.Damaged),
]


@pytest.mark.parametrize(
    ("content", "refusal"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
@pytest.mark.parametrize("name", ["law.pdf", "law.txt"])
def test_what_is_not_taken_is_refused_for_what_it_is(content, refusal, name):
    with pytest.raises(refusal) as refusing:
        taken(content, name)

    assert type(refusing.value) is refusal
    assert str(refusing.value)


# Size.


class Endless(io.RawIOBase):
    """A stream of so many bytes that remembers how many were read."""

    def __init__(self, size, first=b""):
        self.left, self.first, self.given = size, first, 0

    def read(self, size=-1):
        if size < 0:
            raise AssertionError("the whole was asked for")
        size = min(size, self.left)
        chunk = (self.first[self.given : self.given + size]).ljust(size, b"a")
        self.left -= size
        self.given += size
        return chunk


GIGABYTES = 2 * 1024**3


def test_an_upload_of_two_gigabytes_is_refused_unread_where_its_size_is_known():
    stream = Endless(GIGABYTES)

    with pytest.raises(refused.TooLarge, match="25 MB"):
        inspect(stream, "law.pdf", GIGABYTES)
    assert stream.given == 0


@pytest.mark.parametrize("said", [None, 0, 10])
@pytest.mark.parametrize("first", [b"", b"%PDF-1.7", b"PK\x03\x04", b"MZ"])
def test_an_upload_of_two_gigabytes_that_hides_its_size_is_refused_at_the_limit(said, first):
    stream = Endless(GIGABYTES, first)

    with pytest.raises(refused.TooLarge):
        inspect(stream, "law.pdf", said)
    assert stream.given <= LIMIT + 1024 * 1024


def test_a_file_of_exactly_the_limit_is_read():
    assert inspect(Endless(LIMIT), "law.txt").size == LIMIT
    with pytest.raises(refused.TooLarge):
        inspect(Endless(LIMIT + 1), "law.txt")


# Texts and tables.


@pytest.mark.parametrize(
    "content",
    [
        "Loi sur la protection de l’enfance\n",
        "Закон про захист дітей\nЗаконодавство",
        "კანონი",
        "Օրենք",
        "MZ is how this text begins",
        "ID3, BM and PK are only letters here",
        "GIF89a is written in this sentence",
        "a < b and b > c; <angle> brackets",
        "one column\nand another line",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_of_any_script_is_kept_as_utf_8(content, encoding):
    accepted = taken(content.encode(encoding), "law.txt")

    assert accepted.kind == Kind.TEXT
    assert accepted.content.decode("utf-8") == content


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_known_by_its_cells_and_kept_so_that_a_spreadsheet_reads_its_letters(delimiter, encoding):
    table = f"État{delimiter}réponse\n" + f'"a{delimiter}b"{delimiter}-1.5\n' + f"Arden{delimiter}+3 %\n"

    accepted = taken(table.encode(encoding), "table.csv")

    assert accepted.kind == Kind.CSV
    assert accepted.content == codecs.BOM_UTF8 + table.encode()


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+SUM(A1)", "-A1+A2", "\t=1+1", "-1+cmd|' /C calc'!A0"]
)
def test_a_table_with_formulas_is_refused(cell):
    with pytest.raises(refused.Formulas):
        taken(f'state;answer\nArden;"{cell}"\n'.encode(), "table.csv")


def test_a_table_with_a_cell_that_never_ends_is_refused():
    with pytest.raises(refused.Damaged):
        taken(("a,b\nc,d\n" * 60 + '"' + "e" * 200_000).encode(), "table.csv")


# Names that tell too much.


@pytest.mark.parametrize(
    "name",
    ["Ana_Kovač_(12.03.2009).pdf", "ana@example.org.pdf", "criminal case no 123-19.pdf", "0612345678.pdf"],
)
def test_a_name_that_looks_like_case_data_is_refused_and_not_repeated(name):
    with pytest.raises(refused.NameLooksLikeCaseData) as refusing:
        taken(b"Law", name)

    assert name not in f"{refusing.value} {refusing.value!r} {refusing.value.facts}"


@pytest.mark.parametrize(
    "name", ["Law 23-2017.pdf", "CETS_201.pdf", "2019-03-12_minutes.docx", "IMG_20190312_093000.txt"]
)
def test_a_name_of_every_day_passes(name):
    assert taken(b"Law", name).safe_name


# Giving back.


@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_given_back_as_a_download_that_can_do_nothing(kind):
    headers = serving(kind, f'Loi "é"\u2028.{kind}')

    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert headers["Content-Type"] == MEDIA_TYPES[kind]
    assert all(char in string.printable and char not in "\r\n\x0b\x0c" for char in "".join(headers.values()))


def test_no_kind_is_served_as_a_page_or_a_script():
    assert not any(
        word in kind for kind in MEDIA_TYPES.values() for word in ("html", "svg", "script", "octet")
    )
    assert set(MEDIA_TYPES) == set(Kind)


@given(st.text(max_size=80))
def test_any_name_makes_a_header_of_one_line(name):
    disposition = serving(Kind.PDF, name.encode(errors="ignore").decode())["Content-Disposition"]

    assert disposition.isascii()
    assert disposition.count('"') == 2
    assert not set(disposition) & set("\r\n")


# Anything at all.


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_accepted_for_good(content):
    if content.startswith(b"%PDF-"):
        return
    try:
        once = taken(content, "law.bin")
    except refused.FileRefused:
        return
    assert taken(once.content, once.safe_name) == once


@given(st.text(max_size=300))
def test_any_text_is_refused_or_accepted_for_good(text):
    try:
        once = taken(text.encode(errors="ignore"), "law.txt")
    except refused.FileRefused:
        return
    assert taken(once.content, once.safe_name) == once


def test_what_a_file_held_reaches_no_log():
    accepted = taken(b"A secret plan.", "plan.txt")

    assert "secret" not in repr(accepted)
    logging.getLogger(__name__).debug("%r", accepted)


def test_reading_says_nothing_of_where_it_was(monkeypatch):
    monkeypatch.setattr(uploads, "LIMIT", 3)

    with pytest.raises(refused.TooLarge):
        taken(b"Law!")
