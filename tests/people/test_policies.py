"""Who may: every rule of the chapter, from every chair of the cast."""

import datetime

import pytest
from django.utils.timezone import now

from endocsea.people import policies
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.rules import GIVEN, NEED_A_SECOND_FACTOR
from endocsea.support.actors import Role

DAY = datetime.date(2020, 5, 31)
PROGRAMME_ROLES = {
    Role.RAPPORTEUR,
    Role.PARTNER,
    Role.DONOR,
    Role.CIVIL_SOCIETY,
    Role.TRAINER,
    Role.SAFEGUARDING,
    Role.DATA_PROTECTION,
}


def chairs(everybody, rule):
    """The names of those for whom a rule says yes."""
    return {name for name, actor in everybody.items() if rule(actor)}


@pytest.mark.parametrize("role", GIVEN)
def test_who_may_invite_to_each_role_in_arden(everybody, role):
    expected = {"sera"}
    if role == Role.ADMINISTRATOR:
        expected = {"adam"}
    elif role == Role.SECRETARIAT:
        expected = {"sera", "adam"}
    elif role == Role.TEAM:
        expected = {"sera", "ana"}

    assert chairs(everybody, lambda who: policies.may_invite(who, role, on=DAY, state="XAA")) == expected


@pytest.mark.parametrize("role", GIVEN)
def test_without_a_state_nobody_of_a_state_may_invite_or_nominate(everybody, role):
    expected = {Role.ADMINISTRATOR: {"adam"}, Role.SECRETARIAT: {"sera", "adam"}}.get(role, {"sera"})

    assert chairs(everybody, lambda who: policies.may_invite(who, role, on=DAY)) == expected
    assert chairs(everybody, lambda who: policies.may_nominate(who, role, on=DAY)) == expected


def test_a_coordinator_nominates_who_comes_next_for_their_own_state_alone(everybody):
    def next_coordinator(state):
        return chairs(
            everybody, lambda who: policies.may_nominate(who, Role.COORDINATOR, on=DAY, state=state)
        )

    assert next_coordinator("XAA") == {"sera", "ana"}
    assert next_coordinator("XAB") == {"sera", "beno"}
    assert next_coordinator("GEO") == {"sera"}


def test_only_those_who_may_invite_to_something_see_the_page_that_invites(everybody):
    assert chairs(everybody, lambda who: policies.may_invite_anybody(who, on=DAY)) == {
        "sera",
        "adam",
        "ana",
        "beno",
    }


def test_a_right_is_over_on_the_day_after_the_role(ana):
    Appointment.objects.filter(person=ana).update(until=DAY)

    assert policies.may_invite(ana, Role.TEAM, on=DAY, state="XAA")
    assert not policies.may_invite(ana, Role.TEAM, on=DAY + datetime.timedelta(days=1), state="XAA")


def test_everybody_may_leave_and_who_invites_may_end(everybody, tara, ravi, adam):
    def may_end(person):
        held = person.appointments.get()
        return chairs(everybody, lambda who: policies.may_end(who, held, on=DAY))

    assert may_end(tara) == {"tara", "ana", "sera"}
    assert may_end(ravi) == {"ravi", "sera"}
    assert may_end(adam) == {"adam"}


def test_whom_each_chair_sees(everybody):
    def sees(state):
        return chairs(everybody, lambda who: policies.may_see_people_of(who, state, on=DAY))

    everywhere = {"sera", "adam", "dario"}
    assert sees(None) == everywhere
    assert sees("XAA") == everywhere | {"ana", "tara"}
    assert sees("XAB") == everywhere | {"beno"}
    assert chairs(everybody, lambda who: policies.may_see_people(who, on=DAY)) == everywhere | {
        "ana",
        "tara",
        "beno",
    }


@pytest.fixture
def invitations(people, arden, belmora):
    """One to each role, by the machine, for Arden, Belmora or the programme; and one that Ana sent herself."""
    places = {Role.COORDINATOR: (arden, belmora), Role.TEAM: (arden, belmora)}
    made = [
        Invitation.objects.create(
            email=f"{role}-{number}@example.org", role=role, state=state, nominated_at=now()
        )
        for role in GIVEN
        for number, state in enumerate(places.get(role, (None,)))
    ]
    own = Invitation.objects.create(
        email="own@example.org", role=Role.TEAM, state=belmora, invited_by=people["ana"], nominated_at=now()
    )
    return [*made, own]


