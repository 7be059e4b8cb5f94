"""A workbook goes out, is filled in as people do it, and comes back."""

import datetime
import functools
import io
import re
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from endocsea.documents.row_heights import HIGHEST, height_of
from endocsea.questionnaires.form import Choice, Kind, Question
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.exchange import refused
from endocsea.replies.exchange.sheet import Beside, How, Line, Sheet, compare
from endocsea.replies.exchange.workbook import returned, xlsx_of
from endocsea.replies.exchange.workbook.words import Column
from endocsea.support import workbooks
from endocsea.support.guard import refused as guarded

from .workbook_hand import Hand

LEVELS = tuple(
    Choice(str(number), {"en": words, "fr": french})
    for number, (words, french) in enumerate(
        (
            ("No body", "Aucun organe"),
            ("Informal group only", "Groupe informel"),
            ("Body that meets", "Organe actif"),
            ("Body with a written mandate that meets as planned", "Organe avec un mandat écrit"),
        )
    )
)
LISTED = (Choice("1", {"en": "police"}), Choice("2", {"en": "health"}), Choice("3", {"en": "education"}))
YES_NO = (
    Choice("yes", {"en": "yes", "fr": "oui"}),
    Choice("partly", {"en": "partly", "fr": "en partie"}),
    Choice("no", {"en": "no", "fr": "non"}),
)
GOVERNANCE, POLICE = {"en": "Governance", "fr": "Gouvernance"}, {"en": "Police: cases / data"}
SENT = Given(Status.ANSWERED, "1", explanation="A group.\n\nIt meets.", respondent="national coordinator")


def line(code, kind, choices=(), given=None, seen=0, section=GOVERNANCE, **more):
    beside, before = more.pop("beside", Beside()), more.pop("before", None)
    question = Question(code, kind, {"en": f"What about {code}?"}, {"en": "A decision"}, **more)
    return Line(f"{code[:2]}/{code}", section, question, choices, given or Given(), seen, before, beside)


LINES = (
    line(
        "C1-01",
        Kind.LEVEL,
        LEVELS,
        SENT,
        2,
        before=Given(Status.ANSWERED, "0"),
        beside=Beside("A law", "public"),
    ),
    line("C1-02", Kind.SEVERAL, LISTED, other=True),
    line("C1-03", Kind.ONE, YES_NO),
    line("C1-04", Kind.ONE, LISTED, other=True),
    line("C4-01", Kind.NUMBER, section=POLICE, unit={"en": "euro"}),
    line("C4-02", Kind.TEXT, section=POLICE),
    line("C4-03", Kind.DAY, section=POLICE),
    line("C4-04", Kind.RANKED, LISTED, section=POLICE),
    line("C4-05", Kind.CONSENT, section=POLICE),
    line("C4-06", Kind.WHOLE, section=POLICE),
)


def sheet(*lines, **more):
    return Sheet(
        **{
            "round": "spring-2021",
            "round_name": {"en": "Spring 2021"},
            "state": "XAA",
            "state_name": {"en": "Arden"},
            "institution": "",
            "language": "en",
            "digest": "0123456789abcdef" * 4,
            "made_on": datetime.date(2021, 3, 1),
            "due_on": datetime.date(2021, 4, 30),
            "lines": lines or LINES,
        }
        | more
    )


@functools.cache
def sent():
    return xlsx_of(sheet())


@pytest.fixture
def hand():
    return Hand(sent())


def back(hand, whole=None):
    content = hand.saved() if isinstance(hand, Hand) else hand
    return returned(content, "reply.xlsx", whole or sheet())


def given(came, code):
    return came.answers[f"{code[:2]}/{code}"][0]


def said(came):
    return [f"{each.where}: {each.what}" for each in came.troubles]


def answers(hand, code, value, **more):
    hand.write(code, value, **more)
    came = back(hand)
    assert came.troubles == ()
    return given(came, code).value


