"""A real server, as a newcomer starts it, and a real browser in front of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import axe
from tests.config.test_up import running

ROOT = Path(__file__).resolve().parents[2]
SECTION = "/workspace/replies/now/arden/section/C3/"

# Playwright drives its own event loop in this thread; Django's guard against that does not apply here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """Makes a data folder that has been started once, by copying: a start of it takes a second."""
    prepared = tmp_path_factory.mktemp("prepared") / "data"
    with running(prepared):
        pass
    return lambda name: shutil.copytree(prepared, tmp_path_factory.mktemp(name) / "data")


@pytest.fixture(scope="session")
def site(data_folder):
    """The address of a running preview."""
    with running(data_folder("site")) as server:
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


def _was_left(request):
    """Whether the page was left before this had come: no failure of the page."""
    return request.failure == "net::ERR_ABORTED"


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
        page.on("requestfailed", lambda request: _was_left(request) or page.problems.append(request.url))
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


@pytest.fixture(scope="module")
def seats(data_folder):
    """A running server with an open round; the sessions of its people, by name, and the server."""
    folder = data_folder("round")
    with running(folder) as server:
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.rounds", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        yield server, json.loads(made.stdout.splitlines()[-1])


@pytest.fixture
def sit(browser, seats):
    """Open a page as one of the people, each in a browser of their own."""
    server, sessions = seats
    contexts = []

    def open_(name, address=SECTION, *, width=1280, scripts=True):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_cookies(
            [{"name": "sessionid", "value": sessions[name], "url": f"http://127.0.0.1:{server.port}"}]
        )
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.port}{address}")
        return page

    yield open_
    for context in contexts:
        context.close()
