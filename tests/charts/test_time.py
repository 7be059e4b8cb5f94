"""Published figures are drawn from zero, cut where they break, and never filled in."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest

from endocsea.charts.chart import Chart
from endocsea.charts.scales import Separators
from endocsea.charts.tables import Cell
from endocsea.charts.time import Figure, Series, time
from tests.charts.gallery import TIME_EN, WORLD

SVG = "{http://www.w3.org/2000/svg}"


def series(*values: float | None, first: int = 2018, unit: str = "cases", **more: object) -> Series:
    figures = tuple(Figure(first + place, value, unit, "Report") for place, value in enumerate(values))
    return Series("Cases", figures, **more)  # type: ignore[arg-type]


def draw(*panels: Series, width: int = 720, separators: Separators | None = None) -> Chart:
    return time(
        key="t",
        title="Published figures",
        caption="30 June 2021",
        description="By year",
        panels=panels,
        words=TIME_EN,
        separators=separators,
        width=width,
    )


def panels_of(chart: Chart) -> list[ElementTree.Element]:
    return [
        part for part in ElementTree.fromstring(chart.svg).iter(f"{SVG}g") if part.get("class") == "panel"
    ]


def marks(part: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [mark for mark in part.iter() if name in (mark.get("class") or "").split()]


def words_of(part: ElementTree.Element) -> list[str]:
    return [span.text or "" for span in part.iter(f"{SVG}tspan")]


def test_points_lie_at_their_years_and_their_heights() -> None:
    (panel,) = panels_of(draw(series(0, 20, 40)))

    points = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in marks(panel, "brand-fill")]
    # by hand: the axis holds "40", two letters of 505 thousandths of 13, and 10: 23.13. Three years share
    # 720 - 23.13 = 696.87, 232.29 each, the first in the middle of its own: 139.275. Heights are thirds of a
    # plot of 150 that ends below its title: 0, half of it, all of it
    assert [x for x, _ in points] == pytest.approx([139.28, 371.57, 603.86], abs=0.02)
    assert [points[0][1] - y for _, y in points] == pytest.approx([0, 75, 150])


def test_the_axis_begins_at_zero_even_where_all_values_are_high() -> None:
    (panel,) = panels_of(draw(series(82.6, 83.1)))

    assert {"0", "50", "100"} <= set(words_of(panel))
    assert len(marks(panel, "muted-line")) == 1


def test_neighbouring_years_are_joined_and_a_missing_year_is_left_open_and_hatched() -> None:
    (panel,) = panels_of(draw(series(1, 2, None, 4)))

    assert len(marks(panel, "brand-line")) == 1
    assert len(marks(panel, "brand-fill")) == 3
    assert len(marks(panel, "unknown")) == 1


def test_a_year_that_is_not_even_mentioned_is_as_unknown_as_one_without_a_value() -> None:
    unmentioned = Series("Cases", (Figure(2018, 1, "cases", "R"), Figure(2021, 4, "cases", "R")))

    (panel,) = panels_of(draw(unmentioned))

    assert marks(panel, "brand-line") == []
    assert len(marks(panel, "unknown")) == 2


def test_a_year_to_which_a_figure_does_not_apply_has_a_dash() -> None:
    none = Figure(2019, None, "cases", "R", applies=False)
    (panel,) = panels_of(
        draw(Series("Cases", (Figure(2018, 1, "cases", "R"), none, Figure(2020, 1, "cases", "R"))))
    )

    assert len(marks(panel, "not-applicable")) == 1
    assert marks(panel, "unknown") == []


def test_a_break_cuts_the_line_and_says_why() -> None:
    (panel,) = panels_of(draw(series(1, 2, 3, 4, breaks={2020: "counted differently"})))

    assert len(marks(panel, "brand-line")) == 2
    (cut,) = marks(panel, "break")
    before, after = (float(dot.attrib["cx"]) for dot in marks(panel, "brand-fill")[1:3])
    assert float(cut.attrib["x1"]) == pytest.approx((before + after) / 2, abs=0.02)
    assert "2020: counted differently" in words_of(panel)


def test_a_change_of_unit_is_a_break() -> None:
    mixed = Series("Pages", (Figure(2015, 68092, "reports", "R"), Figure(2016, 57335, "addresses", "R")))

    (panel,) = panels_of(draw(mixed))

    assert marks(panel, "brand-line") == []
    assert "2016: unit from here: addresses" in words_of(panel)


def test_a_break_in_a_year_without_a_figure_is_shown_before_the_next_figure() -> None:
    (panel,) = panels_of(
        draw(
            Series("Cases", (Figure(2015, 1, "c", "R"), Figure(2018, 2, "c", "R")), breaks={2017: "new law"})
        )
    )

    assert len(marks(panel, "break")) == 1
    assert "2018: new law" in words_of(panel)


def test_a_break_outside_the_figures_is_not_drawn() -> None:
    (panel,) = panels_of(draw(series(1, 2, breaks={2018: "the first year", 2030: "later"})))

    assert marks(panel, "break") == []


def test_all_panels_have_the_same_years_and_stand_level() -> None:
    chart = draw(series(1, 2, 3), series(5, first=2020), series(7, first=2016))

    def x_of(panel: ElementTree.Element, year: str) -> float:
        return next(float(span.attrib["x"]) for span in panel.iter(f"{SVG}tspan") if span.text == year)

    one, two, three = panels_of(chart)
    # by hand: two panels of (720 - 32) / 2 = 344 side by side, so the second is 344 + 32 = 376 to the right
    assert x_of(two, "2020") - x_of(one, "2020") == pytest.approx(376)
    assert x_of(three, "2016") == pytest.approx(x_of(one, "2016"))


def test_one_value_alone_is_a_point_with_its_number() -> None:
    (panel,) = panels_of(draw(series(6273)))

    assert len(marks(panel, "brand-fill")) == 1
    assert marks(panel, "brand-line") == []
    assert "6,273" in words_of(panel)


@pytest.mark.parametrize("values", [(0, 0, 0), (None, None), (0,)])
def test_no_height_is_made_up_where_nothing_is_above_zero(values: tuple[float | None, ...]) -> None:
    (panel,) = panels_of(draw(series(*values)))

    numbers = [mark.attrib["y1"] for mark in panel.iter(f"{SVG}line") if mark.get("class") == "grid"]
    assert numbers == []
    assert ("Unknown" in words_of(panel)) == (values == (None, None))


@pytest.mark.parametrize("width", [720, 360])
@pytest.mark.parametrize("most", [0.01, 1, 99, 30_000_000])
def test_first_and_last_value_are_named_at_every_scale(most: float, width: int) -> None:
    (panel,) = panels_of(draw(series(most / 4, most / 2, most), width=width))

    assert {f"{most:,}", f"{most / 4:,}".removesuffix(".0")} <= set(words_of(panel))


def test_fourteen_large_values_name_the_ends_and_the_turns() -> None:
    (panel,) = panels_of(draw(WORLD))

    assert {"223,374", "18,462,422", "16,987,361", "36,210,368"} <= set(words_of(panel))
    assert "4,403,657" not in words_of(panel)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    chart = draw(series(17545, 0.5), separators=Separators(",", "\u202f"))

    assert "17\u202f545" in words_of(panels_of(chart)[0])
    assert [row[2] for row in chart.table.rows] == ["17\u202f545", "0,5"]


def test_the_table_holds_every_figure_with_unit_and_source() -> None:
    panel = Series(
        "Cases",
        (
            Figure(2018, 17545, "cases", "Yearly report", "https://example.org/r"),
            Figure(2019, None, "cases", "Not published"),
            Figure(2020, None, "cases", "No such court", applies=False),
        ),
    )

    assert [list(row) for row in draw(panel).table.rows] == [
        ["Cases", 2018, "17,545", "cases", Cell("Yearly report", href="https://example.org/r")],
        ["Cases", 2019, "Unknown", "cases", Cell("Not published")],
        ["Cases", 2020, "Not applicable", "cases", Cell("No such court")],
    ]


def test_title_unit_and_caveat_stand_at_the_panel() -> None:
    (panel,) = panels_of(draw(series(1, caveat="Volumes are not performance.", href="#c")))

    assert words_of(panel)[:2] == ["Cases", "cases"]
    assert words_of(panel)[-1] == "Volumes are not performance."
    assert [link.attrib["href"] for link in panel.iter(f"{SVG}a")] == ["#c"]


@pytest.mark.parametrize("value", [-1, math.nan, math.inf])
def test_a_value_that_cannot_be_drawn_from_zero_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="in 2018 cannot be drawn from zero"):
        series(value)


@pytest.mark.parametrize("years", [(), (2019, 2018), (2018, 2018)])
def test_years_that_do_not_rise_are_refused(years: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="years rise and occur once"):
        Series("Cases", tuple(Figure(year, 1, "cases", "R") for year in years))


def test_a_value_where_none_applies_is_refused() -> None:
    with pytest.raises(ValueError, match="2018 has a value although none applies"):
        Series("Cases", (Figure(2018, 1, "cases", "R", applies=False),))


def test_a_chart_without_a_series_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one series"):
        draw()
