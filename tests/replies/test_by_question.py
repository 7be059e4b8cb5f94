"""By question: all replies of a round to one question on one page, with the gaps, to be quoted and taken out."""

import csv
import datetime
import io
import zipfile

import pytest
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.journal.rules import READ
from endocsea.people.models import Appointment
from endocsea.questionnaires.form import Question
from endocsea.replies import refusals
from endocsea.replies.actions import all_replies, question_file, save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.by_question.reading import said
from endocsea.replies.models import Answer, Evidence, Reply
from endocsea.sources.models import Citation, Source
from endocsea.states.models import State
from endocsea.support.actors import Role
from tests.marks import marked
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL = "C3/C3-07"
SENT_AT = datetime.datetime(2021, 3, 5, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def restricted(spring):
    return next(path for path, question in spring.version.form.questions() if question.restricted)


@pytest.fixture
def count(spring):
    """A question that asks for a number of people or of what people did."""
    return next(
        path
        for path, question in spring.version.form.questions()
        if question.unit.get("en", "").startswith("reports") and not question.restricted
    )


def send(round, state):
    return Reply.objects.update_or_create(
        round=round,
        state=state,
        defaults={"step": "submitted", "submitted_at": SENT_AT, "signed_as": "Minister"},
    )[0]


@pytest.fixture
def answered(spring, arden, belmora, ana, beno):
    """Arden has sent its reply; Belmora is still at its draft."""
    given = Given(
        Status.ANSWERED,
        "3",
        explanation="Since the law of 2019.",
        respondent="Ministry of Justice",
        language="en",
    )
    save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)
    draft = Given(Status.ANSWERED, "1", explanation="zqdraftzq", respondent="zqpostzq")
    save(round=spring, state=belmora, question=LEVEL, given=draft, seen=0, by=beno, at=AT)
    answer = Answer.objects.get(round=spring, state=arden, question=LEVEL)
    source = Source.objects.create(title="Law on children online")
    place = Citation.objects.create(source=source, locator="Article 4")
    Evidence.objects.create(answer=answer, citation=place, dated=datetime.date(2019, 5, 2))
    send(spring, arden)
    return answer


def address(question=LEVEL, code="spring-2021"):
    return reverse("replies:by-question", args=[code, question])


def file(format, question=LEVEL, code="spring-2021"):
    return reverse("replies:question-file", args=[code, question, format])


def page(person, **where):
    answer = signed_in(person).get(address(**where))
    assert answer.status_code == 200
    return answer.content.decode()


class TestThePage:
    def test_a_reply_stands_there_with_all_that_makes_it_quotable(self, answered, ravi):
        found = page(ravi)

        for words in (
            "level 3:",
            "Since the law of 2019.",
            "Answered by: Ministry of Justice.",
            "Answered on 1 March 2021.",
            "Law on children online, Article 4, 2 May 2019",
            "To cite: Arden, reply to “Spring 2021”, question C3-07, sent on 5 March 2021",
            'id="state-arden"',
            "1 of 2 states have replied.",
        ):
            assert words in found, words

    def test_a_state_that_has_not_sent_is_a_gap_and_nothing_of_its_draft_is_told(self, answered, ravi, sera):
        for person in (ravi, sera):
            found = page(person)
            assert "No reply yet (asked on 1 February 2021)." in found
            assert not marked(found)

    def test_a_reply_that_was_opened_again_is_a_gap_again(self, answered, spring, arden, sera):
        Reply.objects.filter(round=spring, state=arden).update(step="returned")
        found = page(sera)

        assert "The reply of 5 March 2021 was opened again, and is being answered." in found
        assert "Since the law" not in found

    def test_states_stand_by_name_whatever_they_answer(self, answered, spring, belmora, beno, sera):
        for name in ("dunmere", "corvia"):
            spring.states.add(State.objects.get(slug=name))
        save(
            round=spring,
            state=belmora,
            question=LEVEL,
            given=Given(Status.ANSWERED, "4"),
            seen=1,
            by=beno,
            at=AT,
        )
        send(spring, belmora)
        found = page(sera)

        places = [found.index(f'id="state-{name}"') for name in ("arden", "belmora", "corvia", "dunmere")]
        assert places == sorted(places)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (Given(Status.NOT_KNOWN), "not known"),
            (Given(Status.NOT_APPLICABLE, reason="There is no such court."), "There is no such court."),
            (Given(Status.WITHHELD, reason="By law of secrecy."), "withheld"),
            (None, "not answered"),
        ],
    )
    def test_what_is_no_value_is_told_in_words(self, given, words, spring, arden, ana, sera):
        if given is not None:
            save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)
        send(spring, arden)

        assert words in page(sera)

    def test_rejected_evidence_is_not_shown(self, answered, sera):
        Evidence.objects.filter(answer=answered).update(life="rejected", why="It says something else.")

        assert "Law on children online" not in page(sera)

    def test_small_counts_are_told_as_fewer_than_five(self, spring, arden, ana, sera, count):
        save(
            round=spring,
            state=arden,
            question=count,
            given=Given(Status.ANSWERED, "3"),
            seen=0,
            by=ana,
            at=AT,
        )
        send(spring, arden)
        found = page(sera, question=count)

        assert "fewer than 5" in found
        assert ">3 (" not in found
        assert b"fewer than 5" in signed_in(sera).get(file("csv", count)).content

    @pytest.mark.parametrize(
        ("value", "shown"), [("0", "0 ("), ("4", "fewer than 5 ("), ("5", "5 ("), ("", "not")]
    )
    def test_a_zero_and_five_are_shown(self, value, shown, spring, count):
        question: Question = spring.version.form.by_path()[count]
        given = Given(Status.ANSWERED, value) if value else Given(Status.NOT_KNOWN)

        assert said(question, (), given).startswith(shown)

    def test_who_reviews_one_state_reads_that_one_only(self, answered, spring, belmora, otto):
        Appointment.objects.create(person=otto, role=Role.RAPPORTEUR, state=belmora, since="2020-01-01")
        found = page(otto)

        assert "Since the law" not in found
        assert "it is not among those that you review" in found

    def test_reading_restricted_answers_is_noted_before(self, spring, arden, ana, sera, restricted):
        save(
            round=spring,
            state=arden,
            question=restricted,
            given=Given(Status.NOT_KNOWN),
            seen=0,
            by=ana,
            at=AT,
        )
        page(sera, question=restricted)
        assert not Entry.objects.filter(about_kind="question").exists()
        send(spring, arden)
        assert "noted in the journal" in page(sera, question=restricted)

        entry = Entry.objects.get(about_kind="question")
        assert (entry.deed, entry.about_key) == (READ, f"spring-2021/{restricted}")

    @pytest.mark.parametrize("where", [{"question": "C3/C3-99"}, {"question": "C3"}, {"code": "autumn"}])
    def test_what_was_never_asked_is_not_there(self, where, spring, sera):
        assert signed_in(sera).get(address(**where)).status_code == 404
        assert signed_in(sera).get(file("csv", **where)).status_code == 404

    def test_a_round_that_was_never_opened_has_nothing_to_compare(self, spring, sera):
        spring.opened_at = None
        spring.save()

        assert signed_in(sera).get(address()).status_code == 404
        assert signed_in(sera).get(reverse("replies:by-questions", args=["spring-2021"])).status_code == 404

    def test_the_number_of_statements_does_not_grow_with_the_states(
        self, answered, spring, sera, django_assert_max_num_queries
    ):
        spring.states.set(State.objects.for_training())
        browser = signed_in(sera)
        with django_assert_max_num_queries(30):
            browser.get(address())


