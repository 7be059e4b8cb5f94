"""The map of who takes part: every state is there, can be reached, and lies where it lies."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from functools import cache, reduce
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from endocsea.charts.map import (
    DISC,
    LAND,
    PAINTS,
    TOUCH,
    Land,
    MapState,
    MapWords,
    draw_map,
    map_key,
    numbered,
)
from endocsea.charts.palette import PAPER

SVG = "{http://www.w3.org/2000/svg}"
STATES = Path(__file__).parents[2] / "content" / "states"
NOTE = "All references to Kosovo shall be understood in full compliance with Resolution 1244."
WORDS = MapWords(
    title="Who takes part, and how",
    description="Ten states are in the programme.",
    caption="On 30 June 2021.",
    kinds={"focus": "Focus states", "pilot": "Pilot states", "member": "Other members"},
    small="Too small to see",
    kosovo="Kosovo",
    kosovo_note=NOTE,
    boundaries="Boundaries imply no opinion.",
    columns=("State", "Part", "Since", "Until"),
)


@cache
def drawn_map() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((STATES / "map.json").read_text(encoding="utf-8"))
    return read


def the_land() -> Land:
    _, _, width, height = drawn_map()["viewBox"]
    return Land(width, height, drawn_map()["background"], drawn_map()["kosovo"])


def the_states(language: str = "en") -> list[MapState]:
    with (STATES / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row[f"name_{language}"])
    return [
        MapState(
            code=row["iso3"],
            name=row[f"name_{language}"],
            kind=row["project_role"] or "member",  # type: ignore[arg-type]
            href=f"/{language}/states/{row['slug']}/",
            sentence=f"{row[f'name_{language}']}: {row['project_role'] or 'other member'} state",
            facts=(row["project_role"] or "member", row["coe_member_since"], row["coe_member_until"]),
            **drawn_map()["states"][row["iso3"]],
        )
        for row in rows
    ]


def draw(states: list[MapState], key: str = "home") -> str:
    return draw_map(key=key, states=states, land=the_land(), words=WORDS).svg


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def links(svg: str) -> list[ElementTree.Element]:
    return tree(svg).findall(f".//{SVG}a")


@cache
def outline(code: str) -> BaseGeometry:
    """A state's area, from the path as a browser fills it: a ring inside a ring is a hole."""
    rings = re.findall(r"M([^MZ]+)Z", drawn_map()["states"][code]["d"])
    areas = (
        Polygon([tuple(map(float, point.split())) for point in ring.split("L")])
        for ring in rings
        if ring.count("L") > 1
    )
    return reduce(lambda one, other: one.symmetric_difference(other), (area.buffer(0) for area in areas))


@cache
def typeface() -> tuple[dict[int, str], Any, int]:
    font = TTFont(str(files("font_source_sans_pro") / "files" / "SourceSansPro-Semibold.ttf"))
    return font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm


def text_box(text: ElementTree.Element) -> BaseGeometry:
    """Where the letters stand: real advance widths, capitals 0.66 of the size high, tails 0.21 deep."""
    letters, advances, units = typeface()
    size = float(text.attrib["font-size"])
    width = sum(advances[letters[ord(letter)]][0] for letter in text.text or "") / units * size
    x = float(text.attrib["x"])
    line = float(text.attrib["y"]) + float(text.get("dy", "0em").removesuffix("em")) * size
    return box(x - width / 2, line - 0.66 * size, x + width / 2, line + 0.21 * size)


def discs(svg: str, radius: float) -> list[BaseGeometry]:
    return [
        Point(float(circle.attrib["cx"]), float(circle.attrib["cy"])).buffer(radius)
        for circle in tree(svg).iter(f"{SVG}circle")
        if float(circle.attrib["r"]) == radius
    ]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_all_47_states_are_links_in_the_alphabet_of_their_names():
    states = the_states()

    found = links(draw(states))

    assert [link.get("aria-label") for link in found] == sorted(state.name for state in states)
    assert [link.get("href") for link in found] == [state.href for state in states]
    assert len(found) == 47


def test_every_link_has_its_sentence_as_a_tooltip_and_something_to_hit():
    for link, state in zip(links(draw(the_states())), the_states(), strict=True):
        assert link.findtext(f"{SVG}title") == state.sentence
        assert link.find(f"{SVG}use").get("href") == f"#home-{state.code}"


