"""The pages of reporting and deciding in a browser's hands, from every chair."""

import logging

import pytest
from django.urls import reverse
from django.utils.timezone import now

from endocsea.findings.models import Observation
from endocsea.people.models import Invitation
from endocsea.quarantine import actions, digests
from endocsea.quarantine.models import Report
from endocsea.support.actors import Role
from tests.people.helpers import signed_in

LIST, EVERYWHERE = "/workspace/reported/", "/workspace/reported/everywhere/"
TEXT = "The boy from the third house of the mill street."


@pytest.fixture(autouse=True)
def no_list_yet():
    digests.file().unlink(missing_ok=True)
    yield
    digests.file().unlink(missing_ok=True)


@pytest.fixture
def observation(db):
    found = Observation.objects.filter(retired_on=None).order_by("code").first()
    Observation.objects.filter(pk=found.pk).update(confidentiality="public", statement=TEXT)
    found.refresh_from_db()
    return found


@pytest.fixture
def address(observation):
    return reverse("quarantine:report", args=["observation", observation.code])


@pytest.fixture
def waiting(observation, ana):
    return actions.report(kind="observation", key=observation.code, by=ana, at=now())


def decide(report, deed):
    return reverse("workspace:decide", args=[report.pk, deed])


# Reporting


def test_the_page_says_where_and_what_happens_and_shows_nothing_of_the_text(otto, observation, address):
    page = signed_in(otto).get(address).content.decode()

    assert observation.code in page
    assert "hidden from everybody at once" in page
    assert "third house" not in page


def test_one_press_hides_the_text_and_tells_the_officer(otto, sofia, address):
    officer = signed_in(sofia)
    assert "reported text" not in officer.get("/workspace/").content.decode()

    page = signed_in(otto).post(address, follow=True).content.decode()

    assert "the text is hidden" in page
    assert "Decide on a reported text" in officer.get("/workspace/").content.decode()
    assert signed_in(otto).get(address).status_code == 404  # nobody sees it any more


@pytest.mark.parametrize(
    "part",
    [
        "observation/none",
        "weather/1",
        "person/x",
        "person/00000000-0000-0000-0000-000000000000",
        "answer/a/b c",
    ],
)
def test_what_is_not_there_has_no_page(otto, part):
    browser = signed_in(otto)

    for answer in (browser.get(f"/workspace/report/{part}/"), browser.post(f"/workspace/report/{part}/")):
        assert answer.status_code == 404
    assert not Report.objects.exists()


def test_names_have_the_button_beside_them_and_are_hidden_once_it_was_pressed(ana, tara, sera):
    browser = signed_in(ana)
    address = reverse("quarantine:report", args=["person", tara.key])
    assert address in browser.get("/workspace/people/").content.decode()
    assert "tara" not in browser.get(address).content.decode().lower()

    browser.post(address)

    for reader in (ana, sera):
        page = signed_in(reader).get("/workspace/people/").content.decode()
        assert ">Tara<" not in page
        assert "tara@example.org" in page


def test_the_name_in_an_invitation_is_hidden_in_every_list(sera, ana, arden):
    invited = Invitation.objects.create(
        email="new@example.org", name="Zyx Name", role=Role.COORDINATOR, state=arden, nominated_at=now()
    )
    browser = signed_in(sera)
    assert "Zyx Name" in browser.get("/workspace/").content.decode()

    browser.post(reverse("quarantine:report", args=["invitation", invited.pk]))

    for path in ("/workspace/", "/workspace/people/"):
        page = browser.get(path).content.decode()
        assert "Zyx Name" not in page
        assert "new@example.org" in page


# Deciding


def test_the_officer_sees_kind_place_day_and_post_and_no_preview(sofia, observation, waiting):
    page = signed_in(sofia).get(LIST).content.decode()

    assert f"Observation {observation.code}" in page
    assert "National coordinator" in page
    assert "reported on" in page
    for hidden in ("third house", "Ana", "ana@example.org"):
        assert hidden not in page


