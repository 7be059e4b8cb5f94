"""Who holds a role that asks for a second factor sets one up before anything else."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from endocsea.people.models import Appointment
from tests.people.helpers import signed_in

NEED_ONE = ["ana", "beno", "ravi", "sera", "adam", "sofia", "dario"]
NEED_NONE = ["otto", "tara", "petra", "dora", "cleo", "tim"]
PAGES = [
    "/workspace/",
    "/workspace/people/",
    "/workspace/people/invite/",
    "/workspace/me/",
    "/workspace/me/data.json",
]


@pytest.mark.parametrize("who", NEED_ONE)
@pytest.mark.parametrize("page", PAGES)
def test_without_one_every_page_leads_to_setting_one_up(people, who, page):
    response = signed_in(people[who], second_factor=False).get(page)

    assert response.status_code == 302
    assert response.url == reverse("mfa_index")


@pytest.mark.parametrize("who", NEED_NONE)
def test_other_roles_may_do_without(people, who):
    assert signed_in(people[who], second_factor=False).get("/workspace/").status_code == 200


@pytest.mark.parametrize("who", NEED_ONE)
def test_with_one_the_way_is_free(people, who):
    assert signed_in(people[who]).get("/workspace/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(ana):
    Authenticator.objects.create(user=ana, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})

    assert signed_in(ana, second_factor=False).get("/workspace/").status_code == 302


def test_the_pages_that_set_one_up_and_sign_out_can_be_reached(ana):
    browser = signed_in(ana, second_factor=False)

    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.post(reverse("account_logout")).status_code == 302


def test_a_deed_is_stopped_too(ana, tara):
    held = tara.appointments.get()
    response = signed_in(ana, second_factor=False).post(reverse("people:end", args=[held.pk]))

    assert response.url == reverse("mfa_index")
    assert Appointment.objects.get(pk=held.pk).until is None


def test_who_removes_it_is_asked_for_another(ana):
    browser = signed_in(ana)
    Authenticator.objects.filter(user=ana).delete()

    assert browser.get("/workspace/").url == reverse("mfa_index")


def test_public_pages_are_open_to_everybody(ana):
    assert signed_in(ana, second_factor=False).get("/en/").status_code == 200
