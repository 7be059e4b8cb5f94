"""My work: what waits in the rounds that take answers, for whom, by when; late is said in words."""

import datetime

import pytest
from django.utils.timezone import now

from endocsea.people.models import Appointment
from endocsea.questionnaires.models import Round, Share
from endocsea.replies.actions import comment, invite_voice, save, settle, speak, withdraw_voice
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Comment, Reply, Voice, VoiceAnswer
from endocsea.replies.rules import is_asked_beside
from endocsea.support.actors import Role
from endocsea.workspace.waiting import waits_for
from tests.asked import ASKED_AT as AT
from tests.people.helpers import signed_in

LEVEL = "C3/C3-07"
PAST = datetime.datetime(2021, 5, 10, 10, 0, tzinfo=datetime.UTC)
DUE = datetime.date(2021, 4, 30)
REPLY = "/workspace/replies/spring-2021/arden/"


def tasks(person, at=AT):
    return [(task.what, task.href, task.due) for task in waits_for(person, at=at)]


def test_a_coordinator_has_each_open_reply_with_its_due_day_and_how_far_it_is(spring, arden, ana):
    save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
    assert tasks(ana) == [("Answer: Arden, Spring 2021; 1 of 129 ready", REPLY, DUE)]


def test_more_time_moves_the_day(spring, arden, ana, beno):
    spring.extensions.create(state=arden, until="2021-05-20", reason="It was agreed.", given_at=AT)
    assert tasks(ana)[0][2] == datetime.date(2021, 5, 20)
    assert tasks(beno)[0][2] == DUE


def test_what_was_sent_back_says_so_and_what_was_sent_waits_no_more(spring, arden, ana):
    Reply.objects.create(round=spring, state=arden, step="returned")
    assert tasks(ana)[0][0].startswith("Sent back with questions: Arden, Spring 2021")
    Reply.objects.update(step="submitted", submitted_at=AT, signed_as="Minister")
    assert tasks(ana) == []


@pytest.mark.parametrize("change", [{"closed_at": AT}, {"opened_at": None}, {"retired_on": AT.date()}])
def test_a_round_that_takes_no_answers_has_no_tasks(spring, shared, people, change):
    Round.objects.filter(pk=spring.pk).update(**change)
    for name in ("ana", "tara", "sera"):
        assert tasks(people[name], PAST) == []


def test_a_question_of_the_secretariat_waits_for_the_coordinator_until_it_is_answered(
    spring, arden, ana, sera
):
    asked = comment(round=spring, state=arden, question=LEVEL, text="Which law is it?", by=sera, at=AT)
    what = "One question of others waits for you: Arden, Spring 2021"
    assert (what, f"{REPLY}comments/", DUE) in tasks(ana)
    comment(round=spring, state=arden, question=LEVEL, text="That of 2018.", to=asked, by=ana, at=AT)
    assert len(tasks(ana)) == 1


def test_a_comment_for_the_secretariat_waits_there_until_it_is_settled(spring, arden, ana, sera):
    comment(round=spring, state=arden, question=LEVEL, text="For us.", by=ana, at=AT)
    assert tasks(sera) == []
    asked = comment(round=spring, state=arden, question=LEVEL, text="What is meant?",
                    within=Comment.Within.SECRETARIAT, by=ana, at=AT)  # fmt: skip
    assert tasks(sera) == [("Answer one comment of Arden: Spring 2021", f"{REPLY}comments/", None)]
    settle(comment=asked, by=ana, at=AT)
    assert tasks(sera) == []


def test_a_member_of_the_team_has_their_questions_and_not_129(spring, arden, shared, tara, ana):
    told = [(f"Answer 2 questions for {shared.institution}: Arden, Spring 2021", f"{REPLY}section/C3/", DUE)]
    assert tasks(tara) == told
    Share.objects.update(due_on="2021-03-20")
    assert tasks(tara)[0][2] == datetime.date(2021, 3, 20)
    for path in shared.questions:
        save(round=spring, state=arden, question=path, given=Given(Status.NOT_KNOWN), seen=0, by=tara, at=AT)
    assert tasks(tara) == []


