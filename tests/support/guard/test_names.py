"""Names of files: letters of every script stay, what leads elsewhere or hides an end goes."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.support.guard.kinds import Kind
from endocsea.support.guard.names import safe_name, storage_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("law.pdf", "law.pdf"),
        ("law", "law.pdf"),
        ("law.exe", "law.pdf"),
        ("law.pdf.exe", "law.pdf.pdf"),
        ("Law No. 23-2017.pdf", "Law No. 23-2017.pdf"),
        ("Закон про захист дітей.docx", "Закон про захист дітей.pdf"),
        ("კანონი.pdf", "კანონი.pdf"),
        ("Օրենք.pdf", "Օրենք.pdf"),
        ("Çocuk hakları.pdf", "Çocuk hakları.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ana\\law.pdf", "law.pdf"),
        ("/srv/law.pdf", "law.pdf"),
        ("a/b\\c/", "c.pdf"),
        ("law\u202efdp.exe", "lawfdp.pdf"),
        ("law\u200b\u2066.pdf", "law.pdf"),
        ("law\x00.php\r\nX: y.pdf", "law.phpX_ y.pdf"),
        ("law\n.pdf", "law.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("   ", "document.pdf"),
        ("\u200b", "document.pdf"),
        ("???", "document.pdf"),
        ("con.pdf", "document_con.pdf"),
        ("LPT1", "document_LPT1.pdf"),
        ("nul.tar.gz", "document_nul.tar.pdf"),
        ("console.pdf", "console.pdf"),
        ("--help.pdf", "help.pdf"),
        ("a<b>:c|d?e*.pdf", "a_b__c_d_e_.pdf"),
        ("$(rm -r x);`y`.pdf", "_(rm -r x)__y_.pdf"),
        ("trailing. . .pdf", "trailing.pdf"),
        ("a  b\u00a0c.pdf", "a b c.pdf"),
    ],
)
def test_a_name_is_made_safe(name, expected):
    assert safe_name(name, Kind.PDF) == expected


def test_a_long_name_is_cut_between_characters():
    assert safe_name("a" * 300, Kind.ODT) == "a" * 100 + ".odt"
    georgian = safe_name("კ" * 300, Kind.PDF)
    assert set(georgian.removesuffix(".pdf")) == {"კ"}
    assert len(georgian.encode()) <= 255


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_any_name_becomes_one_that_any_system_takes(name, kind):
    safe = safe_name(name, kind)
    stem = safe.removesuffix(f".{kind}")

    assert stem
    assert safe != stem
    assert len(safe.encode(errors="surrogatepass")) <= 255
    assert stem[0] not in " .-"
    assert stem[-1] not in " .-"
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f\x7f]', safe)
    assert all(unicodedata.category(char)[0] != "C" for char in safe)
    assert safe_name(safe, kind) == safe


def test_a_name_on_the_disk_is_by_chance_and_has_no_extension():
    names = {storage_name() for _ in range(100)}

    assert len(names) == 100
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names)
