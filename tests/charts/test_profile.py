"""The profile draws each capability where its level is, and says in words what is not known."""

from __future__ import annotations

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from endocsea.charts.chart import Chart
from endocsea.charts.profile import Band, ProfileRow, Weakest, profile
from endocsea.charts.tables import Cell
from tests.charts.gallery import BANDS_EN, BELMORA, EXTREME, PROFILE_EN

SVG = "{http://www.w3.org/2000/svg}"
BELMORA_14 = BELMORA[-1]


def draw(*rows: ProfileRow, width: int = 720, **more: object) -> Chart:
    settings: dict[str, object] = {
        "key": "p",
        "title": "Belmora",
        "caption": "31 May 2020",
        "description": "Levels",
        "rows": rows,
        "bands": BANDS_EN,
        "words": PROFILE_EN,
        "width": width,
    }
    return profile(**{**settings, **more})  # type: ignore[arg-type]


def rows_of(chart: Chart) -> list[ElementTree.Element]:
    return [part for part in ElementTree.fromstring(chart.svg).iter(f"{SVG}g") if part.get("class") == "row"]


def words_of(part: ElementTree.Element) -> str:
    return " ".join(span.text or "" for span in part.iter(f"{SVG}tspan"))


def marks(part: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [mark for mark in part.iter() if name in (mark.get("class") or "").split()]


def test_the_dot_lies_at_the_level() -> None:
    (row,) = rows_of(draw(BELMORA_14))

    # by hand, at width 720: the axis begins at 0.31 × 720 + 20 + 11 = 254.2 and ends at
    # 720 - 0.25 × 720 - 20 - 11 = 509; 1.125 of 4 is at 254.2 + 254.8 × 1.125 / 4 = 325.8625
    (dot,) = marks(row, "dot")
    assert float(dot.attrib["cx"]) == pytest.approx(325.86)


def test_the_bar_and_the_hairline_reach_as_far_as_interval_and_bounds() -> None:
    (row,) = rows_of(draw(BELMORA_14))

    # by hand: 63.7 a level from 254.2, so 0.8 is at 305.16 and 1.5 at 349.75; 1.0 at 317.9 and 13/9 at 346.21
    (bar,) = marks(row, "interval")
    assert float(bar.attrib["x"]) == pytest.approx(305.16)
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) == pytest.approx(349.75)
    (hairline,) = marks(row, "bounds")
    assert hairline.attrib["d"].startswith("M317.90 ")
    assert "H346.21" in hairline.attrib["d"]


def test_the_line_of_the_gap_lies_where_the_method_puts_it() -> None:
    (row,) = rows_of(draw(BELMORA_14))
    (moved,) = rows_of(draw(BELMORA_14, gap_below=3.0))

    # by hand: 254.2 + 2 × 63.7 = 381.6, and + 3 × 63.7 = 445.3
    assert [line.attrib["x1"] for line in marks(row, "gap")] == ["381.6"]
    assert [line.attrib["x1"] for line in marks(moved, "gap")] == ["445.3"]


def test_rows_stand_in_the_order_given_with_number_name_and_link() -> None:
    chart = draw(*reversed(BELMORA))

    shown = [words_of(row) for row in rows_of(chart)]

    for text, row in zip(shown, reversed(BELMORA), strict=True):
        assert text.startswith(f"{row.number}\u00a0\u00a0{row.name.split()[0]}")
    links = [link.attrib["href"] for link in ElementTree.fromstring(chart.svg).iter(f"{SVG}a")]
    assert links == [row.href for row in reversed(BELMORA)]


def test_a_row_says_level_band_verdict_and_how_much_is_known() -> None:
    (row,) = rows_of(draw(BELMORA_14))

    assert "1.1 · beginnings Gap 8 of 9 known" in words_of(row)


def test_the_weakest_indicators_are_named_and_their_codes_stand_beside_the_names() -> None:
    (row,) = rows_of(draw(BELMORA_14))

    assert "Weakest: Are children told what became of their views? (C14-07)" in words_of(row)
    assert words_of(row).endswith("(C14-10)")


def test_more_than_two_weakest_indicators_are_counted_in_the_picture_and_named_in_the_table() -> None:
    many = tuple(Weakest(f"C{n}", f"Question {n}") for n in range(5))
    chart = draw(replace(BELMORA_14, weakest=many))

    (row,) = rows_of(chart)
    assert "Question 1 (C1) More in the table: 3" in words_of(row)
    assert "Question 4" not in words_of(row)
    assert chart.table.rows[0][-1] == "; ".join(f"Question {n} (C{n})" for n in range(5))