@pytest.mark.parametrize("gone", ["taken back", "sent"])
def test_what_was_taken_back_or_sent_is_no_task_of_theirs(spring, arden, shared, tara, gone):
    if gone == "sent":
        Reply.objects.create(
            round=spring, state=arden, step="submitted", submitted_at=AT, signed_as="Minister"
        )
    else:
        Share.objects.update(withdrawn_at=AT)
    assert tasks(tara) == []


def test_the_secretariat_has_the_states_past_their_due_day(spring, arden, sera):
    assert tasks(sera) == []
    said = "Spring 2021: 2 states are past their due day (Arden, Belmora)"
    assert tasks(sera, PAST) == [(said, "/workspace/rounds/spring-2021/", DUE)]
    spring.extensions.create(state=arden, until="2021-05-20", reason="It was agreed.", given_at=AT)
    assert tasks(sera, PAST)[0][0] == "Spring 2021: one state is past its due day (Belmora)"


def test_whoever_answers_for_an_organisation_has_its_questions_until_all_are_answered(
    spring, arden, cleo, sera
):
    held = Appointment.objects.get(person=cleo, role=Role.CIVIL_SOCIETY)
    given = {"round": spring, "state": arden, "member": held, "by": sera, "at": AT}
    voice = invite_voice(organisation="Childline", shown=Voice.Shown.NAMED, **given)
    other = invite_voice(organisation="", shown=Voice.Shown.UNATTRIBUTED, **given)
    speak(voice=voice, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=cleo, at=AT)
    asked = [path for path, each in spring.version.form.questions() if is_asked_beside(each)]

    of = f"Arden, Spring 2021; {{}} of {len(asked)} answered"
    assert tasks(cleo) == [
        (f"Answer for Childline: {of.format(1)}", f"/workspace/voices/{voice.pk}/", DUE),
        (f"Answer for your organisation: {of.format(0)}", f"/workspace/voices/{other.pk}/", DUE),
    ]
    for path in asked:
        VoiceAnswer.objects.get_or_create(
            voice=voice, question=path, number=1, defaults={"status": "not_known", "saved_at": AT}
        )
    assert [href for _what, href, _due in tasks(cleo)] == [f"/workspace/voices/{other.pk}/"]
    withdraw_voice(voice=other, by=sera, at=AT)
    assert tasks(cleo) == []


def test_an_organisation_has_no_task_once_its_role_or_the_round_has_ended(spring, arden, cleo, sera):
    held = Appointment.objects.get(person=cleo, role=Role.CIVIL_SOCIETY)
    invite_voice(
        round=spring,
        state=arden,
        organisation="Childline",
        shown=Voice.Shown.NAMED,
        member=held,
        by=sera,
        at=AT,
    )
    assert len(tasks(cleo)) == 1
    Round.objects.filter(pk=spring.pk).update(closed_at=AT)
    assert tasks(cleo) == []
    Round.objects.filter(pk=spring.pk).update(closed_at=None)
    Appointment.objects.filter(pk=held.pk).update(until="2021-02-01")
    assert tasks(cleo) == []


def test_nobody_else_has_any_of_these(spring, shared, people, sera, arden, ana):
    comment(round=spring, state=arden, question=LEVEL, text="What is meant?",
            within=Comment.Within.SECRETARIAT, by=ana, at=AT)  # fmt: skip
    for name in set(people) - {"ana", "beno", "tara", "sera"}:
        assert tasks(people[name], PAST) == [], name
    assert all("Arden" not in what for what, _href, _due in tasks(people["beno"], PAST))


def test_the_nearest_due_day_comes_first_and_late_is_said_in_words(spring, arden, ana):
    spring.pk, spring.code, spring.name = None, "winter-2021", {"en": "Winter 2021"}
    spring.answers_until, spring.closes_on = datetime.date(2999, 1, 31), datetime.date(2999, 2, 28)
    spring.save()
    spring.states.set([arden])
    page = signed_in(ana).get("/workspace/").content.decode()

    assert page.index("Spring 2021") < page.index("Winter 2021")
    assert "late: was due on 30 April 2021" in page
    assert "by 31 January 2999" in page
    assert [task.late for task in waits_for(ana, at=now())] == [True, False]
