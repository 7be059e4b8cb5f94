"""A questionnaire that thinks, on pages: not asked, because of; contradictions; shorter lists; what others may know."""

import pytest
from django.urls import reverse

from endocsea.replies.actions import save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Answer, Reply
from tests.people.helpers import signed_in

from .conftest import AT
from .thinking import thinking

__all__ = ["thinking"]

AUTOSAVE = {"X-Requested-With": "autosave"}


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["thinking-2021", state, *more])


def in_page(answer):
    return answer.content.decode()


@pytest.fixture
def answer(thinking, arden, ana):
    def answer(question, value, status=Status.ANSWERED):
        there = Answer.objects.filter(round=thinking, state=arden, question=question).first()
        given, seen = Given(status, value), there.number if there else 0
        save(round=thinking, state=arden, question=question, given=given, seen=seen, by=ana, at=AT)

    return answer


@pytest.fixture
def desk(ana):
    return signed_in(ana)


class TestASection:
    def test_a_question_that_is_off_says_because_of_what(self, answer, desk):
        answer("line/there", "no")
        page = in_page(desk.get(at("section", "line")))

        assert "Not asked, because of your answer to: Is there a hotline?" in page
        assert 'data-guard data-question="line/calls"' not in page

    def test_it_is_asked_when_the_answer_has_changed(self, answer, desk):
        answer("line/there", "no")
        answer("line/there", "yes")

        assert 'data-guard data-question="line/calls"' in in_page(desk.get(at("section", "line")))

    def test_what_was_answered_there_is_kept(self, answer, desk, thinking):
        answer("line/there", "yes")
        answer("line/calls", "12")
        answer("line/there", "no")

        assert "What was answered here is kept" in in_page(desk.get(at("section", "line")))
        assert Answer.objects.get(round=thinking, question="line/calls").value == "12"

    def test_a_broken_constraint_stands_at_the_question_in_the_list_and_on_the_reply(self, answer, desk):
        answer("line/there", "yes")
        answer("line/calls", "-4")

        assert in_page(desk.get(at("section", "line"))).count("Between 0 and a million.") == 2
        page = in_page(desk.get(at("reply")))
        assert "One answer contradicts" in page
        assert "Between 0 and a million." in page
        assert "Between 0 and a million." in in_page(desk.get(at("sign")))

    def test_a_list_holds_what_is_offered_and_what_was_chosen_before(self, answer, desk):
        answer("place/region", "north")
        page = in_page(desk.get(at("section", "place")))
        assert 'value="alder"' in page
        assert 'value="cedar"' not in page

        answer("place/town", "alder")
        answer("place/region", "south")
        page = in_page(desk.get(at("section", "place")))
        assert 'value="alder" checked' in page
        assert "(not offered any more)" in page
        assert "No longer offered, because of another answer: Alder." in page


class TestSavingByItself:
    def test_the_page_is_told_that_something_follows(self, answer, desk):
        answer("line/there", "no")
        sent = {"question": "line/there", "seen": "1", "value": "yes"}

        assert desk.post(at("answer"), sent, headers=AUTOSAVE).json()["follows"] is True

    def test_and_what_contradicts(self, answer, desk):
        answer("line/there", "yes")
        sent = {"question": "line/calls", "seen": "0", "value": "-1"}

        assert desk.post(at("answer"), sent, headers=AUTOSAVE).json()["contradicts"] == (
            "Between 0 and a million."
        )

    def test_where_nothing_follows_nothing_is_said(self, thinking, desk):
        sent = {"question": "line/remark", "seen": "0", "value": "None."}
        told = desk.post(at("answer"), sent, headers=AUTOSAVE).json()

        assert told.keys() == {"seen", "at"}


class TestHowFarItIs:
    def test_what_is_off_is_not_counted_for_the_state(self, answer, desk):
        answer("line/there", "no")
        assert "1 of 1 ready" in in_page(desk.get(at("reply")))

    def test_the_secretariat_does_not_learn_from_the_counts_what_was_answered(self, answer, sera):
        browser = signed_in(sera)
        answer("line/there", "no")
        ready = in_page(browser.get(at("reply")))
        assert "1 of 1 ready" in ready
        assert "Not asked" not in ready

    def test_nor_from_the_page_of_the_round(self, answer, sera):
        answer("line/there", "no")
        standings = signed_in(sera).get(reverse("replies:round", args=["thinking-2021"])).context["standings"]

        assert [(each.ready, each.asked) for each in standings] == [(1, 2), (0, 2)]

    def test_nor_what_contradicts(self, answer, sera):
        answer("line/there", "yes")
        answer("line/calls", "-4")

        assert "Between 0 and a million." not in in_page(signed_in(sera).get(at("reply")))

    def test_the_review_reads_it_once_it_was_sent(self, answer, thinking, arden, sera):
        answer("line/there", "yes")
        answer("line/calls", "-4")
        Reply.objects.filter(round=thinking, state=arden).update(
            step="submitted", submitted_at=AT, signed_as="Minister"
        )

        assert "Between 0 and a million." in in_page(signed_in(sera).get(at("reply")))

    def test_a_reply_is_signed_without_what_is_not_asked(self, answer, desk, thinking):
        answer("line/there", "no")
        answer("place/region", "south")
        assert desk.post(at("sign"), {"signed_as": "Deputy Minister"}).status_code == 302
        assert Reply.objects.get(round=thinking).is_sent
