"""What cannot be printed is named before the typesetter starts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup
from endocsea.charts.tables import Table
from endocsea.documents.parts import (
    Block,
    Bullets,
    Cite,
    Column,
    Grid,
    Heading,
    Panel,
    Paragraph,
    Picture,
    Text,
)
from endocsea.documents.pdf import pdf
from endocsea.documents.telling import FULL, tell
from tests.documents.sample import charts, document

BREAK = "\u200b"


def chart(svg: str) -> Chart:
    return Chart("c", "", "", Markup(svg), Table("", (), ()))


REFUSED: list[tuple[list[Block], str]] = [
    ([Paragraph([Cite("nowhere")])], "'nowhere' is cited"),
    ([Grid("T", [Column("A")], [[["x", Cite("nowhere")]]])], "'nowhere' is cited"),
    ([Panel("P", [Bullets([[Cite("nowhere")]])])], "'nowhere' is cited"),
    ([Paragraph([Text("there", to="nowhere")])], "a link leads to 'nowhere'"),
    ([Paragraph([Text("x", lang="xx")])], "the language 'xx' of the text 'x' is not known"),
    ([Paragraph([Text("x", lang="EN")])], "the language 'EN'"),
    ([Heading(1, "x", lang="fr_FR")], "the language 'fr_FR' of the heading 'x'"),
    ([Heading(2, "First")], "'First' is of level 2, but it is the first"),
    (
        [Heading(1, "First"), Heading(3, "Third")],
        "'Third' is of level 3, but the one before it is of level 1",
    ),
    ([Heading(1, " ")], "has no text"),
    ([Heading(1, "a", "k"), Grid("T", [Column("A")], [], key="k")], "the key 'k' is given to two parts"),
    ([Grid("T", [Column("A"), Column("B")], [[["x"]]])], "'T' has 2 columns, but a row has 1 cells"),
    ([Grid("T", [], [])], "'T' has no columns"),
    ([Grid("T", [Column("A", 0)], [])], "without a share"),
    ([Paragraph("abc")], "put it in a list"),
    ([Paragraph([Text("x", href=" ")])], "a link without an address"),
    ([Paragraph([Text("x", href="https://example.org", to="k")])], "leads to two places"),
    ([Picture(chart("<svg/>"), "alt")], "no viewBox"),
    ([Picture(chart('<svg viewBox="0 0 10 10"/>'), " ")], "no words for those who cannot see it"),
]


@pytest.mark.parametrize(("blocks", "sentence"), REFUSED)
def test_what_cannot_be_printed_is_named(blocks: Sequence[Block], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        pdf(document(blocks=blocks))


def test_a_document_says_a_known_language_and_has_a_title() -> None:
    with pytest.raises(ValueError, match="the language 'english' of the document is not known"):
        tell(document(language="english"))
    with pytest.raises(ValueError, match="no title"):
        tell(document(title=" "))


def test_a_language_may_name_its_script_and_region() -> None:
    told = tell(document(language="sr-Latn-RS"))
    assert (told["lang"], told["region"]) == ("sr", "RS")
    assert "region" not in tell(document(language="fr"))


def test_references_side_by_side_become_one_piece_and_a_note_may_cite() -> None:
    notes = {"b": ["B"], "a": ["A", Cite("c")], "c": ["C"], "d": ["D"]}
    told = tell(document(blocks=[Paragraph(["x", Cite("a"), Cite("b"), " y", Cite("a")])], notes=notes))
    assert told["blocks"][0]["line"] == ["x", {"cite": [1, 2]}, " y", {"cite": [1]}]
    assert told["notes"] == [["A", {"cite": [3]}], ["B"], ["C"]]


def cell(text: str | Text, share: float = 1.0) -> str:
    """What is told of a cell whose column has that share of the width, beside one of a share of 9."""
    table = Grid("", [Column("A", share), Column("B", 9)], [[[text], []]])
    (told,) = tell(document(blocks=[table]))["blocks"][0]["rows"][0]["cells"][0]
    return told if isinstance(told, str) else told["text"]


def test_a_word_that_fits_is_left_as_it_is() -> None:
    assert cell("a short one") == "a short one"


def test_a_long_word_is_left_to_the_rules_of_its_language() -> None:
    assert cell(Text("Rechtsanwaltskammer", lang="de"), 2) == "Rechtsanwaltskammer"


def test_a_long_word_without_rules_may_break_anywhere() -> None:
    assert cell(Text("responsabilitatea", lang="ro")) == BREAK.join("responsabilitatea")
    assert cell("x1" * 20) == BREAK.join("x1" * 20)


def test_an_address_breaks_after_its_punctuation() -> None:
    assert cell("https://example.org/a/b", 2.0) == f"https://{BREAK}example.{BREAK}org/{BREAK}a/{BREAK}b"


def test_columns_share_the_width_and_only_a_row_that_is_high_may_be_cut() -> None:
    rows = [[["short"], ["short"]], [["short"], ["many words " * 700]]]
    told = tell(document(blocks=[Grid("", [Column("A"), Column("B", 3)], rows)]))["blocks"][0]
    assert [column["width"] for column in told["columns"]] == [FULL / 4, FULL * 3 / 4]
    assert [row["breaks"] for row in told["rows"]] == [False, True]


def test_a_picture_fits_the_width_and_leaves_room_for_its_words() -> None:
    wide, high = (
        tell(document(blocks=[Picture(chart(f'<svg viewBox="0 0 {size}"/>'), "alt")]))["blocks"][0]["width"]
        for size in ("1000 100", "720 2000")
    )
    assert wide == FULL
    assert high * 2000 / 720 < 600
    (small,) = tell(document(blocks=[Picture(charts()[1], "alt")]))["blocks"]
    assert small["width"] <= FULL
