"""The pages of the data protection officer: the log of access, accounts that will be closed, erasing for somebody."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from endocsea.journal.actions import record, record_export, record_reading
from endocsea.journal.queries import written
from endocsea.journal.rules import verify
from endocsea.people import actions
from endocsea.people.models import Appointment, Person
from endocsea.support.actors import CONTENT, MACHINE
from endocsea.support.days import long_day
from tests.people.helpers import signed_in

ACCOUNTS, LOG = "/workspace/data-protection/", "/workspace/data-protection/log/"


def erase_for(person):
    return reverse("people:erase-for", args=[person.pk])


@pytest.fixture
def busy(ana, ravi, sera, at):
    """Ana took a report out, Ravi read an interview note, Sera gave a role."""
    record_export("gap analysis as PDF", b"%PDF", by=ana, at=at, about=("state", "XAA"))
    record_reading(by=ravi, at=at, about=("interview note", "12"))
    record("role given", by=sera, at=at, about=("answer", "C1-01"))


def shown(dario, query=""):
    page = signed_in(dario).get(LOG + query)
    assert page.status_code == 200
    return [(each.who, each.roles, each.deed, each.what) for each in page.context["accesses"]]


EXPORT = (
    "Ana",
    "National coordinator, Member of the steering group",
    "taken out",
    "gap analysis as PDF, state XAA",
)
READING = ("Ravi", "Rapporteur", "restricted record read", "interview note 12")


def test_the_log_has_readings_and_exports_and_no_other_deed(busy, dario):
    found = shown(dario)

    assert found[0] == READING
    assert found[1][0] == "Ana"
    assert found[1][1].startswith("National coordinator")
    assert found[1][2:] == EXPORT[2:]
    assert len(found) == 2


def test_the_log_is_narrowed_by_person_and_by_kind(busy, dario, ana, ravi, otto):
    assert [each[0] for each in shown(dario, f"?person={ana.key}")] == ["Ana"]
    assert [each[0] for each in shown(dario, "?kind=reading")] == ["Ravi"]
    assert shown(dario, f"?person={ana.key}&kind=reading") == []
    assert shown(dario, f"?person={otto.key}") == []


@pytest.mark.parametrize(
    "query",
    ["?person=x", "?kind=erased", "?page=x", "?page=-1", "?page=999", "?person=%00", "?kind=", "?person="],
)
def test_an_address_that_says_nothing_sensible_shows_the_whole_log(busy, dario, query):
    assert len(shown(dario, query)) == 2


def test_who_was_erased_is_not_named_and_the_deed_and_its_record_stay(busy, dario, ravi, at):
    Appointment.objects.filter(person=ravi).update(until=localdate(at))
    actions.erase(person=ravi, by=dario, at=at)

    assert shown(dario)[0] == (
        "somebody whose data was erased",
        "",
        "restricted record read",
        "interview note 12",
    )
    page = signed_in(dario).get(LOG).content.decode()
    assert "ravi" not in page.lower()


def test_what_programs_took_out_is_named_as_theirs(dario, at):
    for actor in (CONTENT, MACHINE):
        record_export("open data", b"", by=actor, at=at)

    assert [each[0] for each in shown(dario)] == ["machine", "content"]


def test_a_long_log_is_paged_and_asks_the_database_no_more_often(busy, dario, ana, at):
    def queries():
        browser = signed_in(dario)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(LOG).status_code == 200
        return len(found)

    few = queries()
    for number in range(60):
        record_reading(by=ana, at=at, about=("interview note", str(number)))

    assert queries() == few
    browser = signed_in(dario)
    first = browser.get(f"{LOG}?kind=reading").content.decode()
    assert first.count("interview note") == 50
    assert "?page=2&amp;person=&amp;kind=reading" in first
    assert browser.get(f"{LOG}?kind=reading&page=2").content.decode().count("interview note") == 11


def test_the_pages_are_for_the_data_protection_officer_alone(people, otto):
    for name, person in people.items():
        browser = signed_in(person)
        for path in (ACCOUNTS, LOG, erase_for(otto)):
            own = name == "otto" and path == erase_for(otto)
            assert (browser.get(path).status_code == 200) is (name == "dario" and not own), (name, path)
        if name != "dario":
            assert browser.post(erase_for(otto)).status_code == 404
            assert ACCOUNTS not in browser.get("/workspace/").content.decode()
    otto.refresh_from_db()
    assert otto.name == "Otto"


# Accounts


def test_accounts_whose_last_role_ended_are_listed_with_their_day(dario, petra, tim, at):
    today = localdate(at)
    Appointment.objects.filter(person=petra).update(until=today - datetime.timedelta(days=10))

    page = signed_in(dario).get(ACCOUNTS).content.decode()

    upper, lower = page.split("All accounts")
    assert "petra@example.org" in upper
    assert f"closed on {long_day(today + datetime.timedelta(days=20))}" in upper
    assert "tim@example.org" not in upper
    for address in ("petra@example.org", "tim@example.org", "dario@example.org"):
        assert address in lower
    assert erase_for(petra) in lower
    assert erase_for(dario) not in lower


def test_many_accounts_are_paged(dario):
    for number in range(60):
        Person.objects.create_user(f"p{number}@example.org")

    page = signed_in(dario).get(ACCOUNTS).content.decode()

    assert page.count("may not sign in") + page.count(">open<") == 50
    assert "Page 1 of 2" in page


# Erasing for somebody else


def test_the_page_says_what_goes_and_what_stays_before_it_is_done(dario, otto):
    page = signed_in(dario).get(erase_for(otto)).content.decode()

    assert "otto@example.org" in page
    assert "go for good" in page
    assert "stays" in page
    assert "Erase for good" in page
    otto.refresh_from_db()
    assert otto.name == "Otto"


def test_the_officer_erases_and_is_told(dario, otto):
    page = signed_in(dario).post(erase_for(otto), follow=True)

    assert page.redirect_chain == [(ACCOUNTS, 302)]
    assert "The account is erased." in page.content.decode()
    assert "otto@example.org" not in page.content.decode()
    assert verify(written()).whole
    assert signed_in(dario).get(erase_for(otto)).status_code == 404


def test_who_holds_a_role_is_not_erased_and_the_page_says_which(dario, ana):
    browser = signed_in(dario)

    page = browser.get(erase_for(ana)).content.decode()
    assert "still holds a role" in page
    assert "Arden" in page
    assert "Erase for good" not in page
    assert "still holds a role" in browser.post(erase_for(ana), follow=True).content.decode()
    ana.refresh_from_db()
    assert ana.name == "Ana"


def test_their_own_account_is_erased_elsewhere(dario):
    browser = signed_in(dario)

    assert browser.get(erase_for(dario)).status_code == 404
    assert browser.post(erase_for(dario)).status_code == 404


def test_erasing_needs_the_token_of_its_page(dario, otto):
    assert signed_in(dario, enforce_csrf_checks=True).post(erase_for(otto)).status_code == 403
