"""A table is data first: the page, the download and the chart show the same cells."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from endocsea.charts.markup import element
from endocsea.charts.tables import Cell, Column, Table
from tests.charts.gallery import CASES, HOSTILE

COLUMNS = (Column("State"), Column("Level", "number"))


def test_the_download_holds_the_same_cells_as_the_page() -> None:
    table = Table("Levels", COLUMNS, [[Cell("Belmora", href="#b"), "1.1"], ["Corvia, say", 0]])

    assert table.csv() == 'State,Level\nBelmora,1.1\n"Corvia, say",0\n'


@pytest.mark.parametrize("name", CASES)
def test_the_download_of_every_chart_reads_back_as_its_cells(name: str) -> None:
    table = CASES[name](720).table

    head, *lines = csv.reader(io.StringIO(table.csv()))

    assert head == [column.name for column in table.columns]
    assert lines == [
        [cell.text if isinstance(cell, Cell) else str(cell) for cell in row] for row in table.rows
    ]
    assert all(text for line in lines for text in line), "every cell holds words"


@pytest.mark.parametrize("name", CASES)
def test_the_page_shows_every_cell_of_every_chart(name: str) -> None:
    table = CASES[name](720).table

    frame = ElementTree.fromstring(table.html())
    shown = [["".join(cell.itertext()) for cell in line] for line in frame.iter("tr")]

    cells = [[cell.text if isinstance(cell, Cell) else str(cell) for cell in row] for row in table.rows]
    assert shown == [[column.name for column in table.columns], *cells]


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns, but a row has 1 cells"):
        Table("Levels", COLUMNS, [["Belmora", "1.1"], ["Corvia"]])


def test_a_row_with_too_many_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 3 cells"):
        Table("Levels", COLUMNS, [["Belmora", "1.1", "beginnings"]])


def test_text_of_others_is_escaped_everywhere() -> None:
    table = Table(
        HOSTILE, (Column(HOSTILE), Column("Level")), [[HOSTILE, Cell(HOSTILE, href=HOSTILE, lang=HOSTILE)]]
    )

    frame = ElementTree.fromstring(table.html())

    assert HOSTILE not in table.html()
    assert frame.attrib["aria-label"] == HOSTILE
    assert [link.attrib for link in frame.iter("a")] == [{"href": HOSTILE, "lang": HOSTILE}]


def test_the_named_column_heads_its_rows_and_numbers_are_marked() -> None:
    table = Table("Levels", COLUMNS, [["Belmora", "1.1"]])

    frame = ElementTree.fromstring(table.html())

    assert [cell.text for cell in frame.iter("th") if cell.get("scope") == "row"] == ["Belmora"]
    assert [cell.text for cell in frame.iter("td") if cell.get("class") == "num"] == ["1.1"]


def test_a_cell_may_be_in_another_language_or_show_markup_of_its_own() -> None:
    assert Cell("Belmore", lang="fr").markup() == '<span lang="fr">Belmore</span>'
    assert Cell("1", html=element("b", "one")).markup() == "<b>one</b>"


def test_a_frame_can_be_scrolled_by_keyboard_and_says_what_it_is() -> None:
    frame = ElementTree.fromstring(
        Table("Levels", COLUMNS, [["Belmora", 1]], id="levels").html(hide_caption=True)
    )

    assert frame.attrib == {
        "id": "levels",
        "class": "table",
        "role": "region",
        "aria-label": "Levels",
        "tabindex": "0",
    }
    assert [caption.attrib for caption in frame.iter("caption")] == [{"class": "unseen"}]
