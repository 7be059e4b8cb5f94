"""What an XLSForm workbook says, as a form; and what of it is not taken, with its place."""

import pytest

from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question
from endocsea.questionnaires.xlsform import Place, read
from endocsea.questionnaires.xlsform.refused import AsksNothing, InvalidForm
from tests.questionnaires.workbooks import question, workbook

TWO_LANGUAGES = """
| survey |
| | type | name | label::English (en) | label::French (fr) | relevance | required | constraint | {message} |
| | begin group | law | Law | Loi | | | | |
| | select_one yn or_other | adopted | Adopted? | Adoptée ? | | yes | | |
| | integer | year | Which year? | | ${{adopted}} = 'yes' | | . > 1900 | Après 1900 |
| | end group | | | | | | | |
| | begin repeat | body | Body | Organisme | | | | |
| | text | name | Name | Nom | | | | |
| | end repeat | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::French (fr) | region |
| | yn | yes | Yes | Oui | east |
| | yn | no | No | Non | |
| settings |
| | form_title | form_id | version | default_language |
| | The law | law | 2026-1 | French (fr) |
""".format(message="constraint_message::French (fr)")


def only(content, name="form.xlsx"):
    """The question that `question` made, and what was said of the workbook."""
    found = read(content, name)
    return dict(found.form.questions()).get("asked"), found


def test_a_workbook_in_two_languages_becomes_the_form_that_its_author_meant():
    found = read(workbook(TWO_LANGUAGES), "law.xlsx")

    assert found.form == Form(
        title={"fr": "The law"},
        languages=("fr", "en"),
        items=(
            Group(
                "law",
                {"fr": "Loi", "en": "Law"},
                (
                    Question(
                        "adopted",
                        Kind.ONE,
                        {"fr": "Adoptée ?", "en": "Adopted?"},
                        choices="yn",
                        other=True,
                        required="true()",
                    ),
                    Question(
                        "year",
                        Kind.WHOLE,
                        {"en": "Which year?"},
                        relevant="${adopted} = 'yes'",
                        constraint=". > 1900",
                        constraint_message={"fr": "Après 1900"},
                    ),
                ),
            ),
            Group(
                "body",
                {"fr": "Organisme", "en": "Body"},
                (Question("name", Kind.TEXT, {"fr": "Nom", "en": "Name"}),),
                repeats=True,
            ),
        ),
        choices={
            "yn": (
                Choice("yes", {"fr": "Oui", "en": "Yes"}, {"region": "east"}),
                Choice("no", {"fr": "Non", "en": "No"}),
            )
        },
    )
    assert (found.form_id, found.version, found.not_supported) == ("law", "2026-1", ())
    assert found.places["law/year"] == Place("survey", 4, "name")


def test_a_missing_translation_is_noted_with_its_cell_and_a_missing_column_once():
    notes = [str(note) for note in read(workbook(TWO_LANGUAGES), "law.xlsx").notes]

    assert "Sheet “survey”, row 4, column “label::French (fr)”: A text is missing in this language." in notes
    (column,) = [note for note in notes if "constraintMsg" in note]
    assert column.startswith(
        "Sheet “survey”, row 1, column “constraintMsg::English (en)”: The column is missing"
    )


def test_the_same_table_reads_equal_from_markdown_and_from_csv():
    as_csv = "\n".join(
        ",".join(f'"{cell.strip()}"' if cell.strip() else "" for cell in line.strip("|").split("|"))
        for line in TWO_LANGUAGES.strip().splitlines()
    )
    form = read(workbook(TWO_LANGUAGES), "law.xlsx").form

    assert read(TWO_LANGUAGES.encode(), "law.md").form == form
    assert read(as_csv.encode("utf-8-sig"), "law.csv").form == form
    assert read(TWO_LANGUAGES.encode(), "law").form == form  # what it is decides, not its name


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", Kind.TEXT),
        ("string", Kind.TEXT),
        ("integer", Kind.WHOLE),
        ("int", Kind.WHOLE),
        ("decimal", Kind.NUMBER),
        ("date", Kind.DAY),
        ("time", Kind.TIME),
        ("dateTime", Kind.MOMENT),
        ("acknowledge", Kind.CONSENT),
        ("trigger", Kind.CONSENT),
        ("note", Kind.NOTE),
        ("hidden", Kind.CALCULATED),
        ("select_one yn", Kind.ONE),
        ("select one from yn", Kind.ONE),
        ("select_multiple yn", Kind.SEVERAL),
        ("select all that apply from yn", Kind.SEVERAL),
        ("rank yn", Kind.RANKED),
    ],
)
def test_each_type_of_the_field_has_its_kind(kind, expected):
    asked, found = only(question(kind))

    assert asked.kind is expected
    assert not found.not_supported


