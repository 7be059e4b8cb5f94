"""Inviting, handing over, leaving, and letting in again: on a phone, by the people who do it."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.browser.seats import PASSWORD, SECRET
from tests.browser.test_signing_in import (
    FACTOR,
    LOGIN,
    ROOT,
    code,
    give_password,
    heading,
    link_to,
    press,
    sign_out,
)
from tests.config.test_up import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE, ME = "/workspace/people/", "/workspace/me/"


@pytest.fixture(scope="module")
def folder(data_folder):
    return data_folder("handing-over")


@pytest.fixture(scope="module")
def site(folder):
    with running(folder) as server:
        subprocess.run([sys.executable, "-m", "tests.browser.seats", folder], cwd=ROOT, check=True)
        yield f"http://localhost:{server.port}"


@pytest.fixture(autouse=True)
def attempts_are_counted_anew(folder):
    shutil.rmtree(folder / "cache", ignore_errors=True)


@pytest.fixture
def on_a_phone(open_page):
    return lambda address: open_page(address, width=360)


@pytest.fixture
def signed_in(on_a_phone):
    """A phone on which somebody with an app for codes is signed in."""
    used = {}

    def sign_in(who):
        page = on_a_phone(LOGIN)
        give_password(page, f"{who}@example.org")
        page.get_by_label("Code").fill(code(SECRET, later=used.get(who, 0)))
        used[who] = 1
        press(page, "Sign in")
        return page

    return sign_in


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def accept(page, name):
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password of your own").fill(PASSWORD)
    press(page, "Accept and make my account")


def test_a_coordinator_invites_nominates_and_hands_over_and_the_successor_begins(
    signed_in, on_a_phone, folder, site
):
    beno = signed_in("beno")
    press(beno, "Invite the people who will answer with you")
    beno.get_by_label("E-mail address").fill("tina@example.org")
    assert beno.get_by_label("Role").input_value() == "team"
    assert beno.get_by_label("State").evaluate("list => list.selectedOptions[0].text") == "Belmora"
    assert fits(beno)
    press(beno, "Send the invitation")
    assert beno.get_by_text("The invitation is on its way to tina@example.org.").is_visible()
    assert fits(beno)

    tina = on_a_phone(link_to(folder, "tina@example.org"))
    assert fits(tina)
    accept(tina, "Tina")
    assert tina.url == site + FACTOR

    beno.goto(site + ME)
    beno.get_by_text("Leave this role").click()
    assert beno.get_by_text("First nominate who comes after you").is_visible()
    assert fits(beno)
    with beno.expect_navigation():
        beno.get_by_role("link", name="Nominate somebody").click()
    beno.get_by_label("E-mail address").fill("nils@example.org")
    assert beno.get_by_label("Role").input_value() == "coordinator"
    press(beno, "Send the invitation")
    assert beno.get_by_text("Nominated: the secretariat confirms").is_visible()

    sera = signed_in("sera")
    press(sera, re.compile("^Confirm the nomination of nils@example.org"))
    press(sera, re.compile("^Confirm nils@example.org"))
    assert fits(sera)

    nils = on_a_phone(link_to(folder, "nils@example.org"))
    accept(nils, "Nils")
    assert nils.url == site + FACTOR  # a coordinator sets up a second factor before anything else

    beno.goto(site + ME)
    assert beno.get_by_text("Leave this role").count() == 0  # his role ended yesterday
    assert [page.problems for page in (beno, tina, sera, nils)] == [[]] * 4


def test_device_and_codes_lost_the_secretariat_lets_in_again_and_the_letter_leads_back(
    signed_in, on_a_phone, folder, site, violations
):
    lost = on_a_phone(LOGIN)
    give_password(lost, "ana@example.org")
    assert lost.url == site + FACTOR

    sera = signed_in("sera")
    sera.goto(site + PEOPLE)
    press(sera, re.compile("^Let in again Ana"))
    assert heading(sera) == "Let somebody in again"
    assert violations(sera) == []
    assert fits(sera)
    press(sera, "Let them in again")
    assert sera.get_by_text("A letter is on its way to ana@example.org.").is_visible()

    lost.goto(site + FACTOR)
    assert lost.url.startswith(site + LOGIN)  # signed out everywhere
    give_password(lost, "ana@example.org")
    assert "do not belong together" in lost.locator(".summary").inner_text()

    back = on_a_phone(link_to(folder, "ana@example.org"))
    back.get_by_label("The new password").fill("another harbour at dawn")
    press(back, "Use this password")
    press(back, "Sign in")
    give_password(back, "ana@example.org", "another harbour at dawn")
    assert back.url == site + FACTOR
    press(back, "Set up an app")
    secret = back.locator("#secret").inner_text()  # the password is not asked for again
    back.get_by_label("The code that the app shows").fill(code(secret))
    press(back, "Finish")
    press(back, "on to my work")
    assert heading(back) == "My work today"
    sign_out(back)
