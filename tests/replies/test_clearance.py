"""The clearance file: what a superior has to see, on screen, on paper and in Word the same."""

import dataclasses
import datetime
import io

import docx as python_docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from endocsea.charts.tables import Column, Table
from endocsea.documents.parts import Grid, Heading
from endocsea.documents.pdf import pdf
from endocsea.documents.word import docx
from endocsea.questionnaires.models import Round, Share, Version
from endocsea.replies.actions import save
from endocsea.replies.clearance.document import document_of
from endocsea.replies.clearance.file import ClearanceFile, Count, Entry, Risk, risk_of
from endocsea.replies.clearance.reading import clearance_of
from endocsea.replies.given import Given, Status

from .conftest import AT

DAY = datetime.date(2021, 3, 1)


def entry(given=Given(), **more):  # noqa: B008  a frozen value
    plain = Entry(
        path="C1/C1-01",
        code="C1-01",
        section={"en": "Leadership"},
        question={"en": "Is there a body?"},
        given=given,
        said={"en": "level 3"},
        cleared=given.value,
        before={},
        level=int(given.value) if given.value else None,
        level_before=None,
        proof="",
        confidentiality="state",
        restricted=False,
        institution="",
    )
    return dataclasses.replace(plain, **more)


def file(*entries):
    return ClearanceFile(
        state={"en": "Arden"},
        round={"en": "Spring 2021"},
        questionnaire={"en": "Core set of questions"},
        asked_by="The programme",
        due_on=datetime.date(2021, 4, 30),
        made_on=DAY,
        training=True,
        languages=("en",),
        entries=entries,
        obligations=Table("Treaties", tuple(Column(name) for name in "abcde"), []),
    )


@pytest.mark.parametrize(
    ("given", "more", "risk"),
    [
        (Given(Status.WITHHELD, reason="A law."), {}, Risk.WITHHELD),
        (Given(Status.ANSWERED, "2"), {"level_before": 3}, Risk.STEP_BACK),
        (Given(Status.ANSWERED, "3"), {"level_before": 4, "proof": "Decree"}, Risk.STEP_BACK),
        (Given(Status.ANSWERED, "3"), {}, Risk.WITHOUT_PROOF),
        (Given(Status.ANSWERED, "3"), {"proof": "Decree"}, None),
        (Given(Status.ANSWERED, "2"), {}, None),
        (Given(Status.PREFILLED, "4"), {}, Risk.UNCONFIRMED),
        (Given(), {}, Risk.OPEN),
        (Given(Status.NOT_APPLICABLE), {}, Risk.OPEN),
        (Given(Status.NOT_KNOWN), {}, None),
    ],
)
def test_which_answers_a_superior_has_to_decide_on(given, more, risk):
    assert risk_of(entry(given, **more)) is risk


def test_counts_and_the_order_of_decisions():
    whole = file(
        entry(Given(), code="A"),
        entry(Given(Status.ANSWERED, "3"), code="B"),
        entry(Given(Status.WITHHELD, reason="A law."), code="C"),
        entry(Given(Status.ANSWERED, "1"), code="D", proof="Decree"),
        entry(Given(Status.ANSWERED, "1"), code="E", level_before=2),
    )

    # by hand: B, C, D and E are ready; B and E are answered without proof
    assert whole.count() == Count(asked=5, ready=4, disputed=0, without_proof=2, withheld=1)
    assert [(each.entry.code, each.risk) for each in whole.decisions()] == [
        ("C", Risk.WITHHELD),
        ("E", Risk.STEP_BACK),
        ("B", Risk.WITHOUT_PROOF),
        ("A", Risk.OPEN),
    ]


def test_any_change_changes_the_checksum_and_nothing_else_does():
    one, same, other = (file(entry(Given(Status.ANSWERED, value))) for value in ("1", "1", "2"))

    assert one.checksum() == same.checksum() != other.checksum()


def test_what_nobody_has_comes_last():
    whole = file(*(entry(institution=name) for name in ("", "Police", "Education")))

    assert list(whole.institutions()) == ["Education", "Police", ""]


def test_reservations_that_nobody_checked_are_shown_as_such(spring, georgia):
    spring.states.add(georgia)
    cells = [row[-1] for row in clearance_of(spring, georgia, on=DAY).obligations.rows]

    assert "none found; unchecked" in [getattr(cell, "text", cell) for cell in cells]


@pytest.fixture
def whole(spring, arden, ana):
    spring.version = Version.objects.get(content_key="2020 core")
    spring.save()
    core = Round.objects.get(pk=spring.pk)
    paths = list(core.version.form.by_path())
    for place, name in enumerate(
        ("Ministry of the Interior", "Ministry of Education", "Agency for Child Protection")
    ):
        Share.objects.create(round=core, state=arden, institution=name, questions=paths[place:39:3])
    withheld = Given(Status.WITHHELD, reason="The law on classified information.", language="en")
    for path, given in (
        (paths[0], Given(Status.ANSWERED, "3", explanation="A decree <of 2019> & its annex.", language="en")),
        (paths[1], withheld),
        (paths[2], Given(Status.NOT_KNOWN)),
    ):
        save(round=core, state=arden, question=path, given=given, seen=0, by=ana, at=AT)
    return clearance_of(core, arden, on=DAY, beside="fr")


def test_the_file_of_a_state_is_read_from_its_records(whole):
    assert whole.count() == Count(asked=40, ready=3, disputed=0, without_proof=1, withheld=1)
    assert [len(each) for each in whole.institutions().values()] == [13, 13, 13, 1]
    assert whole.decisions()[0].risk is Risk.WITHHELD
    assert whole.due_on == datetime.date(2021, 4, 30)
    assert whole.obligations.columns[-1].name == "Reservations and declarations"


def test_ten_decisions_at_most_and_every_question_once(whole):
    document = document_of(whole)
    grids = [block for block in document.blocks if isinstance(block, Grid)]

    assert len(grids[0].rows) == 10
    assert sum(len(each.rows) for each in grids[2:6]) == 40
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == [
        "Decisions for you",
        "Sentences about the state",
        "Agency for Child Protection",
        "Ministry of Education",
        "Ministry of the Interior",
        "Without an institution: answered by the coordinator",
        "What binds the state",
        "Our wishes",
        "Signature",
    ]


def test_word_and_pdf_say_the_same_and_the_same_records_give_the_same_bytes(whole):
    document = document_of(whole)
    in_word, on_paper = docx(document), pdf(document)

    assert (in_word, on_paper) == (docx(document_of(whole)), pdf(document_of(whole)))
    word = python_docx.Document(io.BytesIO(in_word))
    said = " ".join("".join(t.text or "" for t in word.element.iter(qn("w:t"))).split())
    for words in (
        "3 of 40 ready, 0 disputed, 1 without proof, 1 withheld",
        "A decree <of 2019> & its annex.",
        "Un ",
        whole.checksum(),
    ):
        assert words in said
    with pikepdf.open(io.BytesIO(on_paper)) as opened:
        assert len(opened.pages) >= 6
        assert opened.Root.MarkInfo.Marked


def test_the_answer_to_a_restricted_question_is_not_on_paper_that_goes_round():
    secret = entry(
        Given(Status.ANSWERED, "1", explanation="Nobody at night."), restricted=True, institution="Police"
    )
    document = document_of(file(secret))

    assert "Nobody at night." not in str(document)
    assert "level 3" not in str(document)
