"""My work: what changed since a person was last here, and what to do first."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, now

from endocsea.people import actions
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.rules import GIVEN
from endocsea.support.actors import CONTENT, Role
from endocsea.workspace.beginnings import FIRST
from endocsea.workspace.changes import OF_INVITATIONS, OF_ROLES, changes_since
from tests.cast import SINCE
from tests.people.helpers import PASSWORD, signed_in, token_of

HOME = "/workspace/"
HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def at():
    return now()


@pytest.fixture
def since(at):
    return at - HOUR


@pytest.fixture
def told(since, at):
    return lambda reader: [change.what for change in changes_since(since, reader=reader, at=at)]


# What changed


@pytest.fixture
def nina(arden, ana, at, mailoutbox, django_capture_on_commit_callbacks):
    """Nina was invited to Arden's team by Ana, and has accepted."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(email="nina@example.org", name="Nina", role=Role.TEAM, state=arden, by=ana, at=at)
    return actions.accept(token=token_of(mailoutbox[-1]), name="Nina", password=PASSWORD, at=at)


def test_a_role_that_begins_is_told_to_those_who_see_it_and_to_nobody_else(people, nina, told):
    seen = "Nina is now: Member of a national team, Arden."
    for name, person in people.items():
        assert (seen in told(person)) == (name in {"ana", "tara", "sera", "adam", "dario"}), name


def test_whoever_did_it_is_not_told_what_they_did(nina, ana, told):
    assert told(nina) == []
    assert told(ana) == ["Nina is now: Member of a national team, Arden."]  # and not that she invited Nina


def test_an_invitation_is_told_to_those_who_see_it(people, nina, told):
    for name, person in people.items():
        assert ("Nina was invited: Member of a national team, Arden." in told(person)) == (
            name in {"sera", "dario"}
        ), name


def test_an_acceptance_is_told_where_the_role_itself_is_not_seen(sera, otto, at, told, mailoutbox,
                                                                  django_capture_on_commit_callbacks):  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(email=otto.email, role=Role.TRAINER, by=sera, at=at)
    actions.accept(token=token_of(mailoutbox[-1]), name="", password=None, signed_in=otto, at=at)
    assert told(sera) == ["Otto is now: Trainer."]

    sera.appointments.update(until=SINCE)  # she sent the invitation, and sees people no longer
    assert told(sera) == ["otto@example.org accepted the invitation: Trainer."]


def test_a_role_that_ends_is_told_to_whoever_held_it(tara, ana, sera, at, told):
    actions.end(appointment=tara.appointments.get(), on=localdate(at), by=ana, at=at)

    assert told(tara) == ["Your role ended: Member of a national team, Arden."]
    assert told(sera) == ["The role of Tara ended: Member of a national team, Arden."]
    assert told(ana) == []


def test_a_nomination_and_its_confirmation_are_told(ana, sera, tara, arden, at, told):
    made = actions.invite(
        email="n@example.org", name="Nina", role=Role.COORDINATOR, state=arden, by=ana, at=at
    )
    assert told(sera) == ["Nina was nominated: National coordinator, Arden."]
    actions.confirm(invitation=made, by=sera, at=at)
    assert told(ana) == ["The nomination of Nina was confirmed: National coordinator, Arden."]
    assert told(tara) == []


def test_what_was_done_before_is_told_no_more(tara, ana, sera, at):
    actions.end(appointment=tara.appointments.get(), on=localdate(at), by=ana, at=at)

    assert changes_since(at, reader=sera, at=at + MINUTE) == []


def test_what_an_erased_person_did_and_was_is_told_no_more(otto, sera, tara, at, told):
    held = actions.appoint(person=otto, role=Role.TRAINER, since=localdate(at), by=CONTENT, at=at)
    assert told(sera) == ["Otto is now: Trainer."]

    actions.end(appointment=held, on=localdate(at), by=otto, at=at)
    actions.erase(person=otto, by=otto, at=at)
    assert told(sera) == []


@pytest.mark.parametrize("deed", sorted(OF_ROLES.keys() | OF_INVITATIONS.keys()))
def test_each_deed_that_is_told_is_a_deed_that_is_recorded(deed):
    import inspect

    from endocsea.people.actions import appointing, inviting

    assert f'"{deed}"' in inspect.getsource(appointing) + inspect.getsource(inviting)


