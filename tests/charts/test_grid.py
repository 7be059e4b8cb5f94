"""Europe as squares: a square for each state, words that fit, signs that do without colour."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from endocsea.charts.grid import LAYOUT, SIDE, SQUARES, GridWords, Paint, Tile, draw_grid, fit, grid_key
from endocsea.charts.map import PAINTS
from endocsea.charts.palette import INK, LEVELS

SVG = "{http://www.w3.org/2000/svg}"
STATES = Path(__file__).parents[2] / "content" / "states" / "states.csv"
WORDS = GridWords(
    title="Who takes part, and how", description="47 squares.", caption="Today.", columns=("State", "Part")
)


def the_rows() -> list[dict[str, str]]:
    with STATES.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["name_en"])


def the_tiles(language: str = "en") -> list[Tile]:
    return [
        Tile(
            code=row["iso3"],
            short=row["iso2"],
            name=row[f"name_{language}"],
            kind=row["project_role"] or "member",
            href=f"/states/{row['slug']}/",
            sentence=f"{row[f'name_{language}']}: {row['project_role'] or 'other member'}",
            facts=(row["project_role"] or "other member",),
        )
        for row in the_rows()
    ]


def draw(tiles: list[Tile], key: str = "grid") -> str:
    return draw_grid(key=key, tiles=tiles, paints=PAINTS, words=WORDS).svg


def links(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f"{SVG}a")


@cache
def typeface() -> tuple[dict[int, str], Any, int]:
    font = TTFont(str(files("font_source_sans_pro") / "files" / "SourceSansPro-Semibold.ttf"))
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def real_width(text: str, size: float) -> float:
    letters, advances, units = typeface()
    return sum(advances[letters[ord(letter)]][0] for letter in text) / units * size


def test_each_of_the_47_states_has_one_square_of_its_own():
    assert set(SQUARES) == {row["iso3"] for row in the_rows()}
    assert len(set(SQUARES.values())) == 47
    assert len(re.findall(r"[A-Z]{3}", LAYOUT)) == 47


def test_the_layout_reads_like_the_table_that_it_is():
    assert SQUARES["ISL"] == (0, 0)
    assert SQUARES["UKR"] == (6, 4)
    assert SQUARES["ARM"] == (9, 7)


@pytest.mark.parametrize(
    ("west", "east"), [("PRT", "ESP"), ("IRL", "GBR"), ("DEU", "POL"), ("ITA", "HRV"), ("TUR", "ARM")]
)
def test_the_layout_keeps_west_left_of_east(west, east):
    assert SQUARES[west][0] < SQUARES[east][0]


@pytest.mark.parametrize(
    ("north", "south"), [("NOR", "DNK"), ("DEU", "AUT"), ("ROU", "BGR"), ("GEO", "ARM"), ("ITA", "MLT")]
)
def test_the_layout_keeps_north_above_south(north, south):
    assert SQUARES[north][1] < SQUARES[south][1]


def test_all_47_states_are_links_in_the_alphabet_of_their_names():
    found = links(draw(the_tiles()))

    assert [link.get("aria-label") for link in found] == sorted(row["name_en"] for row in the_rows())
    assert [link.findtext(f"{SVG}title") for link in found] == [tile.sentence for tile in the_tiles()]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_code_stands_above_the_whole_name(language):
    for link, tile in zip(links(draw(the_tiles(language))), the_tiles(language), strict=True):
        code, *lines = [text.text for text in link.iter(f"{SVG}text")]
        assert code == tile.short
        assert " ".join(lines).replace("- ", "-") == tile.name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_name_fits_its_square_in_letters_that_can_be_read(language):
    for link in links(draw(the_tiles(language))):
        square = link.find(f"{SVG}rect")
        top, left = float(square.attrib["y"]), float(square.attrib["x"])
        for text in link.iter(f"{SVG}text"):
            size, line, middle = (float(text.attrib[name]) for name in ("font-size", "y", "x"))
            half = real_width(text.text, size) / 2
            assert size >= 12
            assert left < middle - half
            assert middle + half < left + SIDE
            assert top < line - size * 0.66
            assert line + size * 0.21 < top + SIDE


def test_names_break_between_words_and_after_hyphens():
    assert fit("Malta") == (14, ("Malta",))
    assert fit("Bosnia and Herzegovina")[1] == ("Bosnia and", "Herzegovina")
    assert fit("Bosnie-Herzégovine")[1] == ("Bosnie-", "Herzégovine")


@pytest.mark.parametrize("name", ["", "W" * 300, "word " * 100, "-" * 200])
def test_a_name_that_no_square_can_hold_is_cut_and_says_so(name):
    size, lines = fit(name)

    assert len(lines) <= 3
    assert all(real_width(line, size) <= SIDE for line in lines)
    assert not name or lines[-1].endswith("…")


def test_hostile_words_stay_words():
    hostile = '</text><script>1</script>&"'
    tiles = [replace(t, name=hostile, short=hostile, sentence=hostile, href='"><b>') for t in the_tiles()]
    words = replace(WORDS, title=hostile, description=hostile)

    root = ElementTree.fromstring(draw_grid(key="grid", tiles=tiles, paints=PAINTS, words=words).svg)
    key = ElementTree.fromstring(grid_key(paints=PAINTS, labels=dict.fromkeys(PAINTS, hostile)))

    assert root.findtext(f"{SVG}title") == hostile
    assert not [*root.iter(f"{SVG}script"), *key.iter("script")]


def test_ids_are_unique_with_two_grids_on_a_page_and_every_reference_finds_its_own():
    pages = {key: draw(the_tiles(), key) for key in ("one", "two")}
    ids = [found for svg in pages.values() for found in re.findall(r' id="([^"]+)"', svg)]

    assert len(ids) == len(set(ids)) > 0
    for key, svg in pages.items():
        for name in re.findall(r"url\(#([^)]+)\)", svg):
            assert name.startswith(f"{key}-")
            assert name in ids


def test_a_pilot_is_hatched_so_that_it_differs_without_colour():
    fills = {
        tile.kind: link.find(f"{SVG}rect").get("fill")
        for link, tile in zip(links(draw(the_tiles())), the_tiles(), strict=True)
    }

    assert fills == {
        "focus": PAINTS["focus"].fill,
        "pilot": "url(#grid-1)",
        "member": PAINTS["member"].fill,
    }


def test_any_other_fact_can_be_painted():
    paints = {"yes": Paint(LEVELS[2], INK, "fact-yes", "map-number"), "no": PAINTS["member"]}
    tiles = [replace(tile, kind="yes" if tile.code == "MLT" else "no") for tile in the_tiles()]

    svg = draw_grid(key="grid", tiles=tiles, paints=paints, words=WORDS).svg

    assert svg.count('class="fact-yes"') == 1
    assert svg.count("url(#") == 0


def test_the_key_gives_every_paint_its_words_in_order():
    key = ElementTree.fromstring(grid_key(paints=PAINTS, labels={k: f"{k} states" for k in PAINTS}))

    assert ["".join(item.itertext()).strip() for item in key] == [
        "focus states",
        "pilot states",
        "member states",
    ]


def test_the_table_says_what_the_squares_say():
    table = draw_grid(key="grid", tiles=the_tiles(), paints=PAINTS, words=WORDS).table
    rows = list(csv.reader(table.csv().splitlines()))

    assert rows[:2] == [["State", "Part"], ["Albania", "focus"]]
    assert len(rows) == 48


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"code": "XAA"}, "no square for this state"), ({"kind": "observer"}, "no paint for 'observer'")],
)
def test_a_state_that_cannot_be_drawn_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        draw([replace(the_tiles()[0], **change)])


def test_a_state_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        draw([the_tiles()[0], *the_tiles()])


def test_a_key_that_cannot_begin_an_id_is_refused():
    with pytest.raises(ValueError, match="cannot begin an id"):
        draw(the_tiles(), "two words")
