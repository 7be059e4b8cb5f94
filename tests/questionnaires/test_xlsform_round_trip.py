"""A form goes out as an XLSForm workbook and comes back equal; pyxform itself says that it is one."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from endocsea.questionnaires.form import Choice, Form, Group, Kind, Question
from endocsea.questionnaires.xlsform import read, write
from endocsea.questionnaires.xlsform.refused import TextTooLong
from tests.questionnaires.forms import forms

BENCHMARK = Form(
    title={"en": "Core set", "fr": "Ensemble de base"},
    languages=("en", "fr"),
    items=(
        Group(
            "C1",
            {"en": "Leadership", "fr": "Direction"},
            (
                Question(
                    "C1-01",
                    Kind.LEVEL,
                    {"en": "Is there a body?", "fr": "Existe-t-il un organe\u00a0?"},
                    choices="C1-01",
                    indicator="C1-01",
                    core=True,
                ),
                Question(
                    "C1-02",
                    Kind.NUMBER,
                    {"en": "How many met?", "fr": "Combien de réunions\u00a0?"},
                    relevant="${C1-01} > 1",
                    constraint=". >= 0",
                    unit={"en": "meetings", "fr": "réunions"},
                    indicator="C1-02",
                    restricted=True,
                ),
            ),
        ),
    ),
    choices={
        "C1-01": tuple(
            Choice(str(level), {"en": f"Level {level}", "fr": f"Niveau {level}"}) for level in range(5)
        )
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms())
def test_any_form_comes_back_equal(form):
    assert read(write(form), "form.xlsx").form == form


def test_a_benchmark_questionnaire_travels_and_comes_back_equal_with_nothing_to_remark():
    found = read(write(BENCHMARK, form_id="core-2020", version="3"), "core.xlsx")

    assert found.form == BENCHMARK
    assert (found.form_id, found.version) == ("core-2020", "3")
    assert (found.not_supported, found.notes) == ((), ())


def test_the_columns_stand_in_the_order_in_which_the_field_writes_them():
    sheet = load_workbook(io.BytesIO(write(BENCHMARK)))["survey"]

    assert [cell.value for cell in sheet[1]] == [
        *("type", "name", "label::English (en)", "label::French (fr)", "relevant", "constraint"),
        *("endocsea::unit::English (en)", "endocsea::unit::French (fr)", "endocsea::indicator"),
        *("endocsea::core", "endocsea::restricted", "endocsea::levels"),
    ]
    assert [cell.value for cell in sheet[3]][:3] == ["select_one C1-01", "C1-01", "Is there a body?"]


def test_pyxform_makes_an_xform_of_what_is_written():
    xform = convert(write(BENCHMARK)).xform

    assert "Existe-t-il un organe" in xform
    assert 'relevant=" /data/C1/C1-01  &gt; 1"' in xform


def test_the_same_form_gives_the_same_file():
    assert write(BENCHMARK) == write(BENCHMARK)


def test_what_begins_like_a_formula_is_written_as_text():
    form = replace(BENCHMARK, title={"en": '=HYPERLINK("https://example.org")'})
    cell = load_workbook(io.BytesIO(write(form)))["settings"]["A2"]

    assert cell.data_type == "s"
    assert read(write(form), "form.xlsx").form == form


def test_choices_of_the_same_name_are_allowed_where_the_form_has_them():
    twice = {"C1-01": (Choice("0", {"en": "A", "fr": "A"}), Choice("0", {"en": "B", "fr": "B"}))}
    form = replace(BENCHMARK, choices=twice)

    assert read(write(form), "form.xlsx").form == form


def test_a_text_that_fits_into_no_cell_is_refused_and_never_cut_off():
    group = replace(BENCHMARK.items[0], label={"en": "a" * 32_768})

    with pytest.raises(TextTooLong, match="“C1” is longer than a cell"):
        write(replace(BENCHMARK, items=(group,)))