def test_the_order_given_is_kept_so_that_a_page_may_sort_by_its_own_language():
    backwards = the_states()[::-1]

    assert [link.get("href") for link in links(draw(backwards))] == [state.href for state in backwards]


def test_hostile_words_stay_words():
    hostile = "</title><script>alert('1')</script>\"&"
    states = [replace(state, name=hostile, sentence=hostile, href='"><b>') for state in the_states()]
    words = replace(WORDS, title=hostile, description=hostile, kosovo=hostile, kosovo_note=hostile)

    svg = draw_map(key="home", states=states, land=the_land(), words=words).svg
    key = map_key(states=states, words=replace(words, small=hostile, boundaries=hostile))

    assert tree(svg).findtext(f"{SVG}title") == hostile
    assert not list(tree(svg).iter(f"{SVG}script"))
    assert not list(ElementTree.fromstring(key).iter("script"))


def test_ids_are_unique_with_two_maps_on_a_page_and_every_reference_finds_its_own():
    pages = [draw(the_states(), "one"), draw(the_states(), "two")]
    ids = [node.attrib["id"] for svg in pages for node in tree(svg).iter() if "id" in node.attrib]

    assert len(ids) == len(set(ids)) >= 2 * 47
    for key, svg in zip(("one", "two"), pages, strict=True):
        named = re.findall(r'(?:url\(|href=")#([^)"]+)', svg) + re.findall(r'aria-\w+by="([^"]+)"', svg)
        assert all(name.startswith(f"{key}-") and name in ids for name in named)


def test_the_picture_has_no_size_and_no_style_of_its_own():
    root = tree(draw(the_states()))

    assert "width" not in root.attrib
    assert root.get("role") == "group"
    assert not [node for node in root.iter() if "style" in node.attrib or node.tag == f"{SVG}style"]


def test_the_picture_stays_small():
    assert len(draw(the_states()).encode()) < 110 * 1024


# Positions by pyproj 3.7.2: Transformer.from_crs(4326, 3035), then (x - 2450000) / 5000, (5300000 - y) / 5000.
@pytest.mark.parametrize(
    ("place", "x", "y", "inside", "not_inside"),
    [
        ("Crimea, 34.1 E 45.2 N", 746.01, 508.23, "UKR", "RUS"),
        ("the north of Cyprus, 33.3 E 35.25 N", 795.48, 724.63, "CYP", "TUR"),
        ("Murmansk, 33.1 E 68.9 N", 557.78, 11.62, "RUS", "FIN"),
        ("Baku, 49.87 E 40.41 N", 1018.87, 498.89, "AZE", "RUS"),
    ],
)
def test_places_lie_in_their_state(place, x, y, inside, not_inside):
    assert outline(inside).buffer(0.5).contains(Point(x, y))
    assert not outline(not_inside).contains(Point(x, y))


def test_no_state_of_the_programme_is_cut_by_the_edge_of_the_sheet():
    sheet = box(*drawn_map()["viewBox"]).buffer(-1)

    assert [s.code for s in the_states() if s.kind != "member" and not sheet.contains(outline(s.code))] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_name_or_number_lies_on_another_or_leaves_the_sheet(language):
    svg = draw(the_states(language))
    boxes = {text.text: text_box(text) for text in tree(svg).iter(f"{SVG}text")}

    assert len(boxes) == 1 + 10 + 6  # the asterisk, the programme's states, the smallest
    assert all(box(*drawn_map()["viewBox"]).contains(one) for one in boxes.values())
    assert [(a, b) for a, b in combinations(boxes, 2) if boxes[a].intersects(boxes[b])] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_and_numbers_stand_on_their_own_state(language):
    for link, state in zip(links(draw(the_states(language))), the_states(language), strict=True):
        text = link.find(f"{SVG}text")
        if text is not None and not state.marker:
            letters = text_box(text)
            assert letters.intersection(outline(state.code)).area > 0.9 * letters.area, state.name


def test_the_discs_of_the_smallest_states_do_not_overlap_and_their_numbers_fit():
    svg = draw(the_states())

    for radius in (DISC, TOUCH):
        found = discs(svg, radius)
        assert len(found) == 6
        assert not any(one.intersects(other) for one, other in combinations(found, 2))
    assert 2 * DISC >= 24
    boxes = [text_box(text) for text in tree(svg).iter(f"{SVG}text")]
    for disc in discs(svg, DISC):
        (number,) = (one for one in boxes if one.intersects(disc))
        assert disc.contains(number)