def refuses(hand, code, value, **more):
    """What stands there is not taken, and its cell is named; all other questions are."""
    where = hand.write(code, value, **more)
    came = back(hand)
    assert [each.where for each in came.troubles] == [where]
    assert all(each.what and each.remedy for each in came.troubles)
    assert f"{code[:2]}/{code}" not in came.answers
    assert len(came.answers) == len(LINES) - 1
    return came.troubles[0].what


# What goes out.


def test_the_same_sheet_gives_the_same_bytes():
    assert xlsx_of(sheet()) == xlsx_of(sheet())


def test_the_first_sheet_says_what_it_is_until_when_and_how_to_answer(hand):
    first = hand.book.worksheets[0]
    text = "\n".join(str(cell.value) for row in first.iter_rows() for cell in row if cell.value)

    assert first.title == "Read me"
    for words in (
        "Spring 2021",
        "Arden",
        "30 April 2021",
        "not known",
        "withheld",
        "send it back",
        "spring-2021/XAA/",
    ):
        assert words in text


def test_each_section_has_its_sheet_and_the_rest_is_hidden(hand):
    assert [each.title for each in hand.book.worksheets] == [
        "Read me",
        "C1 Governance",
        "C4 Police cases data",
        "endocsea",
    ]
    assert [each.sheet_state for each in hand.book.worksheets] == ["visible"] * 3 + ["hidden"]
    page = hand.book["C1 Governance"]
    assert page.row_dimensions[1].hidden
    assert page.column_dimensions["A"].hidden


def test_only_what_is_to_be_filled_in_is_open_and_there_is_no_password(hand):
    page, row = hand.row("C1-01")
    heads = hand.heads(page)
    open_columns = {
        column for column, head in heads.items() if not page.cell(row, head.column).protection.locked
    }

    assert open_columns == {
        *(Column.STATUS, Column.ANSWER, Column.WHY, Column.MORE, Column.PROOF, Column.POST, Column.CLASS)
    }
    assert page.protection.sheet
    assert page.protection.password is None
    assert hand.cell("C1-02").protection.locked  # marked in the rows below


def test_it_prints_on_one_page_across_with_its_headings_and_stays_in_view(hand):
    page = hand.book["C1 Governance"]

    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "E5"
    assert "Page &P of &N" in page.oddFooter.right.text


def test_levels_stand_in_words_and_so_does_what_the_state_said_the_last_time(hand):
    assert hand.cell("C1-01", Column.MEANT).value == (
        "0 – No body\n1 – Informal group only\n2 – Body that meets\n"
        "3 – Body with a written mandate that meets as planned\nEvidence: A decision"
    )
    assert hand.cell("C1-01", Column.BEFORE).value == "level 0: No body"
    assert hand.cell("C1-01").value == "1 – Informal group only"


def test_lists_offer_the_levels_and_the_statuses(hand):
    page, _row = hand.row("C1-01")
    cell = hand.cell("C1-01").coordinate
    (rule,) = (each for each in page.data_validations.dataValidation if cell in each.sqref)
    home, _, area = rule.formula1.partition("!")
    offered = [each.value for (each,) in hand.book[home][area.replace("$", "")]]

    assert offered == [f"{each.name} – {each.label['en']}" for each in LEVELS]


def test_no_text_is_higher_than_its_row():
    """By hand: a column of 50 has room for at least 45 letters in a line; a line takes more than 12 points."""
    text = "\n".join(["word " * 40] * 3)

    assert height_of([(text, 50)]) >= 3 * 4 * 12
    assert height_of([("", 50)], least=3) >= 36
    assert height_of([("word " * 5000, 50)]) == HIGHEST


def test_a_formula_in_a_text_stays_a_text():
    whole = sheet(line("C4-02", Kind.TEXT, given=Given(Status.ANSWERED, "=1+1", reason="@SUM(A1)"), seen=1))

    assert given(back(xlsx_of(whole), whole), "C4-02") == whole.lines[0].given


