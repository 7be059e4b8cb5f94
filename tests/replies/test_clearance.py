"""The clearance file: what a superior has to see, on screen, on paper and in Word the same."""

import dataclasses
import datetime
import io

import docx as python_docx
import pikepdf
import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from endocsea.charts.tables import Column, Table
from endocsea.documents.parts import Grid, Heading
from endocsea.documents.pdf import pdf
from endocsea.documents.word import docx
from endocsea.findings.models import Observation
from endocsea.people.models import Person
from endocsea.questionnaires.models import Round, Share, Version
from endocsea.replies.actions import save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.clearance.document import document_of
from endocsea.replies.clearance.file import ClearanceFile, Count, Entry, Risk, risk_of
from endocsea.replies.clearance.reading import beside_for, clearance_of
from endocsea.replies.models import Comment, Reply
from tests.people.helpers import signed_in

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


def test_a_question_at_which_a_remark_is_not_settled_is_disputed_and_to_be_decided(spring, arden, ana):
    given = Given(Status.ANSWERED, "1")
    for path in ("C1/C1-04", "C3/C3-07"):
        save(round=spring, state=arden, question=path, given=given, seen=0, by=ana, at=AT)
    reply = Reply.objects.get(round=spring, state=arden)
    asked = {"reply": reply, "role": "secretariat", "within": "secretariat", "at": AT}
    Comment.objects.create(**asked, question="C1/C1-04", text="Which law?")
    Comment.objects.create(**asked, question="C3/C3-07", text="Since when?", settled_at=AT)
    whole = clearance_of(spring, arden, on=DAY)

    assert [each.path for each in whole.entries if each.disputed] == ["C1/C1-04"]
    assert whole.count().disputed == 1
    assert [each.risk for each in whole.decisions() if each.entry.disputed] == [Risk.DISPUTED]


def test_each_sentence_that_may_be_published_stands_there_word_by_word(spring, georgia):
    spring.states.add(georgia)
    observed = Observation.objects.filter(state=georgia, retired_on=None).first()
    secret = Observation.objects.filter(state=georgia, retired_on=None).last()
    Observation.objects.filter(pk=secret.pk).update(confidentiality="restricted")
    whole = clearance_of(spring, georgia, on=DAY)
    said = {each.key: each.text for each in whole.sentences}

    assert said[observed.code] == observed.statement
    assert secret.code not in said
    assert whole.cleared()[observed.code] == observed.statement


def test_what_was_drafted_from_public_sources_says_so_wherever_it_stands():
    drafted = entry(Given(Status.PREFILLED, "2"))

    told = str(document_of(file(drafted)))
    assert told.count("Drafted from public sources, not confirmed") == 2  # to decide, and at its institution


def test_the_official_language_stands_beside_the_english_where_the_questionnaire_has_it(spring, arden):
    assert beside_for(spring, arden, page="en") is None
    assert beside_for(spring, arden, page="fr") == "fr"
    arden.languages = ["fr"]
    assert beside_for(spring, arden, page="en") == "fr"


class TestThePage:
    def at(self, name="clearance-page", state="arden"):
        return reverse(f"replies:{name}", args=["spring-2021", state])

    def test_it_says_the_same_in_the_same_order_as_the_paper(self, whole, ana):
        page = signed_in(ana).get(self.at()).content.decode()
        places = [page.index(f">{heading}</h2>") for heading in (
            "Decisions for you", "Ministry of Education", "What binds the state", "Our wishes", "Signature"
        )]  # fmt: skip

        assert places == sorted(places)
        assert "3 of 40 ready, 0 disputed, 1 without proof, 1 withheld" in page
        assert "A decree &lt;of 2019&gt; &amp; its annex." in page
        assert page.count("<h1") == 1
        assert whole.checksum() in page

    def test_it_is_two_clicks_from_home(self, spring, ana):
        desk = signed_in(ana)

        assert reverse("replies:replies") in desk.get("/workspace/").content.decode()
        assert self.at() in desk.get(reverse("replies:replies")).content.decode()

    def test_in_french_the_file_is_marked_as_english_with_french_beside_it(self, whole, ana):
        Person.objects.filter(pk=ana.pk).update(language="fr")
        page = signed_in(ana).get(self.at()).content.decode()

        assert '<article lang="en">' in page
        assert 'lang="fr"' in page

    @pytest.mark.parametrize("chair", ["beno", "tara", "sera", "ravi", "cleo", "otto"])
    def test_nobody_but_the_coordinator_finds_it(self, spring, request, chair):
        browser = signed_in(request.getfixturevalue(chair))

        assert browser.get(self.at()).status_code == 404
        assert self.at() not in browser.get(reverse("replies:replies")).content.decode()