def test_no_other_state_catches_a_click_on_a_disc():
    svg = draw(the_states())
    (free,) = tree(svg).findall(f".//{SVG}clipPath/{SVG}path")

    assert free.get("clip-rule") == "evenodd"
    assert free.attrib["d"].count("a20.0 20.0") == 2 * 6  # two half circles a disc
    assert all(use.get("clip-path") == "url(#home-free)" for use in tree(svg).iter(f"{SVG}use"))


def test_a_name_too_long_for_its_state_gives_way_to_a_number():
    states = [replace(s, name="Georgia by a longer name") if s.code == "GEO" else s for s in the_states()]

    assert "GEO" not in numbered(the_states())
    assert numbered(states)["GEO"] == 3  # after Albania and Bosnia and Herzegovina
    assert "longer name</text>" not in draw(states)


def test_numbers_run_on_as_the_key_is_read():
    numbers = numbered(the_states())

    assert list(numbers) == [
        *("ALB", "BIH", "MDA", "MNE"),  # focus states without room for a name
        *("ARM", "AZE"),  # pilot states
        *("AND", "LIE", "LUX", "MLT", "MCO", "SMR"),  # too small to see
    ]
    assert list(numbers.values()) == list(range(1, 13))


def test_the_key_names_the_programme_and_the_smallest_with_the_numbers_of_the_map():
    states = {state.href: state for state in the_states()}
    key = ElementTree.fromstring(map_key(states=the_states(), words=WORDS))
    shown = {
        states[link.attrib["href"]].code: "".join(link.itertext()).split(" ", 1) for link in key.iter("a")
    }

    assert len(shown) == 16
    for code, number in numbered(the_states()).items():
        assert shown[code][0] == str(number)
    words = "".join(key.itertext())
    assert all(word in words for word in [*WORDS.kinds.values(), WORDS.small, WORDS.boundaries])
    assert "Kosovo*" in words
    assert f"* {NOTE}" in words


def test_kosovo_is_a_shape_with_its_note_and_no_link():
    root = tree(draw(the_states()))
    (kosovo,) = (group for group in root.iter(f"{SVG}g") if group.findtext(f"{SVG}title"))

    assert kosovo.findtext(f"{SVG}title") == f"Kosovo*: {NOTE}"
    assert kosovo.findtext(f"{SVG}text") == "*"
    assert kosovo.find(f"{SVG}path").get("fill") == "url(#home-kosovo)"
    assert kosovo not in [child for link in root.iter(f"{SVG}a") for child in link.iter()]


def test_the_kinds_differ_without_colour():
    assert contrast(PAINTS["focus"].fill, PAINTS["member"].fill) > 3
    assert contrast(PAINTS["member"].fill, LAND) > 1.2
    assert contrast(PAINTS["member"].fill, PAPER) > 1.4
    assert PAINTS["pilot"].hatched
    assert not PAINTS["focus"].hatched
    assert contrast(PAINTS["focus"].ink, PAINTS["focus"].fill) > 4.5


def test_the_table_says_what_the_map_says():
    table = draw_map(key="home", states=the_states(), land=the_land(), words=WORDS).table
    rows = list(csv.reader(table.csv().splitlines()))

    assert rows[0] == ["State", "Part", "Since", "Until"]
    assert rows[1] == ["Albania", "focus", "1995-07-13", ""]
    assert len(rows) == 48


def test_a_kind_without_a_paint_is_refused():
    with pytest.raises(ValueError, match="ALB: the map has no paint for 'observer'"):
        replace(the_states()[0], kind="observer")


def test_a_state_given_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        draw([the_states()[0], *the_states()])


@pytest.mark.parametrize("key", ["", "two words", '"', "1st"])
def test_a_key_that_cannot_begin_an_id_is_refused(key):
    with pytest.raises(ValueError, match="cannot begin an id"):
        draw(the_states(), key)


def test_a_map_without_states_is_still_a_picture():
    assert links(draw([])) == []
    assert "Focus states" in map_key(states=[], words=WORDS)