# What comes back.


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_workbook_that_nobody_touched_comes_back_equal(language):
    whole = sheet(
        LINES[0],
        line("C1-05", Kind.LEVEL, LEVELS, Given(Status.WITHHELD, reason="A law.", language="fr"), 1),
        line("C1-06", Kind.LEVEL, LEVELS, Given(Status.PREFILLED, "2"), 0),
        line(
            "C1-07",
            Kind.SEVERAL,
            LISTED,
            Given(Status.ANSWERED, "3 1 other", "customs", language="en"),
            other=True,
        ),
        line("C1-08", Kind.ONE, LISTED, Given(Status.ANSWERED, "other", "navy", language="en"), other=True),
        line("C1-09", Kind.RANKED, LISTED, Given(Status.ANSWERED, "2 3 1")),
        line("C1-10", Kind.CONSENT, given=Given(Status.ANSWERED, "OK")),
        line("C1-11", Kind.DAY, given=Given(Status.ANSWERED, "2020-04-03")),
        line("C1-12", Kind.DAY, given=Given(Status.ANSWERED, "1789-07-14")),
        line("C1-13", Kind.NUMBER, given=Given(Status.ANSWERED, "12.50")),
        line("C1-14", Kind.NUMBER, given=Given(Status.ANSWERED, "123456789012345678")),
        line("C1-15", Kind.WHOLE, given=Given(Status.ANSWERED, "-7")),
        line("C1-16", Kind.TIME, given=Given(Status.ANSWERED, "09:30")),
        line("C1-17", Kind.MOMENT, given=Given(Status.ANSWERED, "2020-03-31T09:30")),
        line(
            "C1-18",
            Kind.TEXT,
            given=Given(Status.ANSWERED, " a\r\nb _x0041_ \u00a0 & <c>", explanation="x" * 20_000),
        ),
        line("C1-19", Kind.LEVEL, LEVELS, Given(Status.NOT_KNOWN)),
        line(
            "C1-20", Kind.LEVEL, LEVELS, Given(Status.NOT_APPLICABLE, reason="No such thing.", language="en")
        ),
        line("C1-21", Kind.TEXT, given=Given(Status.ANSWERED, "1/2")),
        language=language,
    )
    came = back(xlsx_of(whole), whole)

    assert came.troubles == ()
    assert came.answers == {each.path: (each.given, each.seen) for each in whole.lines}
    assert came.beside["C1/C1-01"] == Beside("A law", "public")
    assert (came.round, came.state, came.digest) == (whole.round, whole.state, whole.digest)


@pytest.mark.parametrize(
    "written",
    [
        3,
        3.0,
        "3",
        " 3 ",
        "3.0",
        "\xa03\xa0",
        "Level 3",
        "LEVEL 3",
        "niveau 3",
        "3 – Body with…",
        "3 - anything else",
        "body with a WRITTEN mandate that meets as planned",
        "Organe avec un mandat écrit",
        "3 – organe avec un mandat écrit",
        "3: Body with a written mandate",
        "3.",
        "03",
    ],
)
def test_a_level_is_read_however_it_is_written(hand, written):
    assert answers(hand, "C1-01", written) == "3"


@pytest.mark.parametrize(
    "written", [4, -1, 2.5, "2 or 3", "2-3", "three", "3 – No body", True, datetime.datetime(2020, 3, 1), "x"]
)
def test_what_is_no_level_is_asked_about(hand, written):
    refuses(hand, "C1-01", written)


@pytest.mark.parametrize("written", ["yes", "YES ", "Oui", "oui", "yes\n"])
def test_words_of_a_list_are_read_in_every_language(hand, written):
    assert answers(hand, "C1-03", written) == "yes"


@pytest.mark.parametrize("written", ["ja", "1", "yes, no", True])
def test_other_words_than_those_of_the_list_are_asked_about(hand, written):
    refuses(hand, "C1-03", written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (12, "12"),
        (12.5, "12.5"),
        ("12,5", "12.5"),
        ("1 200", "1200"),
        ("1\u202f200,5", "1200.5"),
        (0.1 + 0.2, "0.3"),
        (1.234, "1.234"),
        (1000000.0, "1000000"),
        ("0", "0"),
        (-3.0, "-3"),
    ],
)
def test_numbers_are_read_as_numbers_and_as_text(hand, written, kept):
    assert answers(hand, "C4-01", written) == kept


