"""The spread names every state under its level, in the order given, and never mixes made-up with real ones."""

from __future__ import annotations

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest

from endocsea.charts.chart import Chart
from endocsea.charts.spread import NOT_APPLICABLE, UNKNOWN, Level, State, spread
from endocsea.charts.tables import Cell
from tests.charts.gallery import LEVELS_EN, LONG, MEMBERS, QUESTION_EN, SPREAD_EN, TEN, TRAINING

SVG = "{http://www.w3.org/2000/svg}"


def draw(
    states: tuple[State, ...] = (),
    training: tuple[State, ...] = (),
    *,
    waiting: tuple[str, ...] = (),
    levels: tuple[Level, ...] = LEVELS_EN,
    width: int = 720,
) -> Chart:
    return spread(
        key="s",
        title="Where the states stand",
        caption="30 June 2021",
        description="States by level",
        levels=levels,
        states=states,
        training=training,
        not_reviewed=waiting,
        words=SPREAD_EN,
        width=width,
    )


def parts(chart: Chart, name: str) -> list[ElementTree.Element]:
    svg = ElementTree.fromstring(chart.svg)
    return [part for part in svg.iter() if name in (part.get("class") or "").split()]


def words_of(part: ElementTree.Element) -> str:
    return " ".join(span.text or "" for span in part.iter(f"{SVG}tspan"))


def titles(chart: Chart) -> list[str]:
    return [part.findtext(f"{SVG}title") or "" for part in parts(chart, "state")]


@pytest.mark.parametrize("width", [720, 360])
def test_every_state_has_a_mark_a_name_and_a_link(width: int) -> None:
    chart = draw(TEN, TRAINING, width=width)

    marked = parts(chart, "state")

    assert {part.get("href") for part in marked} == {state.href for state in (*TEN, *TRAINING)}
    assert {words_of(part) for part in marked} == {state.name for state in (*TEN, *TRAINING)}
    assert "Albania · 1 beginnings" in titles(chart)


def test_a_dot_stands_under_its_level() -> None:
    chart = draw(
        (State("Albania", 0), State("Georgia", 2), State("Serbia", UNKNOWN), State("Malta", NOT_APPLICABLE))
    )

    # by hand: seven columns of (720 - 6 × 6) / 7 = 97.714, one every 103.714; a dot 9 inside its column
    dots = [float(part.attrib["cx"]) for part in parts(chart, "state-mark")]
    assert dots[:4] == pytest.approx([9, 216.43, 527.57, 631.29])


def test_states_stand_in_the_order_given() -> None:
    chart = draw((State("Serbia", 1), State("Albania", 1), State("Malta", 1)))

    assert [words_of(part) for part in parts(chart, "state")] == ["Serbia", "Albania", "Malta"]
    heights = [float(part.attrib["cy"]) for part in parts(chart, "state-mark")][:3]
    assert heights == sorted(heights)


@pytest.mark.parametrize("width", [720, 360])
def test_a_finger_finds_every_state(width: int) -> None:
    chart = draw(tuple(State(name, 2, "#s") for name in MEMBERS[:12]), width=width)

    places = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in parts(chart, "state-mark")[:12]]
    # the least distance between two targets (WCAG 2.2, 2.5.8)
    assert min(math.dist(one, two) for one, two in combinations(places, 2)) >= 24


def test_training_states_have_another_mark_and_are_in_no_count() -> None:
    chart = draw((State("Albania", 1),), TRAINING)

    svg = ElementTree.fromstring(chart.svg)
    said = [
        text for text in (words_of(part) for part in svg.iter(f"{SVG}text")) if text.startswith("States: ")
    ]
    assert said == ["States: 0", "States: 1", *["States: 0"] * 5]
    assert all(not part.findall(f"{SVG}circle") for part in parts(chart, "training"))
    assert len(parts(chart, "training")) == len(TRAINING)


def test_training_states_stand_below_all_real_ones() -> None:
    chart = draw(TEN, TRAINING)

    (strip,) = parts(chart, "mist")
    lowest = max(float(part.attrib["cy"]) for part in parts(chart, "state-mark")[: len(TEN)])
    assert lowest < float(strip.attrib["y"])


@pytest.mark.parametrize("width", [720, 360])
def test_today_no_real_state_is_reviewed_and_all_are_named(width: int) -> None:
    chart = draw((), TRAINING, waiting=tuple(MEMBERS), width=width)

    (line,) = parts(chart, "not-reviewed")
    assert words_of(line) == "47 states: not reviewed " + ", ".join(MEMBERS)
    assert "States: 0" not in chart.svg
    assert len(parts(chart, "state")) == len(TRAINING)


def test_where_everybody_is_reviewed_nobody_is_waiting() -> None:
    assert parts(draw(TEN), "not-reviewed") == []


def test_long_answers_lay_the_chart_on_its_side() -> None:
    chart = draw(TEN[:2], levels=QUESTION_EN)

    digits = [
        part for part in ElementTree.fromstring(chart.svg).iter(f"{SVG}text") if part.get("font-size") == "18"
    ]
    assert [words_of(part) for part in digits] == ["0", "1", "2", "3", "4"]
    assert len({part[0].attrib["x"] for part in digits}) == 1


def test_all_states_at_one_level_are_still_named() -> None:
    chart = draw(tuple(State(name, 2) for name in MEMBERS))

    assert [words_of(part) for part in parts(chart, "state")] == MEMBERS
    assert "States: 47" in chart.svg


def test_a_name_of_sixty_letters_is_not_cut() -> None:
    assert len(LONG) == 60
    for width in (720, 360):
        assert words_of(parts(draw((State(LONG, 3),), width=width), "state")[0]) == LONG


def test_the_own_state_is_marked_and_explained_only_where_it_is_asked_for() -> None:
    assert len(parts(draw(TEN), "own")) == 2  # at the state and in the legend
    assert parts(draw(TEN[:3]), "own") == []


def test_the_table_holds_the_same_states_real_waiting_and_training() -> None:
    table = draw(TEN[:3], TRAINING[:1], waiting=("Malta",)).table

    assert [list(row) for row in table.rows] == [
        [Cell("Albania", href="#alb"), "1 beginnings", "State with a reviewed round"],
        [Cell("Armenia", href="#arm"), "2 partly in place", "State with a reviewed round"],
        [Cell("Azerbaijan", href="#aze"), "no level: too little known", "State with a reviewed round"],
        ["Malta", "not reviewed", "not reviewed"],
        [Cell("Arden", href="#xaa"), "3 in place", "Training states (made up)"],
    ]


def test_a_state_without_a_link_makes_no_link() -> None:
    svg = ElementTree.fromstring(draw((State("Malta", 1),)).svg)

    assert list(svg.iter(f"{SVG}a")) == []
    assert svg.attrib["role"] == "img"


@pytest.mark.parametrize("place", [5, -1, "nowhere", ""])
def test_a_state_at_no_level_of_the_chart_is_refused(place: int | str) -> None:
    with pytest.raises(ValueError, match="which is no column of this chart"):
        draw((State("Malta", place),))


def test_a_state_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice: Malta"):
        draw((State("Malta", 1),), waiting=("Malta",))


@pytest.mark.parametrize("count", [0, 6])
def test_a_spread_has_one_to_five_levels(count: int) -> None:
    with pytest.raises(ValueError, match="one to five levels"):
        draw(levels=tuple(Level(str(digit), "words") for digit in range(count)))
