"""The discussion on pages: below each answer, on the page of all comments, and with what a reply is sent back."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from endocsea.replies.actions import comment, open_again, settle
from endocsea.replies.models import Comment, Reply
from tests.people.helpers import signed_in

from .conftest import AT

SHARED = "C3/C3-07"
ANCHOR = "q-C3-C3-07"
STATE, BOTH = Comment.Within.STATE, Comment.Within.SECRETARIAT


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def in_page(answer):
    return answer.content.decode()


@pytest.fixture
def say(spring, arden):
    def say(by, text, question=SHARED, **more):
        return comment(round=spring, state=arden, question=question, text=text, by=by, at=AT, **more)

    return say


@pytest.fixture
def sent(spring, arden):
    """Arden's reply was signed and sent."""
    return Reply.objects.create(
        round=spring, state=arden, step="submitted", submitted_at=now(), signed_as="Deputy Minister"
    )


class TestBelowAnAnswer:
    def test_what_is_open_is_shown_and_the_rest_is_closed(self, say, ana):
        say(ana, "Is the whole country meant?")
        page = in_page(signed_in(ana).get(at("section", "C3")))

        assert page.count('<details class="talk" open>') == 1
        assert "Discussion: one open" in page
        assert "Is the whole country meant?" in page
        assert "You, 1 March 2021 · read by our state only" in page

    def test_a_comment_comes_back_to_its_question(self, spring, ana):
        answer = signed_in(ana).post(
            at("comments"),
            {"question": SHARED, "text": "Really?", "within": "secretariat", "back": "section"},
        )

        assert answer.url == f"{at('section', 'C3')}#{ANCHOR}"
        made = Comment.objects.get()
        assert (made.text, made.within, made.role) == ("Really?", BOTH, "coordinator")

    def test_who_reads_it_is_the_state_alone_unless_something_else_was_said(self, spring, ana):
        for within in ("", "everybody"):
            signed_in(ana).post(at("comments"), {"question": SHARED, "text": "Really?", "within": within})

        assert {each.within for each in Comment.objects.all()} == {STATE}

    def test_a_member_of_the_team_goes_back_to_the_page_they_came_from(self, shared, tara):
        page = signed_in(tara).get(at("section", "C3") + "?all")
        assert 'name="back" value="whole"' in in_page(page)

        answer = signed_in(tara).post(at("comments"), {"question": SHARED, "text": "So?", "back": "whole"})
        assert answer.url == f"{at('section', 'C3')}?all#{ANCHOR}"

    def test_who_spoke_is_told_by_role_and_never_by_name(self, say, ana, tara):
        say(tara, "The ministry says so.", to=say(ana, "Who says so?"))
        page = in_page(signed_in(ana).get(at("section", "C3")))

        assert "A member of the team, 1 March 2021" in page
        assert "Tara" not in page

    def test_the_comments_of_a_section_are_loaded_at_once(self, say, ana, django_assert_max_num_queries):
        desk = signed_in(ana)
        for number in range(1, 4):
            say(ana, "One.", question=f"C3/C3-0{number}")
        desk.get(at("section", "C3"))
        with django_assert_max_num_queries(40) as few:
            desk.get(at("section", "C3"))
        for number in range(1, 7):
            say(ana, "Another.", question=f"C3/C3-0{number}")
        with django_assert_max_num_queries(len(few)):
            desk.get(at("section", "C3"))


