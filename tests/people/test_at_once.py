"""Two at once: whatever the moment at which they meet, one defined outcome, and a journal that stays whole."""

import datetime
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate

from endocsea.journal import heads
from endocsea.journal.actions import record
from endocsea.journal.models import Doer, Entry, Particulars
from endocsea.journal.queries import written
from endocsea.journal.rules import verify
from endocsea.people import actions, refusals
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.signing_in import ByInvitation
from endocsea.states.models import State
from endocsea.support.actors import Role
from tests.cast import SINCE
from tests.people.at_once import connected, database_of_their_own, every_meeting, meet
from tests.people.helpers import PASSWORD, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def copy(django_db_setup, django_db_blocker, tmp_path_factory):
    """The settings of a database that these tests have to themselves."""
    with (
        django_db_blocker.unblock(),
        database_of_their_own(tmp_path_factory.mktemp("at-once")) as settings,
    ):
        yield settings


@pytest.fixture
def own(copy, db):
    with connected(copy):
        yield copy


@pytest.fixture(autouse=True)
def the_journal_stays_whole(own, settings, tmp_path):
    settings.DATA = tmp_path
    yield
    verdict = verify(written())
    assert verdict.faults == ()
    known = heads.read(heads.file())
    assert known is None or known.number == Entry.objects.latest("number").number


@pytest.fixture
def meetings(own):
    """Every meeting of two deeds, the scene set anew before each."""

    def every(prepare):
        def anew():
            for kept in (Invitation, Appointment, Person):
                kept.objects.all().delete()
            mail.outbox.clear()
            return prepare()

        return every_meeting(own, anew)

    return every


def person(name, role=None, state=None, since=SINCE):
    made = Person.objects.create_user(f"{name}@example.org", PASSWORD, name=name.capitalize())
    if role:
        Appointment.objects.create(person=made, role=role, state=state, since=since)
    return made


def state(code):
    return State.objects.get(iso3=code)


def invited(by, email, role, at, state=None):
    """An invitation and the token of its letter."""
    made = actions.invite(email=email, role=role, state=state, by=by, at=at)
    return made, token_of(mail.outbox[-1])


def accepting(token, at, name="Nina", who=None):
    return lambda: actions.accept(token=token, name=name, password=PASSWORD, signed_in=who, at=at)


def ending(appointment, by, at):
    return lambda: actions.end(appointment=appointment, on=localdate(at), by=by, at=at)


def both_ways(first, second):
    """Which of the two stops and which comes in between, one after the other."""
    return pytest.mark.parametrize("way", [lambda a, b: (a, b), lambda a, b: (b, a)], ids=[first, second])


def test_two_coordinators_accepted_for_one_state_the_first_stays(meetings, at):
    def prepare():
        sera = person("sera", Role.SECRETARIAT)
        return [
            accepting(invited(sera, email, Role.COORDINATOR, at, state("GEO"))[1], at)
            for email in ("nina@example.org", "mila@example.org")
        ]

    for meeting in meetings(prepare):
        assert set(meeting.outcomes) == {"done", refusals.LinkUnknown}
        assert Appointment.objects.filter(role=Role.COORDINATOR, state=state("GEO")).count() == 1
        assert Person.objects.exclude(email="sera@example.org").count() == 1
        assert not Invitation.objects.waiting().exists()


def test_an_invitation_accepted_twice_makes_one_account_with_one_role(meetings, at):
    def prepare():
        _, token = invited(person("sera", Role.SECRETARIAT), "nina@example.org", Role.TRAINER, at)
        return accepting(token, at), accepting(token, at, name="Nina again")

    for meeting in meetings(prepare):
        assert set(meeting.outcomes) == {"done", refusals.LinkUnknown}
        assert Person.objects.get(email="nina@example.org").appointments.count() == 1


def test_two_windows_with_one_letter_are_answered_with_a_page_each(meetings, at):
    def prepare():
        _, token = invited(person("sera", Role.SECRETARIAT), "nina@example.org", Role.TRAINER, at)

        def press():
            sent = {"name": "Nina", "password": PASSWORD}
            return Client().post(f"/workspace/join/{token}/", sent).status_code

        return press, press

    for meeting in meetings(prepare):
        assert meeting.outcomes == ("done", "done")
        accepted, refused = sorted((meeting.one.result, meeting.other.result))
        assert accepted == 302
        assert refused in (400, 404)
        assert Person.objects.filter(email="nina@example.org").count() == 1


@pytest.mark.parametrize("place", ["GEO", None])
def test_somebody_invited_twice_gets_one_letter(meetings, at, place):
    role = Role.TEAM if place else Role.TRAINER

    def prepare():
        asked = {"email": "nina@example.org", "role": role, "state": state(place) if place else None}
        two = [person(name, Role.SECRETARIAT) for name in ("sera", "sven")]
        return [partial(actions.invite, **asked, by=each, at=at) for each in two]

    for meeting in meetings(prepare):
        assert set(meeting.outcomes) == {"done", refusals.AlreadyInvited}
        assert Invitation.objects.waiting().filter(email="nina@example.org").count() == 1
        assert len(mail.outbox) == 1