@pytest.mark.parametrize(
    "written", ["1.200", "1,200", "about 5", "5 euro", 1e25, True, datetime.datetime(2020, 4, 3), "5%"]
)
def test_what_is_no_number_is_asked_about(hand, written):
    refuses(hand, "C4-01", written)


def test_a_fraction_is_no_whole_number(hand):
    refuses(hand, "C4-06", 12.5)


@pytest.mark.parametrize(
    "written",
    [
        datetime.datetime(2020, 4, 3),
        datetime.date(2020, 4, 3),
        "2020-04-03",
        "2020/4/3",
        "3.4.2020",
        "03.04.2020",
        "3 April 2020",
        "3 avril 2020",
        "April 3, 2020",
        "3rd April 2020",
    ],
)
def test_days_are_read_as_people_write_them(hand, written):
    assert answers(hand, "C4-03", written) == "2020-04-03"


@pytest.mark.parametrize(
    "written", ["03/04/2020", "3/4/20", "2020", "31.02.2020", "April", datetime.time(9, 30)]
)
def test_a_day_that_can_be_read_in_two_ways_is_asked_about(hand, written):
    refuses(hand, "C4-03", written)


def test_a_count_of_days_that_nobody_sees_as_a_day_is_asked_about(hand):
    refuses(hand, "C4-03", 43924, format="General")


def test_a_day_with_slashes_that_can_be_read_in_one_way_is_taken(hand):
    assert answers(hand, "C4-03", "31/03/2020") == "2020-03-31"


def test_several_answers_are_marked_in_the_rows_below(hand):
    for below, mark in ((1, "X"), (2, ""), (3, "✓"), (4, "customs")):
        hand.write("C1-02", mark or None, below=below)
    came = back(hand)

    assert came.troubles == ()
    assert given(came, "C1-02") == Given(Status.ANSWERED, "1 3 other", "customs", language="en")


def test_a_mark_that_says_something_else_is_asked_about(hand):
    where = hand.write("C1-02", "perhaps", below=2)

    assert said(back(hand)) == [f"{where}: “perhaps” can be read in more than one way, or in none."]


def test_what_is_typed_over_the_words_that_point_below_is_asked_about(hand):
    refuses(hand, "C1-02", "police and health")


def test_an_order_is_numbered(hand):
    for below, place in ((1, 2), (2, "3."), (3, "1")):
        hand.write("C4-04", place, below=below)
    assert given(back(hand), "C4-04").value == "3 1 2"

    hand.write("C4-04", 2, below=3)
    assert [each.where for each in back(hand).troubles] == ["C4 Police cases data!H8"]


def test_another_answer_is_written_in(hand):
    hand.write("C1-04", "navy", below=1)
    assert given(back(hand), "C1-04") == Given(Status.ANSWERED, "other", "navy", language="en")

    where = hand.write("C1-04", "police")
    assert said(back(hand)) == [f"{where}: There is an answer of the list, and another one written in."]


@pytest.mark.parametrize("written", ["yes", "x", "oui", True, "OK"])
def test_a_box_is_ticked(hand, written):
    assert answers(hand, "C4-05", written) == "OK"


@pytest.mark.parametrize("written", ["no", False, None, "non"])
def test_a_box_is_left_open(hand, written):
    assert answers(hand, "C4-05", written) == ""


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("not known", Status.NOT_KNOWN),
        ("Not  applicable", Status.NOT_APPLICABLE),
        ("WITHHELD ", Status.WITHHELD),
        ("not_known", Status.NOT_KNOWN),
    ],
)
def test_a_status_stands_instead_of_an_answer(hand, written, status):
    hand.write("C4-02", written, Column.STATUS)
    hand.write("C4-02", "A law forbids it.", Column.WHY)

    assert given(back(hand), "C4-02") == Given(status, reason="A law forbids it.", language="en")


def test_a_status_is_read_in_french(hand):
    with translation.override("fr"):
        words = translation.gettext("not applicable")
    hand.write("C4-02", words, Column.STATUS)

    assert words != "not applicable"
    assert given(back(hand), "C4-02").status is Status.NOT_APPLICABLE


