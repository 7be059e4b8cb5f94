"""Workbooks that are broken, huge, hostile or none: one sentence each, no trace of an error, and quickly."""

import io
import zipfile
from contextlib import suppress
from unittest.mock import Mock

import pytest
import xlrd
from openpyxl import Workbook

from endocsea.questionnaires.xlsform import checking, opening, read, refused
from endocsea.support.guard import refused as guard
from tests.questionnaires.workbooks import workbook
from tests.support.guard.files import PNG, XML, ooxml, pdf, zipped

ONE = "| survey |\n| | type | name | label |\n| | text | why | Why? |"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def part(name):
    return OLE + name.encode("utf-16-le") + b"\0" * 512


def changed(**parts):
    """A good workbook with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook(ONE))) as package:
        held = {name: package.read(name) for name in package.namelist()}
    return zipped(held | {name.replace("__", "/"): content for name, content in parts.items()})


def with_part(name, content):
    return changed(**{name.replace("/", "__"): content})


def laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"{XML}<!DOCTYPE sst [{entities}]><sst><si><t>&l9;</t></si></sst>"


FILES = {
    "a picture": (PNG, refused.NotAWorkbook),
    "a program": (b"MZ" + b"\0" * 100, refused.NotAWorkbook),
    "a PDF": (pdf(), refused.NotAWorkbook),
    "a Word document": (ooxml("docx"), refused.NotAWorkbook),
    "an archive": (zipped({"a.txt": "a"}), refused.NotAWorkbook),
    "a web page": (b"<html><body>form</body></html>", refused.NotAWorkbook),
    "a letter": (b"Dear Ana, please ask them all.", refused.NotAWorkbook),
    "any table": (b"state,answer\nArden,yes\nBelmora,no\n", refused.NotAWorkbook),
    "a table with a mark of its own": (b"sheets,a\nsurvey,b\n,,\n", refused.NotAWorkbook),
    "nothing": (b"", guard.Empty),
    "a text of unknown letters": ("| survey | é |".encode("latin-1"), guard.NotText),
    "a cut-off workbook": (workbook(ONE)[:-200], refused.Damaged),
    "a workbook of rubbish": (with_part("xl/workbook.xml", "<workbook"), refused.Damaged),
    "a workbook without sheets": (ooxml("xlsx", body="<sheets/>"), refused.InvalidForm),
    "a cut-off old workbook": (part("Workbook"), refused.Damaged),
    "an old Word document": (part("WordDocument"), refused.NotAWorkbook),
    "a text in RTF": (b"{\\rtf1 form}", refused.NotAWorkbook),
    "an old workbook with macros": (part("Workbook") + "_VBA_PROJECT".encode("utf-16-le"), refused.HasMacros),
    "a workbook with a password": (part("EncryptedPackage"), refused.Protected),
    "a workbook with macros": (
        ooxml(
            "xlsx",
            main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            body="<sheets/>",
        ),
        refused.HasMacros,
    ),
    "a workbook with a hidden macro": (with_part("xl/vbaProject.bin", b"\0" * 20), refused.HasMacros),
    "a workbook in a workbook": (with_part("xl/embeddings/a.xlsx", workbook(ONE)), refused.HoldsMore),
    "a workbook that fetches": (
        with_part("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        refused.HoldsMore,
    ),
    "a bomb": (with_part("xl/media/zeros.xml", "<a>" + " " * 50_000_000 + "</a>"), refused.Expands),
    "a billion laughs": (with_part("xl/sharedStrings.xml", laughs()), refused.Damaged),
}


@pytest.mark.parametrize("what", FILES)
def test_what_is_no_good_workbook_is_refused_with_a_sentence_that_says_what_to_do(what):
    content, expected = FILES[what]

    with pytest.raises(expected) as refusal:
        read(content, "form.xlsx")

    assert type(refusal.value) is expected
    assert str(refusal.value).count(".") >= 2  # what happened, and what to do
    assert "PDF" not in str(refusal.value)


@pytest.mark.parametrize("cut", range(0, 6000, 797))
def test_a_workbook_with_a_wrong_byte_anywhere_is_read_or_refused(cut):
    content = bytearray(workbook(ONE))
    content[cut % len(content)] ^= 0xFF

    with suppress(refused.WorkbookRefused, guard.FileRefused):
        read(bytes(content), "form.xlsx")


def sheet_of(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = ["type", "name", "label"]
HUGE = {
    "rows": sheet_of([HEAD, *(["text", f"q{n}", "Q"] for n in range(opening.ROWS + 1))]),
    "columns": sheet_of([[*HEAD, *(f"c{n}" for n in range(opening.COLUMNS))], ["text", "a", "A"]]),
    "bytes": b"| survey |\n" + b" " * opening.LIMIT,
    "bytes of a text": b"| survey |\n" + b" " * opening.TEXT_LIMIT,
    "marks that keep a pattern busy": b"| survey | a | b | c |\n" + b"#" * 5_000 + b"|",
}


@pytest.mark.parametrize("what", HUGE)
def test_what_is_out_of_all_size_is_refused_before_pyxform_sees_it(what, monkeypatch):
    pyxform = Mock()
    monkeypatch.setattr(opening, "get_xlsform", pyxform)

    with pytest.raises(refused.TooLarge, match="at most "):
        read(HUGE[what], "form.md")

    pyxform.assert_not_called()


def test_cells_and_characters_are_counted_over_all_sheets(monkeypatch):
    monkeypatch.setattr(opening, "CELLS", 5)
    with pytest.raises(refused.TooLarge, match="at most 5 cells"):
        read(workbook(f"{ONE}\n| choices |\n| | list_name | name | label |\n| | yn | y | Y |"), "form.xlsx")

    monkeypatch.undo()
    monkeypatch.setattr(opening, "CHARACTERS", 10)
    with pytest.raises(refused.TooLarge, match="at most 10 characters"):
        read(workbook(ONE), "form.xlsx")


def test_decoration_far_below_and_far_right_does_not_count():
    content = workbook(ONE, survey_XFD1=" ", survey_A900000=" ")

    assert len(list(read(content, "form.xlsx").form.questions())) == 1


def test_a_file_on_disk_reads_as_its_bytes_do(tmp_path):
    file = tmp_path / "form.xlsx"
    file.write_bytes(workbook(ONE))

    assert read(file, file.name) == read(file.read_bytes(), file.name)


def test_a_name_that_looks_like_case_data_is_refused():
    with pytest.raises(guard.NameLooksLikeCaseData):
        read(workbook(ONE), "born 12.03.2011 Ana Kovac.xlsx")


def test_an_old_workbook_with_a_password_is_told_as_such(monkeypatch):
    locked = Mock(side_effect=xlrd.XLRDError("Workbook is encrypted"))
    monkeypatch.setattr(opening.xlrd, "open_workbook", locked)

    with pytest.raises(refused.Protected):
        read(part("Workbook"), "form.xls")


def test_pyxform_tripping_without_a_word_is_told_as_such(monkeypatch):
    monkeypatch.setattr(checking, "workbook_to_json", Mock(side_effect=AttributeError("x")))

    with pytest.raises(refused.InvalidForm, match=r"stops at it without naming a place: AttributeError: x\."):
        read(workbook(ONE), "form.xlsx")
