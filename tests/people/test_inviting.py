"""Invitations: nominated, confirmed, sent, accepted; and everything that can go wrong with a link."""

import datetime

import pytest
from django.core import mail
from django.utils.timezone import localdate

from endocsea.journal.models import Entry
from endocsea.people import actions, refusals
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.people.queries import invitations
from endocsea.people.rules import INVITATION_LASTS
from endocsea.support.actors import Role
from tests.people.helpers import PASSWORD, last_letter, token_of


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Deeds inside it send their letters when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def invite(letters, at):
    """Invite Nina, and give the invitation with the token of her letter ("" where none was sent)."""

    def deed(by, role=Role.TEAM, state=None, *, email="nina@example.org", when=None, **more):
        before = len(mail.outbox)
        with letters():
            made = actions.invite(email=email, role=role, state=state, by=by, at=when or at, **more)
        return made, token_of(last_letter()) if len(mail.outbox) > before else ""

    return deed


def accept(token, at, *, signed_in=None, name="Nina"):
    return actions.accept(token=token, name=name, password=PASSWORD, signed_in=signed_in, at=at)


def test_an_invitation_becomes_an_account_with_the_role(ana, arden, invite, at):
    made, token = invite(ana, state=arden, language="fr", capabilities=arden_capabilities(1, 3))

    nina = accept(token, at)

    assert (nina.email, nina.name, nina.language) == ("nina@example.org", "Nina", "fr")
    assert nina.check_password(PASSWORD)
    assert nina.roles(on=localdate(at), state="XAA") == {Role.TEAM}
    assert {c.number for c in nina.appointments.get().capabilities.all()} == {1, 3}
    made.refresh_from_db()
    assert made.accepted_at == at
    assert made.token_digest == ""


def arden_capabilities(*numbers):
    from endocsea.standards.models import Capability

    return Capability.objects.filter(number__in=numbers)


def test_the_database_holds_no_link(ana, arden, invite):
    made, token = invite(ana, state=arden)

    assert token not in str(Invitation.objects.values().get(pk=made.pk))
    assert len(token) > 40


@pytest.mark.parametrize("email", ["NINA@Example.ORG", "Nina@example.org"])
def test_an_address_in_other_capitals_is_the_same_address(ana, arden, sera, invite, at, email):
    made, token = invite(ana, state=arden, email=email)
    nina = accept(token, at)

    assert made.email == nina.email == "nina@example.org"
    _, second = invite(sera, Role.TRAINER, email=email.upper())
    assert accept(second, at, signed_in=nina) == nina


def test_each_deed_is_in_the_journal_without_address_or_name(ana, arden, sera, letters, invite, at):
    made, _ = invite(ana, Role.COORDINATOR, arden, name="Nina Nowak")
    with letters():
        actions.confirm(invitation=made, by=sera, at=at)
        actions.send_again(invitation=made, by=sera, at=at)
    accept(token_of(last_letter()), at)

    entries = Entry.objects.with_parts().filter(about_kind="invitation", about_key=str(made.pk))
    assert [entry.deed for entry in entries] == [
        "person nominated",
        "nomination confirmed",
        "invitation sent again",
        "invitation accepted",
    ]
    told = " ".join(str(entry.facts) + entry.actor for entry in Entry.objects.with_parts())
    assert "nina" not in told.lower()


# Who may not


@pytest.mark.parametrize("who", ["tara", "ravi", "otto", "petra", "dora", "cleo", "tim", "sofia", "dario"])
@pytest.mark.parametrize("role", [Role.TEAM, Role.COORDINATOR, Role.PARTNER, Role.ADMINISTRATOR])
def test_whoever_may_not_invite_is_refused_and_nothing_is_sent(people, arden, at, who, role):
    state = arden if role in (Role.TEAM, Role.COORDINATOR) else None
    with pytest.raises(refusals.MayNot):
        actions.invite(email="nina@example.org", role=role, state=state, by=people[who], at=at)

    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_a_coordinator_cannot_invite_to_the_team_of_another_state(ana, belmora, at):
    with pytest.raises(refusals.MayNot):
        actions.invite(email="nina@example.org", role=Role.TEAM, state=belmora, by=ana, at=at)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.RAPPORTEUR, Role.CIVIL_SOCIETY])
def test_a_coordinator_cannot_invite_to_a_role_beyond_the_team(ana, arden, at, role):
    with pytest.raises(refusals.MayNot):
        actions.invite(email="nina@example.org", role=role, state=arden, by=ana, at=at)


def test_the_secretariat_makes_no_administrators(sera, at):
    with pytest.raises(refusals.MayNot):
        actions.invite(email="nina@example.org", role=Role.ADMINISTRATOR, by=sera, at=at)


def test_a_coordinator_cannot_confirm_their_own_nomination(ana, arden, invite, at):
    made, token = invite(ana, Role.COORDINATOR, arden)

    assert token == ""
    with pytest.raises(refusals.MayNot):
        actions.confirm(invitation=made, by=ana, at=at)
    with pytest.raises(refusals.MayNot):
        actions.send_again(invitation=made, by=ana, at=at)