@pytest.mark.parametrize("width", [720, 360])
def test_without_a_level_there_are_bounds_on_the_hatch_and_words_but_no_dot(width: int) -> None:
    (row,) = rows_of(draw(BELMORA[1], width=width))

    assert not marks(row, "dot")
    assert not marks(row, "interval")
    assert len(marks(row, "unknown")) == len(marks(row, "bounds")) == 1
    assert "No level: 5 of 14 known" in words_of(row)


def test_where_nothing_applies_there_is_a_dash_and_words() -> None:
    (row,) = rows_of(draw(BELMORA[6]))

    assert len(marks(row, "not-applicable")) == 1
    assert not marks(row, "gap")
    assert words_of(row).endswith("Not applicable")


def test_a_level_lies_in_the_last_band_that_begins_at_or_below_it() -> None:
    just_two = replace(BELMORA_14, level=1.9999999999999998)  # a sum of floats that is 2
    chart = draw(just_two, replace(just_two, level=1.999), replace(just_two, level=4.0))

    assert [row[2] for row in chart.table.rows] == [
        "partly in place",
        "beginnings",
        "in place, used and reviewed",
    ]


def test_bands_are_those_of_the_method() -> None:
    chart = draw(BELMORA_14, bands=(Band(0, "low"), Band(1.1, "high")))

    (row,) = rows_of(chart)
    # by hand: the second band begins at 254.2 + 1.1 × 63.7 = 324.27
    assert [mark.attrib["x"] for name in ("lv-0", "lv-1") for mark in marks(row, name)] == ["243.2", "324.27"]
    assert chart.table.rows[0][2] == "high"


def test_the_table_holds_the_same_numbers_in_words_where_there_are_none() -> None:
    table = draw(BELMORA_14, BELMORA[1], BELMORA[6]).table

    weakest = "; ".join(f"{weak.words} ({weak.code})" for weak in BELMORA_14.weakest)
    assert [list(row) for row in table.rows] == [
        [
            Cell("14 Child participation", href="#c14"),
            "1.1",
            "beginnings",
            "0.8 to 1.5",
            "1.0 to 1.4",
            "8 of 9 known",
            "Gap",
            weakest,
        ],
        [
            Cell("2 Research, analysis and monitoring", href="#c2"),
            "Unknown",
            "Unknown",
            "Unknown",
            "0.5 to 3.1",
            "5 of 14 known",
            "Cannot tell: it depends on 9 unanswered questions",
            "Unknown",
        ],
        [Cell("13 Education programme", href="#c13"), *["Not applicable"] * 7],
    ]


def test_a_profile_without_links_is_a_plain_image_and_its_ribbon_has_words() -> None:
    chart = draw(replace(BELMORA_14, href=None), ribbon="Training material")

    svg = ElementTree.fromstring(chart.svg)
    (ribbon,) = marks(svg, "ribbon")
    assert svg.attrib["role"] == "img"
    assert words_of(ribbon) == "Training material"
    assert not marks(ElementTree.fromstring(draw(BELMORA_14).svg), "ribbon")


def test_extreme_levels_stay_on_the_strip() -> None:
    top, bottom = EXTREME[1], EXTREME[0]
    first, second = rows_of(draw(bottom, top))

    for row in (first, second):
        strip = [mark for n in range(5) for mark in marks(row, f"lv-{n}")]
        left = min(float(part.attrib["x"]) for part in strip)
        right = max(float(part.attrib["x"]) + float(part.attrib["width"]) for part in strip)
        (dot,) = marks(row, "dot")
        assert left <= float(dot.attrib["cx"]) - 7.5
        assert float(dot.attrib["cx"]) + 7.5 <= right


@pytest.mark.parametrize("value", [-0.1, 4.1, math.nan, math.inf])
def test_a_level_outside_the_scale_is_refused(value: float) -> None:
    with pytest.raises(
        ValueError, match="Child participation: levels, intervals and bounds lie between 0 and 4"
    ):
        replace(BELMORA_14, level=value)
    with pytest.raises(ValueError, match="lie between 0 and 4"):
        replace(BELMORA_14, bounds=(0.0, value))


def test_an_interval_turned_round_is_refused() -> None:
    with pytest.raises(ValueError, match="the lower end of an interval comes first"):
        replace(BELMORA_14, interval=(1.5, 0.8))


@pytest.mark.parametrize(("known", "asked"), [(10, 9), (-1, 9)])
def test_more_known_than_asked_is_refused(known: int, asked: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        replace(BELMORA_14, known=known, asked=asked)


def test_a_level_where_nothing_applies_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing applies"):
        replace(BELMORA_14, known=0, asked=0)


def test_a_profile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one capability"):
        draw()


@pytest.mark.parametrize("starts", [(), (1, 2), (0, 2, 1), (0, 0), (0, 5), (0, 1, 2, 3, 3.5, 4)])
def test_bands_that_do_not_rise_from_zero_are_refused(starts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="bands rise from 0"):
        draw(BELMORA_14, bands=[Band(start, "x") for start in starts])
