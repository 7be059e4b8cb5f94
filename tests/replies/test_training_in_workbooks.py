"""Replies of the four training states go out as workbooks and come back equal, also through another program."""

import shutil
import subprocess

import pytest

from endocsea.questionnaires.models import Round
from endocsea.replies.exchange.making import answers_here, sheet_of, versions_of
from endocsea.replies.exchange.sheet import How, compare
from endocsea.replies.exchange.workbook import returned, xlsx_of
from endocsea.states.models import State

STATES = ("XAA", "XAB", "XAC", "XAD")


@pytest.fixture
def training(db):
    return Round.objects.get(training=True)


def whole(training, iso3, language="en"):
    state = State.objects.get(iso3=iso3)
    return sheet_of(training, state, language=language, on=training.opens_on)


def expect_equal(came, sheet):
    assert came.troubles == ()
    assert list(came.answers) == [line.path for line in sheet.lines]
    for line in sheet.lines:
        assert came.answers[line.path] == (line.given, line.seen), line.path


@pytest.mark.parametrize(("iso3", "language"), [*((iso3, "en") for iso3 in STATES), ("XAB", "fr")])
def test_a_whole_reply_comes_back_field_by_field(training, iso3, language):
    sheet = whole(training, iso3, language)
    came = returned(xlsx_of(sheet), "reply.xlsx", sheet)

    assert len(sheet.lines) == 129
    expect_equal(came, sheet)
    here = answers_here(training, State.objects.get(iso3=iso3))
    differences = compare(came, here, versions_of(training, State.objects.get(iso3=iso3)))
    assert {each.how for each in differences} == {How.SAME}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice Calc (Debian: libreoffice-calc)")
def test_it_comes_back_equal_after_libreoffice_saved_it(training, tmp_path):
    sheet = whole(training, "XAB")
    (tmp_path / "reply.xlsx").write_bytes(xlsx_of(sheet))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", tmp_path / "saved", tmp_path / "reply.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    expect_equal(returned((tmp_path / "saved" / "reply.xlsx").read_bytes(), "reply.xlsx", sheet), sheet)
