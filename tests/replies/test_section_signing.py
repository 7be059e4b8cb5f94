"""A section is signed off when all of it is ready; from then it does not change until it is reopened with a reason."""

import pytest
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.questionnaires.models import Share
from endocsea.replies.actions import open_again, reopen_section, save, sign_section, take
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.exchange.sheet import Difference, How
from endocsea.replies.models import Answer, Reply, SectionSigned
from endocsea.replies.refusals import (
    AlreadySigned,
    MayNotAnswer,
    NoSuchSection,
    NotComplete,
    NothingToOpen,
    RoundTakesNoAnswers,
    SectionIsSigned,
    SignedByNobody,
    WithoutAReason,
)
from endocsea.support.guard.texts import LooksLikeCaseData
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL = "C3/C3-07"


@pytest.fixture
def paths(spring):
    return [path for path in spring.version.form.by_path() if path.startswith("C3/")]


@pytest.fixture
def ready(spring, arden, paths):
    """Every question of the section is answered."""
    Reply.objects.create(round=spring, state=arden)
    Answer.objects.bulk_create(
        Answer(round=spring, state=arden, question=path, status="not_known", number=1) for path in paths
    )


@pytest.fixture
def sign(spring, arden):
    def sign(by, *, section="C3", signed_as="Head of the unit", state=arden):
        return sign_section(round=spring, state=state, section=section, signed_as=signed_as, by=by, at=AT)

    return sign


@pytest.fixture
def reopen(spring, arden):
    def reopen(by, *, section="C3", reason="A law has changed"):
        return reopen_section(round=spring, state=arden, section=section, reason=reason, by=by, at=AT)

    return reopen


@pytest.fixture
def answer(spring, arden):
    def answer(by, question=LEVEL, value="3", seen=1):
        given = Given(Status.ANSWERED, value)
        return save(round=spring, state=arden, question=question, given=given, seen=seen, by=by, at=AT)

    return answer


@pytest.fixture
def whole(shared, paths):
    """The whole section is with the ministry where Tara answers."""
    Share.objects.filter(pk=shared.pk).update(questions=paths)


class TestSigningOff:
    def test_from_then_its_answers_do_not_change(self, ready, sign, answer, ana):
        signed = sign(ana)

        assert (signed.signed_as, signed.signed_at) == ("Head of the unit", AT)
        with pytest.raises(SectionIsSigned):
            answer(ana)

    def test_other_sections_go_on(self, ready, sign, answer, ana):
        sign(ana)
        assert answer(ana, question="C1/C1-02", seen=0).value == "3"

    def test_what_comes_back_in_a_file_is_refused_whole(self, ready, sign, spring, arden, ana):
        sign(ana)
        came = [
            Difference("C1/C1-02", How.FILLED, Given(), Given(Status.NOT_KNOWN), 0, ("status",)),
            Difference(
                LEVEL, How.CHANGED, Given(Status.NOT_KNOWN), Given(Status.ANSWERED, "3"), 1, ("value",)
            ),
        ]
        with pytest.raises(SectionIsSigned):
            take(round=spring, state=arden, differences=came, origin=Origin.SHEET, by=ana, at=AT)
        assert not Answer.objects.filter(round=spring, question="C1/C1-02").exists()

    def test_an_open_question_stands_in_the_way(self, ready, sign, spring, ana):
        Answer.objects.filter(round=spring, question=LEVEL).update(status="not_answered")
        with pytest.raises(NotComplete, match="C3-07"):
            sign(ana)

    def test_it_is_signed_once(self, ready, sign, ana):
        sign(ana)
        with pytest.raises(SectionIsSigned):
            sign(ana)

    def test_the_journal_says_who_and_in_which_function(self, ready, sign, ana):
        made = sign(ana)
        entry = Entry.objects.with_parts().get(deed="section signed off")

        assert (entry.about_kind, entry.about_key) == ("section signed", str(made.pk))
        assert entry.doer.actor == ana.journal_id
        assert "Head of the unit" in entry.particulars.text

    @pytest.mark.parametrize("signed_as", ["", "   "])
    def test_somebody_signs(self, ready, sign, ana, signed_as):
        with pytest.raises(SignedByNobody):
            sign(ana, signed_as=signed_as)

    def test_a_function_that_looks_like_case_data_is_refused(self, ready, sign, ana):
        with pytest.raises(LooksLikeCaseData):
            sign(ana, signed_as="anna.k@example.com")

    @pytest.mark.parametrize("section", ["", "C9", "C3/C3-07"])
    def test_what_is_no_section_is_not_signed(self, ready, sign, ana, section):
        with pytest.raises(NoSuchSection):
            sign(ana, section=section)

    def test_a_round_that_is_closed_takes_no_signature(self, ready, sign, spring, ana):
        type(spring).objects.filter(pk=spring.pk).update(closed_at=AT)
        with pytest.raises(RoundTakesNoAnswers):
            sign(ana)

    def test_a_reply_that_was_sent_takes_no_signature(self, ready, sign, reopen, spring, ana):
        sign(ana)
        Reply.objects.filter(round=spring).update(step="submitted", submitted_at=AT, signed_as="Minister")
        for deed in (sign, reopen):
            with pytest.raises(AlreadySigned):
                deed(ana)

    def test_it_stays_signed_off_when_the_reply_is_sent_back(self, ready, sign, answer, spring, ana, sera):
        sign(ana)
        Reply.objects.filter(round=spring).update(step="submitted", submitted_at=AT, signed_as="Minister")
        open_again(reply=Reply.objects.get(round=spring), reason="Questions", by=sera, at=AT)
        with pytest.raises(SectionIsSigned):
            answer(ana)