def test_a_range_a_default_and_what_some_types_ask_by_themselves():
    ranged, _ = only(question("range", parameters="start=0 end=10 step=0.5"))
    plain, _ = only(question("range"))
    percent, _ = only(question("percentage"))
    today, _ = only(question("date", default="today()", read_only="yes", hint="Hint", guidance_hint="More"))

    assert (ranged.start, ranged.end, ranged.step) == ("0", "10", "0.5")
    assert (plain.start, plain.end, plain.step) == ("1", "10", "1")
    assert percent.constraint == "0 <= . and . <= 100"
    assert (today.default, today.read_only, today.hint, today.guidance) == (
        "today()",
        True,
        {"en": "Hint"},
        {"en": "More"},
    )


def test_our_own_columns_say_what_a_benchmark_asks():
    asked, found = only(
        question(
            "select_one yn",
            **{
                "endocsea::indicator": "C1-01",
                "endocsea::core": "yes",
                "endocsea::restricted": "yes",
                "endocsea::levels": "yes",
                "endocsea::unit": "cases",
            },
        )
    )

    assert (asked.kind, asked.indicator, asked.core, asked.restricted) == (Kind.LEVEL, "C1-01", True, True)
    assert asked.unit == {"en": "cases"}
    assert not [note for note in found.notes if "not read" in str(note)]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        *(
            (kind, "a picture of a child")
            for kind in ("image", "photo", "audio", "video", "file", "background-audio")
        ),
        *(
            (kind, "Where people are")
            for kind in ("geopoint", "geotrace", "geoshape", "start-geopoint", "gps")
        ),
        ("barcode", "Codes are not scanned"),
        *(
            (f"select_one_from_file f.{end}", "Choices come from the sheet")
            for end in ("csv", "xml", "geojson")
        ),
        ("select_one ${other}", "Choices come from the sheet"),
    ],
)
def test_what_this_site_does_not_take_is_listed_with_its_cell_and_the_reason(kind, why):
    asked, found = only(question(kind))

    assert asked is None
    (remark,) = found.not_supported
    assert remark.place == Place("survey", 2, "type")
    assert remark.what == kind
    assert why in str(remark)


@pytest.mark.parametrize(
    "kind", ["start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit"]
)
def test_what_a_device_says_about_itself_is_not_kept_and_does_no_harm(kind):
    asked, found = only(question(kind, **({"name": ""} if kind == "audit" else {})))

    assert asked is None
    assert not found.not_supported
    assert [note.place.row for note in found.notes if note.what == kind] == [2]


def test_a_name_that_logic_speaks_of_stays_as_a_value():
    text = """
    | survey |
    | | type | name | label | relevant |
    | | today | today | | |
    | | geopoint | where | Where? | |
    | | text | why | Why? | ${where} != '' and ${today} > '2026-01-01' |
    """
    found = read(workbook(text), "form.xlsx")

    today, where, why = (item for _, item in found.form.questions())
    assert (today.kind, today.default) == (Kind.CALCULATED, "today()")
    assert (where.kind, where.calculation, where.default) == (Kind.CALCULATED, "", "")
    assert why.relevant == "${where} != '' and ${today} > '2026-01-01'"
    assert [(r.place.row, r.place.column) for r in found.not_supported] == [(3, "type"), (3, "name")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"calculation": "pulldata('fruits', 'name', 'key', 'a')"}, "calculation"),
        ({"default": "${last-saved#other}"}, "default"),
        ({"read_only": "${other} = 'a'"}, "read_only"),
        ({"trigger": "${other}", "calculation": "1"}, "trigger"),
        ({"image": "child.jpg"}, "image"),
        ({"media::audio::French (fr)": "a.mp3", "label::French (fr)": "Ou ?"}, "media::audio::French (fr)"),
    ],
)
def test_a_part_of_a_question_that_is_not_taken_leaves_the_question(cells, column):
    asked, found = only(question("text", **cells))

    assert asked is not None
    assert [(r.place.row, r.place.column) for r in found.not_supported] == [(2, column)]
    assert not asked.default
    assert not asked.read_only
    assert "pulldata" not in asked.calculation