def test_nobody_else_finds_the_pages_of_the_officer(people, waiting):
    for name, person in people.items():
        if name != "sofia":
            browser = signed_in(person)
            assert browser.get(LIST).status_code == 404, name
            assert browser.get(EVERYWHERE).status_code == 404, name
            assert LIST not in browser.get("/workspace/").content.decode()
            for deed in ("destroy", "release"):
                assert browser.post(decide(waiting, deed), {"reason": "It may stay."}).status_code == 404
    assert Report.objects.waiting().exists()


def test_destroying_is_told_and_the_list_is_empty(sofia, observation, waiting):
    page = signed_in(sofia).post(decide(waiting, "destroy"), follow=True).content.decode()

    assert "Destroyed." in page
    assert "No text waits for your decision" in page
    observation.refresh_from_db()
    assert TEXT not in observation.statement


def test_releasing_needs_a_reason(sofia, waiting):
    browser = signed_in(sofia)

    assert "with a reason only" in browser.post(decide(waiting, "release"), follow=True).content.decode()
    assert Report.objects.waiting().exists()
    page = browser.post(decide(waiting, "release"), {"reason": "It speaks of a law."}, follow=True)
    assert "shown again" in page.content.decode()
    assert not Report.objects.waiting().exists()


def test_a_reason_with_case_data_is_shown_to_the_officer_and_not_kept(sofia, waiting):
    browser = signed_in(sofia)
    reason = "He wrote to somebody@example.org about it."

    refused = browser.post(decide(waiting, "release"), {"reason": reason})

    assert refused.status_code == 400
    assert "somebody@example.org" in refused.content.decode()
    assert Report.objects.waiting().get().reason == ""
    browser.post(
        decide(waiting, "release"), {"reason": reason, "not_case_data": "It is an address made up for tests"}
    )
    assert Report.objects.get().reason == reason


@pytest.mark.parametrize("deed", ["keep", "x"])
def test_a_deed_that_there_is_not_is_not_there(sofia, waiting, deed):
    browser = signed_in(sofia)

    assert browser.post(decide(waiting, deed)).status_code == 404
    assert browser.get(decide(waiting, "destroy")).status_code == 405
    assert browser.post(reverse("workspace:decide", args=[999_999, "destroy"])).status_code == 404


def test_a_report_that_was_decided_meanwhile_is_told(sofia, waiting):
    browser = signed_in(sofia)
    actions.destroy(kind=waiting.kind, key=waiting.key, by=sofia, at=now())

    page = browser.post(decide(waiting, "release"), {"reason": "It may stay."}, follow=True)

    assert "has been decided already" in page.content.decode()


# A text wherever it stands


def test_a_text_is_looked_for_first_and_destroyed_then(sofia, observation, caplog):
    browser = signed_in(sofia)

    with caplog.at_level(logging.DEBUG):
        found = browser.post(EVERYWHERE, {"text": TEXT, "deed": "find"}).content.decode()
        assert "It stands in 1 record" in found
        assert f"Observation {observation.code}" in found
        observation.refresh_from_db()
        assert observation.statement == TEXT
        page = browser.post(EVERYWHERE, {"text": TEXT, "deed": "destroy"}, follow=True).content.decode()

    assert "Destroyed in 1 place." in page
    assert "third house" not in page
    observation.refresh_from_db()
    assert observation.statement.startswith("[removed on ")
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("third house" in each for each in told)


@pytest.mark.parametrize(
    ("text", "said"), [("", "required"), ("yes", "fewer than 8 characters"), ("a\x00bcdefghij", "")]
)
def test_a_text_that_cannot_be_looked_for_is_refused(sofia, text, said):
    for deed in ("find", "destroy"):
        answer = signed_in(sofia).post(EVERYWHERE, {"text": text, "deed": deed})
        assert answer.status_code == 400
        assert said in answer.content.decode()


def test_every_form_needs_the_token_of_its_page(sofia, address, waiting):
    browser = signed_in(sofia, enforce_csrf_checks=True)

    for path in (address, decide(waiting, "destroy"), EVERYWHERE):
        assert browser.post(path, {"text": TEXT, "deed": "destroy"}).status_code == 403
    assert Report.objects.waiting().exists()
