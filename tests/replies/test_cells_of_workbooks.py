"""What cells say, whatever somebody or some program put into them."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from endocsea.questionnaires.form import Choice, Kind, Question
from endocsea.replies.answers.fitting import fits
from endocsea.replies.exchange.workbook import cells
from endocsea.replies.exchange.workbook.words import options_of

LEVELS = tuple(Choice(str(number), {"en": f"Level in words {'abcde'[number]}"}) for number in range(5))
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.from_regex(r"[0-9]{1,4}[-/., ][0-9]{1,3}[-/., ][0-9]{1,4}", fullmatch=True),
    st.datetimes(),
    st.dates(),
    st.times(),
)


def question(kind):
    return Question("Q", kind, {"en": "Question?"})


@given(
    ANYTHING,
    st.sampled_from([Kind.NUMBER, Kind.WHOLE, Kind.RANGE, Kind.DAY, Kind.TIME, Kind.MOMENT, Kind.TEXT]),
)
def test_any_cell_is_a_text_or_nothing_and_never_an_accident(cell, kind):
    said = cells.typed(question(kind), cell)

    assert said is None or isinstance(said, str)
    if kind in (Kind.NUMBER, Kind.DAY) and said and isinstance(cell, str | int) and abs(len(said)) < 18:
        assert fits(question(kind), said, ())


@given(ANYTHING)
def test_any_cell_of_a_list_is_one_of_its_names_or_nothing(cell):
    assert cells.chosen(question(Kind.LEVEL), LEVELS, cell) in {None, "", *(each.name for each in LEVELS)}


@given(
    st.sampled_from(LEVELS),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["", " ", "\u00a0", "\n"]),
)
def test_a_line_of_a_list_is_read_whatever_its_letters_and_spaces(choice, letters, space):
    line = options_of(question(Kind.LEVEL), LEVELS)[choice.name]

    assert cells.chosen(question(Kind.LEVEL), LEVELS, f"{space}{letters(line)}{space}") == choice.name


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_is_the_same_as_a_date_and_as_a_text(day):
    asked = question(Kind.DAY)
    written = day.isoformat()

    assert cells.typed(asked, day) == written
    assert cells.typed(asked, datetime.datetime.combine(day, datetime.time())) == written
    assert cells.typed(asked, f"{day.day}.{day.month}.{day.year}") == written
    alike = day.day <= 12 and day.day != day.month
    assert cells.typed(asked, f"{day.day:02}/{day.month:02}/{day.year}") == (None if alike else written)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_is_the_same_as_a_number_and_with_a_comma(number):
    asked = question(Kind.NUMBER)
    shortest = f"{number:f}".rstrip("0").rstrip(".")
    shortest = "0" if shortest in ("-0", "") else shortest

    assert Decimal(cells.typed(asked, float(number))) == number
    assert cells.typed(asked, float(number)) == shortest
    assert cells.number_in(shortest) == float(number)
    spoken = cells.typed(asked, shortest.replace(".", ","))
    assert spoken in (shortest, None)  # 1,234 could be one and something, or a thousand and more


@given(st.from_regex(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?", fullmatch=True))
def test_a_kept_number_becomes_a_number_only_where_it_comes_back_letter_by_letter(kept):
    number = cells.number_in(kept)

    assert number is None or cells.typed(question(Kind.NUMBER), number) == kept
