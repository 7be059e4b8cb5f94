"""A real server, as a newcomer starts it, and a real browser in front of it."""

import os
import shutil

import pytest

from tests.browser import axe
from tests.config.test_up import running

# Playwright drives its own event loop in this thread; Django's guard against that does not apply here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a running preview."""
    with running(tmp_path_factory.mktemp("site")) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("No Chromium found: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--disable-quic"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, site):
    """Open an address at a width; the page's own errors fail the test."""
    contexts = []

    def open_(address, *, width=1280, dark=False, scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("requestfailed", lambda request: page.problems.append(request.url))
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(site + address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def violations():
    """What axe finds on a page."""
    return axe.violations
