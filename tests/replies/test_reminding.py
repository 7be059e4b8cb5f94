"""Letters that go out because a day has come: to whom, when, once each, and what they do not say."""

import datetime

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils.timezone import now

from endocsea.journal.models import Entry
from endocsea.people.models import Appointment, Person
from endocsea.questionnaires.models import Reminder, Round
from endocsea.questionnaires.reminders import latest_reminder
from endocsea.replies.actions import Letters, remind, save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Reply
from endocsea.support.actors import MACHINE
from tests.people.helpers import signed_in

from .conftest import AT

NONE = Letters()


@pytest.mark.parametrize(
    ("left", "gone", "due"),
    [
        (20, [], None),
        (14, [], 14),
        (5, [], 14),
        (5, [14], None),
        (3, [14], 3),
        (2, [14], 3),
        (0, [14, 3], 0),
        (-9, [], 0),
        (-9, [0], None),
        (10, [10], None),
        (3, [10], 3),
    ],
)
def test_of_the_reminders_whose_day_has_come_only_the_latest_goes_once(left, gone, due):
    assert latest_reminder([14, 3, 0], left, gone) == due


def test_a_round_without_reminders_has_none_due():
    assert latest_reminder([], -3, []) is None


@pytest.fixture
def letters(spring, ana, beno):
    """The letters of a day by their addresses, in a round whose coordinators are Ana and Beno."""
    Round.objects.filter(pk=spring.pk).update(reminders=[14, 3, 0])

    def on(day, **more):
        mail.outbox.clear()
        at = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(6), datetime.UTC)
        sent = remind(by=MACHINE, at=at, **more)
        assert sent.sent == len(mail.outbox)
        return {letter.to[0]: letter for letter in mail.outbox}

    return on


ALL = {"ana@example.org", "beno@example.org"}


def test_first_that_the_round_has_opened_then_before_the_due_day_and_nothing_twice(letters):
    assert set(letters("2021-02-01")) == ALL
    assert "is asked to answer: Spring 2021." in mail.outbox[0].body
    assert letters("2021-02-02") == {}
    assert set(letters("2021-04-16")) == ALL
    assert "129 of 129 questions are open." in mail.outbox[0].body
    assert letters("2021-04-17") == {}
    assert set(letters("2021-04-27")) == ALL
    assert set(letters("2021-04-30")) == ALL
    assert letters("2021-05-01") == letters("2021-05-20") == {}


def test_a_machine_that_was_off_sends_the_latest_only(letters):
    letters("2021-02-01")
    assert len(letters("2021-04-28")) == 2
    assert [*Reminder.objects.values_list("days", flat=True).distinct().order_by("days")] == [3, 88]
    assert len(letters("2021-05-09")) == 2
    assert "The answers were due on 30 April 2021, and the reply was not sent yet." in mail.outbox[0].body


def test_a_letter_that_opens_late_stands_for_the_reminder_of_that_day(letters):
    assert len(letters("2021-04-20")) == 2
    assert "is asked to answer" in mail.outbox[0].body
    assert letters("2021-04-21") == {}
    assert len(letters("2021-04-27")) == 2


def test_who_has_sent_gets_none(letters, spring, arden):
    letters("2021-02-01")
    Reply.objects.create(round=spring, state=arden, step="submitted", submitted_at=AT, signed_as="Minister")
    assert set(letters("2021-04-16")) == {"beno@example.org"}


def test_more_time_moves_the_reminders(letters, spring, arden):
    letters("2021-02-01")
    spring.extensions.create(state=arden, until="2021-05-30", reason="It was agreed.", given_at=AT)
    assert set(letters("2021-04-30")) == {"beno@example.org"}
    assert set(letters("2021-05-16")) == {"ana@example.org"}
    assert "30 May 2021" in mail.outbox[0].body


def test_a_letter_says_how_many_and_where_and_nothing_of_what_was_answered(letters, spring, arden, ana):
    letters("2021-02-01")
    save(round=spring, state=arden, question="C3/C3-07",
         given=Given(Status.WITHHELD, reason="A secret of state."), seen=0, by=ana, at=AT)  # fmt: skip
    body = letters("2021-04-16")["ana@example.org"].body

    assert "128 of 129 questions are open." in body
    assert settings.SITE + reverse("replies:reply", args=["spring-2021", "arden"]) in body
    for word in ("withheld", "secret of state", "C3-07"):
        assert word not in body


def test_a_letter_is_in_the_language_of_whoever_gets_it(letters, ana):
    Person.objects.filter(pk=ana.pk).update(language="fr")
    body = letters("2021-02-01")["ana@example.org"].body
    assert "30 avril 2021" in body


@pytest.mark.parametrize(
    "change", [{"closed_at": AT}, {"opened_at": None}, {"answers_until": None}, {"retired_on": AT}]
)
def test_a_round_that_takes_no_answers_or_has_no_due_day_sends_none(letters, spring, change):
    Round.objects.filter(pk=spring.pk).update(**change)
    assert letters("2021-04-20") == {}


def test_a_state_without_coordinator_gets_its_letter_once_it_has_one(letters, ana):
    Appointment.objects.filter(person=ana).update(since="2021-03-01")
    assert set(letters("2021-02-01")) == {"beno@example.org"}
    assert set(letters("2021-03-01")) == {"ana@example.org"}
    assert "is asked to answer" in mail.outbox[0].body


def test_whoever_cannot_sign_in_gets_none(letters, ana):
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    assert set(letters("2021-02-01")) == {"beno@example.org"}


def test_a_letter_that_the_server_does_not_take_is_tried_again_and_keeps_no_other_back(letters, monkeypatch):
    def to_ana_fails(self, messages):
        if "ana@example.org" in messages[0].to:
            raise OSError("no")
        return EmailBackend.really(self, messages)

    monkeypatch.setattr(EmailBackend, "really", EmailBackend.send_messages, raising=False)
    monkeypatch.setattr(EmailBackend, "send_messages", to_ana_fails)
    assert set(letters("2021-02-01")) == {"beno@example.org"}
    assert Reminder.objects.count() == 1

    monkeypatch.setattr(EmailBackend, "send_messages", EmailBackend.really)
    assert set(letters("2021-02-02")) == {"ana@example.org"}


def test_the_journal_has_it_without_a_person(letters):
    letters("2021-02-01")
    letters("2021-04-16")
    newest = Entry.objects.with_parts().order_by("-number")[0]
    assert (newest.deed, newest.doer.actor, newest.about_key) == ("reminded", "machine", "spring-2021")
    assert newest.facts == {"state": "XAB", "due": "2021-04-30", "letters": 1}


def test_opening_a_round_sends_the_letters_at_once(spring, ana, beno, sera, mailoutbox):
    Round.objects.filter(pk=spring.pk).update(opened_at=None)
    answer = signed_in(sera).post(reverse("replies:open-round", args=["spring-2021"]), follow=True)

    assert "The round takes answers now. 2 letters went out." in answer.content.decode()
    assert {letter.to[0] for letter in mailoutbox} == ALL


def test_opening_a_round_again_sends_none(spring, ana, beno, sera, mailoutbox):
    desk, round = signed_in(sera), reverse("replies:round", args=["spring-2021"])
    Round.objects.filter(pk=spring.pk).update(opened_at=None)
    desk.post(f"{round}open/")
    mailoutbox.clear()
    Round.objects.filter(pk=spring.pk).update(closed_at=now())
    desk.post(f"{round}open/")
    assert mailoutbox == []
