"""A download is what its page shows, opens in a spreadsheet, and does nothing there."""

import csv
import datetime
import io

import pytest
from django.utils import translation

from endocsea.charts.tables import Cell, Column, Table
from endocsea.public.downloads import csv_response
from endocsea.support.csv_files import harmless

DAY = datetime.date(2021, 6, 30)


def table(*rows):
    return Table("Numbers", (Column("State"), Column("Count", "number")), [list(row) for row in rows])


def read(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_first_line_is_the_heading_and_every_other_a_row():
    response = csv_response(
        table(("Arden", 3), ("Belmora", 0)), "numbers", day=DAY, sources="https://example.org/", known="read"
    )

    assert read(response) == [
        ["State", "Count", "As of", "Sources", "How we know"],
        ["Arden", "3", "2021-06-30", "https://example.org/", "read"],
        ["Belmora", "0", "2021-06-30", "https://example.org/", "read"],
    ]


def test_sources_and_how_we_know_may_differ_by_row():
    response = csv_response(
        table(("Arden", 3), ("Belmora", 0)), "numbers", day=DAY, sources=["one", "two"], known=["read", ""]
    )

    assert [row[3:] for row in read(response)[1:]] == [["one", "read"], ["two", ""]]


def test_as_many_sources_as_rows_are_asked_for():
    with pytest.raises(ValueError, match="shorter"):
        csv_response(table(("Arden", 3), ("Belmora", 0)), "numbers", day=DAY, sources=["one"])


def test_a_spreadsheet_opens_accents_right():
    response = csv_response(table(("Géorgie", 1)), "numbers", day=DAY)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert read(response)[1][0] == "Géorgie"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1+1", "\r@x", "\n=1", "＝1+1", "=cmd|' /C calc'!A0"]
)
def test_text_that_a_spreadsheet_would_run_stays_text(text):
    response = csv_response(table((text, 1)), "numbers", day=DAY, sources=text, known=text)

    for cell in (read(response)[1][place] for place in (0, 3, 4)):
        assert cell.startswith("'")
        assert cell[1:].split() == text.split()


@pytest.mark.parametrize("text", ["", "in force", "1 - 2", "2010-07-01", "a=b", "–"])
def test_other_text_is_left_as_it_is(text):
    assert harmless(text) == text


def test_a_negative_number_stays_a_number():
    assert read(csv_response(table(("Arden", -3)), "numbers", day=DAY))[1][1] == "-3"


def test_quotes_commas_and_lines_come_back_as_they_went():
    text = 'He said "no", then\nnothing; <b>'
    response = csv_response(table((Cell(text, href="/en/"), 1)), "numbers", day=DAY)

    assert read(response)[1][0] == text


@pytest.mark.parametrize(("language", "name"), [("en", "endocsea-treaties-of-georgia-2021-06-30-en.csv"),
                                               ("fr", "endocsea-treaties-of-georgia-2021-06-30-fr.csv")])  # fmt: skip
def test_the_file_is_named_after_what_it_holds_its_day_and_its_language(language, name):
    with translation.override(language):
        response = csv_response(table(), "Treaties of Géorgia", day=DAY)

    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_hostile_name_cannot_leave_the_header():
    response = csv_response(table(), 'x"; y\r\nSet-Cookie: a=b', day=None)

    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="endocsea-x-y-set-cookie-ab-en.csv"'
    )


def test_a_table_without_rows_is_a_heading():
    assert len(read(csv_response(table(), "numbers", day=DAY))) == 1
