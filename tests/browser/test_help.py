"""The way out of a page for help: by click, by keyboard, with and without scripts; and what it leaves."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ELSEWHERE = "https://www.wikipedia.org/"


@pytest.fixture
def help_page(open_page):
    """A page for help, in a browser for which the encyclopaedia is a page of our own."""

    def open_(address="/en/help/", **options):
        page = open_page(address, **options)
        page.arrivals = []

        def answer(route):
            page.arrivals.append(route.request.headers.get("referer"))
            route.fulfill(body="<h1>An encyclopaedia</h1>", content_type="text/html")

        page.context.route(f"{ELSEWHERE}**", answer)
        return page

    return open_


@pytest.mark.parametrize("scripts", [True, False])
def test_the_button_leads_away_and_tells_nobody_from_where(help_page, scripts):
    page = help_page(scripts=scripts)
    page.locator(".exit-go").click()
    page.wait_for_url(ELSEWHERE)

    assert page.arrivals == [None]


def test_with_scripts_the_page_is_not_where_back_leads(help_page, site):
    page = help_page("/en/")
    page.goto(f"{site}/en/help/georgia/")
    page.locator(".exit-go").click()
    page.wait_for_url(ELSEWHERE)
    page.go_back()

    assert page.url == f"{site}/en/"


def test_esc_three_times_leads_away_and_once_does_not(help_page, site):
    page = help_page()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.url == f"{site}/en/help/"

    page.keyboard.press("Escape")
    page.wait_for_url(ELSEWHERE)


def test_the_button_is_the_second_stop_of_the_keyboard_and_always_in_sight(help_page):
    page = help_page(width=360)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "exit-go"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.locator(".exit-go").bounding_box()["y"] < 900


def test_what_is_focused_is_never_under_the_button(help_page):
    page = help_page(width=360)
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const here = document.activeElement, bar = document.querySelector(".exit");
                if (bar.contains(here) || here === document.body) return false;
                return here.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1;
            }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_the_promise_of_the_keyboard_is_made_only_where_it_holds(help_page):
    promise = "Pressing the Esc key three times does the same."

    assert help_page().get_by_text(promise).is_visible()
    assert not help_page(scripts=False).get_by_text(promise).is_visible()


def test_nothing_is_kept_on_the_device(help_page):
    page = help_page()

    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_the_button_is_not_printed(help_page):
    page = help_page("/en/help/georgia/")
    page.emulate_media(media="print")

    assert not page.locator(".exit").is_visible()
    assert not page.locator("#traces").is_visible()
    assert page.locator("#talk").is_visible()