def test_who_sees_which_invitation(everybody, invitations):
    def seen(name):
        return {
            (each.role, each.state.iso3 if each.state else "")
            for each in invitations
            if policies.may_see_invitation(everybody[name], each, on=DAY)
        }

    assert seen("dario") == {(each.role, each.state.iso3 if each.state else "") for each in invitations}
    assert seen("ana") == {("coordinator", "XAA"), ("team", "XAA"), ("team", "XAB")}  # the last is her own
    assert seen("beno") == {("coordinator", "XAB"), ("team", "XAB")}
    assert seen("adam") == {("administrator", ""), ("secretariat", "")}
    assert {role for role, _ in seen("sera")} == set(GIVEN) - {Role.ADMINISTRATOR}
    for name in (
        "tara",
        "ravi",
        "otto",
        "petra",
        "dora",
        "cleo",
        "tim",
        "sofia",
        "visitor",
        "at the machine",
    ):
        assert seen(name) == set(), name


def test_the_query_and_the_question_agree_on_every_record(everybody, invitations):
    for name, actor in everybody.items():
        for model, may_see in (
            (Appointment, policies.may_see_appointment),
            (Invitation, policies.may_see_invitation),
        ):
            visible = set(model.objects.visible_to(actor, on=DAY).values_list("pk", flat=True))
            asked = {each.pk for each in model.objects.all() if may_see(actor, each, on=DAY)}
            assert visible == asked, (name, model)


def test_a_standing_says_the_same_as_the_person(people):
    for person in people.values():
        standing = person.standing(on=DAY)
        assert standing.speaks_for(on=DAY) == person.speaks_for(on=DAY)
        for state in (None, "XAA", "XAB", "GEO"):
            assert standing.roles(on=DAY, state=state) == person.roles(on=DAY, state=state)


def test_a_standing_refuses_to_speak_of_another_day(ana):
    with pytest.raises(ValueError, match="read for 2020-05-31"):
        ana.standing(on=DAY).roles(on=DAY + datetime.timedelta(days=1))


def test_a_letter_stands_as_long_as_its_sender_may_invite(ana, arden, sera):
    letter = Invitation(email="nina@example.org", role=Role.TEAM, state=arden)

    assert policies.letter_stands(letter, None, on=DAY)
    assert policies.letter_stands(letter, ana, on=DAY)
    Appointment.objects.filter(person=ana).update(until=DAY - datetime.timedelta(days=1))
    assert not policies.letter_stands(letter, ana, on=DAY)
    assert policies.letter_stands(letter, sera, on=DAY)


def test_everybody_may_erase_themselves_and_data_protection_anybody(everybody, people):
    for name, person in people.items():
        assert chairs(everybody, lambda who, p=person: policies.may_erase(who, p, on=DAY)) == {name, "dario"}


def test_roles_that_decide_or_see_drafts_need_a_second_factor(everybody):
    assert chairs(everybody, lambda who: policies.needs_a_second_factor(who, on=DAY)) == {
        "sera",
        "ana",
        "beno",
        "ravi",
        "sofia",
        "dario",
        "adam",
    }
    assert {Role.SECRETARIAT, Role.RAPPORTEUR, Role.COORDINATOR} <= NEED_A_SECOND_FACTOR


def test_a_rapporteur_judges_as_appointed_and_never_a_state_that_they_speak_for(ravi, ana, tara, arden):
    assert policies.may_judge(ravi, "XAA", on=DAY, capability=2)
    assert not policies.may_judge(ana, "XAA", on=DAY)

    ana_reviews = Appointment.objects.create(person=ana, role=Role.RAPPORTEUR, since=DAY)
    assert policies.may_judge(ana, "XAB", on=DAY)
    assert not policies.may_judge(ana, "XAA", on=DAY)
    assert not policies.may_judge(ana, "XAB", on=DAY - datetime.timedelta(days=1))

    ana_reviews.capabilities.set(tara.appointments.get().capabilities.all())
    assert policies.may_judge(ana, "XAB", on=DAY, capability=3)
    assert not policies.may_judge(ana, "XAB", on=DAY, capability=2)


def test_a_rapporteur_of_one_state_judges_that_state_alone(otto, belmora):
    Appointment.objects.create(person=otto, role=Role.RAPPORTEUR, state=belmora, since=DAY)

    assert policies.may_judge(otto, "XAB", on=DAY)
    assert not policies.may_judge(otto, "XAA", on=DAY)


def test_the_steering_group_is_derived_from_parts_and_the_secretariat(sera, ana, ravi, georgia, db):
    nino = Person.objects.create_user("nino@example.org")
    Appointment.objects.create(person=nino, role=Role.COORDINATOR, state=georgia, since=DAY)
    in_the_project = datetime.date(2026, 1, 15)

    members = {
        name: Role.STEERING in who.roles(on=in_the_project)
        for name, who in (("sera", sera), ("nino", nino), ("ravi", ravi))
    }

    assert members == {"sera": True, "nino": georgia.parts.on(in_the_project).exists(), "ravi": False}
    assert Role.STEERING not in nino.roles(on=in_the_project, state="XAA")
