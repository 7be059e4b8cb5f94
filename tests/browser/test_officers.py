"""Pages of the safeguarding officer and the data protection officer, and the one button: in a real browser."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.seats import PASSWORD, SECRET
from tests.browser.test_signing_in import code, give_password, press
from tests.config.test_up import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
LOGIN = "/workspace/account/login/"
TEXT = "The boy from the third house of the mill street."

SEATS = """
import datetime, sys
from pathlib import Path
from endocsea.config import django_start
django_start.start(Path(sys.argv[1]))
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.timezone import localdate, now
from endocsea.findings.models import Observation
from endocsea.journal.actions import record_export, record_reading
from endocsea.people.models import Appointment, Person
from endocsea.quarantine import actions
from endocsea.support.actors import Role
password, secret, text = sys.argv[2:]
people = {}
for name, role in (("sofia", Role.SAFEGUARDING), ("dario", Role.DATA_PROTECTION), ("sera", Role.SECRETARIAT),
                   ("petra", Role.PARTNER), ("otto", None)):
    people[name] = person = Person.objects.create_user(f"{name}@example.org", password, name=name.capitalize())
    if role:
        Appointment.objects.create(person=person, role=role, since=datetime.date(2020, 1, 1))
    if name not in ("petra", "otto"):
        TOTP.activate(person, secret)
Appointment.objects.filter(person=people["petra"]).update(until=localdate() - datetime.timedelta(days=10))
seen = Observation.objects.filter(retired_on=None).order_by("code")[:2]
for each in seen:
    Observation.objects.filter(pk=each.pk).update(confidentiality="public", statement=text)
    actions.report(kind="observation", key=each.code, by=people["sera"], at=now())
record_export("gap analysis as PDF", b"", by=people["sera"], at=now(), about=("state", "XAA"))
record_reading(by=people["sera"], at=now(), about=("interview note", "12"))
"""


@pytest.fixture(scope="module")
def folder(data_folder):
    return data_folder("officers")


@pytest.fixture(scope="module")
def site(folder):
    with running(folder) as server:
        command = [sys.executable, "-c", SEATS, str(folder), PASSWORD, SECRET, TEXT]
        subprocess.run(command, cwd=ROOT, check=True)
        yield f"http://localhost:{server.port}"


@pytest.fixture
def as_(open_page, folder):
    """Somebody at a page, at a width."""

    def sign_in(name, address, *, width=1280):
        shutil.rmtree(folder / "cache", ignore_errors=True)  # a code works once
        page = open_page(LOGIN, width=width)
        give_password(page, f"{name}@example.org")
        if "/second-factor/" in page.url:
            page.get_by_label("Code").fill(code(SECRET))
            press(page, "Sign in")
        page.goto(page.url.split("/workspace")[0] + address)
        return page

    return sign_in


def looks_right(page, violations, width):
    assert violations(page) == []
    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_pages_of_the_officers(as_, violations, width):
    page = as_("sofia", "/workspace/reported/", width=width)
    looks_right(page, violations, width)
    for summary in page.locator("summary").all():
        summary.click()
    looks_right(page, violations, width)
    page.goto(page.url + "everywhere/")
    page.get_by_label("The text that must not be here").fill(TEXT)
    press(page, "Look where it stands")
    assert "It stands in 2 records" in page.locator("main").inner_text()
    looks_right(page, violations, width)

    page = as_("dario", "/workspace/data-protection/", width=width)
    looks_right(page, violations, width)
    press(page, "Log of access")
    looks_right(page, violations, width)
    page.goto(page.url.replace("/log/", "/"))
    page.get_by_role("link", name="otto@example.org").click()
    looks_right(page, violations, width)


def test_a_name_is_reported_and_destroyed_by_keyboard_alone(as_, violations):
    page = as_("petra", "/workspace/")
    assert "Your account is closed on" in page.locator(".message.warning").inner_text()
    looks_right(page, violations, 1280)

    page = as_("sera", "/workspace/people/")
    page.get_by_role("link", name="Report this text sofia@example.org").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looks_right(page, violations, 1280)
    page.get_by_role("button", name="Report and hide").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "the text is hidden" in page.get_by_role("status").inner_text()

    page = as_("sofia", "/workspace/reported/")
    entry = page.get_by_role("listitem").filter(has_text="Name of a person")
    entry.locator("summary", has_text="Destroy it").focus()
    page.keyboard.press("Enter")
    entry.get_by_role("button", name="Destroy for good").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Destroyed." in page.get_by_role("status").inner_text()


def test_a_reason_that_looks_like_case_data_is_stopped_in_the_browser(as_):
    page = as_("sofia", "/workspace/reported/", width=360)
    page.locator("summary", has_text="Show it again").first.click()
    page.get_by_label("Why the text may stay").first.fill("He wrote to somebody@example.org.")
    page.get_by_role("button", name="Show it again, with this reason").first.click()

    assert page.url.endswith("/workspace/reported/")
    assert page.get_by_text("somebody@example.org", exact=True).first.is_visible()
