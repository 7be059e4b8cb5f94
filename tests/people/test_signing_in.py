"""Signing in, in our words: the first session, what is asked again, and what is said when something is wrong."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from endocsea.people import actions
from endocsea.people.models import Person
from endocsea.people.signing_in import set_up_codes
from endocsea.support.actors import Role
from tests.people.helpers import PASSWORD, link_of

LOGIN, APP = "/workspace/account/login/", "/workspace/account/second-factor/totp/activate/"


@pytest.fixture
def tim_with_a_password(tim):
    tim.set_password(PASSWORD)
    tim.save()
    return tim


@pytest.fixture
def nina(client, sera, at, django_capture_on_commit_callbacks):
    """Nina has just accepted an invitation, in the browser of the test."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(email="nina@example.org", role=Role.SECRETARIAT, by=sera, at=at)
    client.post(link_of(mail.outbox[-1]), {"name": "Nina", "password": PASSWORD})
    return Person.objects.get(email="nina@example.org")


def test_the_first_session_is_among_those_that_a_person_can_see_and_end(nina, client):
    assert UserSession.objects.get(user=nina).session_key == client.session.session_key
    assert "this one" in client.get("/workspace/account/sessions/").content.decode()
    assert nina.last_login is not None


def test_a_new_person_is_not_asked_for_the_password_again_in_the_first_quarter_of_an_hour(nina, client):
    assert client.get(APP).status_code == 200

    later(client, minutes=14)
    assert client.get(APP).status_code == 200
    later(client, minutes=2)
    assert "/reauthenticate/" in client.get(APP).url


def test_whoever_has_just_signed_in_is_not_asked_for_the_password_again(tim_with_a_password, client):
    client.post(LOGIN, {"login": "tim@example.org", "password": PASSWORD})
    assert client.get(APP).status_code == 200

    later(client, minutes=16)
    assert "/reauthenticate/" in client.get(APP).url
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(APP).status_code == 200


def test_a_password_without_the_second_factor_opens_nothing(tim_with_a_password, client):
    set_up_codes(tim_with_a_password)
    client.post(LOGIN, {"login": "tim@example.org", "password": PASSWORD})

    assert client.get(APP).url.startswith(LOGIN)
    assert client.get("/workspace/me/").url.startswith(LOGIN)


def later(client, *, minutes):
    """As if what the session knows had happened earlier."""
    session = client.session
    for each in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        each["at"] -= minutes * 60
        assert each["at"] < time.time()
    session.save()


def test_a_lock_out_says_how_long_to_wait(tim_with_a_password, client):
    for _ in range(6):
        page = client.post(LOGIN, {"login": "tim@example.org", "password": "wrong"})

    assert "Wait five minutes" in page.content.decode()
    page = client.post(LOGIN, {"login": "tim@example.org", "password": PASSWORD})
    assert "even what is right is not taken" in page.content.decode()


def test_a_wrong_code_and_too_many_of_them_say_what_to_do(tim_with_a_password, client):
    set_up_codes(tim_with_a_password)
    client.post(LOGIN, {"login": "tim@example.org", "password": PASSWORD})
    address = reverse("mfa_authenticate")

    said = [client.post(address, {"code": "000000"}).content.decode() for _ in range(6)]
    assert "Wait for the app to show the next one" in said[0]
    assert "Wait five minutes" in said[-1]


def test_a_closed_account_says_nothing_more_than_a_wrong_password_does(tim_with_a_password, client):
    Person.objects.filter(pk=tim_with_a_password.pk).update(is_active=False)

    right = client.post(LOGIN, {"login": "tim@example.org", "password": PASSWORD}, follow=True)
    assert "You are signed in" not in right.content.decode()
