"""What follows from answers: what is asked, what contradicts, what is offered; and a form without logic."""

from dataclasses import replace

import pytest

from endocsea.questionnaires.form import Form, Group, Kind, Question
from endocsea.replies.actions import save, sign_section, submit
from endocsea.replies.answers import consequences
from endocsea.replies.answers.consequences import NOTHING, what_follows
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.answers.readiness import by_section, not_ready
from endocsea.replies.exchange.making import sheet_of
from endocsea.replies.models import Reply
from endocsea.replies.refusals import NotComplete

from .conftest import AT
from .thinking import FORM, thinking

__all__ = ["thinking"]


def said(**values):
    """Answers by the last name of their paths."""
    paths = {path.rpartition("/")[2]: path for path, _question in FORM.questions()}
    return {
        paths[name]: value if isinstance(value, Given) else Given(Status.ANSWERED, value)
        for name, value in values.items()
    }


def follows(**values):
    return what_follows(FORM, said(**values), at=AT)


class TestWhatIsAsked:
    def test_a_question_is_off_because_of_an_answer(self):
        assert follows(there="no").off["line/calls"] == ("line/there",)
        assert "line/calls" not in follows(there="yes").off

    def test_through_what_is_calculated_the_question_behind_it_is_named(self):
        assert follows(there="yes", calls="10").off == {"place/busy": ("line/calls",)}

    def test_what_hangs_on_a_question_that_is_off_names_what_switched_that_off(self):
        assert follows(there="no", calls="4000").off["place/busy"] == ("line/there",)

    @pytest.mark.parametrize("status", [Status.NOT_KNOWN, Status.WITHHELD, Status.NOT_APPLICABLE])
    def test_an_answer_without_a_value_counts_as_empty(self, status):
        assert "line/calls" in follows(there=Given(status, reason="It is so.")).off

    def test_what_is_written_in_beside_choices_counts(self):
        form = Form(
            {"en": "T"},
            ("en",),
            (
                Group(
                    "g",
                    {"en": "G"},
                    (
                        Question("a", Kind.ONE, choices="list", other=True),
                        Question("b", Kind.TEXT, relevant="${a_other} = 'wood'"),
                    ),
                ),
            ),
            {"list": ()},
        )
        answers = {"g/a": Given(Status.ANSWERED, "other", "wood")}
        assert what_follows(form, answers, at=AT).off == {}
        assert what_follows(form, {}, at=AT).off == {"g/b": ("g/a",)}


class TestWhatIsReady:
    def test_what_is_off_is_not_counted(self):
        answers = said(there="no", region="north", town="alder")
        due = what_follows(FORM, answers, at=AT).due(FORM, answers)

        assert not_ready(FORM, answers, relevant=due) == []
        counts = by_section(FORM, answers, relevant=due)
        assert (counts["line"].asked, counts["line"].ready) == (1, 1)

    def test_what_is_required_is_waited_for_and_the_rest_is_not(self):
        answers = said(there="yes")
        due = what_follows(FORM, answers, at=AT).due(FORM, answers)

        assert not_ready(FORM, answers, relevant=due) == ["line/calls", "place/region"]

    def test_what_need_not_be_answered_counts_once_it_is_begun(self):
        answers = said(there="no", region="north", remark=Given(Status.WITHHELD))
        due = what_follows(FORM, answers, at=AT).due(FORM, answers)

        assert not_ready(FORM, answers, relevant=due) == ["line/remark"]

    def test_a_form_that_marks_nothing_as_required_waits_for_every_question(self):
        item = Question("b", Kind.TEXT, relevant="${a} = 'x'")
        form = Form({"en": "T"}, ("en",), (Group("g", {}, (Question("a", Kind.TEXT), item)),))
        answers = {"g/b": Given()}

        assert not_ready(form, answers, relevant=what_follows(form, answers, at=AT).due(form, answers)) == [
            "g/a"
        ]


