"""The chapter's pages in a browser's hands: from every chair, with forms as they should and should not be."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from endocsea.people import actions
from endocsea.people.models import Appointment, Invitation, Person
from endocsea.support.actors import Role
from tests.people.helpers import PASSWORD, link_of, signed_in

PEOPLE, INVITE = "/workspace/people/", "/workspace/people/invite/"
SIGN_UP = "/workspace/account/signup/"


def form(**changed):
    return {"email": "nina@example.org", "name": "", "role": "team", "state": "", "language": "en"} | changed


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def invited(ana, arden, at, letters):
    """Nina is invited to Arden's team; the path of the link in her letter."""
    with letters():
        actions.invite(email="nina@example.org", role=Role.TEAM, state=arden, by=ana, at=at)
    return link_of(mail.outbox[-1])


# The list of people


def test_the_secretariat_sees_everybody_and_states_without_coordinator(people):
    page = signed_in(people["sera"]).get(PEOPLE).content.decode()

    for name in ("Ana", "Beno", "Ravi", "Adam", "Tara", "Petra", "Dora"):
        assert f">{name}" in page
    assert "States without a coordinator" in page
    assert "Georgia" in page


@pytest.mark.parametrize("who", ["ana", "tara"])
def test_a_states_own_people_see_each_other_and_nobody_else(people, who):
    page = signed_in(people[who]).get(PEOPLE).content.decode()

    assert "Ana" in page
    assert "Tara" in page
    for name in ("Beno", "Ravi", "Sera", "Adam", "Petra", "Dora", "Cleo", "States without"):
        assert f">{name}" not in page


@pytest.mark.parametrize("who", ["ravi", "otto", "petra", "dora", "tim", "sofia"])
def test_for_others_the_list_is_not_there(people, who):
    browser = signed_in(people[who])

    assert browser.get(PEOPLE).status_code == 404
    assert reverse("people:people") not in browser.get("/workspace/").content.decode()


def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(sera, georgia, at):
    browser = signed_in(sera)

    def queries_with(numbers):
        for number in numbers:
            person = Person.objects.create_user(f"p{number}@example.org")
            Appointment.objects.create(person=person, role=Role.TEAM, state=georgia, since="2020-01-01")
            actions.invite(email=f"i{number}@example.org", role=Role.TRAINER, by=sera, at=at)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(PEOPLE).status_code == 200
        return len(queries)

    assert queries_with(range(2)) == queries_with(range(2, 20))


def test_whoever_leaves_their_only_role_is_not_left_before_a_closed_door(petra):
    browser = signed_in(petra)

    response = browser.post(reverse("people:end", args=[petra.appointments.get().pk]), follow=True)

    assert response.status_code == 200
    assert petra.appointments.get().until is not None


# Inviting


def test_an_invitation_is_sent_and_listed(ana, arden, letters):
    browser = signed_in(ana)
    with letters():
        response = browser.post(INVITE, form(state=arden.pk, name="Nina"), follow=True)

    assert response.redirect_chain == [(PEOPLE, 302)]
    assert "nina@example.org" in response.content.decode()
    assert mail.outbox[-1].to == ["nina@example.org"]


def test_a_nomination_waits_for_the_secretariat(ana, sera, arden, letters):
    signed_in(ana).post(INVITE, form(state=arden.pk, role="coordinator"))
    assert not mail.outbox

    browser = signed_in(sera)
    assert "Confirm the nomination" in browser.get("/workspace/").content.decode()
    with letters():
        browser.post(reverse("people:decide", args=[Invitation.objects.get().pk, "confirm"]))
    assert mail.outbox[-1].to == ["nina@example.org"]


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "nina"},
        {"email": ""},
        {"email": "nina@example.org, otto@example.org"},
        {"email": "nina@example.org\nBcc: all@example.org"},
        {"name": "N" * 121},
        {"role": ""},
        {"role": "steering"},
        {"role": "secretariat"},
        {"role": "administrator"},
        {"role": "content"},
        {"state": "nowhere"},
        {"state": ""},
        {"capabilities": ["999999"]},
        {"capabilities": ["x"]},
        {"language": "de"},
    ],
)
def test_a_form_that_was_changed_sends_nothing(ana, arden, letters, changed):
    with letters():
        response = signed_in(ana).post(INVITE, form(state=arden.pk) | changed)

    assert response.status_code == 400
    assert not Invitation.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("role", ["team", "coordinator"])
def test_another_state_in_the_form_is_refused(ana, belmora, role):
    response = signed_in(ana).post(INVITE, form(state=belmora.pk, role=role))

    assert response.status_code == 400
    assert not Invitation.objects.exists()