class TestAllComments:
    def test_open_ones_come_first_by_question(self, say, ana):
        settle(comment=say(ana, "Done with.", question="C1/C1-02"), by=ana, at=AT)
        say(ana, "Still open.")
        page = in_page(signed_in(ana).get(at("comments")))

        assert page.index("Still open.") < page.index("Done with.")
        assert "Settled on 1 March 2021." in page

    def test_the_secretariat_sees_what_is_asked_of_it_and_no_answer(self, say, ana, sera):
        say(ana, "Between us.", within=STATE)
        say(ana, "What do you mean by it?", within=BOTH)
        page = in_page(signed_in(sera).get(at("comments")))

        assert "What do you mean by it?" in page
        assert "Between us." not in page
        assert reverse("replies:section", args=["spring-2021", "arden", "C3"]) not in page

    def test_the_secretariat_answers_and_settles(self, say, ana, sera):
        asked = say(ana, "What do you mean by it?", within=BOTH)
        desk = signed_in(sera)
        answer = desk.post(at("comments"), {"question": SHARED, "to": asked.pk, "text": "The country."})

        assert answer.url == f"{at('comments')}#{ANCHOR}"
        assert asked.answers.get().role == "secretariat"
        desk.post(at("settle", asked.pk), {"back": ""})
        asked.refresh_from_db()
        assert asked.settled_at is not None

    def test_the_page_has_the_ways_to_all_others(self, spring, ana):
        assert (
            f'href="{reverse("replies:replies")}"'
            in in_page(signed_in(ana).get(at("comments"))).split("<main")[0]
        )

    def test_without_comments_the_page_says_so(self, spring, ana):
        assert "Nothing was said yet." in in_page(signed_in(ana).get(at("comments")))

    def test_a_rapporteur_reads_once_the_reply_was_sent_and_says_nothing(self, say, sera, ravi, sent):
        say(sera, "Which law is it?")
        desk = signed_in(ravi)
        page = in_page(desk.get(at("comments")))

        assert "Which law is it?" in page
        assert "<textarea" not in page
        assert desk.post(at("comments"), {"question": SHARED, "text": "And I?"}).status_code == 404

    def test_before_that_a_rapporteur_finds_nothing(self, spring, ravi):
        assert signed_in(ravi).get(at("comments")).status_code == 404

    def test_another_state_finds_nothing(self, say, ana, beno):
        made, desk = say(ana, "Between us.", within=BOTH), signed_in(beno)

        assert desk.get(at("comments")).status_code == 404
        assert desk.post(at("comments"), {"question": SHARED, "text": "x"}).status_code == 404
        assert desk.post(at("settle", made.pk)).status_code == 404
        assert desk.post(at("settle", made.pk, state="belmora")).status_code == 404

    def test_what_is_restricted_is_not_shown_to_a_team_it_was_not_shared_with(self, say, spring, ana, tara):
        hidden = next(path for path, each in spring.version.form.questions() if each.restricted)
        made = say(ana, "For few eyes.", question=hidden, within=BOTH)
        desk = signed_in(tara)

        assert "For few eyes." not in in_page(desk.get(at("comments")))
        assert desk.post(at("settle", made.pk)).status_code == 404
        assert desk.post(at("comments"), {"question": hidden, "text": "x"}).status_code == 404


class TestWhatIsNotTaken:
    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"question": SHARED, "text": "  "}, "nothing in the field"),
            ({"question": SHARED, "text": "x" * 4001}, "4001 characters"),
            ({"question": "", "text": "To whom?"}, "no question"),
        ],
    )
    def test_the_page_says_why_and_keeps_what_was_typed(self, spring, ana, sent, said):
        answer = signed_in(ana).post(at("comments"), {**sent, "within": "secretariat", "back": "section"})

        assert answer.status_code == 422
        page = in_page(answer)
        assert said in page
        assert sent["text"] in page
        assert 'value="secretariat" checked' in page

    def test_case_data_is_asked_about(self, spring, ana):
        sent = {"question": SHARED, "text": "Ask anna.k@example.com at the office"}
        answer = signed_in(ana).post(at("comments"), sent)

        assert answer.status_code == 422
        assert "looks like case data" in in_page(answer)
        again = signed_in(ana).post(
            at("comments"), {**sent, "not_case_data": "The published address of the office"}
        )
        assert again.status_code == 302

    def test_a_refused_answer_stands_again_at_what_it_answers(self, say, ana):
        asked = say(ana, "Well?")
        answer = signed_in(ana).post(at("comments"), {"question": SHARED, "to": asked.pk, "text": " "})

        assert answer.status_code == 422
        assert in_page(answer).count('role="alert"') >= 1
        assert "<details open>" in in_page(answer)

    @pytest.mark.parametrize("to", ["999999", "x", "-1", "1" * 40, "١"])
    def test_what_answers_nothing_is_not_found(self, spring, ana, to):
        sent = {"question": SHARED, "to": to, "text": "Yes."}
        assert signed_in(ana).post(at("comments"), sent).status_code == 404

    def test_a_question_that_is_not_asked_is_not_found(self, spring, ana):
        assert signed_in(ana).post(at("comments"), {"question": "C9/x", "text": "Yes."}).status_code == 404


class TestSentBack:
    def test_the_secretariat_writes_its_questions_at_the_answers_and_sends_the_reply_back(
        self, sent, ana, sera
    ):
        desk = signed_in(sera)
        assert "Nothing is asked yet" in in_page(desk.get(at("open-again")))
        desk.post(at("comments"), {"question": SHARED, "text": "Which law is it?", "back": "section"})
        assert "It goes back with one question" in in_page(desk.get(at("open-again")))
        open_again(reply=sent, reason="Questions of the review", by=sera, at=AT)

        page = in_page(signed_in(ana).get(at("reply")))
        assert "Sent back with one question" in page
        assert f"{at('section', 'C3')}?all#{ANCHOR}" in page
        assert "Which law is it?" in page

    def test_what_is_settled_is_not_counted(self, say, sent, ana, sera):
        asked = say(sera, "Which law is it?")
        open_again(reply=sent, reason="Questions of the review", by=sera, at=AT)
        settle(comment=asked, by=ana, at=AT)

        assert "Sent back with one" not in in_page(signed_in(ana).get(at("reply")))

    def test_the_page_of_a_reply_leads_to_the_discussion(self, say, ana, sera):
        say(ana, "Which country?", within=BOTH)
        for person in (ana, sera):
            page = in_page(signed_in(person).get(at("reply")))
            assert "Discussion: one open" in page
            assert at("comments") in page