@both_ways("withdrawn meanwhile", "accepted meanwhile")
def test_an_invitation_is_withdrawn_or_accepted_never_both(meetings, at, way):
    def prepare():
        sera = person("sera", Role.SECRETARIAT)
        made, token = invited(sera, "nina@example.org", Role.TRAINER, at)
        return way(accepting(token, at), lambda: actions.withdraw(invitation=made, by=sera, at=at))

    for meeting in meetings(prepare):
        accepted, withdrawn = way(*meeting.outcomes)
        assert (accepted, withdrawn) in {("done", refusals.NotWaiting), (refusals.LinkUnknown, "done")}
        assert Person.objects.filter(email="nina@example.org").exists() == (accepted == "done")


def test_an_invitation_that_lapses_is_withdrawn_once(meetings, at):
    """Whoever is accepted as coordinator closes the other invitations, which somebody may just be closing."""

    def prepare():
        sera = person("sera", Role.SECRETARIAT)
        _, token = invited(sera, "nina@example.org", Role.COORDINATOR, at, state("GEO"))
        other, _ = invited(sera, "mila@example.org", Role.COORDINATOR, at, state("GEO"))
        return accepting(token, at), lambda: actions.withdraw(invitation=other, by=sera, at=at)

    for meeting in meetings(prepare):
        assert meeting.outcomes in {("done", "done"), ("done", refusals.NotWaiting)}
        about = str(Invitation.objects.get(email="mila@example.org").pk)
        assert Entry.objects.filter(deed="invitation withdrawn", about_key=about).count() == 1


def test_of_the_last_two_administrators_one_stays(meetings, at):
    def prepare():
        both = [person(name, Role.ADMINISTRATOR) for name in ("adam", "ada")]
        return [ending(each.appointments.get(), each, at) for each in both]

    for meeting in meetings(prepare):
        assert set(meeting.outcomes) == {"done", refusals.LastAdministrator}
        assert Appointment.objects.filter(role=Role.ADMINISTRATOR, until=None).count() == 1


@both_ways("ended meanwhile", "handed over meanwhile")
def test_a_handover_while_the_outgoing_role_is_ended_leaves_one_coordinator(meetings, at, way):
    def prepare():
        sera, ana = person("sera", Role.SECRETARIAT), person("ana", Role.COORDINATOR, state("GEO"))
        _, token = invited(sera, "nina@example.org", Role.COORDINATOR, at, state("GEO"))
        return way(accepting(token, at), ending(ana.appointments.get(), sera, at))

    for meeting in meetings(prepare):
        accepted, ended = way(*meeting.outcomes)
        assert accepted == "done"
        assert ended in ("done", refusals.RoleOver)
        held = Appointment.objects.filter(role=Role.COORDINATOR).order_by("since")
        assert [(each.person.name, each.until) for each in held] == [
            ("Ana", localdate(at) - DAY),
            ("Nina", None),
        ]


@both_ways("taken back meanwhile", "accepted meanwhile")
def test_a_handover_from_who_has_not_begun_while_their_role_is_taken_back(meetings, at, way):
    def prepare():
        sera = person("sera", Role.SECRETARIAT)
        ana = person("ana", Role.COORDINATOR, state("GEO"), since=localdate(at) + 5 * DAY)
        _, token = invited(sera, "nina@example.org", Role.COORDINATOR, at, state("GEO"))
        return way(accepting(token, at), ending(ana.appointments.get(), sera, at))

    for meeting in meetings(prepare):
        accepted, taken_back = way(*meeting.outcomes)
        assert taken_back == "done"
        assert accepted in ("done", refusals.HasCoordinator)
        assert Appointment.objects.filter(role=Role.COORDINATOR).count() == (accepted == "done")


def test_a_role_that_has_not_begun_is_taken_back_once(meetings, at):
    def prepare():
        sera, sven = (person(name, Role.SECRETARIAT) for name in ("sera", "sven"))
        ana = person("ana", Role.COORDINATOR, state("GEO"), since=localdate(at) + 5 * DAY)
        return [ending(ana.appointments.get(), who, at) for who in (sera, sven)]

    for meeting in meetings(prepare):
        assert set(meeting.outcomes) == {"done", refusals.RoleTakenBack}


@both_ways("handed over meanwhile", "invited meanwhile")
def test_who_is_being_replaced_invites_before_that_or_not_at_all(meetings, at, way):
    def prepare():
        sera, ana = person("sera", Role.SECRETARIAT), person("ana", Role.COORDINATOR, state("GEO"))
        _, token = invited(sera, "nina@example.org", Role.COORDINATOR, at, state("GEO"))
        invite = {"email": "tara@example.org", "role": Role.TEAM, "state": state("GEO"), "by": ana, "at": at}
        return way(lambda: actions.invite(**invite), accepting(token, at))

    for meeting in meetings(prepare):
        sent, accepted = way(*meeting.outcomes)
        assert accepted == "done"
        assert sent in ("done", refusals.MayNot)
        assert Invitation.objects.filter(email="tara@example.org").exists() == (sent == "done")
        # the entry of a deed is older than the end of the role in which it was done
        numbers = dict(Entry.objects.order_by("number").values_list("deed", "number"))
        assert sent != "done" or numbers["person invited"] < numbers["role ended"]


