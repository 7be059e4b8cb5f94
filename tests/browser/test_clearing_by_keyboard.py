"""A coordinator's whole path with the keyboard alone: open, share out, answer, cite, discuss, clear, sign."""

import re

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.rounds import LAST
from tests.support.guard.files import pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 900  # presses of the tab key before a place counts as out of reach


@pytest.fixture
def page(browser, seats):
    server, sessions = seats
    site = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": sessions["ana"], "url": site}])
    page = context.new_page()
    page.goto(f"{site}/workspace/")
    yield page
    context.close()


def reach(page, place):
    """Press the tab key until a place has the focus, as somebody without a mouse does."""
    element = place.first.element_handle()
    for _ in range(MOST):
        if page.evaluate("element => element === document.activeElement", element):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the tab key does not lead to {place}")


def follow(page, name):
    reach(page, page.get_by_role("link", name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send(page, name):
    reach(page, page.get_by_role("button", name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page, label, text):
    reach(page, page.get_by_label(label))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def choose(page, place, file):
    """Open the chooser of a field by a key; a busy browser may miss the first press."""
    reach(page, place)
    for key in ("Enter", "Space", "Enter"):
        try:
            with page.expect_file_chooser(timeout=10_000) as chooser:
                page.keyboard.press(key)
        except TimeoutError:
            continue
        chooser.value.set_files(file)
        return
    raise AssertionError("no key opens the chooser of a file")


def open_up(page, place):
    reach(page, place)
    page.keyboard.press("Enter")


def test_the_whole_path_of_a_coordinator_works_with_the_keyboard_alone(page, tmp_path, violations):
    # open
    follow(page, "Replies")
    follow(page, "Arden: The core set")

    # share out
    follow(page, "Who answers what")
    write(page, "Institution", "Ministry of Justice")
    chosen = page.locator(f"input[name=questions][value='{LAST}']")
    open_up(page, page.locator("details:has(" + f"input[value='{LAST}']" + ") > summary"))
    reach(page, chosen)
    page.keyboard.press("Space")
    send(page, "Share")
    assert page.get_by_role("heading", name="Ministry of Justice").is_visible()

    # answer
    follow(page, "Arden: The core set")
    follow(page, page_of_section(page))
    form = page.locator(f"form[data-question='{LAST}']")
    reach(page, form.locator("[name=value]"))
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.wait_for_function(
        "selector => document.querySelector(selector).dataset.state === 'saved'",
        arg=f"form[data-question='{LAST}']",
    )

    # cite
    reach(page, form.get_by_role("link", name="Show what proves it"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    write(page, "Title", "Act on electronic communications")
    write(page, "Article or page", "Section 12")
    reach(page, page.get_by_label("Its own date"))
    page.keyboard.type("03012020")
    send(page, "Attach it")
    assert page.get_by_text("Act on electronic communications").first.is_visible()
    follow(page, "Back to the question")

    # discuss
    code = LAST.split("/")[1]
    open_up(page, page.locator("details.talk > summary", has_text=code))
    write(page, f"Comment or question {code}", "Does the act have to be in force already?")
    send(page, f"Send {code}")
    assert page.get_by_text("Does the act have to be in force already?").is_visible()

    # clear and sign
    follow(page, "Arden: The core set")
    follow(page, "File for clearance")
    checksum = re.search(r"(?:[0-9a-f]{4} ){3}[0-9a-f]{4}", page.locator("main").inner_text())[0]
    assert violations(page) == []
    follow(page, "Bring in the signed letter")
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(pdf())
    write(page, "Letter no.", "12/2021")
    reach(page, page.get_by_label("Letter dated"))
    page.keyboard.type("03012021")
    write(page, "Cleared by (function)", "Deputy Minister of Justice")
    write(page, "Checksum of the file that was signed", checksum)
    choose(page, page.locator("input[type=file]"), letter)
    send(page, "Keep the letter, sign and send")

    assert page.get_by_text("signed by: Deputy Minister of Justice").is_visible()


def page_of_section(page):
    return page.locator(f"a[href$='/section/{LAST.split('/')[0]}/']").inner_text()
