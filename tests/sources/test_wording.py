"""What a page or a PDF says, as text alone."""

import pytest

from endocsea.documents.pdf import pdf
from endocsea.sources.wording import LEFT_OUT, LONGEST, wording_of
from tests.documents.reading import words
from tests.documents.sample import document

HTML, PDF = "text/html; charset=utf-8", "application/pdf"


def test_what_a_reader_would_see_is_kept_line_by_line():
    page = """<html><head><title> Law
    12 </title><style>p { color: red }</style><script>steal()</script></head>
    <body><h1>Law <b>no</b>. 12</h1><p>Article 5.<br>It &amp; more.<noscript>x</noscript><svg><text>y</text></svg>"""
    found = wording_of(page.encode(), HTML)

    assert (found.title, found.text) == ("Law 12", "Law no. 12\nArticle 5.\nIt & more.")


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ("Été".encode(), "text/html"),
        ("Été".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (b'<meta charset="iso-8859-1">' + "Été".encode("latin-1"), "text/html"),
        ("Été".encode(), "text/html; charset=unheard-of"),
    ],
)
def test_letters_are_read_as_the_page_says(content, media):
    assert wording_of(content, media).text == "Été"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"<" * 5000, b"<p" * 5000, b"</body></head></p>", b"\0"]
)
def test_what_is_no_page_has_some_text_or_none(content):
    assert "\0" not in wording_of(content, HTML).text


def test_a_head_without_an_end_hides_nothing():
    assert wording_of(b"<head><title>T</title><body><p>Seen", HTML).text == "Seen"


def test_what_looks_like_case_data_is_left_out():
    found = wording_of(b"<p>Write to anna.k@example.com for the law", HTML)

    assert found.text == f"Write to {LEFT_OUT} for the law"


def test_a_long_page_is_kept_in_part():
    assert len(wording_of(b"<p>" + b"law " * LONGEST, HTML).text) <= LONGEST


def test_a_pdf_says_what_its_fonts_mean():
    made = pdf(document())
    found = wording_of(made, PDF).text

    assert " ".join(found.split()) == words(made).strip()
    assert len(found.splitlines()) > 3


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"]
)
def test_a_pdf_that_cannot_be_read_has_no_text(content):
    assert wording_of(content, PDF).text == ""