def test_a_state_that_is_no_member_is_not_offered(sera):
    page = signed_in(sera).get(INVITE).content.decode()

    assert "Georgia" in page
    assert "Russia" not in page


def test_no_role_is_chosen_beforehand_and_a_coordinator_finds_the_own_state(ana, sera, arden):
    assert '<option value="" selected>choose one</option>' in signed_in(sera).get(INVITE).content.decode()

    page = signed_in(ana).get(INVITE).content.decode()
    assert '<option value="" selected>choose one</option>' in page
    assert f'<option value="{arden.pk}" selected>Arden</option>' in page


def test_whoever_ends_a_role_of_their_own_is_led_to_the_page_that_asks_first(ana, tara):
    page = signed_in(ana).get(PEOPLE).content.decode()

    assert reverse("people:end", args=[ana.appointments.get().pk]) not in page
    assert reverse("people:end", args=[tara.appointments.get().pk]) in page
    assert f"{reverse('people:account')}#roles" in page


@pytest.mark.parametrize("deed", ["confirm", "send-again", "withdraw"])
def test_deeds_on_an_invitation_of_another_state_are_not_there(beno, invited, deed):
    address = reverse("people:decide", args=[Invitation.objects.get().pk, deed])

    assert signed_in(beno).post(address).status_code == 404


def test_a_deed_that_there_is_not_is_not_there(ana, invited):
    address = reverse("people:decide", args=[Invitation.objects.get().pk, "accept"])

    assert signed_in(ana).post(address).status_code == 404


def test_deeds_are_no_links(ana, tara, invited):
    browser = signed_in(ana)

    for address in (
        reverse("people:end", args=[tara.appointments.get().pk]),
        reverse("people:decide", args=[Invitation.objects.get().pk, "withdraw"]),
        reverse("people:erase"),
    ):
        assert browser.get(address).status_code == 405
    assert Invitation.objects.waiting().exists()


# Accepting


def test_a_newcomer_follows_the_link_and_is_asked_for_a_second_factor(invited, client):
    page = client.get(invited)
    assert page.status_code == 200
    assert "Arden" in page.content.decode()

    response = client.post(invited, {"name": "Nina", "password": PASSWORD})

    assert response.url == reverse("mfa_index")
    assert Person.objects.get(email="nina@example.org").appointments.get().role == Role.TEAM
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # the password is not asked for again
    assert client.get(invited).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [{"name": "", "password": PASSWORD}, {"name": "Nina", "password": "short"}, {"name": "N" * 121}],
)
def test_without_name_and_password_there_is_no_account(invited, client, sent):
    assert client.post(invited, sent).status_code == 400
    assert not Person.objects.filter(email="nina@example.org").exists()


@pytest.mark.parametrize("token", ["x", "0" * 43, "é", "a" * 4000])
def test_a_link_that_belongs_to_nothing_gives_one_answer(invited, client, token):
    there = client.get(reverse("people:accept", args=["unknown"]))
    response = client.get(reverse("people:accept", args=[token]))

    assert (response.status_code, there.status_code) == (404, 404)
    assert response.content == there.content


def test_the_answer_to_a_spent_link_does_not_differ_from_that_to_a_forged_one(invited, client):
    forged = Client().get(reverse("people:accept", args=["forged"]))
    client.post(invited, {"name": "Nina", "password": PASSWORD})

    spent = Client().get(invited)

    assert spent.status_code == 404
    assert spent.content == forged.content


# Nobody learns whether an address has an account


def test_signing_in_says_the_same_of_a_wrong_password_and_an_unknown_address(otto, client):
    otto.set_password(PASSWORD)
    otto.save()

    def said(address):
        page = client.post(reverse("account_login"), {"login": address, "password": "wrong one"})
        return page.status_code, page.content.decode().replace(address, "")

    known, unknown = said("otto@example.org"), said("nobody@example.org")
    strip = lambda page: [line for line in page.splitlines() if "csrf" not in line]  # noqa: E731
    assert known[0] == unknown[0]
    assert strip(known[1]) == strip(unknown[1])


