"""Device and recovery codes both lost: somebody else lets the person in again, and they begin anew by a letter."""

import re
import smtplib

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.journal.queries import history_of
from endocsea.people import actions, policies, refusals
from endocsea.people.models import Appointment, Person
from endocsea.people.signing_in import set_up_codes
from endocsea.support.actors import Role
from tests.cast import SINCE
from tests.people.helpers import PASSWORD, last_letter, signed_in

NEW = "other words put together"

# Who lets whom in again; everybody else is refused, and nobody does it for themselves.
BY_THE_SECRETARIAT = {
    "ana",
    "beno",
    "ravi",
    "otto",
    "adam",
    "tara",
    "petra",
    "dora",
    "cleo",
    "tim",
    "sofia",
    "dario",
}
LETS_IN = {"sera": BY_THE_SECRETARIAT, "adam": {"sera"}, "ana": {"tara"}}


def address_of(person):
    return reverse("people:let-in-again", args=[person.pk])


def path_in(letter):
    return re.search(re.escape(settings.SITE) + r"(/\S+)", letter.body)[1]


@pytest.fixture
def let_in(django_capture_on_commit_callbacks, at):
    def deed(person, by):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.let_in_again(person=person, by=by, at=at)

    return deed


@pytest.fixture
def locked_out(ravi):
    """Ravi, with a password, a second factor, codes, and a browser in which he is signed in."""
    ravi.set_password(PASSWORD)
    ravi.save()
    browser = Client()
    browser.post(reverse("account_login"), {"login": ravi.email, "password": PASSWORD})
    set_up_codes(ravi)
    return ravi, browser


def test_the_table_of_who_lets_in_whom_holds_from_every_chair(people):
    on = localdate()
    found = {
        name: {
            other
            for other, person in people.items()
            if policies.may_let_in_again(actor, person.standing(on=on), on=on)
        }
        for name, actor in people.items()
    }

    assert {name: whom for name, whom in found.items() if whom} == LETS_IN


def test_a_coordinator_lets_in_whoever_is_of_the_team_and_nothing_else(ana, tara, belmora):
    on = localdate()
    assert policies.may_let_in_again(ana, tara.standing(on=on), on=on)

    Appointment.objects.create(person=tara, role=Role.RAPPORTEUR, state=belmora, since=SINCE)
    assert not policies.may_let_in_again(ana, tara.standing(on=on), on=on)


def test_a_coordinator_of_yesterday_lets_nobody_in(ana, tara, at):
    actions.end(appointment=ana.appointments.get(), on=localdate(at), by=ana, at=at)
    ana.appointments.update(until=SINCE)

    with pytest.raises(refusals.MayNot):
        actions.let_in_again(person=tara, by=ana, at=at)


@pytest.mark.parametrize(
    "by", ["ana", "tara", "ravi", "otto", "adam", "sofia", "dario", "visitor", "at the machine"]
)
def test_whoever_may_not_is_refused_and_nothing_is_lost(everybody, locked_out, let_in, by):
    ravi, browser = locked_out
    with pytest.raises(refusals.MayNot):
        let_in(ravi, everybody[by])

    assert Authenticator.objects.filter(user=ravi).count() == 2
    assert browser.get("/workspace/me/").status_code == 200
    assert not mail.outbox


def test_an_erased_account_is_let_in_by_nobody(otto, sera, let_in, at):
    actions.erase(person=otto, by=otto, at=at)

    with pytest.raises(refusals.MayNot):
        let_in(otto, sera)


def test_everything_that_was_lost_stops_working_and_a_letter_says_so(locked_out, sera, let_in):
    ravi, browser = locked_out
    let_in(ravi, sera)

    assert not Authenticator.objects.filter(user=ravi).exists()
    assert not UserSession.objects.filter(user=ravi).exists()
    assert browser.get("/workspace/").url.startswith(reverse("account_login"))
    answer = Client().post(reverse("account_login"), {"login": ravi.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert last_letter().to == [ravi.email]
    assert "You were let in again" in last_letter().body
    assert "<" not in last_letter().body


def test_the_journal_notes_who_did_it_in_which_role_and_names_nobody(ravi, sera, let_in):
    let_in(ravi, sera)

    entry = history_of("person", str(ravi.key)).last()
    assert (entry.deed, entry.actor, entry.role) == ("let in again", sera.journal_id, "secretariat, steering")
    assert entry.facts == {"second factors removed": 0}


def test_the_link_of_the_letter_leads_to_a_new_password_and_then_to_a_second_factor(locked_out, sera, let_in):
    ravi, _browser = locked_out
    let_in(ravi, sera)
    link, browser = path_in(last_letter()), Client()

    form = browser.get(link).url
    assert browser.post(form, {"password1": NEW}).status_code == 302
    browser.post(reverse("account_login"), {"login": ravi.email, "password": NEW})
    assert browser.get("/workspace/").url == reverse("mfa_index")
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200  # nor is the password asked for again
    assert "This link does not work" in Client().get(link, follow=True).content.decode()


def test_a_second_time_makes_the_first_letter_worthless(ravi, sera, let_in):
    let_in(ravi, sera)
    first = path_in(last_letter())
    let_in(ravi, sera)

    assert "This link does not work" in Client().get(first, follow=True).content.decode()


@pytest.mark.parametrize("error", [smtplib.SMTPException(), ConnectionRefusedError()])
def test_when_the_letter_cannot_be_sent_a_sentence_says_what_to_do(ravi, sera, let_in, monkeypatch, error):
    def refuse(letter):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(refusals.LinkNotSent, match="once more"):
        let_in(ravi, sera)


def test_the_letter_speaks_the_language_of_the_person(ravi, sera, let_in):
    Person.objects.filter(pk=ravi.pk).update(language="fr")
    let_in(ravi, sera)

    assert settings.SITE in last_letter().body


# The page


def test_the_page_says_first_what_will_happen(people, ravi):
    browser = signed_in(people["sera"])
    assert address_of(ravi) in browser.get("/workspace/people/").content.decode()

    page = browser.get(address_of(ravi)).content.decode()
    assert "Speak with them first" in page
    assert ravi.email in page


def test_the_list_offers_it_to_whoever_may_and_for_nobody_else(people):
    for name, person in people.items():
        page = signed_in(person).get("/workspace/people/")
        if page.status_code == 404:
            continue
        offered = {other for other, whom in people.items() if address_of(whom) in page.content.decode()}
        assert offered == LETS_IN.get(name, set()) - {"otto"}, name  # Otto holds no role: he is not listed


def test_the_button_does_it(people, tara, django_capture_on_commit_callbacks):
    set_up_codes(tara)
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(people["ana"]).post(address_of(tara), follow=True)

    assert "A letter is on its way to tara@example.org" in answer.content.decode()
    assert not Authenticator.objects.filter(user=tara).exists()


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("ana", "beno", 404),
        ("tara", "ana", 302),
        ("dario", "ravi", 302),
        ("otto", "ana", 404),
        ("sera", "sera", 404),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_sees_no_such_page(people, who, whom, status, method):
    answer = getattr(signed_in(people[who]), method)(address_of(people[whom]), follow=status == 302)

    assert answer.status_code == (200 if status == 302 else 404)
    if status == 302:
        assert "Your roles do not include this deed" in answer.content.decode()


def test_a_person_that_there_is_not_is_not_there(sera):
    assert signed_in(sera).get("/workspace/people/999999/let-in-again/").status_code == 404