# What does not fit


def test_a_role_for_a_state_names_it(sera, at):
    with pytest.raises(refusals.RoleWithoutState):
        actions.invite(email="nina@example.org", role=Role.COORDINATOR, by=sera, at=at)


def test_a_role_of_the_programme_names_no_state(sera, arden, at):
    with pytest.raises(refusals.RoleOfTheProgramme):
        actions.invite(email="nina@example.org", role=Role.DONOR, state=arden, by=sera, at=at)


def test_some_capabilities_only_where_a_role_has_them(sera, at):
    with pytest.raises(refusals.AllCapabilities):
        actions.invite(
            email="nina@example.org", role=Role.PARTNER, capabilities=arden_capabilities(1), by=sera, at=at
        )


def test_a_state_that_is_no_member_that_day_has_no_people(sera, at):
    from endocsea.states.models import State

    with pytest.raises(refusals.NoMemberThatDay, match="Russia is no member"):
        actions.invite(
            email="nina@example.org", role=Role.TEAM, state=State.objects.get(iso3="RUS"), by=sera, at=at
        )


def test_nobody_is_invited_twice_to_one_role(sera, ana, arden, invite, at):
    first, _ = invite(ana, state=arden)

    with pytest.raises(refusals.AlreadyInvited, match="withdraw it first"):
        actions.invite(email="Nina@example.org", role=Role.TEAM, state=arden, by=sera, at=at)
    actions.withdraw(invitation=first, by=ana, at=at)
    invite(sera, state=arden)


# Links


def test_a_link_works_once(ana, arden, invite, at):
    _, token = invite(ana, state=arden)
    nina = accept(token, at)

    for who in (None, nina):
        with pytest.raises(refusals.LinkUnknown):
            accept(token, at, signed_in=who)
    assert Person.objects.filter(email="nina@example.org").count() == 1
    assert nina.appointments.count() == 1


def test_a_link_expires_after_two_weeks_to_the_second(ana, arden, invite, at):
    _, token = invite(ana, state=arden)
    end = at + INVITATION_LASTS

    with pytest.raises(refusals.LinkUnknown):
        accept(token, end)
    accept(token, end - datetime.timedelta(seconds=1))


@pytest.mark.parametrize(
    "token", ["", "x", "0" * 43, "a/b", "é" * 2000, "%00", "'; drop table people_person; --"]
)
def test_a_forged_link_opens_nothing(ana, arden, invite, at, token):
    invite(ana, state=arden)

    with pytest.raises(refusals.LinkUnknown):
        actions.invitation_behind(token, at=at)


def test_the_hash_in_the_database_is_no_link(ana, arden, invite, at):
    made, _ = invite(ana, state=arden)

    with pytest.raises(refusals.LinkUnknown):
        actions.invitation_behind(made.token_digest, at=at)


def test_a_withdrawn_invitation_opens_nothing(ana, arden, invite, at):
    made, token = invite(ana, state=arden)
    actions.withdraw(invitation=made, by=ana, at=at)

    with pytest.raises(refusals.LinkUnknown):
        accept(token, at)
    with pytest.raises(refusals.NotWaiting):
        actions.withdraw(invitation=made, by=ana, at=at)


def test_an_expired_invitation_can_be_withdrawn_or_sent_again(ana, arden, invite, letters, at):
    later = at + INVITATION_LASTS * 2
    made, token = invite(ana, state=arden)

    with letters():
        actions.send_again(invitation=made, by=ana, at=later)
    with pytest.raises(refusals.LinkUnknown):
        accept(token, later)
    accept(token_of(last_letter()), later)


def test_a_letter_sent_again_ends_the_link_of_the_first(ana, arden, invite, letters, at):
    made, first = invite(ana, state=arden)
    with letters():
        actions.send_again(invitation=made, by=ana, at=at)

    with pytest.raises(refusals.LinkUnknown):
        accept(first, at)
    accept(token_of(last_letter()), at)


def test_a_link_stops_when_its_sender_may_no_longer_invite(ana, sera, arden, invite, letters, at, tomorrow):
    made, token = invite(ana, state=arden)
    actions.end(appointment=ana.appointments.get(), on=localdate(at), by=ana, at=at)

    actions.invitation_behind(token, at=at)  # the last day still counts
    with pytest.raises(refusals.LinkUnknown):
        accept(token, tomorrow)
    assert invitations(at=tomorrow, seen_by=sera)[0].expired

    with letters():
        actions.send_again(invitation=made, by=sera, at=tomorrow)
    accept(token_of(last_letter()), tomorrow)


# Accounts that are there already