def test_asking_for_a_new_password_says_the_same_of_every_address(otto, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": address})
        for address in ("otto@example.org", "nobody@example.org")
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1


def test_inviting_says_the_same_whether_an_address_has_an_account(sera, otto, letters):
    said = []
    for address in (otto.email, "nobody@example.org"):
        with letters():
            response = signed_in(sera).post(INVITE, form(email=address, role="trainer"), follow=True)
        said.append([str(m).replace(address, "") for m in response.context["messages"]])

    assert said[0] == said[1]


def test_too_many_attempts_are_stopped(otto, client):
    def statuses():
        return [
            client.post(reverse("account_login"), {"login": otto.email, "password": f"wrong {n}"}).status_code
            for n in range(40)
        ]

    assert (
        429 in statuses()
        or "Too many"
        in client.post(reverse("account_login"), {"login": otto.email, "password": "wrong"}).content.decode()
    )


def test_an_address_cannot_be_changed_for_another_past_the_invitation(otto):
    browser = signed_in(otto)

    assert (
        browser.post("/workspace/account/email/", {"email": "sera@example.org", "action_add": ""}).status_code
        == 404
    )
    assert not EmailAddress.objects.exists()


def test_who_looks_for_a_sign_up_is_told_that_accounts_are_by_invitation(client, otto):
    sent = {"email": "x@example.org", "password1": PASSWORD}
    for answer in (client.get(SIGN_UP), client.post(SIGN_UP, sent)):
        assert answer.status_code == 200
        assert "Accounts are by invitation" in answer.content.decode()
    assert signed_in(otto).post(SIGN_UP, sent).url == "/workspace/"
    assert Person.objects.count() == 1


# One's own account


def test_own_data_is_corrected_and_downloaded(otto):
    browser = signed_in(otto)

    assert browser.post("/workspace/me/", {"name": "Otto Özil", "language": "fr"}).status_code == 302
    file = browser.get("/workspace/me/data.json")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.json()["account"]["name"] == "Otto Özil"
    assert browser.get("/workspace/").headers["Content-Language"] == "fr"


@pytest.mark.parametrize("sent", [{"name": "", "language": "en"}, {"name": "O" * 121, "language": "en"},
                                  {"name": "Otto", "language": "xx"}, {"name": "O\x00", "language": "en"}])  # fmt: skip
def test_own_data_that_cannot_be_is_refused(otto, sent):
    assert signed_in(otto).post("/workspace/me/", sent).status_code == 400
    otto.refresh_from_db()
    assert otto.name == "Otto"


def test_who_erases_their_account_is_out(otto):
    browser = signed_in(otto)
    other = signed_in(otto)

    assert browser.post("/workspace/me/erase/").url == reverse("account_login")

    for each in (browser, other):
        assert each.get("/workspace/").status_code == 302
    assert Person.objects.get(pk=otto.pk).email.startswith("erased-")


def test_who_holds_a_role_is_told_to_end_it_first(ana):
    page = signed_in(ana).post("/workspace/me/erase/", follow=True)

    assert "still holds a role" in page.content.decode()
    ana.refresh_from_db()
    assert ana.is_active


# Every signed-in page


def test_every_form_needs_the_token_of_its_page(ana, tara, invited):
    browser = signed_in(ana, enforce_csrf_checks=True)

    for address in (
        INVITE,
        "/workspace/me/",
        "/workspace/me/erase/",
        reverse("people:end", args=[tara.appointments.get().pk]),
        reverse("people:decide", args=[Invitation.objects.get().pk, "withdraw"]),
        invited,
        reverse("account_login"),
        reverse("account_logout"),
    ):
        assert browser.post(address, form()).status_code == 403, address
    assert Invitation.objects.waiting().exists()


@pytest.mark.parametrize(
    "address", ["/workspace/", PEOPLE, INVITE, "/workspace/me/", "/workspace/me/data.json"]
)
def test_nothing_of_a_signed_in_page_is_kept_by_a_browser_or_shared(ana, address):
    response = signed_in(ana).get(address)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/workspace/", PEOPLE, INVITE, "/workspace/me/", "/workspace/me/data.json"]
)
def test_a_visitor_is_led_to_the_sign_in_page_and_back(client, address, db):
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize(
    "next_", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"]
)
def test_signing_in_leads_nowhere_outside(otto, client, next_):
    otto.set_password(PASSWORD)
    otto.save()

    response = client.post(
        reverse("account_login"), {"login": otto.email, "password": PASSWORD, "next": next_}
    )

    assert response.url == "/workspace/"


def test_a_page_speaks_what_the_browser_asks_for_before_and_the_account_after_signing_in(otto, client):
    assert (
        client.get(reverse("account_login"), headers={"Accept-Language": "fr"}).headers["Content-Language"]
        == "fr"
    )
    assert (
        client.get(reverse("account_login"), headers={"Accept-Language": "xx;q"}).headers["Content-Language"]
        == "en"
    )
    assert (
        signed_in(otto).get("/workspace/", headers={"Accept-Language": "fr"}).headers["Content-Language"]
        == "en"
    )
