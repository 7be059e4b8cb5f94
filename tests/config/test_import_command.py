"""``endocsea import questionnaire``, as the person at the machine meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from endocsea.config import cli, data, django_start, preparing
from endocsea.questionnaires.models import Version
from tests.questionnaires.workbooks import workbook

COMMAND = str(Path(sys.executable).with_name("endocsea"))
FORM = """
| survey |
| | type | name | label::English (en) |
| | text | why | Why? |
| | geopoint | where | Where? |
| settings |
| | form_title | default_language |
| | Reasons | English (en) |
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "form.xlsx"


@pytest.fixture
def check(file, monkeypatch, capsys):
    """Runs the command on the file; Django is started already."""
    monkeypatch.setattr(django_start, "start", lambda place: None)

    def run(*options):
        status = cli.main(["import", "questionnaire", str(file), "--check", *options])
        return status, *capsys.readouterr()

    return run


@pytest.mark.slow
def test_what_is_in_a_workbook_is_said_and_what_is_not_taken_with_its_place(file):
    file.write_bytes(workbook(FORM))
    command = [COMMAND, "import", "questionnaire", str(file), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert "form.xlsx: Reasons\nquestions: 1; groups: 0; lists of choices: 0; in en\n" in done.stdout
    assert "not supported: Sheet “survey”, row 3, column “type”: “geopoint”: Where people are" in done.stdout
    assert done.stdout.endswith("Nothing was stored.\n")


def test_the_same_as_json(file, check):
    file.write_bytes(workbook(FORM))
    status, out, _ = check("--json")
    said = json.loads(out)

    assert status == 0
    assert (said["title"], said["questions"]) == ({"en": "Reasons"}, 1)
    (remark,) = said["not_supported"]
    assert (remark["sheet"], remark["row"], remark["column"]) == ("survey", 3, "type")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is not there, or cannot be read"),
        (b"PK\x03\x04 and nothing else", "The workbook is damaged"),
        (
            workbook("| survey |\n| | type | name |\n| | hologram | a |"),
            "row 2, column “type”: Unknown question type",
        ),
    ],
)
def test_what_cannot_be_taken_gets_one_sentence_and_status_2(content, words, file, check):
    if content is not None:
        file.write_bytes(content)
    status, _, said = check()

    assert status == 2
    assert words in said


def test_nothing_is_imported_without_saying_what_it_becomes_or_that_it_is_a_check(file, monkeypatch):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["import", "questionnaire", str(file)])

    assert stopped.value.code == 2


class TestStoring:
    @pytest.fixture
    def store(self, db, file, tmp_path, monkeypatch, capsys):
        """Runs the command on the file, with the database of the test."""
        monkeypatch.setattr(django_start, "start", lambda place: None)
        monkeypatch.setattr(preparing, "make_ready", lambda: None)
        monkeypatch.setattr(data, "make_secret", lambda place: None)

        def run(*options):
            command = ["import", "questionnaire", str(file), "--data", str(tmp_path / "data"), *options]
            return cli.main(command), *capsys.readouterr()

        return run

    def test_a_workbook_becomes_a_questionnaire_and_then_its_next_version(self, file, store):
        file.write_bytes(workbook(FORM))
        status, out, _ = store("--questionnaire", "reasons", "--title", "Why, in short")
        assert status == 0
        assert out.endswith("Stored as version 1 of reasons.\n")
        made = Version.objects.get(questionnaire__code="reasons")
        assert made.questionnaire.title["en"] == "Why, in short"
        assert made.questionnaire.edition.code == "2020"
        assert list(made.form.by_path()) == ["section_1/why"]

        status, _, said = store("--questionnaire", "reasons")
        assert status == 2
        assert "in the making" in said
        status, out, _ = store("--questionnaire", "reasons", "--instead", "--note", "Again", "--json")
        assert json.loads(out)["stored"] == {"questionnaire": "reasons", "version": 1}

    def test_what_is_refused_stores_nothing(self, file, store):
        file.write_bytes(workbook(FORM))
        status, _, said = store("--questionnaire", "reasons", "--benchmark", "1999")
        assert (status, "Choose one of: 2020" in said) == (2, True)

        file.write_bytes(workbook(FORM.replace("Why?", "Ask anna.k@example.org?")))
        assert store("--questionnaire", "reasons")[0] == 2
        assert not Version.objects.filter(questionnaire__code="reasons").exists()
        assert store("--questionnaire", "reasons", "--not-case-data", "An invented address only")[0] == 0

    @pytest.mark.parametrize("code", ["no way", "", "x" * 60])
    def test_a_short_name_that_is_none_is_refused(self, file, store, code):
        file.write_bytes(workbook(FORM))
        status, _, said = store("--questionnaire", code)

        assert status == 2
        assert "short name" in said


def test_the_example_is_read_whole(monkeypatch, capsys):
    monkeypatch.setattr(django_start, "start", lambda place: None)
    example = Path(__file__).parents[2] / "examples" / "questionnaire" / "helplines.md"

    assert cli.main(["import", "questionnaire", str(example), "--check"]) == 0
    said = capsys.readouterr().out
    assert "questions: 4; groups: 1; lists of choices: 2; in en, fr" in said
    assert "not supported" not in said
    assert "note:" not in said
