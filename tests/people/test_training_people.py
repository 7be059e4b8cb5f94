"""A safe place to try: one person per role, let in as everybody else."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.people import actions, refusals
from endocsea.people.models import Person
from endocsea.people.rules import GIVEN, NEED_A_SECOND_FACTOR
from endocsea.support.actors import Role


@pytest.fixture
def added(db, at):
    return {each.address.split("@")[0]: each for each in actions.add_training_people(at=at)}


def enter(client, who, code):
    client.post(reverse("account_login"), {"login": who.address, "password": who.password})
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_there_is_one_person_per_role_for_a_made_up_state(added, at):
    day = localdate(at)

    assert set(added) == set(GIVEN)
    for role in GIVEN:
        person = Person.objects.get(email=f"{role}@example.org")
        assert role in person.roles(on=day)
        assert person.speaks_for(on=day) <= {"XAA"}
    assert added["coordinator"].name == "National coordinator of Arden"
    assert len({each.password for each in added.values()}) == len(GIVEN)


def test_the_second_factor_is_real_and_the_secret_makes_its_codes(added, client):
    who = added["secretariat"]
    client.post(reverse("account_login"), {"login": who.address, "password": who.password})
    assert client.get("/workspace/").status_code == 302  # the password alone opens nothing

    now = list(yield_hotp_counters_from_time())[1]
    assert enter(client, who, format_hotp_value(hotp_value(who.secret, now))).status_code == 302
    assert client.get("/workspace/").status_code == 200


def test_a_recovery_code_lets_in_once(added, client):
    who = added["coordinator"]

    enter(client, who, who.recovery_codes[0])
    assert client.get("/workspace/").status_code == 200
    client.post(reverse("account_logout"))
    enter(client, who, who.recovery_codes[0])
    assert client.get("/workspace/").status_code == 302
    enter(client, who, who.recovery_codes[1])
    assert client.get("/workspace/").status_code == 200


def test_who_needs_no_second_factor_is_in_with_the_password(added, client):
    who = added["donor"]
    assert who.secret == ""

    client.post(reverse("account_login"), {"login": who.address, "password": who.password})
    assert client.get("/workspace/").status_code == 200


def test_nothing_that_lets_somebody_in_lies_readable_in_the_database(added):
    kept = str(list(Authenticator.objects.values())) + str(list(Person.objects.values()))

    for who in added.values():
        assert who.password not in kept
        assert not who.secret or who.secret not in kept
    assert Authenticator.objects.values("user").distinct().count() == len(NEED_A_SECOND_FACTOR)


def test_where_there_are_accounts_nobody_is_added(otto, at):
    with pytest.raises(refusals.AccountsThere):
        actions.add_training_people(at=at)
    assert Person.objects.count() == 1


def test_where_somebody_was_invited_nobody_is_added(db, at):
    actions.invite_from_the_machine(email="root@example.org", at=at)

    with pytest.raises(refusals.AccountsThere):
        actions.add_training_people(at=at)
    assert not Person.objects.exists()


def test_without_made_up_states_nobody_is_added(db, at, settings):
    settings.WITH_TRAINING = False

    with pytest.raises(refusals.NoTrainingStates):
        actions.add_training_people(at=at)


def test_one_of_them_administers_and_can_leave_only_when_another_is_there(added, at):
    administrator = Person.objects.get(email="administrator@example.org")

    with pytest.raises(refusals.LastAdministrator):
        actions.end(
            appointment=administrator.appointments.get(role=Role.ADMINISTRATOR),
            on=localdate(at),
            by=administrator,
            at=at,
        )
