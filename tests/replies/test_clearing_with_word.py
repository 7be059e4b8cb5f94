"""A coordinator who knows only Word clears the core set with three institutions that have no account.

One of the three edits its sheet in LibreOffice.
"""

import datetime
import io
import shutil
import subprocess
import zipfile

import pytest

from endocsea.journal.queries import history_of
from endocsea.people.models import Person
from endocsea.questionnaires.models import Round, Share, Version
from endocsea.replies import refusals
from endocsea.replies.actions import clearance_file, submit, take, tear_off_sheet
from endocsea.replies.exchange import refused
from endocsea.replies.exchange.making import answers_here, sheet_of, versions_of
from endocsea.replies.exchange.sheet import Difference, How, compare
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.word_reading import returned
from endocsea.replies.exchange.word_writing import docx_of
from endocsea.replies.given import Given, Origin, Status
from endocsea.replies.models import AnswerVersion, Reply
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind as FileKind

from .conftest import AT
from .word_hand import Hand

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (soffice)")
DAY = datetime.date(2021, 3, 1)
INSTITUTIONS = ("Ministry of the Interior", "Ministry of Education", "Agency for Child Protection")


def through_libreoffice(content, folder, *, to="docx"):
    """The document as LibreOffice saves it."""
    (folder / "sheet.docx").write_bytes(content)
    command = [
        OFFICE,
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        to,
        "--outdir",
        str(folder / "saved"),
        str(folder / "sheet.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "saved" / f"sheet.{to}").read_bytes()


@pytest.fixture
def core(spring):
    spring.version = Version.objects.get(content_key="2020 core")
    spring.save()
    return Round.objects.get(pk=spring.pk)


@pytest.fixture
def shares(core, arden):
    """The forty questions shared out to three institutions, none of which has an account."""
    paths = list(core.version.form.by_path())
    return [
        Share.objects.create(round=core, state=arden, institution=name, questions=paths[place::3])
        for place, name in enumerate(INSTITUTIONS)
    ]


def out(share, **more):
    return sheet_of(
        share.round,
        share.state,
        language="en",
        on=DAY,
        only=share.questions,
        institution=share.institution,
        **more,
    )


def came_back(core, arden, content):
    whole = sheet_of(core, arden, language="en", on=DAY)
    came = returned(content, "sheet.docx", whole)
    return came, compare(came, answers_here(core, arden), versions_of(core, arden))


def fill(hand, sheet):
    """As an official does it: levels ticked, one thing withheld, one not known, a post under each."""
    for number, line in enumerate(sheet.lines):
        code = line.question.name
        hand.write(code, Field.POST, "Head of unit")
        if number == 1:
            hand.tick(code, Field.NONE, "not known to us")
        elif number == 2:
            hand.tick(code, Field.NONE, "we withhold it")
            hand.write(code, Field.WHY, "The law on classified information.")
        else:
            first = line.choices[number % 2]
            begins = f"{first.name} –" if line.question.kind == "level" else first.label["en"]
            hand.tick(code, Field.ANSWER, begins)
            hand.write(code, Field.MORE, "The decree is in force.\nIt was amended in 2020.")


@needs_office
def test_three_institutions_and_a_coordinator_clear_the_core_set_in_word(core, arden, ana, shares, tmp_path):
    for share in shares:
        sheet = out(share)
        hand = Hand(tear_off_sheet(share=share, language="en", by=ana, at=AT))
        fill(hand, sheet)
        content = hand.saved()
        if share.institution == INSTITUTIONS[0]:
            content = through_libreoffice(content, tmp_path)
        came, differences = came_back(core, arden, content)

        assert came.troubles == ()
        assert came.institution == share.institution
        assert [each.path for each in differences] == list(share.questions)
        assert {each.how for each in differences} == {How.FILLED}
        take(round=core, state=arden, differences=differences, origin=Origin.SHEET, by=ana, at=AT)

    here = answers_here(core, arden)
    assert len(here) == 40
    assert AnswerVersion.objects.filter(answer__round=core).values_list("origin").distinct().get() == (
        "sheet",
    )
    by_status = [given.status for given, _number in here.values()]
    assert (by_status.count(Status.NOT_KNOWN), by_status.count(Status.WITHHELD)) == (3, 3)
    assert Person.objects.count() == 1
    assert clearance_file(round=core, state=arden, format="docx", beside="fr", by=ana, at=AT)
    reply = Reply.objects.get(round=core, state=arden)
    assert submit(reply=reply, signed_as="Deputy Minister of Justice", by=ana, at=AT).step == "submitted"


@pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "cleo", "otto"])
def test_nobody_but_the_coordinator_takes_answers_out_and_it_is_written_down(
    core, arden, ana, shares, request, chair
):
    somebody = request.getfixturevalue(chair)
    with pytest.raises(refusals.MayNotTakeOut):
        tear_off_sheet(share=shares[0], language="en", by=somebody, at=AT)
    with pytest.raises(refusals.MayNotTakeOut):
        clearance_file(round=core, state=arden, format="pdf", beside=None, by=somebody, at=AT)
    assert not history_of("reply", "spring-2021/XAA").exists()

    tear_off_sheet(share=shares[0], language="en", by=ana, at=AT)
    entry = history_of("reply", "spring-2021/XAA").get()
    assert (entry.facts["what"], entry.facts["questions"]) == ("sheet", 14)


def test_a_second_sheet_brings_only_what_was_changed_and_shows_what_moved_meanwhile(core, arden, ana, shares):
    share = shares[0]
    sheet = out(share)
    hand = Hand(docx_of(sheet))
    fill(hand, sheet)
    _came, differences = came_back(core, arden, hand.saved())
    take(round=core, state=arden, differences=differences, origin=Origin.SHEET, by=ana, at=AT)
    again = out(share)
    hand = Hand(docx_of(again))
    first, moved, quiet = (again.lines[place] for place in (0, 3, 4))
    hand.write(first.question.name, Field.MORE, "It was amended again.")
    hand.write(moved.question.name, Field.MORE, "From the sheet.")
    ours = [
        edited(each, here)
        for each, here in ((moved, "By the coordinator."), (quiet, "The coordinator's alone."))
    ]
    take(round=core, state=arden, differences=ours, origin=Origin.TYPED, by=ana, at=AT)

    came, differences = came_back(core, arden, hand.saved())

    assert came.troubles == ()
    found = {each.path: each for each in differences if each.how is not How.SAME}
    assert {path: each.how for path, each in found.items()} == {
        first.path: How.CHANGED,
        moved.path: How.BOTH,
    }
    assert (found[moved.path].here.explanation, found[moved.path].back.explanation) == (
        "By the coordinator.",
        "From the sheet.",
    )


def edited(line, explanation):
    given = Given(
        line.given.status, line.given.value, explanation=explanation, respondent=line.given.respondent
    )
    return Difference(line.path, How.CHANGED, line.given, given, line.seen, ("explanation",))


def test_an_opendocument_that_somebody_saved_is_refused_with_how_to_save_it(core, arden):
    with pytest.raises(refused.NotWord, match="Word document"):
        returned(opendocument(), "sheet.odt", sheet_of(core, arden, language="en", on=DAY))


def opendocument():
    written = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.text"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        )
        package.writestr("content.xml", f'<o:document-content xmlns:o="{office}"/>')
    content = written.getvalue()
    assert uploads.inspect(io.BytesIO(content), "sheet.odt").kind is FileKind.ODT
    return content
