"""``endocsea export replies`` and ``endocsea import replies``, as the person at the machine meets them."""

import pytest

from endocsea.config import cli, django_start, preparing
from endocsea.questionnaires.models import Round
from endocsea.replies.models import Answer, AnswerVersion, Reply
from tests.replies.workbook_hand import Hand

CODE = "C3-07"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, db):
    """Runs a command of a data folder; Django is started and the database filled already."""
    monkeypatch.setattr(django_start, "start", lambda place: None)
    monkeypatch.setattr(preparing, "make_ready", lambda: None)

    def run(*words):
        status = cli.main([*map(str, words), "--data", str(tmp_path / "data")])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def training(db):
    return Round.objects.get(training=True, content_key__isnull=False)


@pytest.fixture
def exported(run, tmp_path):
    status, _out, err = run("export", "replies", tmp_path / "out")
    assert status == 0, err
    return {file.name.split("-")[0]: file for file in (tmp_path / "out").iterdir()}


def test_the_four_made_up_states_are_written_each_as_a_workbook(exported):
    assert set(exported) == {"arden", "belmora", "corvia", "dunmere"}


def test_what_was_exported_comes_back_the_same(run, exported):
    status, out, err = run("import", "replies", exported["arden"])

    assert (status, err) == (0, "")
    assert out == "0 to take; nothing was taken. Take them with --take.\n"


def test_what_was_changed_is_shown_and_taken_only_when_asked(run, exported, training, tmp_path):
    Round.objects.filter(pk=training.pk).update(closed_at=None)
    Reply.objects.filter(round=training).update(step=Reply.Step.RETURNED)
    hand = Hand(exported["arden"].read_bytes())
    before = Answer.objects.get(round=training, state__slug="arden", question__endswith=CODE)
    other = "1" if before.value != "1" else "2"
    hand.write(CODE, other)
    file = tmp_path / "back.xlsx"
    file.write_bytes(hand.saved())

    shown = run("import", "replies", file)
    before.refresh_from_db()
    assert before.value != other
    taken = run("import", "replies", file, "--take")
    before.refresh_from_db()

    assert f"{CODE}: changed (value)" in shown[1]
    assert taken[:2] == (0, f"{CODE}: changed (value)\n1 taken.\n")
    assert before.value == other
    assert AnswerVersion.objects.filter(answer=before, origin="workbook").exists()


def test_a_closed_round_takes_nothing_and_says_so(run, exported, tmp_path):
    hand = Hand(exported["arden"].read_bytes())
    hand.write(
        CODE, "1" if Answer.objects.get(state__slug="arden", question__endswith=CODE).value != "1" else "2"
    )
    file = tmp_path / "back.xlsx"
    file.write_bytes(hand.saved())
    status, _out, err = run("import", "replies", file, "--take")

    assert status == 2
    assert "takes no answers" in err


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "There is no workbook"), (b"no workbook at all", "endocsea:")],
    ids=["no file", "another file"],
)
def test_what_is_no_workbook_is_refused(run, tmp_path, content, told):
    file = tmp_path / "reply.xlsx"
    if content is not None:
        file.write_bytes(content)
    status, _out, err = run("import", "replies", file)

    assert status == 2
    assert told in err


def test_an_unknown_round_is_named_with_those_that_there_are(run, tmp_path, training):
    status, _out, err = run("export", "replies", tmp_path / "out", "--round", "summer-1999")

    assert status == 2
    assert training.code in err
