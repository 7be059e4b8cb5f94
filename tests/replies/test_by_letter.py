"""Answers that the coordinator enters for an institution, by its letter; and how each answer came in."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from endocsea.questionnaires.models import Share
from endocsea.replies import refusals
from endocsea.replies.actions import answer_by_link, make_link, open_again, save, submit
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.models import Answer, AnswerVersion
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER, NOT_SHARED = "C3/C3-07", "C1/C1-02", "C3/C3-08"
LETTER = {"number": "12/2021", "dated": "2021-03-01"}
STRANGERS = ("beno", "ravi", "sera", "otto", "adam", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario")


@pytest.fixture
def desk(ana):
    """Ana's browser."""
    return signed_in(ana)


@pytest.fixture
def sheet(spring, arden):
    return Share.objects.create(
        round=spring, state=arden, institution="Ministry of Education", questions=[LEVEL, OTHER]
    )


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def entered(desk, sheet, question=LEVEL, *, letter="12/2021, 01.03.2021", script=False, **fields):
    headers = {"X-Requested-With": "autosave"} if script else {}
    sent = {"question": question, "seen": "0", "value": "3", "letter": letter, **fields}
    return desk.post(at("answer-by-letter", sheet.pk), sent, headers=headers)


def words(answer):
    return answer.content.decode()


class TestEnteringThem:
    def test_the_letter_is_asked_before_the_questions_and_once(self, desk, sheet):
        where = at("by-letter", sheet.pk)
        assert 'data-question="' not in words(desk.get(where))
        answer = desk.post(where, LETTER, follow=True)

        assert words(answer).count('name="letter" value="12/2021, 01.03.2021"') == 2
        assert 'data-question="C3/C3-08"' not in words(answer)

    def test_each_answer_keeps_the_letter(self, desk, sheet):
        assert entered(desk, sheet, script=True).json()["seen"] == 1
        answer = entered(desk, sheet, OTHER, value="1")

        assert (answer.status_code, answer.url) == (302, f"{at('by-letter', sheet.pk)}#q-C1-C1-02")
        kept = AnswerVersion.objects.filter(origin=Origin.LETTER, answer__round=sheet.round)
        assert {(each.answer.question, each.letter) for each in kept} == {
            (LEVEL, "12/2021, 01.03.2021"),
            (OTHER, "12/2021, 01.03.2021"),
        }

    def test_the_question_says_how_its_answer_came_in(self, desk, sheet, arden, ana, spring):
        entered(desk, sheet)
        save(round=spring, state=arden, question=NOT_SHARED, given=Given(Status.ANSWERED, "1"), seen=0,
             by=ana, at=now())  # fmt: skip
        page = words(desk.get(at("section", "C3")))

        assert "version 1, by letter no. 12/2021, 01.03.2021" in page
        assert "version 1, typed" in page

    def test_without_a_letter_nothing_is_entered(self, desk, sheet):
        answer = entered(desk, sheet, letter="", explanation="Typed from the letter.")

        assert answer.status_code == 422
        assert "names its letter" in words(answer) or "letter" in words(answer)
        assert not Answer.objects.filter(round=sheet.round).exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"number": ""},
            {"dated": ""},
            {"dated": "the first of March"},
            {"number": "by anna.k@example.com"},
            {"number": "1" * 101},
            {"dated": str(localdate() + datetime.timedelta(days=2))},
        ],
    )
    def test_what_is_no_letter_is_said_and_what_was_typed_is_kept(self, desk, sheet, wrong):
        answer = desk.post(at("by-letter", sheet.pk), LETTER | wrong)

        assert answer.status_code == 400
        (field,) = answer.context["form"].errors
        assert field in wrong
        assert answer.context["form"][field].value() == wrong[field]

    def test_a_letter_number_that_somebody_made_too_long_is_refused(self, desk, sheet):
        assert entered(desk, sheet, letter="1" * 121, script=True).status_code == 422

    def test_case_data_in_the_letter_or_the_answer_is_asked_about(self, desk, sheet):
        assert entered(desk, sheet, letter="anna.k@example.com", script=True).status_code == 422
        answer = entered(desk, sheet, explanation="Ask anna.k@example.com")
        assert answer.status_code == 422
        assert "Ask anna.k@example.com" in words(answer)
        assert 'name="letter" value="12/2021, 01.03.2021"' in words(answer)

    def test_a_question_of_another_sheet_is_not_there(self, desk, sheet):
        assert entered(desk, sheet, NOT_SHARED).status_code == 404

    @pytest.mark.parametrize("chair", STRANGERS)
    def test_nobody_but_the_coordinator_enters_one(self, sheet, request, chair):
        browser = signed_in(request.getfixturevalue(chair))

        assert browser.get(at("by-letter", sheet.pk)).status_code == 404
        assert entered(browser, sheet).status_code == 404
        assert not Answer.objects.filter(round=sheet.round).exists()

    def test_a_round_that_was_closed_shows_and_takes_nothing(self, desk, sheet, spring):
        entered(desk, sheet, explanation="Saved before.")
        spring.closed_at = now()
        spring.save()

        assert "Saved before." in words(desk.get(at("by-letter", sheet.pk)))
        answer = entered(desk, sheet, seen="1", explanation="Typed meanwhile.")
        assert answer.status_code == 422
        assert "Typed meanwhile." in words(answer)


