"""Room for words is never guessed too small, and numbers are written as they were published."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.resources import files
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from endocsea.charts.scales import (
    Axis,
    Separators,
    check_frame,
    level_text,
    plain_number,
    round_step,
    text_width,
    wrap,
)
from tests.charts.gallery import CASES, MEMBERS

FRENCH = Separators(",", "\u202f")


def measure(weight: str) -> Callable[[str], float]:
    """The true width of a text in thousandths of its size, read from the typeface itself."""
    with (files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf").open("rb") as file:
        font = TTFont(file)
        names, widths = font.getBestCmap(), font["hmtx"].metrics
        scale = 1000 / font["head"].unitsPerEm
    return lambda text: sum(widths[names[ord(letter)]][0] for letter in text) * scale


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every line of every chart of the gallery, and every state."""
    lines = [
        span.text or ""
        for draw in CASES.values()
        for width in (720, 320)
        for span in ElementTree.fromstring(draw(width).svg).iter("{http://www.w3.org/2000/svg}tspan")
    ]
    return sorted({*lines, *MEMBERS, "Bosnie-Herzégovine", "Azerbaïdjan", "Macédoine du Nord"} - {""})


@pytest.mark.parametrize(("weight", "bold"), [("Regular", False), ("Semibold", True)])
def test_estimates_are_never_more_than_two_hundredths_too_small_and_seldom_much_too_large(
    texts: list[str], weight: str, bold: bool
) -> None:
    true = measure(weight)
    ratios = {text: text_width(text, 1000, bold=bold) / true(text) for text in texts}

    assert len(texts) > 200
    assert min(ratios.values()) >= 0.98, min(ratios, key=lambda text: ratios[text])
    assert sum(ratios.values()) / len(ratios) < 1.06


def test_a_width_grows_with_the_size_and_an_accent_takes_no_room() -> None:
    # by hand: o 544 + h 544 = 1088 thousandths of 10
    assert text_width("oh", 10) == pytest.approx(10.88)
    assert text_width("ôh", 20) == pytest.approx(21.76)


def test_a_letter_of_another_script_takes_a_whole_square() -> None:
    assert text_width("\u10e1", 10) == pytest.approx(10)


def test_wrapped_lines_fit_and_hold_every_word_in_order() -> None:
    text = "Body exists but OCSEA is not in its written mandate"

    lines = wrap(text, 90, 13)

    assert " ".join(lines) == text
    assert all(text_width(line, 13) <= 90 for line in lines)


def test_a_line_breaks_after_a_hyphen_and_not_at_a_no_break_space() -> None:
    assert wrap("Bosnie-Herzégovine", 70, 13) == ("Bosnie-", "Herzégovine")
    assert wrap("répond on\u00a0?", 55, 13) == ("répond", "on\u00a0?")


def test_a_word_that_is_too_long_is_broken_and_nothing_of_it_is_lost() -> None:
    lines = wrap("Unanswerable" * 5, 100, 13)

    assert "".join(lines) == "Unanswerable" * 5
    assert all(text_width(line, 13) <= 100 for line in lines)


def test_an_empty_text_has_no_lines_and_white_space_makes_none() -> None:
    assert wrap("", 100, 13) == ()
    assert wrap(" \n ", 100, 13) == ()
    assert wrap(" one \n two ", 100, 13) == ("one two",)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (0.01, "0.01", "0,01"),
        (56.9, "56.9", "56,9"),
        (17545, "17,545", "17\u202f545"),
        (1234.50, "1,234.5", "1\u202f234,5"),
        (30_000_000, "30,000,000", "30\u202f000\u202f000"),
        (1e-7, "0.0000001", "0,0000001"),
    ],
)
def test_a_number_keeps_every_digit_that_was_published(value: float, english: str, french: str) -> None:
    assert plain_number(value, Separators()) == english
    assert plain_number(value, FRENCH) == french


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        plain_number(value, Separators())


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (1.125, "1.1"),
        (2.25, "2.3"),
        (1.96, "1.9"),  # not 2.0: the gap is below 2
        (1.999, "1.9"),
        (0.04, "0.0"),
        (2.04, "2.0"),
        (1.9999999999999998, "2.0"),  # a sum of floats that is 2
        (4.0, "4.0"),
        (3.97, "3.9"),
    ],
)
def test_a_level_is_never_rounded_up_to_a_whole_one_that_it_has_not_reached(level: float, text: str) -> None:
    assert level_text(level) == text


def test_a_level_in_french_has_a_comma() -> None:
    assert level_text(1.125, ",") == "1,1"


def test_an_axis_is_straight() -> None:
    # by hand: a quarter of the way from 10 to 50 is 20
    assert Axis(0, 4, 10, 50).at(1) == pytest.approx(20)
    assert Axis(0, 10, 100, 0).at(10) == pytest.approx(0)


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (0.04, 0.01), (1, 0.5), (83.1, 50), (8, 2), (23426, 10000), (36_210_368, 10_000_000)],
)
def test_an_axis_has_two_to_four_round_steps(most: float, step: float) -> None:
    assert round_step(most) == pytest.approx(step)


@pytest.mark.parametrize("key", ["", "1a", "a b", 'a"b', "é", "a#b"])
def test_a_key_that_cannot_begin_an_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="cannot begin an id"):
        check_frame(key, 720)


def test_a_chart_without_room_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 280 wide, not 100"):
        check_frame("a", 100)
