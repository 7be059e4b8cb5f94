"""Everybody may leave a role, on the page of their own account."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.people import actions
from endocsea.people.models import Appointment
from endocsea.support.actors import Role
from tests.cast import SINCE
from tests.people.helpers import signed_in

ME = "/workspace/me/"


def leave(browser, person):
    return browser.post(reverse("people:end", args=[person.appointments.get().pk]), follow=True)


@pytest.mark.parametrize(
    "who", ["ana", "beno", "ravi", "sera", "tara", "petra", "dora", "cleo", "tim", "sofia", "dario"]
)
def test_everybody_sees_their_role_there_and_can_leave_it(people, who):
    person, browser = people[who], signed_in(people[who])
    assert reverse("people:end", args=[person.appointments.get().pk]) in browser.get(ME).content.decode()

    answer = leave(browser, person)
    assert answer.redirect_chain == [(ME, 302)]
    assert person.appointments.get().until == localdate()
    assert "Leave today" not in answer.content.decode()


def test_whoever_holds_no_role_is_offered_nothing_to_leave(otto):
    assert "Leave this role" not in signed_in(otto).get(ME).content.decode()


def test_the_last_administrator_is_refused_with_the_reason_and_may_leave_once_there_is_another(adam, otto):
    browser = signed_in(adam)
    assert "This is the last administrator" in leave(browser, adam).content.decode()
    assert adam.appointments.get().until is None

    Appointment.objects.create(person=otto, role=Role.ADMINISTRATOR, since=SINCE)
    leave(browser, adam)
    assert adam.appointments.get().until == localdate()


def test_a_coordinator_is_asked_to_nominate_first_and_can_leave_all_the_same(ana, arden):
    browser = signed_in(ana)
    page = browser.get(ME).content.decode()
    assert "First nominate who comes after you" in page
    assert f"?role=coordinator&amp;state={arden.pk}" in page

    leave(browser, ana)
    assert ana.appointments.get().until == localdate()


def test_a_coordinator_who_has_nominated_is_told_that_nothing_else_is_to_be_done(ana, arden, at):
    actions.invite(email="nina@example.org", name="Nina", role=Role.COORDINATOR, state=arden, by=ana, at=at)

    page = signed_in(ana).get(ME).content.decode()
    assert "Nina is named to come after you" in page
    assert "First nominate" not in page


def test_a_role_of_somebody_else_cannot_be_left_for_them(otto, ana):
    assert signed_in(otto).post(reverse("people:end", args=[ana.appointments.get().pk])).status_code == 404
    assert ana.appointments.get().until is None
