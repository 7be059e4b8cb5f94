"""From a request to a file: what is refused with which sentence, and that the same request gives the same bytes."""

import datetime
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from endocsea.findings.models import Observation
from endocsea.journal.models import Entry
from endocsea.public.addresses import site
from endocsea.reports.making import MadeUpState, NoReviewedRound, NotAChoice, make, state_named
from endocsea.states.models import State
from endocsea.support.actors import PREVIEW

AT = datetime.datetime(2026, 1, 15, 9, 0, tzinfo=datetime.UTC)
COMMAND = str(Path(sys.executable).with_name("endocsea"))


def text_of(pdf):
    """What a reader of a PDF reads, in one line."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def made(kind, iso3, **more):
    given = {"format": "pdf", "language": "en", "on": None, "by": PREVIEW, "at": AT}
    return make(kind, state_named(iso3), **(given | more), site=site("https://example.org", "en"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "iso3"), [("gap-analysis", "XAD"), ("desk-note", "GEO"), ("desk-note", "SMR")]
)
def test_the_same_document_is_the_same_bytes_and_its_making_is_journalled(kind, iso3):
    first = made(kind, iso3)

    assert first.startswith(b"%PDF-")
    assert made(kind, iso3) == first
    entries = Entry.objects.filter(deed="exported", about_key=iso3)
    assert entries.count() == 2
    assert {entry.facts["what"] for entry in entries} == {kind}
    assert len({entry.facts["sha256"] for entry in entries}) == 1


@pytest.mark.django_db
def test_a_gap_analysis_of_a_state_without_a_reviewed_round_names_the_desk_note():
    with pytest.raises(NoReviewedRound, match="endocsea report desk-note --state GEO"):
        made("gap-analysis", "GEO")


@pytest.mark.django_db
def test_a_desk_note_of_a_made_up_state_names_the_gap_analysis():
    with pytest.raises(MadeUpState, match="endocsea report gap-analysis --state XAB"):
        made("desk-note", "XAB")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "possible"),
    [
        ({"language": "de"}, "en, fr"),
        ({"format": "docx"}, "pdf"),
        ({"kind": "novel"}, "desk-note, gap-analysis"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(more, possible):
    kind = more.pop("kind", "desk-note")
    with pytest.raises(NotAChoice, match=possible):
        made(kind, "GEO", **more)


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["Atlantis", "", "GE", "georgia'; drop table"])
def test_an_unknown_state_is_refused_with_all_codes(given):
    with pytest.raises(NotAChoice) as refused:
        state_named(given)

    assert "ALB, AND, ARM" in str(refused.value)
    assert "XAD" in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["GEO", "geo", "georgia"])
def test_a_state_is_named_by_its_code_in_any_case_or_by_its_address(given):
    assert state_named(given).iso3 == "GEO"


@pytest.mark.django_db
def test_where_training_is_left_out_no_gap_analysis_of_a_made_up_state_is_made(settings):
    settings.WITH_TRAINING = False

    with pytest.raises(NotAChoice):
        state_named("XAB")


def test_two_at_once_give_what_each_gives_alone(desk_note_of, gap_analysis_of):
    from endocsea.documents.pdf import pdf

    documents = [desk_note_of("GEO"), gap_analysis_of("XAB")]
    alone = [pdf(document) for document in documents]
    together = [b"", b""]

    def write(place):
        together[place] = pdf(documents[place])

    threads = [threading.Thread(target=write, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == alone


@pytest.mark.django_db
def test_600_observations_on_a_state_with_a_long_name_and_hostile_text_are_printed(georgia):
    hostile = '#let x = 1 $x^2$ \\ *bold* <label> @ref "quoted"'
    State.objects.filter(pk=georgia.pk).update(
        name={"en": "The United Principalities of Upper and Lower Northern Georgia"}
    )
    model = Observation.objects.filter(state=georgia, confidentiality="state").first()
    Observation.objects.bulk_create(
        Observation(
            code=f"T-{n}", state=georgia, capability_id=model.capability_id, statement=f"{hostile} {n}", as_of="2019",
            basis=model.basis, citation_id=model.citation_id, confidentiality="state",
        )
        for n in range(572)
    )  # fmt: skip

    said = text_of(made("desk-note", "GEO"))
    assert " ".join(hostile.split()) in said
    assert "600 observations from public sources" in said


@pytest.mark.slow
def test_the_command_writes_the_file_or_says_in_one_sentence_why_not(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [COMMAND, "report", *arguments, "--data", str(tmp_path / "data")],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    out = tmp_path / "georgia.pdf"
    assert run("desk-note", "--state", "GEO", "--out", str(out)).returncode == 0
    assert out.read_bytes().startswith(b"%PDF-")
    for arguments, said in (
        (("gap-analysis", "--state", "GEO", "--out", str(out)), "desk-note --state GEO"),
        (("desk-note", "--state", "GEO", "--out", str(tmp_path / "no" / "x.pdf")), "no such folder"),
        (("desk-note", "--state", "GEO", "--out", str(tmp_path)), "it is a folder"),
        (("desk-note", "--state", "GEO", "--out", str(out), "--on", "31.6.2021"), "YYYY-MM-DD"),
        (("novel", "--state", "GEO", "--out", str(out)), "desk-note, gap-analysis"),
    ):
        done = run(*arguments)
        assert done.returncode == 2, done
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Traceback" not in done.stderr
    assert {file.name for file in tmp_path.iterdir()} == {"data", "georgia.pdf"}
