"""A coordinator who knows only Word clears the core set with three institutions that have no account.

All three edit and save their sheets in LibreOffice.
"""

import datetime
import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest

from endocsea.journal.queries import history_of
from endocsea.people.models import Person
from endocsea.questionnaires.models import Round, Share, Version
from endocsea.replies import refusals
from endocsea.replies.actions import SignedLetter, clear, clearance_file, take, tear_off_sheet
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.exchange import refused
from endocsea.replies.exchange.making import answers_here, sheet_of, versions_of
from endocsea.replies.exchange.sheet import Difference, How, compare
from endocsea.replies.exchange.sheet_words import Field
from endocsea.replies.exchange.word_reading import returned
from endocsea.replies.exchange.word_writing import docx_of
from endocsea.replies.models import AnswerVersion, Reply
from endocsea.support.guard import uploads
from endocsea.support.guard.kinds import Kind as FileKind

from .conftest import AT
from .word_hand import Hand

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed (soffice)")
DAY = datetime.date(2021, 3, 1)
INSTITUTIONS = ("Ministry of the Interior", "Ministry of Education", "Agency for Child Protection")


def through_libreoffice(contents, folder):
    """The documents as LibreOffice saves them: all in one run, since it takes long to start."""
    sent, saved = folder / "sent", folder / "saved"
    sent.mkdir()
    files = [sent / f"sheet-{number}.docx" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", saved, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [(saved / file.name).read_bytes() for file in files]


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
    filled_in = []
    for share in shares:
        hand = Hand(tear_off_sheet(share=share, language="en", by=ana, at=AT))
        fill(hand, out(share))
        filled_in.append(hand.saved())
    for share, content in zip(shares, through_libreoffice(filled_in, tmp_path), strict=True):
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

    in_word = clearance_file(round=core, state=arden, format="docx", beside="fr", by=ana, at=AT)
    on_paper = re.search(r"contents: ((?:[0-9a-f]{4} ?){4})", text_of(in_word))[1]
    scanned = clearance_file(round=core, state=arden, format="pdf", beside="fr", by=ana, at=AT)
    letter = SignedLetter(
        number="2021/45",
        dated=DAY,
        signed_as="Deputy Minister of Justice",
        checksum=on_paper,
        file=uploads.inspect(io.BytesIO(scanned), "letter.pdf"),
    )
    reply = Reply.objects.get(round=core, state=arden)
    assert len(clear(reply=reply, letter=letter, by=ana, at=AT).said) > 40
    assert Reply.objects.get(pk=reply.pk).is_sent


def text_of(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


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
