"""Accounts are closed 30 days after the last role ended, and open again with a new one."""

import datetime
import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.journal.models import Entry
from endocsea.journal.queries import written
from endocsea.journal.rules import verify
from endocsea.people import actions, refusals
from endocsea.people.closing import closing_day_of, due, ending
from endocsea.people.models import Appointment, Person
from endocsea.people.rules import closing_day
from endocsea.support.actors import MACHINE, Role
from tests.people.helpers import PASSWORD, signed_in, token_of

DAY = datetime.date(2026, 3, 1)


def days(number):
    return datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("last_days", "closes"),
    [
        ([], None),
        ([None], None),
        ([DAY, None], None),
        ([DAY], datetime.date(2026, 3, 31)),
        ([DAY, DAY - days(400)], datetime.date(2026, 3, 31)),
        ([datetime.date(2024, 1, 31)], datetime.date(2024, 3, 1)),  # over the end of a February of 29 days
    ],
)
def test_an_account_is_closed_thirty_days_after_the_last_day_of_the_last_role(last_days, closes):
    assert closing_day(last_days) == closes


@pytest.fixture
def left(petra, at):
    """Petra's only role ended thirty days ago."""
    petra.set_password(PASSWORD)
    petra.save()
    Appointment.objects.filter(person=petra).update(until=localdate(at) - days(30))
    return petra


def ended(person, day):
    Appointment.objects.filter(person=person).update(until=day)


def test_who_is_due_is_closed_once_and_it_is_written_down(left, at):
    assert actions.close_accounts(by=MACHINE, at=at) == 1
    assert actions.close_accounts(by=MACHINE, at=at) == 0

    left.refresh_from_db()
    assert (left.is_active, left.closed_at, left.name) == (False, at, "Petra")
    (entry,) = Entry.objects.with_parts().filter(deed="account closed")
    assert (entry.actor, entry.role, entry.person) == ("machine", "", left.journal_id)
    assert verify(written()).whole


def test_others_stay_open(people, at):
    """A role today, a role to come, a role that ended 29 days ago, and no role ever."""
    today = localdate(at)
    ended(people["petra"], today - days(29))
    ended(people["tim"], today - days(400))
    Appointment.objects.create(
        person=people["tim"], role=Role.TRAINER, since=today + days(10), until=today + days(11)
    )

    assert actions.close_accounts(by=MACHINE, at=at) == 0
    assert closing_day_of(people["petra"], on=today) == today + days(1)
    for name in ("tim", "otto", "ana"):
        assert closing_day_of(people[name], on=today) is None
    assert [each.person for each in ending(on=today)] == [people["petra"]]
    assert due(on=today + days(1)) == [people["petra"]]


def test_an_erased_account_is_not_closed_once_more(left, dario, at):
    actions.erase(person=left, by=dario, at=at)

    assert actions.close_accounts(by=MACHINE, at=at) == 0


def test_a_closed_account_lets_nobody_in_and_its_sessions_have_ended(left, at):
    browser = signed_in(left)
    other = Client()
    other.post(reverse("account_login"), {"login": left.email, "password": PASSWORD})
    actions.close_accounts(by=MACHINE, at=at)

    assert browser.get("/workspace/").status_code == 302
    assert not UserSession.objects.filter(user=left).exists()
    answer = Client().post(reverse("account_login"), {"login": left.email, "password": PASSWORD})
    assert "_auth_user_id" not in answer.wsgi_request.session
    assert answer.status_code == 302
    assert answer.url == reverse("account_inactive")


def test_the_data_of_a_closed_account_stay_until_they_are_erased(left, dario, at):
    actions.close_accounts(by=MACHINE, at=at)
    left.refresh_from_db()

    assert actions.own_data(left)["account"]["closed"] == at.isoformat()
    assert actions.own_data(left)["account"]["name"] == "Petra"
    assert actions.erase(person=left, by=dario, at=at).name == ""


def test_who_closed_meanwhile_does_nothing_any_more(left, at):
    actions.close_accounts(by=MACHINE, at=at)

    with pytest.raises(refusals.MayNot):
        actions.correct_own_data(person=left, name="Petra P", language="en", at=at)


@pytest.fixture
def invited_again(left, sera, at, mailoutbox, django_capture_on_commit_callbacks):
    """Petra's account was closed, and she is invited to a new role; the token of her letter."""
    actions.close_accounts(by=MACHINE, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(email=left.email, role=Role.TRAINER, by=sera, at=at)
    return token_of(mailoutbox[-1])


def test_a_new_role_opens_the_account_again_with_its_own_password(left, invited_again, client):
    address = reverse("people:accept", args=[invited_again])
    page = client.get(address).content.decode()
    assert "was closed when its last role had ended" in page
    assert 'type="password"' not in page

    answer = client.post(address, follow=True)

    assert "Your account is open again" in answer.content.decode()
    assert "_auth_user_id" not in client.session  # the letter alone lets nobody in
    left.refresh_from_db()
    assert (left.is_active, left.closed_at) == (True, None)
    assert left.appointments.on(localdate()).get().role == Role.TRAINER
    assert Person.objects.filter(email=left.email).count() == 1
    client.post(reverse("account_login"), {"login": left.email, "password": PASSWORD})
    assert client.get("/workspace/").status_code == 200
    assert [entry.deed for entry in Entry.objects.filter(deed__startswith="account ").order_by("number")] == [
        "account closed",
        "account opened again",
    ]


def test_somebody_else_cannot_open_it(left, invited_again, otto):
    answer = signed_in(otto).post(reverse("people:accept", args=[invited_again]))

    assert answer.status_code == 400
    left.refresh_from_db()
    assert not left.is_active


def test_a_closed_account_is_not_opened_by_asking_for_a_new_password(left, at, client, mailoutbox):
    actions.close_accounts(by=MACHINE, at=at)

    client.post(reverse("account_reset_password"), {"email": left.email})

    assert not any(re.search(r"/password/reset/key/", letter.body) for letter in mailoutbox)
    left.refresh_from_db()
    assert not left.is_active


# The warning before


def test_whoever_left_is_warned_at_home_until_the_account_closes(petra, at):
    today = localdate(at)
    browser = signed_in(petra)
    assert "is closed on" not in browser.get("/workspace/").content.decode()

    ended(petra, today - days(3))
    page = browser.get("/workspace/").content.decode()

    from endocsea.support.days import long_day

    assert f"Your account is closed on {long_day(today + days(27))}" in page


def test_a_role_that_ends_later_is_no_reason_to_warn(petra, at):
    ended(petra, localdate(at) + days(3))

    assert "is closed on" not in signed_in(petra).get("/workspace/").content.decode()
