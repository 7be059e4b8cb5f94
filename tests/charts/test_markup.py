"""Markup is escaped where it is made; and what holds for every chart of the family, over the whole gallery."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from endocsea.charts import palette
from endocsea.charts.chart import Chart
from endocsea.charts.markup import Markup, element, escape, join
from endocsea.charts.scales import text_width
from tests.charts.gallery import CASES, HOSTILE, page

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (720, 360, 320)


def test_text_is_escaped_in_elements_and_in_attributes() -> None:
    made = element("a", "<b> & 'c'", href='x"y')

    assert made == '<a href="x&quot;y">&lt;b&gt; &amp; &#x27;c&#x27;</a>'


def test_markup_is_not_escaped_again() -> None:
    inner = element("b", "1 < 2")

    assert element("p", inner) == "<p><b>1 &lt; 2</b></p>"
    assert escape(inner) == inner
    assert inner.__html__() == inner


def test_two_pieces_of_markup_stay_markup_only_when_joined() -> None:
    one, two = element("b", "1"), element("b", "2")

    assert isinstance(join([one, two]), Markup)
    assert element("p", join([one, two])) == "<p><b>1</b><b>2</b></p>"


def test_joined_text_is_escaped_and_joined_markup_is_not() -> None:
    assert join(["<", element("br")], " ") == "&lt; <br/>"


def test_attributes_follow_their_rules() -> None:
    made = element("x", class_="a", stroke_width=1.50, r=2.0, cx=1 / 3, hidden=True, lang=None, open=False)

    assert made == '<x class="a" stroke-width="1.5" r="2" cx="0.33" hidden/>'


# The family


@dataclass(frozen=True)
class Line:
    """A line of text as it stands in a picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def lines_of(svg: ElementTree.Element) -> Iterator[Line]:
    for text in svg.iter(f"{SVG}text"):
        size = float(text.attrib["font-size"])
        bold = text.get("font-weight") == "600"
        for span in text.iter(f"{SVG}tspan"):
            words = span.text or ""
            wide = text_width(words, size, bold=bold)
            x, y = float(span.attrib["x"]), float(span.attrib["y"])
            left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
            yield Line(words, left, y - 0.74 * size, left + wide, y + 0.2 * size, size)


def every_chart() -> list[tuple[str, int]]:
    return [(name, width) for name in CASES for width in WIDTHS]


@pytest.fixture(params=every_chart(), ids=lambda case: f"{case[0]} at {case[1]}")
def chart(request: pytest.FixtureRequest) -> Chart:
    name, width = request.param
    return CASES[name](width)


@pytest.fixture
def svg(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def test_a_chart_is_one_picture_sized_by_its_view_box_alone(svg: ElementTree.Element) -> None:
    assert svg.tag == f"{SVG}svg"
    assert "width" not in svg.attrib
    assert "height" not in svg.attrib
    assert re.fullmatch(r"0 0 \d+ \d+", svg.attrib["viewBox"])


def test_a_chart_has_a_name_and_a_description(chart: Chart, svg: ElementTree.Element) -> None:
    named = {part.attrib["id"]: part.text for part in svg if "id" in part.attrib}

    assert svg.attrib["aria-labelledby"].split() == list(named)
    assert next(iter(named.values())) == chart.title
    assert all(named.values())


def test_a_picture_with_links_does_not_hide_them_behind_the_role_of_an_image(
    svg: ElementTree.Element,
) -> None:
    links = list(svg.iter(f"{SVG}a"))

    assert svg.attrib["role"] == ("group" if links else "img")
    assert all(link.attrib["href"] for link in links)


def test_a_chart_has_presentation_attributes_only_and_no_script(svg: ElementTree.Element) -> None:
    for part in svg.iter():
        assert part.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not {name for name in part.attrib if name == "style" or name.startswith("on")}


def test_every_reference_leads_to_an_id_of_the_same_chart(chart: Chart, svg: ElementTree.Element) -> None:
    ids = {part.attrib["id"] for part in svg.iter() if "id" in part.attrib}

    assert all(name.startswith(f"{chart.key}-") for name in ids)
    assert set(re.findall(r"url\(#([^)]*)\)", chart.svg)) <= ids


def test_no_number_of_a_chart_is_missing(chart: Chart) -> None:
    numbers = re.findall(r'(?:x|y|cx|cy|x1|x2|y1|y2|r|width|height|d)="([^"]*)"', chart.svg)

    assert numbers
    assert not [text for text in numbers if re.search(r"nan|inf|None", text)]


def test_no_size_of_a_chart_is_negative(svg: ElementTree.Element) -> None:
    sizes = [
        float(part.attrib[name])
        for part in svg.iter()
        for name in ("width", "height", "r")
        if name in part.attrib
    ]

    assert min(sizes) > 0


def test_text_is_large_enough_and_inside_the_picture(svg: ElementTree.Element) -> None:
    width, height = (float(part) for part in svg.attrib["viewBox"].split()[2:])
    for line in lines_of(svg):
        assert line.size >= 13
        assert line.left >= -0.5, line
        assert line.right <= width + 0.5, line
        assert line.top >= 0, line
        assert line.bottom <= height, line


def test_no_text_lies_on_other_text(svg: ElementTree.Element) -> None:
    for one, two in combinations(lines_of(svg), 2):
        apart = (
            one.right <= two.left or two.right <= one.left or one.bottom <= two.top or two.bottom <= one.top
        )
        assert apart, (one, two)


def test_unknown_and_not_applicable_are_always_explained(svg: ElementTree.Element) -> None:
    legend = next(part for part in svg.iter(f"{SVG}g") if part.get("class") == "legend")
    classes = {part.get("class") for part in legend.iter()}

    assert {"unknown", "not-applicable"} <= classes


def test_a_chart_and_its_table_have_the_same_title(chart: Chart) -> None:
    assert chart.table.caption == chart.title
    assert chart.table.rows


def test_every_shape_with_a_colour_has_a_class_for_the_dark_scheme(svg: ElementTree.Element) -> None:
    for part in svg.iter():
        if part.get("fill", "none") != "none" or part.get("stroke"):
            assert part.get("class"), ElementTree.tostring(part)


def test_ids_are_unique_on_a_page_with_every_chart() -> None:
    ids = re.findall(r' id="([^"]*)"', page(plain=True))

    assert len(ids) > len(CASES)
    assert len(ids) == len(set(ids))


def test_hostile_text_stays_text() -> None:
    assert HOSTILE not in page(plain=True)
    assert "&lt;script&gt;alert(" in page(plain=True)


# Colours


def brightness(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((brightness(one), brightness(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_the_guidelines_count_it() -> None:
    # by hand: white 1, black 0: (1 + 0.05) / (0 + 0.05) = 21
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("level", range(5))
def test_a_digit_can_be_read_on_the_colour_of_its_level(level: int) -> None:
    assert contrast(palette.LEVELS[level], palette.ON_LEVELS[level]) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (palette.INK, palette.PAPER),
        (palette.INK, palette.MIST),
        (palette.INK, palette.APRICOT),
        (palette.LINK, palette.PAPER),
    ],
)
def test_words_can_be_read_on_their_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_levels_stay_apart_without_colour() -> None:
    shades = [brightness(colour) for colour in palette.LEVELS]

    assert shades == sorted(shades, reverse=True)
    assert all(one / two > 1.3 for one, two in pairwise(shades))