class TestVersions:
    @pytest.fixture
    def answered(self, spring, arden, ana, sheet):
        """Typed by the coordinator, changed by a link, and once more by letter."""
        link, _token = make_link(share=sheet, by=ana, at=AT)
        first = Given(Status.ANSWERED, "1", explanation="A draft that nobody else reads.")
        save(round=spring, state=arden, question=LEVEL, given=first, seen=0, by=ana, at=AT)
        second = Given(Status.ANSWERED, "2", explanation="By decree.")
        answer_by_link(link=link, question=LEVEL, given=second, seen=1, at=AT + datetime.timedelta(hours=1))
        third = Given(Status.NOT_KNOWN, explanation="By decree.")
        return save(round=spring, state=arden, question=LEVEL, given=third, seen=2, origin=Origin.LETTER,
                    letter="12/2021", by=ana, at=AT + datetime.timedelta(hours=2))  # fmt: skip

    def test_each_says_when_in_which_way_in_which_role_and_what_changed(self, desk, answered):
        told = desk.get(at("versions", LEVEL)).context["versions"]

        assert [(each.number, each.way, each.role) for each in told] == [
            (3, "by letter no. 12/2021", "National coordinator"),
            (2, "by link, without an account", "the bearer of a link"),
            (1, "typed", "National coordinator"),
        ]
        assert [change.what for change in told[0].changes] == ["Answer"]
        assert [change.what for change in told[1].changes] == ["Answer", "Explanation"]
        assert told[1].changes[1].before == "A draft that nobody else reads."
        assert told[2].changes == []

    def test_a_question_that_nobody_answered_has_none(self, desk, spring):
        answer = desk.get(at("versions", OTHER))

        assert answer.status_code == 200
        assert answer.context["versions"] == []
        assert desk.get(at("versions", "C3/C3-99")).status_code == 404
        assert desk.get(at("versions", "C3")).status_code == 404

    @pytest.mark.parametrize("chair", ["beno", "ravi", "sera", "otto", "adam", "cleo", "dario"])
    def test_nobody_else_sees_a_draft(self, answered, request, chair):
        assert signed_in(request.getfixturevalue(chair)).get(at("versions", LEVEL)).status_code == 404

    def test_a_member_of_the_team_reads_what_they_may_read(self, answered, tara, spring, monkeypatch):
        browser = signed_in(tara)
        assert browser.get(at("versions", LEVEL)).status_code == 200
        restricted = next((path for path, asked in spring.version.form.questions() if asked.restricted), None)
        if restricted:
            assert browser.get(at("versions", restricted)).status_code == 404

    def test_the_review_sees_what_stood_at_each_sending_and_no_draft(
        self, answered, spring, arden, ana, ravi, monkeypatch
    ):
        monkeypatch.setattr("endocsea.replies.actions.signing.not_ready", lambda *_a, **_k: [])
        reply = spring.replies.get(state=arden)
        later = AT + datetime.timedelta(days=1)
        submit(reply=reply, signed_as="Deputy Minister", by=ana, at=later)
        page = signed_in(ravi).get(at("versions", LEVEL))
        assert [each.number for each in page.context["versions"]] == [3]
        assert "nobody else reads" not in words(page)

        open_again(reply=reply, reason="A figure was wrong.", by=ana, at=later + datetime.timedelta(hours=1))
        for number, level in ((3, "3"), (4, "4")):
            save(round=spring, state=arden, question=LEVEL, given=Given(Status.ANSWERED, level), seen=number,
                 by=ana, at=later + datetime.timedelta(hours=number))  # fmt: skip
        submit(reply=reply, signed_as="Deputy Minister", by=ana, at=later + datetime.timedelta(hours=9))
        page = signed_in(ravi).get(at("versions", LEVEL))
        assert [each.number for each in page.context["versions"]] == [5, 3]


def test_a_letter_without_a_number_is_refused_by_the_deed(spring, arden, ana):
    with pytest.raises(refusals.NoLetter):
        save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0,
             origin=Origin.LETTER, by=ana, at=AT)  # fmt: skip
