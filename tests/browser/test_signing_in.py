"""From the letter to the first work, and back in without the device: in a real browser, on localhost."""

import email
import email.policy
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.browser.seats import EXPIRED, OPEN, PASSWORD, SECRET, TO_BE_USED
from tests.config.test_up import COMMAND, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
LOGIN = "/workspace/account/login/"
FACTOR = "/workspace/account/second-factor/"


@pytest.fixture(scope="module")
def folder(data_folder):
    return data_folder("signing-in")


@pytest.fixture(scope="module")
def site(folder):
    """The address of a running server with accounts, by name: passkeys are bound to one."""
    with running(folder) as server:
        subprocess.run([sys.executable, "-m", "tests.browser.seats", folder], cwd=ROOT, check=True)
        yield f"http://localhost:{server.port}"


@pytest.fixture(autouse=True)
def attempts_are_counted_anew(folder):
    shutil.rmtree(folder / "cache", ignore_errors=True)


@pytest.fixture
def open_at(open_page, site):
    """Open a page; on a phone unless a width is given."""

    def open_(address, **options):
        return open_page(address, **{"width": 360, **options})

    return open_


def code(secret, later=0):
    """What an app shows now, or one step of half a minute later: no code works twice."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def press(page, name):
    """Press a button, or follow a link, by the name that a reader hears; then the next page is there."""
    main = page.get_by_role("main")
    with page.expect_navigation():
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()


def give_password(page, address, password=PASSWORD):
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, re.compile("^Sign in$"))


def confirm_if_asked(page):
    """What changes how the account is protected asks for the password once more."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Your password").fill(PASSWORD)
        press(page, "Confirm")


def sign_out(page):
    with page.expect_navigation(url=f"**{LOGIN}"):
        page.get_by_role("button", name="Sign out").click()


def heading(page):
    return page.locator("h1").inner_text()


def link_to(folder, address):
    """The link in the newest letter to an address, without its host."""
    for file in sorted((folder / "outbox").iterdir(), reverse=True):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if address in letter["To"]:
            return urlsplit(re.search(r"http://\S+", letter.get_content()).group()).path
    raise AssertionError(f"no letter to {address}")


def test_an_invitation_leads_to_an_account_a_second_factor_codes_and_the_first_work(open_at, folder, site):
    subprocess.run(
        [COMMAND, "people", "first-administrator", "ada@example.org", "--data", folder],
        check=True,
        capture_output=True,
    )
    page = open_at(link_to(folder, "ada@example.org"))
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("A password of your own").fill(PASSWORD)
    press(page, "Accept and make my account")

    assert page.url == site + FACTOR
    assert "a password alone is not enough" in page.locator(".lead").inner_text()
    assert page.get_by_role("navigation").get_by_role("link").all_inner_texts() == ["Public site"]
    press(page, "Set up an app")  # and the password that was just chosen is not asked for once more
    assert page.locator(".qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    secret = page.locator("#secret").inner_text()
    page.get_by_label("The code that the app shows").fill(code(secret))
    press(page, "Finish")

    assert heading(page) == "Recovery codes"
    assert page.locator(".codes li").count() == 10
    press(page, "on to my work")
    assert page.url == f"{site}/workspace/"
    assert heading(page) == "My work today"
    page.goto(f"{site}/workspace/account/sessions/")
    assert page.get_by_text("this one").count() == 1

    sign_out(page)
    give_password(page, "ada@example.org")
    page.get_by_label("Code").fill(code(secret, later=1))
    press(page, "Sign in")
    assert heading(page) == "My work today"
    assert page.problems == []


def test_a_passkey_is_added_and_signs_in_without_password(open_at, site):
    page = open_at(LOGIN)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device_id = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
    give_password(page, "otto@example.org")
    page.goto(f"{site}{FACTOR}webauthn/add/")
    confirm_if_asked(page)
    page.get_by_label("Name of the passkey").fill("Office laptop")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")

    sign_out(page)
    press(page, "Sign in with a passkey")
    page.wait_for_url(f"{site}/workspace/")
    page.goto(f"{site}{FACTOR}webauthn/")
    assert page.get_by_role("heading", name="Office laptop").is_visible()
    assert page.problems == []

    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device_id, "isUserVerified": False})
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey was not used").wait_for()
    assert "passkey-failed" in page.evaluate("document.activeElement.outerHTML")


def test_who_lost_the_device_comes_in_by_a_recovery_code_and_removes_it(open_at, site):
    page = open_at(LOGIN)
    give_password(page, "beno@example.org")
    page.get_by_label("Code").fill(code(SECRET))
    press(page, "Sign in")
    page.goto(f"{site}{FACTOR}recovery-codes/")
    confirm_if_asked(page)
    kept = page.locator(".codes li").first.inner_text()
    sign_out(page)

    give_password(page, "beno@example.org")
    page.get_by_label("Code").fill(kept)
    press(page, "Sign in")
    assert page.url == f"{site}/workspace/"
    page.goto(site + FACTOR)
    assert page.get_by_text("9 codes are left").is_visible()
    press(page, "Remove the app")
    confirm_if_asked(page)
    press(page, "Remove the app")
    assert page.url == site + FACTOR
    assert page.get_by_text("The app is removed.").is_visible()
    page.goto(f"{site}/workspace/")
    assert page.url == site + FACTOR  # the role asks for a new one before anything else
    press(page, "Set up an app")

    sign_out(page)
    give_password(page, "beno@example.org")
    assert page.url == site + FACTOR


