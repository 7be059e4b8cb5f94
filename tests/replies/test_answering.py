"""Saving an answer: nothing typed is lost, nothing is written over, and only by those who may."""

import datetime

import pytest

from endocsea.journal.queries import history_of
from endocsea.questionnaires.models import Round
from endocsea.replies import refusals
from endocsea.replies.actions import open_again, save, submit
from endocsea.replies.answers.given import Given, Origin, Status
from endocsea.replies.models import Answer, AnswerVersion, Reply
from endocsea.support.guard.texts import LooksLikeCaseData

from .conftest import AT

LEVEL_3 = Given(Status.ANSWERED, "3", explanation="A decision of the government.", language="en")
LEVEL_2 = Given(Status.ANSWERED, "2")
CHAIRS = ("beno", "ravi", "sera", "otto", "adam", "petra", "dora", "cleo", "tim", "sofia", "dario")


def give(round, state, question, given, *, by, seen=0, at=AT, **more):
    return save(round=round, state=state, question=question, given=given, seen=seen, by=by, at=at, **more)


def test_an_answer_is_saved_with_its_version_its_day_and_an_entry_in_the_journal(spring, arden, ana):
    answer = give(spring, arden, "C3/C3-07", LEVEL_3, by=ana)

    assert (answer.number, answer.given, answer.answered_on) == (1, LEVEL_3, datetime.date(2021, 3, 1))
    assert answer.indicator.code == "C3-07"
    version = answer.versions.get()
    assert (version.number, version.given, version.origin) == (1, LEVEL_3, "typed")
    entry = history_of("answer", "spring-2021/XAA/C3/C3-07").get()
    assert (entry.deed, entry.facts) == (
        "answer saved",
        {"version": 1, "status": "answered", "how": "typed"},
    )


def test_each_saving_leaves_a_version_and_what_is_the_same_leaves_none(spring, arden, ana):
    give(spring, arden, "C3/C3-07", LEVEL_3, by=ana)
    give(spring, arden, "C3/C3-07", LEVEL_2, by=ana, seen=1)
    give(spring, arden, "C3/C3-07", LEVEL_2, by=ana, seen=2)

    assert [version.value for version in AnswerVersion.objects.order_by("number")] == ["3", "2"]


def test_an_answer_that_was_sent_twice_is_taken_once_whatever_version_its_page_saw(spring, arden, ana):
    """A page whose connection broke does not know whether it was heard."""
    give(spring, arden, "C3/C3-07", LEVEL_3, by=ana)
    again = give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, seen=0)

    assert again.number == 1


def test_a_colleagues_answer_is_shown_and_never_written_over(spring, arden, ana, tara, shared):
    give(spring, arden, "C3/C3-07", LEVEL_3, by=ana)

    with pytest.raises(refusals.SavedMeanwhile) as raised:
        give(spring, arden, "C3/C3-07", LEVEL_2, by=tara, seen=0)

    assert raised.value.theirs.given == LEVEL_3
    assert Answer.objects.get(round=spring, state=arden, question="C3/C3-07").given == LEVEL_3


def test_what_the_content_brought_stays_as_version_0_when_it_is_corrected(arden, ana):
    training = Round.objects.get(training=True)
    at = datetime.datetime(2020, 3, 10, 9, 0, tzinfo=datetime.UTC)
    Reply.objects.filter(round=training, state=arden).update(step=Reply.Step.RETURNED)
    before = Answer.objects.get(round=training, state=arden, question="C1/C1-01").given

    give(training, arden, "C1/C1-01", LEVEL_2, by=ana, at=at)

    versions = Answer.objects.get(round=training, state=arden, question="C1/C1-01").versions.order_by(
        "number"
    )
    assert [(each.number, each.given, each.origin) for each in versions] == [
        (0, before, "content"),
        (1, LEVEL_2, "typed"),
    ]


@pytest.mark.parametrize(
    "given",
    [
        Given(Status.NOT_KNOWN),
        Given(Status.NOT_APPLICABLE, reason="There are no regions."),
        Given(Status.WITHHELD, reason="The law on classified information."),
        Given(),
    ],
)
def test_not_known_not_applicable_withheld_and_empty_are_different_answers(spring, arden, ana, given):
    answer = give(spring, arden, "C3/C3-07", given, by=ana) if given.status else None
    stored = Answer.objects.filter(round=spring, state=arden, question="C3/C3-07").first()

    assert stored is None or stored.given == answer.given == given


def test_a_value_left_in_the_form_goes_with_the_status_that_has_none_and_stays_among_the_versions(
    spring, arden, ana
):
    give(spring, arden, "C3/C3-07", LEVEL_3, by=ana)
    answer = give(spring, arden, "C3/C3-07", Given(Status.NOT_KNOWN, "3"), by=ana, seen=1)

    assert answer.value == ""
    assert answer.versions.get(number=1).value == "3"


@pytest.mark.parametrize("chair", CHAIRS)
def test_nobody_but_the_states_own_people_answers(spring, arden, shared, request, chair):
    with pytest.raises(refusals.MayNotAnswer):
        give(spring, arden, "C3/C3-07", LEVEL_3, by=request.getfixturevalue(chair))

    assert not Answer.objects.filter(round=spring).exists()


