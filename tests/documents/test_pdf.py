"""The same document gives the same bytes, a person's text stays text, and nothing is cut or orphaned."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfua
import pytest

from endocsea.documents.parts import (
    Block,
    Bullets,
    Cite,
    Column,
    Document,
    Grid,
    Heading,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Text,
)
from endocsea.documents.pdf import pdf, source
from endocsea.documents.telling import FULL, MARGIN
from tests.charts.gallery import TRAINING, _spread
from tests.documents.reading import bookmarks, fonts, lines, links, opened, pages, parts, placed, words
from tests.documents.sample import (
    ARMENIAN,
    FR,
    GEORGIAN,
    HOSTILE,
    LAW,
    LONG_NAME,
    STATES,
    charts,
    document,
    grid,
    rich,
)

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(rich())


def headings(described: Document) -> list[tuple[int, str]]:
    return [(part.level, part.text) for part in described.blocks if isinstance(part, Heading)]


# --- the same bytes ----------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes(made: bytes) -> None:
    assert pdf(rich()) == made


def test_another_process_gives_the_same_bytes(made: bytes) -> None:
    code = (
        "import hashlib; from endocsea.documents.pdf import pdf; from tests.documents.sample import rich; "
        "print(hashlib.sha256(pdf(rich())).hexdigest())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Tbilisi"), ("2", "America/New_York"))
    ]
    assert said == [hashlib.sha256(made).hexdigest()] * 2


def test_two_at_once_give_the_same_bytes_as_one_after_the_other() -> None:
    several = [document(title=f"About {state}", blocks=[grid(30), Paragraph([state])]) for state in STATES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(pdf, several * 2))
    assert together == [pdf(each) for each in several] * 2


def test_the_only_date_is_the_day_of_the_document() -> None:
    found = opened(pdf(document(day=datetime.date(1999, 12, 31)))).docinfo
    assert str(found["/CreationDate"]) == str(found["/ModDate"]) == "D:19991231000000Z"


def test_a_document_leaves_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pdf(rich())
    assert list(tmp_path.iterdir()) == []


# --- text is text ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_is_printed_as_typed(text: str) -> None:
    said = words(
        pdf(
            document(
                title=text,
                subtitle=text,
                running=text,
                ribbon=text,
                facts=[(text, text)],
                blocks=[
                    Heading(1, text),
                    Paragraph([text, Text(text, strong=True)]),
                    Bullets([[text]]),
                    Panel(text, [Paragraph([text])]),
                    Grid(text, [Column(text)], [[[text]]]),
                    Paragraph([Cite(text)]),
                ],
                notes={text: [text]},
            )
        )
    )
    # cover: ribbon, title, subtitle, running, a fact (2); contents: ribbon, header (2), entry; page: ribbon,
    # header (2), heading, paragraph (2), item, panel (2), table (3), note
    assert said.count(text) == 23


@pytest.mark.parametrize("text", [GEORGIAN, ARMENIAN, "Ελλάδα", "Україна", "Česko", "Türkiye", "où « être »"])
def test_names_are_printed_in_their_own_script(text: str) -> None:
    assert text in words(pdf(document(title=text, blocks=[Paragraph([text])])))


def test_a_letter_that_no_font_has_stops_nothing_and_is_seen() -> None:
    said = words(
        pdf(document(title="Arden 😀", blocks=[Paragraph(["Before 中 after \x07 end", Text("\ud800")])]))
    )
    assert "Arden �" in said
    assert "Before � after � end�" in said


def test_a_line_that_was_broken_by_hand_stays_broken() -> None:
    page = pages(pdf(document(blocks=[Paragraph(["first\r\nsecond\nthird"])])))[-1]
    assert [line for line in lines(page) if line in {"first", "second", "third"}] == [
        "first",
        "second",
        "third",
    ]


# --- pages -------------------------------------------------------------------------------------------


def test_the_heading_of_a_table_is_repeated_and_no_row_is_cut() -> None:
    with_rows = [page for page in pages(pdf(document(blocks=[grid(40)]))) if re.search(r"R\d\d", page)]

    assert len(with_rows) >= 2
    assert all("What the review found" in page for page in with_rows)
    begun = [re.findall(r"R(\d\d)", page) for page in with_rows]
    ended = [re.findall(r"end(\d\d)", page) for page in with_rows]
    assert begun == ended
    assert [code for page in begun for code in page] == [f"{number:02}" for number in range(1, 41)]


def test_a_row_that_is_higher_than_a_page_is_cut_and_whole() -> None:
    table = Grid(
        "Long", [Column("A"), Column("B", 3)], [[["row"], [f"{LAW} " * 80 + "the end"]], [["next"], ["x"]]]
    )
    found = pages(pdf(document(blocks=[table])))
    assert len(found) >= 3
    assert " ".join(found).count("the child is only believed") + " ".join(found).count("the end") > 60
    assert "the end" in found[-1]
    assert "next" in found[-1]


@pytest.mark.parametrize("shift", range(4))
def test_no_heading_is_the_last_on_its_page(shift: int) -> None:
    profile, spread = charts()
    blocks: list[Block] = [Heading(1, "Section 000")]
    for number in range(1, 61):
        size = (number * 7 + shift * 3) % 11 + 1
        follows: Block = (
            Paragraph([LAW * size])
            if number % 4 == 0
            else Bullets([[LAW]] * size)
            if number % 4 == 1
            else grid(size, caption="" if number % 8 == 2 else "A table")
            if number % 4 == 2
            else Picture(spread, "States by level")
        )
        blocks += [Heading(number % 3 + 1 if number % 3 else 1, f"Section {number:03}"), follows]
    blocks += [Heading(1, "Section 061"), Picture(profile, "Eight capabilities")]
    found = pages(pdf(document(blocks=blocks)))[2:]

    assert len(found) > 20
    for page in found:
        *_, last, footer = lines(page)
        assert footer.startswith("endocsea")
        assert not last.startswith(("Section", "A table"))


def test_every_page_says_what_the_document_is_and_which_page_it_is() -> None:
    described = rich("fr")
    found = pages(pdf(replace(described, words=FR)))
    assert all(described.ribbon in page and described.running in page for page in found)
    for number, page in enumerate(found[1:], start=2):
        assert lines(page)[-1].split() == ["endocsea", "Page", str(number), "sur", str(len(found))]


def test_a_name_of_sixty_letters_stands_whole_on_the_cover() -> None:
    assert len(LONG_NAME) == 60
    cover = pages(pdf(document(title=LONG_NAME, facts=[("State", LONG_NAME)])))[0]
    assert " ".join(cover.split()).count(LONG_NAME) == 2


def test_an_empty_document_is_a_cover() -> None:
    made = pdf(document(subtitle="", running="", facts=[], author="", keywords=[], byline=""))
    assert [lines(page) for page in pages(made)] == [["endocsea", "Belmora: gap analysis"]]


def test_parts_that_hold_nothing_are_printed_all_the_same() -> None:
    empty: list[Block] = [
        Paragraph([]),
        Bullets([]),
        Panel("", []),
        Grid("", [Column("")], []),
        Grid("", [Column("A")], [[[]]]),
        NewPage(),
        NewPage(),
    ]
    assert len(pages(pdf(document(blocks=empty)))) == 2


def test_long_words_and_addresses_stay_in_their_column() -> None:
    address = "https://example.org/" + "abcdefghij" * 12 + "?q=1&r=2"
    table = Grid("", [Column("A"), Column("B"), Column("C", 6)], [[[address], ["x" * 90], ["third"]]])
    found = placed(pdf(document(blocks=[table, Paragraph([address * 2])])))

    (third,) = [word for word in found if word.text == "third"]
    second = [word for word in found if set(word.text) == {"x"}]
    first = [
        word for word in found if word.page == 2 and third.top <= word.top and word.right < second[0].left
    ]
    assert "".join(word.text for word in first).startswith(address)
    assert "".join(word.text for word in second) == "x" * 90
    assert max(word.right for word in second) < third.left
    assert max(word.right for word in found) <= MARGIN + FULL + 1


def test_rows_for_writing_by_hand_are_high() -> None:
    def height(empty: float | None) -> float:
        rows = [[["one"], []], [["two"], []]]
        table = Grid("", [Column("Question"), Column("Answer")], rows, empty_column_height=empty)
        at = {word.text: word.top for word in placed(pdf(document(blocks=[table])))}
        return at["two"] - at["one"]

    assert height(None) < 25
    assert height(3.0) >= 3.0 * 72 / 2.54


# --- notes and links ---------------------------------------------------------------------------------


def test_notes_are_numbered_as_they_are_cited_and_only_those_are_printed(made: bytes) -> None:
    printed = words(made).rpartition("Notes")[2]
    order = ["1. The method", "2. Lanzarote Convention", "3. Plan de cours", "4. Cited by a note only"]
    assert [printed.index(note) for note in order] == sorted(printed.index(note) for note in order)
    assert "Never cited" not in printed


def test_links_lead_where_they_say(made: bytes) -> None:
    addresses, inside = links(made)
    assert "https://example.org/states/xab?round=2020&lang=en" in addresses
    cited = (
        1 + 1 + 1 + 1 + sum(number % 3 != 0 for number in range(1, 41))
    )  # in text, in a note, in the table
    entries = sum(level < 3 for level, _ in bookmarks(made))
    assert inside >= cited + entries + 1


# --- for those who cannot see it ---------------------------------------------------------------------


def test_it_is_tagged_and_says_its_title_and_language(made: bytes) -> None:
    found = opened(made)
    assert found.Root.MarkInfo.Marked
    assert str(found.Root.Lang) == "en"
    assert found.Root.ViewerPreferences.DisplayDocTitle
    assert str(found.docinfo["/Title"]) == "Belmora: gap analysis"
    assert str(found.docinfo["/Author"]) == "Secretariat of the programme"
    assert str(found.docinfo["/Keywords"]) == "gap analysis, Belmora"
    with found.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    assert str(opened(pdf(document(language="pt-PT"))).Root.Lang) == "pt-PT"


def test_the_bookmarks_are_the_headings(made: bytes) -> None:
    assert bookmarks(made) == [*headings(rich()), (1, "Notes")]
    tagged = [(int(role[1]), str(part.T)) for role, part in parts(made) if re.fullmatch(r"H\d", role)]
    assert tagged == [(1, "Contents"), *bookmarks(made)]


def test_every_picture_says_what_is_seen(made: bytes) -> None:
    said = [str(part.get("/Alt", "")) for role, part in parts(made) if role == "Figure"]
    assert said == [part.alt for part in rich().blocks if isinstance(part, Picture)]


def test_a_table_has_a_heading_for_each_column(made: bytes) -> None:
    wanted = [len(part.columns) for part in rich().blocks if isinstance(part, Grid)]
    roles = [role for role, _ in parts(made)]
    assert roles.count("Table") == len(wanted)
    assert roles.count("Caption") == len(wanted) + 2
    assert roles.count("TH") == sum(wanted)
    scopes = [
        str(attribute.Scope)
        for role, part in parts(made)
        if role == "TH"
        for attribute in (part.A if isinstance(part.A, list) or part.A._type_name == "array" else [part.A])
        if "/Scope" in attribute
    ]
    assert scopes == ["/Column"] * sum(wanted)


def test_words_of_another_language_say_so() -> None:
    out = pdf(document(blocks=[Paragraph([Text(GEORGIAN, lang="ka")]), Heading(1, "Bonjour", lang="fr")]))
    assert {str(part.Lang) for _, part in parts(out) if "/Lang" in part} >= {"ka", "fr"}


def test_an_independent_checker_finds_nothing(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(made)
    assert list(pdfua.validate(tmp_path / "made.pdf").findings) == []


# --- fonts and charts --------------------------------------------------------------------------------


def test_every_font_is_embedded_and_of_the_packages(made: bytes) -> None:
    found = fonts(made)
    assert all(found.values())
    families = {name.partition("-")[0] for name in found}
    assert families == {"SourceSansPro", "NotoSansGeorgian", "NotoSansArmenian"}


def test_a_chart_is_drawn_in_the_typeface_of_the_text() -> None:
    chart = _spread("own", 720, (), TRAINING, waiting=False)
    out = pdf(document(blocks=[Picture(chart, "States by level")]))
    assert {name.partition("-")[0] for name in fonts(out)} == {"SourceSansPro"}
    assert "Dunmere" in words(out)
    assert not any("/Subtype" in each and each.Subtype == "/Image" for each in _streams(out))


def _streams(out: bytes) -> list[Any]:
    import pikepdf

    return [each for each in opened(out).objects if isinstance(each, pikepdf.Stream)]


# --- the finished source -----------------------------------------------------------------------------


def test_the_finished_source_gives_the_same_bytes(made: bytes) -> None:
    assert source(rich()).compile() == made