@pytest.mark.parametrize("address", ["sera@example.org", "nobody@example.org"])
def test_many_wrong_passwords_lock_out_alike_whether_or_not_there_is_an_account(open_at, address):
    page = open_at(LOGIN)
    said = []
    for _ in range(6):
        give_password(page, address, "not the password")
        said.append(page.locator(".summary li").inner_text())
    give_password(page, address)
    said.append(page.locator(".summary li").inner_text())

    assert said == [
        *[
            "This address and this password do not belong together. Look at both again, or ask for a new password."
        ]
        * 5,
        *[
            "Too many attempts within a short time. Wait five minutes, then try again: until then even what is "
            "right is not taken."
        ]
        * 2,
    ]


def test_a_letter_for_a_new_password_is_promised_alike_and_its_link_works_once(open_at, folder):
    pages = []
    for address in ("ana@example.org", "nobody@example.org"):
        page = open_at("/workspace/account/password/reset/")
        page.get_by_label("E-mail address").fill(address)
        press(page, "Send the letter")
        pages.append(page.locator("main").inner_html())
    assert pages[0] == pages[1]

    link = link_to(folder, "ana@example.org")
    page = open_at(link)
    page.get_by_label("The new password").fill("short")
    press(page, "Use this password")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.get_by_label("The new password").fill(PASSWORD)
    press(page, "Use this password")
    assert heading(page) == "The new password is in use"
    assert heading(open_at(link)) == "This link does not work"


def test_expired_used_and_forged_links_show_one_and_the_same_page(open_at):
    page = open_at(f"/workspace/join/{TO_BE_USED}/")
    page.get_by_label("Your name").fill("Tara")
    page.get_by_label("A password of your own").fill(PASSWORD)
    press(page, "Accept")

    shown = {open_at(f"/workspace/join/{link}/").content() for link in (TO_BE_USED, EXPIRED, "forged")}
    assert len(shown) == 1
    assert "This link does not work" in shown.pop()


def test_what_to_correct_has_the_focus_and_leads_to_the_field(open_at):
    page = open_at(LOGIN)
    page.get_by_role("button", name="Sign in", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")

    assert page.evaluate("document.activeElement.className") == "summary"
    assert page.title().startswith("Please correct")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") in ("login", "password")


def test_without_scripts_the_password_works_and_passkeys_are_explained(open_at, site):
    page = open_at(LOGIN, scripts=False)
    assert page.get_by_text("This browser cannot use passkeys here").is_visible()
    assert not page.locator("#passkey_login").is_visible()
    give_password(page, "ana@example.org")

    assert page.url == site + FACTOR


KINDS = {
    "visitor": [
        LOGIN,
        "/workspace/account/signup/",
        "/workspace/account/password/reset/",
        "/workspace/account/password/reset/done/",
        "/workspace/account/password/reset/key/1-forged/",
        f"/workspace/join/{OPEN}/",
        "/workspace/join/forged/",
    ],
    "ana": [FACTOR, f"{FACTOR}totp/activate/", f"{FACTOR}webauthn/add/"],
    "sera": [
        "/workspace/",
        "/workspace/people/",
        "/workspace/people/invite/",
        "/workspace/me/",
        FACTOR,
        f"{FACTOR}totp/deactivate/",
        f"{FACTOR}recovery-codes/",
        f"{FACTOR}recovery-codes/generate/",
        f"{FACTOR}webauthn/",
        f"{FACTOR}reauthenticate/",
        "/workspace/account/reauthenticate/",
        "/workspace/account/password/change/",
        "/workspace/account/sessions/",
        "/workspace/account/logout/",
    ],
}


@pytest.mark.parametrize("who", KINDS)
def test_axe_finds_nothing_and_a_phone_never_scrolls_sideways(open_at, violations, site, who):
    page = open_at(LOGIN)
    if who != "visitor":
        give_password(page, f"{who}@example.org")
        if who == "sera":
            page.get_by_label("Code").fill(code(SECRET))
            press(page, "Sign in")
        page.goto(f"{site}/workspace/account/reauthenticate/")
        confirm_if_asked(page)
    page.problems.clear()
    for address in KINDS[who]:
        page.goto(site + address)
        assert page.url == site + address
        for width, scheme in ((1280, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    # the browser notes a page that was refused on purpose, and an icon that it no longer needs
    assert [one for one in page.problems if "404" not in one and "/mark." not in one] == []
