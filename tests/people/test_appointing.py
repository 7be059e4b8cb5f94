"""Beginning, handing over and ending a role."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from endocsea.journal.models import Entry
from endocsea.people import actions, refusals
from endocsea.people.models import Appointment, Invitation
from endocsea.people.queries import states_without_coordinator
from endocsea.states.models import State
from endocsea.support.actors import CONTENT, Role

DAY = datetime.timedelta(days=1)


@pytest.fixture
def today(at):
    return localdate(at)


@pytest.fixture
def appoint(at, today):
    def deed(person, role, state=None, **more):
        return actions.appoint(
            person=person, role=role, state=state, since=more.pop("since", today), by=CONTENT, at=at, **more
        )

    return deed


def roles(person, day, state="XAA"):
    return person.roles(on=day, state=state)


def test_a_handover_ends_one_the_day_before_the_other_begins(ana, otto, arden, appoint, today):
    appoint(otto, Role.COORDINATOR, arden, instead_of=ana.appointments.get())

    assert Role.COORDINATOR in roles(ana, today - DAY)
    assert roles(ana, today) == frozenset()
    assert Role.COORDINATOR in roles(otto, today)
    assert roles(otto, today - DAY) == frozenset()


def test_a_handover_on_the_first_day_leaves_no_day_without(otto, ravi, georgia, appoint, today):
    first = appoint(otto, Role.COORDINATOR, georgia)

    appoint(ravi, Role.COORDINATOR, georgia, instead_of=first)

    first.refresh_from_db()
    assert first.until == today
    assert Role.COORDINATOR in roles(ravi, today, "GEO")
    assert roles(otto, today + DAY, "GEO") == frozenset()


def test_a_successor_may_begin_on_the_last_day_of_the_predecessor(ana, otto, arden, appoint, at, today):
    actions.end(appointment=ana.appointments.get(), on=today, by=ana, at=at)

    appoint(otto, Role.COORDINATOR, arden)


def test_a_second_coordinator_is_refused_and_nothing_changes(ana, otto, arden, appoint):
    before = Entry.objects.count()

    with pytest.raises(refusals.HasCoordinator, match="Arden"):
        appoint(otto, Role.COORDINATOR, arden)

    assert Entry.objects.count() == before
    assert not otto.appointments.exists()


def test_a_coordinator_from_a_coming_day_stands_in_the_way_too(otto, ravi, georgia, appoint, today):
    appoint(otto, Role.COORDINATOR, georgia, since=today + 10 * DAY)

    with pytest.raises(refusals.HasCoordinator):
        appoint(ravi, Role.COORDINATOR, georgia)


def test_the_database_itself_keeps_one_coordinator(ana, otto, arden, today):
    with (
        pytest.raises(IntegrityError, match=r"one_coordinator_of_a_state|people_appointment\.state_id"),
        transaction.atomic(),
    ):
        Appointment.objects.create(person=otto, role=Role.COORDINATOR, state=arden, since=today)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TEAM])
def test_nobody_speaks_for_two_states(ana, georgia, appoint, role):
    with pytest.raises(refusals.SpeaksForAnother, match="Arden"):
        appoint(ana, role, georgia)


def test_who_has_left_one_state_may_speak_for_another_from_the_next_day(ana, georgia, appoint, at, today):
    actions.end(appointment=ana.appointments.get(), on=today, by=ana, at=at)

    with pytest.raises(refusals.SpeaksForAnother):
        appoint(ana, Role.TEAM, georgia)
    appoint(ana, Role.TEAM, georgia, since=today + DAY)


def test_a_person_may_hold_several_roles(ana, tara, arden, appoint, today):
    appoint(ana, Role.RAPPORTEUR)
    appoint(ana, Role.TRAINER, arden)

    assert {Role.COORDINATOR, Role.RAPPORTEUR, Role.TRAINER} <= roles(ana, today)


def test_the_same_role_twice_is_refused(ravi, tara, arden, appoint):
    with pytest.raises(refusals.HoldsRole):
        appoint(ravi, Role.RAPPORTEUR)
    with pytest.raises(refusals.HoldsRole):
        appoint(tara, Role.TEAM, arden, capabilities=tara.appointments.get().capabilities.all())


def test_a_team_member_can_be_given_more_capabilities(tara, arden, appoint):
    from endocsea.standards.models import Capability

    appoint(tara, Role.TEAM, arden, capabilities=Capability.objects.filter(number=2))

    numbers = tara.appointments.values_list("capabilities__number", flat=True)
    assert set(numbers) == {1, 2, 3}


@pytest.mark.parametrize(
    ("day", "member"), [("2022-03-15", True), ("2022-03-16", True), ("2022-03-17", False)]
)
def test_a_role_needs_a_state_that_is_a_member_that_day(otto, appoint, day, member):
    """Russia ceased to be a member on 16 March 2022: that is the last day of its membership in the content."""
    russia, since = State.objects.get(iso3="RUS"), datetime.date.fromisoformat(day)
    if member:
        appoint(otto, Role.COORDINATOR, russia, since=since)
    else:
        with pytest.raises(refusals.NoMemberThatDay, match=day):
            appoint(otto, Role.COORDINATOR, russia, since=since)


# Ending


@pytest.mark.parametrize(
    "who", ["beno", "ravi", "otto", "petra", "dora", "cleo", "tim", "sofia", "dario", "adam"]
)
def test_whoever_may_not_end_a_role_is_refused(people, tara, at, today, who):
    with pytest.raises(refusals.MayNot):
        actions.end(appointment=tara.appointments.get(), on=today, by=people[who], at=at)
    assert tara.appointments.get().until is None


@pytest.mark.parametrize("who", ["tara", "ana", "sera"])
def test_a_role_ends_today_by_whoever_may(people, tara, at, today, who):
    ended = actions.end(appointment=tara.appointments.get(), on=today, by=people[who], at=at)

    assert ended.until == today
    assert Role.TEAM in roles(tara, today)
    assert roles(tara, today + DAY) == frozenset()


def test_a_role_that_is_over_is_not_prolonged_by_ending_it_again(tara, sera, at, today):
    Appointment.objects.filter(person=tara).update(until=today - 5 * DAY)

    with pytest.raises(refusals.RoleOver):
        actions.end(appointment=tara.appointments.get(), on=today, by=sera, at=at)
    assert tara.appointments.get().until == today - 5 * DAY


def test_a_role_that_would_begin_later_is_taken_back_and_was_never_held(
    sera, otto, georgia, appoint, at, today
):
    coming = appoint(otto, Role.COORDINATOR, georgia, since=today + 10 * DAY)
    waiting = Invitation.objects.create(
        email="n@example.org", role=Role.COORDINATOR, state=georgia, follows=coming, nominated_at=at
    )

    actions.end(appointment=coming, on=today, by=sera, at=at)

    assert not otto.appointments.exists()
    waiting.refresh_from_db()
    assert waiting.follows is None
    assert Entry.objects.order_by("-number").first().deed == "role taken back"


def test_the_last_administrator_cannot_leave(adam, at, today):
    for day in (today, today + 30 * DAY):
        with pytest.raises(refusals.LastAdministrator):
            actions.end(appointment=adam.appointments.get(), on=day, by=adam, at=at)
    with pytest.raises(refusals.StillHoldsRole):
        actions.erase(person=adam, by=adam, at=at)


@pytest.mark.parametrize("other", [{"until": 10}, {"since": 3}, {"inactive": True}])
def test_an_administrator_who_will_go_or_is_not_there_yet_is_no_other(adam, otto, at, today, other):
    Appointment.objects.create(
        person=otto,
        role=Role.ADMINISTRATOR,
        since=today + other.get("since", 0) * DAY,
        until=today + other["until"] * DAY if "until" in other else None,
    )
    otto.is_active = not other.get("inactive")
    otto.save()

    with pytest.raises(refusals.LastAdministrator):
        actions.end(appointment=adam.appointments.get(), on=today, by=adam, at=at)


def test_an_administrator_leaves_when_another_is_there(adam, otto, appoint, at, today):
    appoint(otto, Role.ADMINISTRATOR)

    actions.end(appointment=adam.appointments.get(), on=today, by=adam, at=at)
    with pytest.raises(refusals.LastAdministrator):
        actions.end(appointment=otto.appointments.get(), on=today, by=otto, at=at)


# States without a coordinator


def test_the_list_names_members_without_a_coordinator_and_no_made_up_state(
    ana, otto, georgia, appoint, at, today
):
    before = {state.iso3 for state in states_without_coordinator(on=today)}
    appoint(otto, Role.COORDINATOR, georgia)

    assert "GEO" in before
    assert {state.iso3 for state in states_without_coordinator(on=today)} == before - {"GEO"}
    assert not before & {"RUS", "XAA", "XAB"}
    actions.end(appointment=otto.appointments.get(), on=today, by=otto, at=at)
    assert "GEO" in {state.iso3 for state in states_without_coordinator(on=today + DAY)}