class TestWhoSigns:
    def test_a_member_of_the_team_signs_what_is_wholly_theirs(self, ready, whole, sign, reopen, tara):
        assert sign(tara)
        assert reopen(tara).reopened_at == AT

    def test_a_member_with_some_of_its_questions_does_not(self, ready, shared, sign, tara):
        with pytest.raises(MayNotAnswer):
            sign(tara)

    def test_nobody_else_does(self, ready, sign, reopen, ana, beno, sera, ravi, otto, adam, cleo):
        for person in (beno, sera, ravi, otto, adam, cleo):
            with pytest.raises(MayNotAnswer):
                sign(person)
        sign(ana)
        for person in (beno, sera, ravi, otto, adam, cleo):
            with pytest.raises(MayNotAnswer):
                reopen(person)


class TestReopening:
    def test_with_a_reason_its_answers_change_again_and_it_is_signed_anew(
        self, ready, sign, reopen, answer, ana
    ):
        sign(ana)
        assert reopen(ana).reason == "A law has changed"
        assert answer(ana).value == "3"
        sign(ana)
        assert SectionSigned.objects.count() == 2

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_there_is_a_reason(self, ready, sign, reopen, ana, reason):
        sign(ana)
        with pytest.raises(WithoutAReason):
            reopen(ana, reason=reason)

    def test_what_was_not_signed_is_not_reopened(self, ready, reopen, ana):
        with pytest.raises(NothingToOpen):
            reopen(ana)


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def in_page(answer):
    return answer.content.decode()


class TestOnPages:
    def test_what_is_missing_is_named_and_led_to(self, spring, ana):
        page = in_page(signed_in(ana).get(at("section", "C3")))

        assert "The section can be signed off once these 27 questions are ready" in page
        assert '<a href="#q-C3-C3-07">C3-07</a>' in page
        assert at("sign-section", "C3") not in page

    def test_a_section_is_signed_off_and_shown_as_it_stands(self, ready, ana):
        desk = signed_in(ana)
        assert at("sign-section", "C3") in in_page(desk.get(at("section", "C3")))
        desk.post(at("sign-section", "C3"), {"signed_as": "Head of the unit"})

        page = in_page(desk.get(at("section", "C3")))
        assert "by: Head of the unit. Its answers do not change." in page
        assert 'name="value"' not in page
        assert "by: Head of the unit" in in_page(desk.get(at("reply")))

    def test_an_answer_that_was_being_typed_is_refused_and_kept(self, ready, sign, ana):
        sign(ana)
        sent = {"question": LEVEL, "seen": "1", "value": "3", "explanation": "As the new law says"}
        answer = signed_in(ana).post(at("answer"), sent)

        assert answer.status_code == 422
        assert "has been signed off" in in_page(answer)

    def test_reopening_takes_a_reason(self, ready, sign, ana):
        sign(ana)
        desk = signed_in(ana)
        refused = desk.post(at("reopen-section", "C3"), {"reason": " "})
        assert refused.status_code == 422
        assert "only with a reason" in in_page(refused)

        desk.post(at("reopen-section", "C3"), {"reason": "A law has changed"})
        assert 'name="value"' in in_page(desk.get(at("section", "C3")))

    def test_what_was_typed_is_kept_when_the_signature_is_refused(self, ready, ana):
        answer = signed_in(ana).post(at("sign-section", "C3"), {"signed_as": "anna.k@example.com"})

        assert answer.status_code == 422
        page = in_page(answer)
        assert 'value="anna.k@example.com"' in page
        assert "looks like case data" in page

    def test_who_may_not_sign_finds_no_such_address(self, ready, shared, tara, beno, sera):
        for person in (tara, beno, sera):
            assert signed_in(person).post(at("sign-section", "C3"), {"signed_as": "x"}).status_code == 404
        assert "Signing off" not in in_page(signed_in(tara).get(at("section", "C3")))