def test_who_has_an_account_signs_in_first(sera, otto, invite, at):
    _, token = invite(sera, Role.TRAINER, email=otto.email)

    with pytest.raises(refusals.SignInFirst):
        accept(token, at)
    accept(token, at, signed_in=otto)
    otto.refresh_from_db()
    assert otto.name == "Otto"
    assert not otto.has_usable_password()


def test_nobody_accepts_what_was_sent_to_somebody_else(sera, otto, ravi, invite, at):
    _, to_otto = invite(sera, Role.TRAINER, email=otto.email)
    _, to_nobody_yet = invite(sera, Role.TRAINER)

    for token in (to_otto, to_nobody_yet):
        with pytest.raises(refusals.OwnAccountOnly):
            accept(token, at, signed_in=ravi)
    assert not ravi.appointments.filter(role=Role.TRAINER).exists()


def test_an_account_that_may_not_sign_in_cannot_accept(sera, otto, invite, at):
    _, token = invite(sera, Role.TRAINER, email=otto.email)
    Person.objects.filter(pk=otto.pk).update(is_active=False)

    for who in (None, Person.objects.get(pk=otto.pk)):
        with pytest.raises(refusals.SignInFirst):
            accept(token, at, signed_in=who)


def test_an_erased_address_does_not_come_back_by_an_open_link(sera, otto, invite, at):
    _, token = invite(sera, Role.TRAINER, email=otto.email)
    actions.erase(person=otto, by=otto, at=at)

    with pytest.raises(refusals.LinkUnknown):
        accept(token, at)


@pytest.mark.parametrize("password", [None, "", "short", "123456789012", "password1234", "nina@example.org"])
def test_a_weak_password_makes_no_account(ana, arden, invite, at, password):
    _, token = invite(ana, state=arden)

    with pytest.raises(refusals.PasswordTooWeak):
        actions.accept(token=token, name="Nina", password=password, at=at)
    assert not Person.objects.filter(email="nina@example.org").exists()
    accept(token, at)


# Two at once: on SQLite they run one after the other, and so the second sees what the first did


def test_two_open_nominations_for_one_state_the_first_accepted_wins(ana, sera, arden, invite, letters, at):
    nina, _ = invite(ana, Role.COORDINATOR, arden)
    mila, _ = invite(ana, Role.COORDINATOR, arden, email="mila@example.org")
    tokens = []
    for each in (nina, mila):
        with letters():
            actions.confirm(invitation=each, by=sera, at=at)
        tokens.append(token_of(last_letter()))

    accept(tokens[0], at)

    with pytest.raises(refusals.LinkUnknown):
        accept(tokens[1], at, name="Mila")
    mila.refresh_from_db()
    assert mila.withdrawn_at == at
    assert Appointment.objects.filter(state=arden, role=Role.COORDINATOR, until=None).count() == 1


def test_a_nomination_cannot_be_confirmed_twice(ana, sera, arden, invite, letters, at):
    made, _ = invite(ana, Role.COORDINATOR, arden)
    with letters():
        actions.confirm(invitation=made, by=sera, at=at)

    with pytest.raises(refusals.NotWaiting):
        actions.confirm(invitation=made, by=sera, at=at)


def test_a_nomination_left_open_lapses_when_the_coordinator_changes(ana, sera, arden, invite, at):
    left_open, _ = invite(ana, Role.COORDINATOR, arden)
    _, token = invite(sera, Role.COORDINATOR, arden, email="mila@example.org")
    accept(token, at, name="Mila")

    with pytest.raises(refusals.NotWaiting):
        actions.confirm(invitation=left_open, by=sera, at=at)


def test_an_invitation_to_a_post_that_was_filled_otherwise_is_refused(sera, otto, georgia, invite, at):
    """Two invitations cannot both be accepted; nor one after an appointment that came another way."""
    _, token = invite(sera, Role.COORDINATOR, georgia)
    actions.appoint(person=otto, role=Role.COORDINATOR, state=georgia, since=localdate(at), by=sera, at=at)

    with pytest.raises(refusals.HasCoordinator):
        accept(token, at)
    assert not Person.objects.filter(email="nina@example.org").exists()


# The first administrator


def test_the_first_administrator_is_invited_by_the_machine(letters, db, at):
    with letters():
        actions.invite_from_the_machine(email="Root@example.org", at=at)
    root = accept(token_of(last_letter()), at, name="Root")

    assert root.email == "root@example.org"
    assert root.roles(on=localdate(at)) == {Role.ADMINISTRATOR}
    with pytest.raises(refusals.AdministratorThere):
        actions.invite_from_the_machine(email="other@example.org", at=at)


def test_a_letter_to_a_mistyped_address_stops_when_the_right_one_is_invited(letters, db, at):
    with letters():
        actions.invite_from_the_machine(email="rooot@example.org", at=at)
    mistyped = token_of(last_letter())
    with letters():
        actions.invite_from_the_machine(email="root@example.org", at=at)

    with pytest.raises(refusals.LinkUnknown):
        accept(mistyped, at)
    accept(token_of(last_letter()), at)