class TestWhatContradicts:
    def test_a_broken_constraint_is_told_in_its_author_s_words(self):
        found = follows(there="yes", calls="-3")
        assert found.contradictions(FORM, "line/calls") == ("Between 0 and a million.",)

    def test_without_such_words_there_are_words_of_our_own(self):
        question = Question("a", Kind.WHOLE, constraint=". > 0")
        form = Form({"en": "T"}, ("en",), (Group("g", {}, (question,)),))
        found = what_follows(form, {"g/a": Given(Status.ANSWERED, "0")}, at=AT)
        assert "does not agree" in found.contradictions(form, "g/a")[0]

    def test_what_is_not_asked_contradicts_nothing(self):
        assert follows(there="no", calls="-3").broken == frozenset()

    def test_a_list_is_as_short_as_other_answers_say(self):
        choices = follows(region="north").choices("place/town", FORM.choices["towns"])
        assert [choice.name for choice in choices] == ["alder", "birch"]

    def test_a_choice_that_is_offered_no_more_contradicts_and_is_not_lost(self):
        found = follows(region="north", town="cedar")

        assert found.contradictions(FORM, "place/town") == (
            "No longer offered, because of another answer: Cedar.",
        )
        assert "cedar" in {each.name for each in found.choices("place/town", FORM.choices["towns"])}


class TestAFormWithoutLogic:
    def test_nothing_follows_and_nothing_is_compiled(self, monkeypatch):
        form = Form({"en": "T"}, ("en",), (Group("g", {}, (Question("a", Kind.TEXT),)),))
        monkeypatch.setattr(consequences, "compile_form", None)

        assert what_follows(form, {}, at=AT) is NOTHING
        assert NOTHING.due(form, {}) is None

    def test_of_a_benchmark_every_question_counts_and_no_number_is_below_zero(self, spring):
        form = spring.version.form
        number = next(path for path, question in form.questions() if question.kind is Kind.NUMBER)
        found = what_follows(form, {number: Given(Status.ANSWERED, "-1")}, at=AT)

        assert found.due(form, {}) is None
        assert found.broken == {number}

    def test_logic_is_compiled_once(self, monkeypatch):
        form, calls = replace(FORM), []
        compiled = consequences.compile_form
        monkeypatch.setattr(consequences, "compile_form", lambda form: calls.append(1) or compiled(form))
        for _again in range(3):
            what_follows(form, {}, at=AT)

        assert len(calls) == 1

    def test_logic_that_cannot_run_asks_everything(self, caplog):
        question = Question("a", Kind.TEXT, relevant="${nobody} = 1")
        form = Form({"en": "T"}, ("en",), (Group("g", {}, (question,)),))

        assert what_follows(form, {}, at=AT) is NOTHING
        assert "cannot run" in caplog.text


@pytest.fixture
def answer(thinking, arden, ana):
    def answer(**values):
        for path, given in said(**values).items():
            save(round=thinking, state=arden, question=path, given=given, seen=0, by=ana, at=AT)
        return Reply.objects.get(round=thinking, state=arden)

    return answer


class TestInAReply:
    def test_a_reply_is_sent_without_what_is_not_asked(self, answer, ana):
        reply = answer(there="no", region="south")
        assert submit(reply=reply, signed_as="Deputy Minister", by=ana, at=AT).is_sent

    def test_a_reply_waits_for_what_an_answer_has_brought_up(self, answer, ana):
        reply = answer(there="yes", region="south")
        with pytest.raises(NotComplete, match="calls"):
            submit(reply=reply, signed_as="Deputy Minister", by=ana, at=AT)

    def test_a_section_is_signed_off_without_what_is_not_asked(self, answer, thinking, arden, ana):
        answer(there="no")
        assert sign_section(
            round=thinking, state=arden, section="line", signed_as="Head of unit", by=ana, at=AT
        )

    def test_a_sheet_leaves_out_what_is_not_asked_once_that_is_known(self, answer, thinking, arden):
        def on_the_sheet():
            sheet = sheet_of(thinking, arden, language="en", on=AT.date())
            return {line.path for line in sheet.lines}

        answer(region="north")
        assert "line/calls" in on_the_sheet()
        answer(there="no")
        assert "line/calls" not in on_the_sheet()