def test_a_status_that_says_there_is_no_answer_is_asked_about_beside_one(hand):
    hand.write("C4-02", "An answer.")
    assert "says there is none" in refuses(hand, "C4-02", "not known", column=Column.STATUS)


def test_a_status_that_says_there_is_an_answer_needs_one(hand):
    assert "there is none" in refuses(hand, "C4-02", "answered", column=Column.STATUS)


def test_an_unknown_status_is_asked_about(hand):
    refuses(hand, "C4-02", "done", column=Column.STATUS)


def test_an_answer_over_a_status_that_stood_there_counts():
    whole = sheet(line("C1-01", Kind.LEVEL, LEVELS, Given(Status.NOT_KNOWN), 3))
    hand = Hand(xlsx_of(whole))
    hand.write("C1-01", "2 – Body that meets")

    assert back(hand, whole).answers["C1/C1-01"] == (Given(Status.ANSWERED, "2"), 3)


def test_what_was_prefilled_stays_unconfirmed_until_somebody_says_so():
    whole = sheet(line("C1-01", Kind.LEVEL, LEVELS, Given(Status.PREFILLED, "2"), 1))
    hand = Hand(xlsx_of(whole))
    assert given(back(hand, whole), "C1-01") == Given(Status.PREFILLED, "2")

    hand.write("C1-01", "answered", Column.STATUS)
    assert given(back(hand, whole), "C1-01") == Given(Status.ANSWERED, "2")

    hand.write("C1-01", "prefilled from public sources, unconfirmed", Column.STATUS)
    hand.write("C1-01", 3)
    assert given(back(hand, whole), "C1-01") == Given(Status.ANSWERED, "3")


def test_an_emptied_answer_is_none_and_never_taken_by_itself(hand):
    for column in (Column.ANSWER, Column.MORE, Column.POST):
        hand.write("C1-01", None, column)
    came = back(hand)
    (difference,) = compare(came, {"C1/C1-01": (SENT, 2)}, {"C1/C1-01": {2: SENT}})[:1]

    assert given(came, "C1-01") == Given()
    assert difference.how is How.EMPTIED


def test_what_changed_here_meanwhile_is_told_from_what_changed_in_the_workbook(hand):
    now = Given(Status.ANSWERED, "2", explanation="It meets now.")
    sent_then = {"C1/C1-01": {2: SENT, 3: now}}
    untouched = compare(back(hand), {"C1/C1-01": (now, 3)}, sent_then)[0]
    hand.write("C1-01", 3)
    touched = compare(back(hand), {"C1/C1-01": (now, 3)}, sent_then)[0]

    assert (untouched.how, touched.how) == (How.SAME, How.BOTH)
    assert touched.back.value == "3"


def test_what_shows_an_answer_and_who_may_read_it_come_back_beside_it(hand):
    hand.write("C4-02", "Decision 5, article 2, 2019-05-01", Column.PROOF)
    hand.write("C4-02", "named persons only", Column.CLASS)

    assert back(hand).beside["C4/C4-02"] == Beside("Decision 5, article 2, 2019-05-01", "restricted")
    refuses(hand, "C4-02", "friends", column=Column.CLASS)


# Workbooks that lived.


def test_rows_are_found_when_they_were_moved_sorted_and_inserted(hand):
    page, row = hand.row("C4-01")
    hand.write("C4-01", 5)
    hand.write("C4-06", 6)
    rows = [[cell.value for cell in each] for each in page.iter_rows(min_row=row)]
    page.delete_rows(row, len(rows))
    for each in reversed(rows):
        page.append(each)
    page.insert_rows(1, 3)
    page.insert_rows(page.max_row - 1, 2)
    came = back(hand)

    assert came.troubles == ()
    assert [given(came, code).value for code in ("C4-01", "C4-06")] == ["5", "6"]