def test_a_question_that_only_a_picture_asked_shows_its_name():
    asked, _ = only(question("text", label="", image="child.jpg"))

    assert asked.label == {"en": "asked"}


def test_a_loop_and_entities_are_listed_and_their_contents_left_out():
    text = """
    | survey |
    | | type | name | label |
    | | begin loop over yn | round | Round |
    | | text | inside | Inside %(label)s |
    | | end loop | | |
    | | text | why | Why? |
    | choices |
    | | list_name | name | label |
    | | yn | yes | Yes |
    | entities |
    | | list_name | label |
    | | people | a |
    """
    found = read(workbook(text), "form.xlsx")

    assert [name for name, _ in found.form.questions()] == ["why"]
    assert [str(remark.place) for remark in found.not_supported] == [
        "Sheet “survey”, row 2, column “type”",
        "Sheet “entities”",
    ]


def test_columns_and_settings_that_mean_nothing_here_are_noted():
    text = """
    | survey |
    | | type | name | label | bind::jr:preload | remark |
    | | text | why | Why? | uid | ask Ana |
    | settings |
    | | form_title | style | instance_name |
    | | Why | pages | ${why} |
    """
    notes = [str(note) for note in read(workbook(text), "form.xlsx").notes]

    for column in ("bind::jr:preload", "remark"):
        assert f"Sheet “survey”, row 1, column “{column}”: The column is not read." in notes
    for setting in ("style", "instance_name"):
        assert f"Sheet “settings”, row 2, column “{setting}”: The setting is not read." in notes


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("French (fr)", "fr"),
        ("Français ( FR )", "fr"),
        ("fr", "fr"),
        ("French", "fr"),
        ("français", "fr"),
        ("Serbian (sr-Latn)", "sr-latn"),
        ("Հայերեն", "hy"),
        ("Romani of Arden", "x-romani-of-arden"),
    ],
)
def test_a_language_is_known_by_its_code_or_its_name_and_else_gets_a_private_code(heading, code):
    content = workbook(f"| survey |\n| | type | name | label::{heading} |\n| | text | a | A |")
    found = read(content, "form.xlsx")

    assert found.form.languages == (code,)
    assert any("has no code" in str(note) for note in found.notes) == code.startswith("x-")


def test_texts_without_a_language_are_taken_for_the_one_that_the_importer_names():
    content = question("text")

    assert read(content, "form.xlsx").form.languages == ("en",)
    assert read(content, "form.xlsx", language="sq").form.languages == ("sq",)
    assert "language “sq”" in str(read(content, "form.xlsx", language="sq").notes[0])


def test_texts_keep_their_own_spaces_and_quotation_marks_and_expressions_get_straight_ones():
    text = """
    | survey |
    | | type | name | label | relevant |
    | | text | other | x | |
    | | text | why | x | |
    """
    label = "Adoptée\u00a0: « l’enfant »  ?\nOui"
    content = workbook(text, survey_C3=label, survey_D3="${other} = ‘a’")

    _, why = (item for _, item in read(content, "form.xlsx").form.questions())
    assert why.label == {"en": label}
    assert why.relevant == "${other} = 'a'"


def test_a_formula_without_a_value_is_listed_and_one_with_a_value_is_that_value():
    # a spreadsheet program keeps the value beside the formula; openpyxl writes the formula alone
    found = read(workbook(TWO_LANGUAGES, survey_D5='="Loi " & "2"'), "form.xlsx")

    (remark,) = found.not_supported
    assert remark.place == Place("survey", 5, "label::French (fr)")
    assert "formula without its value" in str(remark)


def test_a_day_that_a_spreadsheet_made_of_a_default_is_a_day_again():
    import datetime

    text = """
    | survey |
    | | type | name | label | default |
    | | date | day | Day? | |
    | | time | hour | When? | |
    | | dateTime | moment | When? | |
    """
    content = workbook(
        text,
        survey_D2=datetime.datetime(2020, 2, 29),
        survey_D3=datetime.time(9, 30),
        survey_D4=datetime.datetime(2020, 2, 29, 9, 30),
    )

    assert [item.default for _, item in read(content, "form.xlsx").form.questions()] == [
        "2020-02-29",
        "09:30",
        "2020-02-29T09:30:00",
    ]