def test_many_changes_ask_the_database_no_more_often_than_few(sera, georgia, at):
    def queries_with(numbers):
        for number in numbers:
            person = Person.objects.create_user(f"p{number}@example.org")
            actions.appoint(
                person=person, role=Role.TEAM, state=georgia, since=localdate(at), by=CONTENT, at=at
            )
        with CaptureQueriesContext(connection) as queries:
            changes_since(at - HOUR, reader=sera, at=at)
        return len(queries)

    assert queries_with(range(2)) == queries_with(range(2, 20))


# The visit


def test_a_visit_lasts_as_long_as_pauses_are_short(otto, at):
    def visit(later):
        otto.refresh_from_db()
        return actions.note_visit(person=otto, at=at + later)

    assert visit(0 * HOUR) is None
    assert visit(59 * MINUTE) is None
    assert visit(3 * HOUR) == at + 59 * MINUTE
    assert visit(3 * HOUR + 30 * MINUTE) == at + 59 * MINUTE
    assert visit(24 * HOUR) == at + 3 * HOUR + 30 * MINUTE


def test_the_first_time_nothing_is_said_of_an_earlier_one(sera, tara, ana, at):
    actions.end(appointment=tara.appointments.get(), on=localdate(at), by=ana, at=at)
    browser = signed_in(sera)
    assert "since you were last here" not in browser.get(HOME).content.decode()

    Person.objects.filter(pk=sera.pk).update(here_at=at - 2 * HOUR)
    for _again in range(2):
        page = browser.get(HOME).content.decode()
        assert "What changed since you were last here" in page
        assert "The role of Tara ended" in page


def test_a_quiet_time_is_said_to_be_one(otto, at):
    Person.objects.filter(pk=otto.pk).update(here_at=at - 2 * HOUR)

    assert "Nothing that concerns you, since" in signed_in(otto).get(HOME).content.decode()


def test_more_than_a_page_of_changes_is_counted(sera, georgia, at):
    for number in range(15):
        person = Person.objects.create_user(f"p{number}@example.org")
        actions.appoint(person=person, role=Role.TEAM, state=georgia, since=localdate(at), by=CONTENT, at=at)
    Person.objects.filter(pk=sera.pk).update(here_at=at - 2 * HOUR)

    page = signed_in(sera).get(HOME).content.decode()
    assert page.count("is now: Member of a national team, Georgia") == 12
    assert "And 3 more before that." in page


def test_when_a_person_was_here_is_in_their_data_and_goes_with_them(otto, at):
    signed_in(otto).get(HOME)
    otto.refresh_from_db()
    assert actions.own_data(otto)["account"]["last at My work"] is not None

    erased = actions.erase(person=otto, by=otto, at=at)
    assert (erased.here_at, erased.here_before_at) == (None, None)


# Where to begin


def test_every_role_that_can_be_given_has_a_first_step():
    assert set(FIRST) == set(GIVEN)


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("adam", "See who holds which role"),
        ("sera", "Invite coordinators for the states that have none"),
        ("ana", "See who holds which role"),
        ("beno", "Invite the people who will answer with you"),
        ("tara", "Read what is known of your state so far"),
        ("ravi", "Read how answers are rated"),
        ("petra", "Read what is known so far, state by state"),
        ("dora", "Read what is known so far, state by state"),
        ("cleo", "Read what is known of your state so far"),
        ("tim", "Read what a state needs to be able to do"),
        ("sofia", "Look whether the places to report to are right"),
        ("dario", "See who holds which role"),
        ("otto", "See what is kept of you"),
    ],
)
def test_each_chair_is_told_what_to_do_first_and_the_link_leads_somewhere(people, who, says):
    browser = signed_in(people[who])
    answer = browser.get(HOME)
    assert says in answer.content.decode()

    for step in answer.context["first"]:
        assert browser.get(step.href.partition("#")[0]).status_code == 200


def test_an_administrator_alone_invites_the_secretariat_first(adam):
    assert "Invite the secretariat" in signed_in(adam).get(HOME).content.decode()


def test_two_roles_with_the_same_first_step_say_it_once(dario):
    Appointment.objects.create(person=dario, role=Role.ADMINISTRATOR, since=SINCE)
    Person.objects.create_user("s@example.org").appointments.create(role=Role.SECRETARIAT, since=SINCE)

    assert len(signed_in(dario).get(HOME).context["first"]) == 1


def test_what_waits_comes_before_where_to_begin(sera, ana, arden, at):
    actions.invite(email="n@example.org", role=Role.COORDINATOR, state=arden, by=ana, at=at)
    assert Invitation.objects.waiting().exists()

    page = signed_in(sera).get(HOME).content.decode()
    assert "What waits for you" in page
    assert "Where to begin" not in page
