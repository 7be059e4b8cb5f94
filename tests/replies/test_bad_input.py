"""Bad input and bad moments: a sentence says what is wrong, nothing half-done is kept, and nothing typed is lost."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from endocsea.questionnaires.form import Form, Group, Kind, Question
from endocsea.questionnaires.models import Round, Share
from endocsea.replies import refusals
from endocsea.replies.actions import comment, open_again, reopen_section, save, sign_section, submit
from endocsea.replies.actions.answering import asked_at
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Answer, AnswerVersion, Comment, Reply
from tests.people.helpers import signed_in

from .conftest import AT

LEVEL, OTHER = "C3/C3-07", "C1/C1-02"
THREE = Given(Status.ANSWERED, "3")
PACKED = b"PK\x03\x04"


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def complete(monkeypatch):
    """Nothing is missing, so that a reply can be sent."""
    monkeypatch.setattr("endocsea.replies.actions.signing.not_ready", lambda *_, **__: [])


def at(name, *more, state="arden"):
    return reverse(f"replies:{name}", args=["spring-2021", state, *more])


def typed(desk, seen=0, *, by_itself=False, question=LEVEL, **fields):
    """An answer as a page sends it."""
    headers = {"X-Requested-With": "autosave"} if by_itself else {}
    return desk.post(at("answer"), {"question": question, "seen": seen, **fields}, headers=headers)


def in_page(answer):
    return answer.content.decode()


class TestOneAnswer:
    @pytest.mark.parametrize("by_itself", [True, False])
    def test_a_text_of_a_megabyte_is_refused_and_still_there(self, desk, spring, by_itself):
        answer = typed(desk, value="3", explanation="word " * 200_000, by_itself=by_itself)

        assert answer.status_code == 422
        assert not Answer.objects.filter(round=spring).exists()
        if by_itself:
            assert "20,000" in answer.json()["sentence"] or "20000" in answer.json()["sentence"]
        else:
            assert in_page(answer).count("word ") >= 199_999

    def test_more_than_a_request_may_hold_is_no_failure_of_the_server(self, desk, spring):
        assert typed(desk, value="3", explanation="word " * 800_000, by_itself=True).status_code in (400, 413)

    @pytest.mark.parametrize("by_itself", [True, False])
    def test_two_tabs_of_one_person_are_shown_side_by_side(self, desk, spring, by_itself):
        typed(desk, value="2", explanation="From the first tab.")
        second = typed(desk, value="4", explanation="From the second tab.", by_itself=by_itself)

        assert second.status_code == 409
        told = second.json()["theirs"] if by_itself else in_page(second)
        assert "From the first tab." in told
        if not by_itself:
            assert "From the second tab." in told
        assert Answer.objects.get(round=spring).explanation == "From the first tab."
        assert typed(desk, 1, value="4", explanation="From the second tab.").status_code == 302
        assert AnswerVersion.objects.filter(answer__round=spring).count() == 2

    @pytest.mark.parametrize("why", ["closed", "sent", "section"])
    @pytest.mark.parametrize("by_itself", [True, False])
    def test_what_closes_while_somebody_types_takes_nothing_and_loses_nothing(
        self, desk, spring, arden, ana, complete, monkeypatch, why, by_itself
    ):
        typed(desk, value="2")
        if why == "closed":
            Round.objects.filter(pk=spring.pk).update(closed_at=now())
        elif why == "sent":
            submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=now())
        else:
            monkeypatch.setattr("endocsea.replies.actions.sections.not_ready", lambda *_, **__: [])
            sign_section(round=spring, state=arden, section="C3", signed_as="Head of unit", by=ana, at=now())

        answer = typed(desk, 1, value="3", explanation="Typed at the last minute.", by_itself=by_itself)
        assert answer.status_code == 422
        if not by_itself:
            assert "Typed at the last minute." in in_page(answer)
        assert Answer.objects.get(round=spring).given.value == "2"

    def test_a_due_day_that_passes_closes_nothing(self, desk, spring):
        Round.objects.filter(pk=spring.pk).update(answers_until=AT.date())

        assert typed(desk, value="3").status_code == 302

    @pytest.mark.parametrize(
        ("field", "length"), [("respondent", 161), ("not_case_data", 400), ("reason", 20_001)]
    )
    def test_what_is_longer_than_its_place_is_told(self, desk, spring, field, length):
        text = ("word " * length)[:length]
        suspect = {"explanation": "Ask somebody.else@example.org."} if field == "not_case_data" else {}
        answer = typed(desk, value="3", status="answered", **{field: text}, **suspect)

        assert answer.status_code == 422
        assert not Answer.objects.filter(round=spring).exists()

    def test_a_character_that_no_database_keeps_is_left_out(self, desk, spring):
        assert typed(desk, value="3", explanation="By\x00 decree.", respondent="\x00").status_code == 302

        answer = Answer.objects.get(round=spring)
        assert (answer.explanation, answer.respondent) == ("By decree.", "")

    @pytest.mark.parametrize("language", ["x" * 500, "<b>", "en\n"])
    def test_what_is_no_language_is_kept_as_none(self, spring, arden, ana, language):
        given = replace(THREE, language=language)
        answer = save(round=spring, state=arden, question=LEVEL, given=given, seen=0, by=ana, at=AT)

        assert answer.language == ""

    @pytest.mark.parametrize("seen", ["", "-3", "1e9", "9" * 40, "٣", "0 "])
    def test_a_version_that_is_no_number_is_a_conflict_and_no_failure(self, desk, spring, seen):
        typed(desk, value="2")

        assert typed(desk, seen, value="3").status_code == 409

    @pytest.mark.parametrize(
        "question",
        ["C3[1]/C3-07", "C3/C3-07[1]", "C3[0]/C3-07", "C3[1][1]/C3-07", "[1]C3/C3-07", "C3/C3-0[1]7"],
    )
    def test_a_question_is_one_of_many_only_where_its_group_repeats(self, desk, spring, arden, ana, question):
        with pytest.raises(refusals.NoSuchQuestion):
            save(round=spring, state=arden, question=question, given=THREE, seen=0, by=ana, at=AT)
        assert typed(desk, question=question, value="3").status_code == 404
        assert not Answer.objects.filter(round=spring).exists()

    def test_in_a_group_that_repeats_each_has_its_own_path(self):
        hours = Question("hours", Kind.WHOLE, {"en": "How many hours?"})
        form = Form(
            {"en": "Training"},
            ("en",),
            (Group("c1", {"en": "Courses"}, (Group("course", {"en": "Course"}, (hours,), repeats=True),)),),
        )

        assert asked_at(form, "c1/course[2]/hours") == hours == asked_at(form, "c1/course/hours")
        for wrong in (
            "c1[2]/course/hours",
            "c1/course/hours[2]",
            "c1/course[02]/hours",
            "c1/course[0]/hours",
        ):
            assert asked_at(form, wrong) is None


class TestOtherTexts:
    @pytest.mark.parametrize("deed", ["sign-section", "reopen-section"])
    def test_a_function_or_a_reason_without_end_is_told(self, desk, spring, arden, ana, monkeypatch, deed):
        monkeypatch.setattr("endocsea.replies.actions.sections.not_ready", lambda *_, **__: [])
        monkeypatch.setattr("endocsea.replies.reading.Desk.not_ready_in", lambda *_: [])
        if deed == "reopen-section":
            sign_section(round=spring, state=arden, section="C3", signed_as="Head of unit", by=ana, at=AT)
        text = "The reason is a long one. " * 40
        answer = desk.post(at(deed, "C3"), {"signed_as": text, "reason": text})

        assert answer.status_code == 422
        assert "The reason is a long one." in in_page(answer)

    def test_marks_that_no_database_keeps_are_left_out_of_comments_and_functions(
        self, spring, arden, ana, monkeypatch
    ):
        monkeypatch.setattr("endocsea.replies.actions.sections.not_ready", lambda *_, **__: [])
        where = {"round": spring, "state": arden, "by": ana, "at": AT}
        comment(question=LEVEL, text="Is\x00 it so?", **where)
        sign_section(section="C3", signed_as="Head\x00 of unit", **where)
        reopen_section(section="C3", reason="A figure\x00 was wrong.", **where)

        assert Comment.objects.get().text == "Is it so?"
        signed = Reply.objects.get(round=spring).sections_signed.get()
        assert (signed.signed_as, signed.reason) == ("Head of unit", "A figure was wrong.")

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "word " * 200_000])
    def test_a_comment_that_cannot_be_kept_is_shown_again(self, desk, spring, text):
        answer = desk.post(at("comments"), {"question": LEVEL, "text": text, "within": "state"})

        assert answer.status_code == 422
        assert not Comment.objects.exists()


def packed(**parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


class TestFiles:
    """What a single reader refuses is tried where it is written; here: a page tells it, and nothing is kept."""

    def bring(self, desk, content, name="workbook.xlsx"):
        return desk.post(at("bring-back"), {"file": named(content, name)})

    def sent(self, desk):
        return desk.get(at("workbook")).content

    def with_macros(self, content):
        written = io.BytesIO(content)
        with zipfile.ZipFile(written, "a") as package:
            package.writestr("xl/vbaProject.bin", b"x")
        return written.getvalue()

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda whole: whole[: len(whole) // 2],
            lambda whole: whole[:-40],
            lambda _whole: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),  # old, or with a password
            lambda _whole: packed(**{"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<b/>"}),
            lambda _whole: packed(**{"bomb.xml": b"0" * 80_000_000}),
            lambda _whole: PACKED + bytes(100),
        ],
    )
    @pytest.mark.parametrize("name", ["workbook.xlsx", "sheet.docx", "workbook.xlsm", "x" * 300 + ".xlsx"])
    def test_broken_locked_and_bursting_files_are_refused_with_a_sentence(self, desk, spring, spoil, name):
        answer = self.bring(desk, spoil(self.sent(desk)), name)

        assert answer.status_code == 400
        assert 'role="alert"' in in_page(answer)
        assert not Answer.objects.filter(round=spring).exists()

    def test_macros_are_named(self, desk, spring):
        answer = self.bring(desk, self.with_macros(self.sent(desk)))

        assert answer.status_code == 400
        assert "macro" in in_page(answer).lower()

    def test_a_workbook_of_another_state_is_refused_by_name(self, desk, spring, beno):
        answer = signed_in(beno).post(
            at("bring-back", state="belmora"), {"file": named(self.sent(desk), "workbook.xlsx")}
        )

        assert answer.status_code == 400
        assert "belongs to" in in_page(answer)

    def test_a_workbook_of_another_round_is_refused_by_name(self, desk, spring, arden):
        whole = self.sent(desk)
        Round.objects.filter(pk=spring.pk).update(code="autumn-2021")
        answer = desk.post(
            reverse("replies:bring-back", args=["autumn-2021", "arden"]), {"file": named(whole, "w.xlsx")}
        )

        assert answer.status_code == 400
        assert "spring-2021" in in_page(answer)


def named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


class TestWhatCrossesOnTheWay:
    """Each deed reads again under its lock: what was seen on a page may not stand any more."""

    def test_saving_after_sending_changes_nothing_though_the_page_was_open(
        self, desk, spring, arden, ana, complete
    ):
        typed(desk, value="2")
        stale = Reply.objects.get(round=spring)
        submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=now())

        with pytest.raises(refusals.AlreadySigned):
            submit(reply=stale, signed_as="Somebody else", by=ana, at=now())
        open_again(reply=stale, reason="A figure was wrong.", by=ana, at=now())
        with pytest.raises(refusals.NothingToOpen):
            open_again(reply=stale, reason="A figure was wrong.", by=ana, at=now())
        assert typed(desk, 1, value="3").status_code == 302

    def test_questions_that_were_taken_back_while_a_member_types(self, shared, tara):
        desk = signed_in(tara)
        assert typed(desk, value="2").status_code == 302
        Share.objects.update(withdrawn_at=now())

        answer = typed(desk, 1, value="3", explanation="Typed at the last minute.")
        assert answer.status_code == 422
        assert "Typed at the last minute." in in_page(answer)

    def test_a_session_that_is_over_takes_nothing(self, spring):
        answer = typed(Client(), value="3", explanation="Typed for a week.", by_itself=True)

        assert answer.status_code in (302, 401, 403)
        assert not Answer.objects.filter(round=spring).exists()
