"""Bars of parts: lengths by hand, every part written out, an empty kind said in words."""

import re

import pytest

from endocsea.charts import shares

WORDS = shares.SharesWords(kind="Records", total="All", part="{part}: {count}", none="none here")
PARTS = ["read in full", "read in part", "from memory"]


def draw(*kinds, parts=PARTS, **options):
    return shares.shares(
        key="known", title="How it is known", caption="Counted.", description="Shares.", kinds=kinds,
        parts=parts, words=WORDS, **options,
    )  # fmt: skip


def widths(svg):
    """The widths of the boxes of the first bar."""
    bar = svg[svg.index('class="kind"') :].split("</g>")[0]
    return [float(width) for width in re.findall(r'<rect [^>]*?width="([\d.]+)"', bar)]


def test_a_part_is_as_long_as_its_share():
    chart = draw(shares.Kind("Figures", (3, 1, 0)))

    # by hand: three quarters and one quarter of 720; a part with nothing in it takes no room
    assert widths(chart.svg) == [540, 180]


def test_every_bar_has_the_same_length_however_many_records_it_stands_for():
    few, many = draw(shares.Kind("Few", (1, 1, 0))), draw(shares.Kind("Many", (500, 500, 0)))

    assert sum(widths(few.svg)) == sum(widths(many.svg)) == 720


def test_each_part_is_written_out_with_its_number():
    chart = draw(shares.Kind("Figures", (1073, 52, 0)))

    assert "read in full: 1,073; read in part: 52" in chart.svg
    assert "from memory: 0" not in chart.svg


def test_a_kind_without_records_says_so_and_has_no_bar():
    chart = draw(shares.Kind("Observations", (0, 0, 0)))

    assert "none here" in chart.svg
    assert widths(chart.svg) == []


def test_the_table_holds_every_number_and_the_sum():
    chart = draw(shares.Kind("Figures", (3, 1, 0), href="/figures/"))

    assert [column.name for column in chart.table.columns] == ["Records", *PARTS, "All"]
    assert chart.table.csv().splitlines()[1] == "Figures,3,1,0,4"


def test_fills_differ_without_colour():
    chart = draw(shares.Kind("All", (1, 1, 1)))

    assert "url(#known-hatch)" in chart.svg
    assert len(set(re.findall(r'fill="(#\w+)" stroke="#3D4F66"', chart.svg))) == 2


def test_a_long_name_on_a_narrow_chart_takes_more_lines_and_loses_nothing():
    name = "Provisions of treaties, recommendations and other standards of many bodies"
    chart = draw(shares.Kind(name, (1, 0, 0)), width=320)

    assert " ".join(re.findall(r"<tspan[^>]*>([^<]+)</tspan>", chart.svg)).startswith(name)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="3 parts, but 2 counts"):
        draw(shares.Kind("Figures", (3, 1)))
    with pytest.raises(ValueError, match="5 fills, not 6"):
        draw(parts=["a", "b", "c", "d", "e", "f"])