CHOICES = "| choices |\n| | list_name | name | label |\n"
WRONG = {
    "no type column": ("| survey |\n| | kind | name |\n| | a | b |", None, "required column headers"),
    "no name": ("| survey |\n| | type | name | label |\n| | text | | A |", ("survey", 2, "name"), "no name"),
    "a bad name": (
        "| survey |\n| | type | name | label |\n| | text | a b | A |",
        ("survey", 2, "name"),
        "Names must begin",
    ),
    "a name twice": (
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | a | A |",
        ("survey", 3, "name"),
        "must be unique",
    ),
    "an unknown type": (
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| | hologram | b | B |",
        ("survey", 3, "type"),
        "Unknown question type 'hologram'",
    ),
    "an unknown name": (
        "| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${nobody} = 1 |",
        ("survey", 2, "relevant"),
        "nobody",
    ),
    "an open group": (
        "| survey |\n| | type | name | label |\n| | begin group | a | A |\n| | text | b | B |",
        ("survey", 2, "name"),
        "Unmatched 'begin_group'",
    ),
    "an end without a group": (
        "| survey |\n| | type | name | label |\n| | text | b | B |\n| | end repeat | | |",
        ("survey", 3, ""),
        "Unmatched 'end_repeat'",
    ),
    "an unknown list": (
        f"| survey |\n| | type | name | label |\n| | select_one ny | a | A |\n{CHOICES}| | yn | y | Y |",
        ("survey", 2, "type"),
        "List name not in choices sheet: ny",
    ),
    "a choice twice": (
        "| survey |\n| | type | name | label |\n| | select_one yn | a | A |\n"
        f"{CHOICES}| | yn | y | Y |\n| | yn | y | Z |",
        ("choices", 3, "name"),
        "must be unique",
    ),
    "a choice with a space": (
        f"| survey |\n| | type | name | label |\n| | select_multiple yn | a | A |\n{CHOICES}| | yn | y n | Y |",
        ("choices", 2, "name"),
        "spaces cannot be added",
    ),
    "one choice with a space": (
        f"| survey |\n| | type | name | label |\n| | select_one yn | a | A |\n{CHOICES}| | yn | y n | Y |",
        ("choices", 2, "name"),
        "holds a space",
    ),
    "a choice without a label beside or_other": (
        "| survey |\n| | type | name | label::en |\n| | select_one yn or_other | a | A |\n"
        "| choices |\n| | list_name | name | label::en |\n| | yn | y | Y |\n| | yn | n | |",
        ("choices", 3, "label::en"),
        "no label",
    ),
    "nothing calculated": (
        "| survey |\n| | type | name | calculation |\n| | calculate | a | |",
        ("survey", 2, "calculation"),
        "Missing calculation",
    ),
    "a range of letters": (
        "| survey |\n| | type | name | label | parameters |\n| | range | a | A | start=x |",
        ("survey", 2, "parameters"),
        "must be a number",
    ),
    "no sheet survey": (
        "| surveyy |\n| | type | name |\n| | text | a |\n| choices |\n| | list_name | name |\n| | a | b |",
        None,
        "surveyy",
    ),
    "a heading twice": (
        "| survey |\n| | type | name | label | label |\n| | text | a | A | B |",
        ("survey", 1, "label"),
        "same heading",
    ),
    "two headings for one column": (
        "| survey |\n| | type | name | label | relevant | relevance |\n| | text | a | A | | |",
        ("survey", 1, "relevant"),
        "different names for the same column",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mistake_is_told_in_the_words_of_the_field_with_its_place(wrong):
    text, place, words = WRONG[wrong]

    with pytest.raises(InvalidForm) as refusal:
        read(workbook(text), "form.xlsx")

    remark = refusal.value.facts["found"][0]
    assert words in str(refusal.value)
    assert remark.place == (Place(*place) if place else None)


def test_a_heading_that_is_a_number_is_refused_with_its_place():
    with pytest.raises(InvalidForm, match=r"row 1, column “7”: The heading of a column is not text"):
        read(workbook("| survey |\n| | type | name | label |\n| | text | a | A |", survey_D1=7), "form.xlsx")


def test_a_workbook_of_which_nothing_is_left_is_refused_with_all_reasons():
    with pytest.raises(AsksNothing, match="Where people are is not asked here"):
        read(workbook("| survey |\n| | type | name | label |\n| | geopoint | a | A |"), "form.xlsx")