@both_ways("ended meanwhile", "invited meanwhile")
def test_on_the_last_day_of_a_role_its_holder_still_sends(meetings, at, way):
    def prepare():
        sera, ana = person("sera", Role.SECRETARIAT), person("ana", Role.COORDINATOR, state("GEO"))
        invite = {"email": "tara@example.org", "role": Role.TEAM, "state": state("GEO"), "by": ana, "at": at}
        return way(lambda: actions.invite(**invite), ending(ana.appointments.get(), sera, at))

    for meeting in meetings(prepare):
        assert meeting.outcomes == ("done", "done")
        assert Invitation.objects.filter(email="tara@example.org").exists()


# Erasing


def traces(key):
    """Where a person's key is left in the journal, and their name or address in the account."""
    who = f"person:{key}"
    left = Person.objects.get(key=key)
    return [
        *Doer.objects.filter(actor=who),
        *Particulars.objects.filter(person=who),
        *(each for each in (left.name, left.last_login) if each),
        *([left.email] if "invalid" not in left.email else []),
    ]


@both_ways("erased meanwhile", "corrected meanwhile")
def test_who_is_erased_while_they_correct_their_data_leaves_no_trace(meetings, at, way):
    def prepare():
        otto = person("otto")
        return way(
            lambda: actions.correct_own_data(person=otto, name="Otto the Great", language="en", at=at),
            lambda: actions.erase(person=otto, by=otto, at=at),
        )

    for meeting in meetings(prepare):
        corrected, erased = way(*meeting.outcomes)
        assert erased == "done"
        assert corrected in ("done", refusals.MayNot)
        assert traces(Person.objects.get().key) == []


def test_two_who_are_erased_at_once_leave_no_trace(meetings, at):
    def prepare():
        two = [person(name) for name in ("otto", "olga")]
        for each, about in (two, reversed(two)):
            actions.correct_own_data(person=each, name="Another", language="fr", at=at)
            record("account seen", by=each, at=at, about=("person", str(about.key)))
        return [partial(actions.erase, person=each, by=each, at=at) for each in two]

    for meeting in meetings(prepare):
        assert meeting.outcomes == ("done", "done")
        assert [traces(each.key) for each in Person.objects.all()] == [[], []]


def test_erasing_waits_for_the_entry_that_somebody_is_just_writing(own, at):
    otto = person("olaf")
    write = partial(record, "answer given", by=otto, at=at)
    places = meet(own, write, lambda: None, None).one.places

    meeting = meet(own, write, lambda: actions.erase(person=otto, by=otto, at=at), places - 1)

    assert meeting.outcomes == ("done", "done")
    assert traces(otto.key) == []


@both_ways("erased meanwhile", "accepted meanwhile")
def test_who_accepts_a_role_is_not_erased_and_who_is_erased_accepts_none(meetings, at, way):
    def prepare():
        otto = person("otto")
        _, token = invited(person("sera", Role.SECRETARIAT), otto.email, Role.TRAINER, at)
        return way(accepting(token, at, who=otto), lambda: actions.erase(person=otto, by=otto, at=at))

    for meeting in meetings(prepare):
        accepted, erased = way(*meeting.outcomes)
        assert (accepted, erased) in {
            ("done", refusals.StillHoldsRole),
            (refusals.LinkUnknown, "done"),
        }
        assert Appointment.objects.filter(role=Role.TRAINER).count() == (accepted == "done")


@both_ways("erased meanwhile", "changed meanwhile")
def test_a_password_that_is_changed_does_not_bring_an_erased_account_back(meetings, at, way):
    def prepare():
        otto = person("otto")
        return way(
            lambda: ByInvitation().set_password(otto, "another four words together"),
            lambda: actions.erase(person=Person.objects.get(pk=otto.pk), by=otto, at=at),
        )

    for meeting in meetings(prepare):
        assert meeting.outcomes == ("done", "done")
        left = Person.objects.get()
        assert traces(left.key) == []
        assert not left.is_active


# At the machine


def test_two_first_administrators_are_invited_and_one_letter_works(meetings, at):
    def prepare():
        two = ("ada@example.org", "adam@example.org")
        return [partial(actions.invite_from_the_machine, email=email, at=at) for email in two]

    for meeting in meetings(prepare):
        assert meeting.outcomes == ("done", "done")
        assert Invitation.objects.waiting().count() == 1


def test_people_for_training_are_added_once(own, at):
    for kept in (Invitation, Appointment, Person):
        kept.objects.all().delete()

    add = partial(actions.add_training_people, at=at)
    meeting = meet(own, add, add, 3)

    assert set(meeting.outcomes) == {"done", refusals.AccountsThere}
