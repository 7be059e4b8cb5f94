"""pyxform's own public test workbooks: each is read, or refused with the right sentence.

They come with the source package of an older pyxform, which the set-up of the tests unpacks.
"""

from pathlib import Path

import pytest

import endocsea
from endocsea.questionnaires.xlsform import Place, read, write
from endocsea.questionnaires.xlsform.refused import WorkbookRefused

FOLDER = Path(endocsea.__file__).resolve().parents[1] / ".venv" / "workbooks"
FILES = sorted(
    file for file in FOLDER.rglob("*.*") if file.suffix in {".xls", ".xlsx", ".xlsm", ".csv", ".md"}
)

needs_them = pytest.mark.skipif(
    not FILES, reason="pyxform's public test workbooks are not there: make .venv/workbooks.done fetches them"
)

# The others are read.
REFUSED = {
    "another_loop.xls": ("asks-nothing", None),
    "calculate_without_calculation.xls": ("invalid", Place("survey", 34, "calculation")),
    "cascades_old.xls": ("invalid", Place("survey", 17, "label")),
    "cascades_old_with_no_cascade_sheet.xls": ("invalid", Place("survey", 17, "label")),
    "cascading_select_test.xls": ("invalid", Place("survey", 2, "type")),
    "duplicate_columns.xlsx": ("invalid", Place("survey", 1, "label")),
    "excel_with_macros.xlsm": ("macros", None),
    "fruits.csv": ("not-a-workbook", None),
    "gps.csv": ("invalid", Place("survey", 2, "name")),
    "gps.xls": ("asks-nothing", None),
    "group_name_test.xls": ("invalid", Place("survey", 3, "name")),
    "group_names_must_be_unique.xls": ("asks-nothing", None),
    "include.csv": ("invalid", Place("survey", 3, "type")),
    "include.xls": ("invalid", Place("survey", 3, "type")),
    "include_json.csv": ("invalid", Place("survey", 2, "type")),
    "include_json.xls": ("invalid", Place("survey", 2, "type")),
    "not_closed_group_test.xls": ("invalid", Place("survey", 3, "name")),
    "old_cascades.xls": ("invalid", Place("survey", 2, "type")),
    "simple_loop.csv": ("asks-nothing", None),
    "simple_loop.xls": ("invalid", Place("survey", 2, "type")),
    "text_and_integer_xlsx.xlsx": ("invalid", Place("survey", 2, "name")),
    "unknown_question_type.xls": ("invalid", Place("survey", 1, "bind:relevant")),
}


READ = [file for file in FILES if file.name not in REFUSED]


@needs_them
@pytest.mark.parametrize("file", READ, ids=lambda file: file.name)
def test_a_public_workbook_is_read_and_comes_back_equal(file):
    form = read(file, file.name).form

    assert list(form.questions())
    assert read(write(form), file.name).form == form


@needs_them
@pytest.mark.parametrize("name", REFUSED)
def test_a_public_workbook_that_is_refused_is_so_with_the_right_sentence(name):
    code, place = REFUSED[name]
    (file,) = (file for file in FILES if file.name == name)

    with pytest.raises(WorkbookRefused) as refusal:
        read(file, name)

    assert refusal.value.code == f"xlsform.{code}"
    assert place is None or refusal.value.facts["found"][0].place == place


@needs_them
def test_all_public_workbooks_are_there():
    assert (len(READ), len(REFUSED)) == (48, 22)