class TestWhoMayCompare:
    def test_the_review_and_nobody_else(self, answered, people):
        for name, person in people.items():
            expected = 200 if name in ("ravi", "sera") else 404
            browser = signed_in(person)
            for where in (
                address(),
                file("csv"),
                file("docx"),
                reverse("replies:by-questions", args=["spring-2021"]),
            ):
                assert browser.get(where).status_code == expected, (name, where)

    def test_the_deeds_ask_again(self, answered, spring, ana, cleo):
        for person in (ana, cleo):
            with pytest.raises(refusals.MayNotCompare):
                all_replies(round=spring, question=LEVEL, by=person, at=AT)
            with pytest.raises(refusals.MayNotCompare):
                question_file(round=spring, question=LEVEL, format="csv", by=person, at=AT)

    def test_the_way_there_is_on_the_page_of_replies(self, answered, ravi, ana):
        way = reverse("replies:by-questions", args=["spring-2021"])

        assert way in signed_in(ravi).get(reverse("replies:replies")).content.decode()
        assert way not in signed_in(ana).get(reverse("replies:replies")).content.decode()

    def test_every_question_is_in_the_list(self, spring, ravi):
        found = signed_in(ravi).get(reverse("replies:by-questions", args=["spring-2021"])).content.decode()

        for path in spring.version.form.by_path():
            assert address(path) in found


class TestTheFiles:
    def test_the_spreadsheet_has_a_row_for_each_state_and_runs_nothing(self, answered, sera):
        Answer.objects.filter(pk=answered.pk).update(explanation="=HYPERLINK(1)")
        response = signed_in(sera).get(file("csv"))
        heading, arden, belmora = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
        row, gap = dict(zip(heading, arden, strict=True)), dict(zip(heading, belmora, strict=True))

        assert row["State"] == "Arden"
        assert row["Answer"].startswith("level 3")
        assert row["Explanation"] == "'=HYPERLINK(1)"
        assert (row["Answered on"], row["Sent on"]) == ("2021-03-01", "2021-03-05")
        assert row["How to cite"].startswith("Arden, reply to")
        assert gap["Answer"] == ""
        assert gap["No answer because"].startswith("No reply yet")
        assert not marked(response.content)

    def test_the_document_says_the_same(self, answered, sera):
        response = signed_in(sera).get(file("docx"))
        text = zipfile.ZipFile(io.BytesIO(response.content)).read("word/document.xml").decode()

        assert "attachment" in response["Content-Disposition"]
        for words in (
            "Arden",
            "level 3",
            "Since the law of 2019.",
            "Law on children online",
            "To cite",
            "No reply yet",
        ):
            assert words in text, words
        assert not marked(text)

    def test_each_file_is_in_the_journal(self, answered, sera):
        signed_in(sera).get(file("csv"))

        entry = Entry.objects.with_parts().get(about_kind="question")
        assert (entry.deed, entry.about_key) == ("exported", f"spring-2021/{LEVEL}")
        assert entry.facts["states"] == 1

    def test_another_format_is_not_there(self, answered, sera):
        assert signed_in(sera).get(file("pdf")).status_code == 404