def test_a_member_of_the_team_answers_what_was_shared_and_nothing_else(spring, arden, belmora, tara, shared):
    assert give(spring, arden, "C3/C3-07", LEVEL_3, by=tara).number == 1
    for state, question in ((arden, "C3/C3-08"), (belmora, "C3/C3-07")):
        with pytest.raises(refusals.MayNotAnswer):
            give(spring, state, question, LEVEL_3, by=tara)


def test_a_share_ends_with_the_role_of_its_member(spring, arden, tara, shared):
    shared.member.until = datetime.date(2021, 2, 28)
    shared.member.save()

    with pytest.raises(refusals.MayNotAnswer):
        give(spring, arden, "C3/C3-07", LEVEL_3, by=tara)


def test_an_answer_on_behalf_names_the_letter(spring, arden, ana):
    with pytest.raises(refusals.NoLetter):
        give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, origin=Origin.LETTER)

    answer = give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, origin=Origin.LETTER, letter="14/2021")
    assert answer.versions.get().letter == "14/2021"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("C3/C3-07", "5"),
        ("C3/C3-07", "three"),
        ("C3/C3-07", "3 4"),
        ("C1/C1-02", "1 1"),
        ("C1/C1-02", "99"),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused_and_nothing_is_kept(
    spring, arden, ana, question, value
):
    with pytest.raises(refusals.DoesNotFit):
        give(spring, arden, question, Given(Status.ANSWERED, value), by=ana)

    assert not Answer.objects.filter(round=spring).exists()


def test_several_choices_are_kept_by_their_names(spring, arden, ana):
    assert give(spring, arden, "C1/C1-02", Given(Status.ANSWERED, "1 2 12"), by=ana).value == "1 2 12"


def test_case_data_is_stopped_before_anything_is_written_and_a_reason_lets_it_in(spring, arden, ana):
    suspect = Given(Status.ANSWERED, "3", explanation="Write to somebody.else@example.org for it.")
    with pytest.raises(LooksLikeCaseData):
        give(spring, arden, "C3/C3-07", suspect, by=ana)
    assert not Answer.objects.filter(round=spring).exists()

    answer = give(
        spring, arden, "C3/C3-07", suspect, by=ana, harmless="It is the office's own public mailbox"
    )
    assert answer.versions.get().declared == "It is the office's own public mailbox"
    assert history_of("answer", "spring-2021/XAA/C3/C3-07").get().facts["declared harmless"] == ["email"]


def test_a_text_of_a_megabyte_is_refused_with_its_length(spring, arden, ana):
    with pytest.raises(refusals.TooLong) as raised:
        give(spring, arden, "C3/C3-07", Given(Status.ANSWERED, "3", explanation="word " * 200_000), by=ana)

    assert raised.value.facts["length"] == 1_000_000


def test_a_question_of_another_questionnaire_and_a_state_of_another_round_are_refused(
    spring, arden, georgia, ana
):
    with pytest.raises(refusals.NoSuchQuestion):
        give(spring, arden, "C3/C3-99", LEVEL_3, by=ana)
    with pytest.raises(refusals.NotAskedHere):
        give(spring, georgia, "C3/C3-07", LEVEL_3, by=ana)


def test_a_due_day_that_passed_closes_nothing_and_a_closed_round_does(spring, arden, ana):
    late = datetime.datetime(2021, 5, 20, tzinfo=datetime.UTC)
    assert give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, at=late).number == 1

    spring.closed_at = late
    spring.save()
    with pytest.raises(refusals.RoundTakesNoAnswers):
        give(spring, arden, "C3/C3-07", LEVEL_2, by=ana, seen=1, at=late)


class TestSigning:
    def answered(self, spring, arden, ana):
        for path in spring.version.form.by_path():
            give(spring, arden, path, Given(Status.NOT_KNOWN), by=ana)
        return Reply.objects.get(round=spring, state=arden)

    def test_a_reply_with_open_questions_is_not_sent_and_the_first_are_named(self, spring, arden, ana):
        give(spring, arden, "C1/C1-01", LEVEL_3, by=ana)
        with pytest.raises(refusals.NotComplete) as raised:
            submit(reply=Reply.objects.get(round=spring), signed_as="Deputy Minister", by=ana, at=AT)

        assert raised.value.facts == {"count": 128, "which": "C1-02, C1-03, C1-04, C1-05, C1-06, …"}

    def test_what_was_sent_changes_only_after_it_was_opened_again_with_a_reason(self, spring, arden, ana):
        reply = self.answered(spring, arden, ana)
        submit(reply=reply, signed_as="Deputy Minister of Justice", by=ana, at=AT)

        with pytest.raises(refusals.AlreadySigned):
            give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, seen=1)
        with pytest.raises(refusals.WithoutAReason):
            open_again(reply=reply, reason=" ", by=ana, at=AT)
        open_again(reply=reply, reason="The law was amended last week.", by=ana, at=AT)
        assert give(spring, arden, "C3/C3-07", LEVEL_3, by=ana, seen=1).number == 2

    def test_only_the_coordinator_signs_and_a_function_stands_under_it(self, spring, arden, ana, tara, sera):
        reply = self.answered(spring, arden, ana)
        for somebody in (tara, sera):
            with pytest.raises(refusals.MayNotAnswer):
                submit(reply=reply, signed_as="Deputy Minister", by=somebody, at=AT)
        with pytest.raises(refusals.SignedByNobody):
            submit(reply=reply, signed_as=" ", by=ana, at=AT)