def test_sheets_may_be_renamed_and_reordered_and_columns_inserted(hand):
    hand.write("C4-01", 5)
    page = hand.book["C4 Police cases data"]
    page.title = "police (final) 2"
    page.insert_cols(5, 2)
    page.cell(2, 5, "our own")
    hand.book.move_sheet(page, -2)
    hand.book["endocsea"].title = "x"
    came = back(hand)

    assert came.troubles == ()
    assert given(came, "C4-01").value == "5"


def test_what_stands_in_an_inserted_column_is_named(hand):
    page, row = hand.row("C4-01")
    page.insert_cols(5)
    page.cell(row, 5, "ask the treasury")

    assert said(back(hand)) == [
        f"C4 Police cases data!E{row}: Outside the cells to fill in stands “ask the treasury”."
    ]


def test_what_stands_in_rows_and_sheets_that_somebody_added_is_named(hand):
    page = hand.book["C4 Police cases data"]
    last = page.max_row + 2
    page.cell(last, 8, "all of this is for 2019")
    hand.book.create_sheet("Notes")["B2"] = "see attachment"

    assert {each.where for each in back(hand).troubles} == {f"C4 Police cases data!H{last}", "Notes!B2"}


def test_a_question_that_is_gone_is_named_and_nothing_changes_for_it(hand):
    page, row = hand.row("C4-01")
    page.delete_rows(row)
    came = back(hand)

    assert said(came) == ["the workbook: 1 question is not in the workbook any more: C4-01."]
    assert "C4/C4-01" not in came.answers


def test_a_changed_code_does_not_matter_and_an_unknown_path_is_named(hand):
    hand.write("C4-01", 5)
    hand.write("C4-02", "text")
    hand.cell("C4-01", Column.CODE).value = "D-01"
    page, row = hand.row("C4-02")
    page.cell(row, 1).value = "C9/C9-09"
    came = back(hand)

    assert given(came, "C4-01").value == "5"
    assert f"C4 Police cases data!C{row}: No question of this round has the code “C4-02”." in said(came)


def test_codes_are_enough_where_the_hidden_columns_are_gone(hand):
    for page in hand.pages():
        page.delete_rows(1)
        page.delete_cols(1, 2)
    hand.write("C4-01", 5)
    came = back(hand)

    assert given(came, "C4-01").value == "5"
    assert came.answers["C1/C1-01"] == (SENT, 2)


def test_the_code_that_everybody_sees_is_enough_where_the_hidden_sheet_is_gone(hand):
    del hand.book["endocsea"]
    came = back(hand)

    assert came.answers["C1/C1-01"] == (SENT, -1)


def test_a_copied_sheet_says_everything_twice_and_is_taken_unless_it_differs(hand):
    hand.book.copy_worksheet(hand.book["C4 Police cases data"])
    assert back(hand).troubles == ()

    hand.write("C4-01", 5)
    came = back(hand)
    assert [each.what for each in came.troubles] == [
        f"The question stands here, too, and its answers differ: C4 Police cases data!C{hand.row('C4-01')[1]}."
    ]
    assert "C4/C4-01" not in came.answers


def test_a_cell_under_merged_cells_is_asked_about(hand):
    page, row = hand.row("C4-01")
    hand.write("C4-01", 5)
    page.merge_cells(start_row=row, end_row=row + 1, start_column=8, end_column=8)
    came = back(hand)

    assert given(came, "C4-01").value == "5"
    assert said(came) == [
        f"C4 Police cases data!H{row + 1}: The cell is merged with H{row}, so whose answer stands there is not clear."
    ]


def test_a_formula_without_a_value_is_asked_about(hand):
    assert "never calculated" in refuses(hand, "C4-01", "=2+3")


def test_a_formula_with_a_value_is_read_by_its_value(hand):
    hand.write("C4-01", "=2+3")
    content = changed(hand.saved(), rb"<f>2\+3</f><v ?/?>(?:</v>)?", b"<f>2+3</f><v>5</v>")

    assert given(back(content), "C4-01").value == "5"


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!"])
def test_an_error_is_asked_about(hand, error):
    assert error in refuses(hand, "C4-01", error)


def test_an_error_that_a_formula_gave_is_asked_about(hand):
    where = hand.write("C4-01", "=A1/0")
    content = changed(
        hand.saved(), rb"<c ([^>]*)><f>A1/0</f><v ?/?>(?:</v>)?", rb'<c \1 t="e"><f>A1/0</f><v>#DIV/0!</v>'
    )

    assert said(back(content)) == [f"{where}: The cell holds the error #DIV/0!."]


def test_a_text_that_is_too_long_is_named(hand):
    assert "160" in refuses(hand, "C4-02", "post " * 40, column=Column.POST)


def test_a_comment_is_named(hand):
    hand.cell("C4-01").comment = Comment("Is this gross or net?", "")

    assert "Is this gross or net?" in said(back(hand))[0]


# Files that are none of ours, or not as they were.


@pytest.mark.parametrize(
    ("whole", "refusal"),
    [
        (sheet(round="autumn-2021"), refused.OfAnotherRound),
        (sheet(state="XAB", state_name={"en": "Belmora"}), refused.OfAnotherState),
        (sheet(digest="f" * 64), refused.OfAnotherWording),
    ],
)
def test_a_workbook_of_another_round_state_or_wording_is_refused(whole, refusal):
    with pytest.raises(refusal):
        back(sent(), whole)


def any_workbook(**cells):
    book = Workbook()
    for address, value in cells.items():
        book.active[address] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_workbook_that_is_no_sheet_of_ours_is_refused():
    with pytest.raises(refused.NotASheet):
        back(any_workbook(A1="Budget"))


def test_a_workbook_without_questions_is_refused(hand):
    for page in hand.pages():
        hand.book.remove(page)
    with pytest.raises(refused.WithoutQuestions):
        back(hand)


def changed(content, pattern, by, part="xl/worksheets/"):
    """The package with its XML rewritten."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, re.sub(pattern, by, text) if name.startswith(part) else text)
    return written.getvalue()


def with_part(content, name, part):
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, "a") as package:
        package.writestr(name, part)
    return written.getvalue()


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: b"", guarded.Empty),
        (lambda: sent()[:2000], guarded.Damaged),
        (lambda: sent()[:-300], guarded.Damaged),
        (lambda: changed(sent(), rb"</row>", b""), guarded.FileRefused),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
            guarded.OldOffice,
        ),  # also one with a password
        (lambda: with_part(sent(), "xl/vbaProject.bin", b"x"), guarded.Macros),
        (
            lambda: changed(sent(), rb"sheet\.main", b"sheet.macroEnabled.main", "[Content"),
            guarded.FileRefused,
        ),
        (lambda: b"a;b\n1;2\n", workbooks.NotAWorkbook),
        (lambda: b"%PDF-1.4 nonsense", guarded.FileRefused),
    ],
)
def test_what_is_broken_old_locked_or_dangerous_is_refused(make, refusal):
    with pytest.raises(refusal):
        back(make())


def open_document():
    """The least that is an OpenDocument spreadsheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        )
    return written.getvalue()


def test_an_open_document_is_refused_with_how_to_save_it_whatever_its_name():
    with pytest.raises(workbooks.NotAWorkbook, match="Excel workbook"):
        back(open_document())


@pytest.mark.parametrize("cell", [f"B{workbooks.ROWS + 2}", "A1048576"])
def test_more_rows_than_a_reply_can_have_are_refused(hand, cell):
    hand.book["C1 Governance"][cell] = "far away"
    with pytest.raises(workbooks.TooLarge):
        back(hand)


def test_a_merged_area_without_end_is_refused_before_it_is_laid_out(hand):
    content = changed(
        hand.saved(),
        rb"</sheetData>(?!.*<mergeCells)",
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    with pytest.raises(workbooks.TooLarge):
        back(content)


def test_more_cells_than_a_reply_can_have_are_refused(hand, monkeypatch):
    monkeypatch.setattr(workbooks, "CELLS", 50)
    with pytest.raises(workbooks.TooLarge):
        back(hand)


def test_reading_changes_nothing_in_the_file():
    before = sent()
    back(before)
    assert load_workbook(io.BytesIO(before)).sheetnames[0] == "Read me"
    assert before == sent()
