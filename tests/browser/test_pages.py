"""One page of each kind, and the extremes, in a real browser: wide, on a phone, in the dark."""

from dataclasses import dataclass, field

import pytest

from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = {
    "home": "/en/",
    "all states": "/en/states/",
    "much known": "/en/states/georgia/",
    "a long name": "/en/states/bosnia-and-herzegovina/",
    "little known": "/en/states/san-marino/",
    "reviewed": "/en/states/belmora/",
    "reviewed, weak": "/en/states/corvia/",
    "capabilities": "/en/capabilities/",
    "a capability": "/en/capabilities/3/",
    "a capability not followed": "/en/capabilities/7/",
    "standards": "/en/standards/",
    "instrument": "/en/standards/lanzarote/",
    "article": "/en/standards/lanzarote/23/",
    "treaties": "/en/standards/treaties/",
    "indicators": "/en/indicators/",
    "indicator": "/en/indicators/C3-07/",
    "restricted indicator": "/en/indicators/C4-12/",
    "help": "/en/help/",
    "help in a state": "/en/help/georgia/",
    "published figures": "/en/figures/",
    "a measure": "/en/figures/ncmec_cybertipline_reports/",
    "a broken series": "/en/figures/iwf_confirmed_urls/",
    "glossary": "/en/glossary/",
    "how we know": "/en/how-we-know/",
    "about": "/en/about/",
    "method": "/en/method/",
    "nothing there": "/en/states/atlantis/",
    "home in French": "/fr/",
    "a state in French": "/fr/states/georgia/",
    "reviewed in French": "/fr/states/belmora/",
}


@dataclass
class Visit:
    """What was found on a page: wide in the light scheme, then on a phone in the dark one."""

    kind: str
    problems: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    violations: dict[str, list] = field(default_factory=dict)
    overflow: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def tab(browser, site):
    """One page of the browser for all visits."""
    context = browser.new_context(base_url=site)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module", params=KINDS)
def visit(request, tab):
    made = Visit(request.param)
    events = {
        "pageerror": lambda error: made.problems.append(str(error)),
        "requestfailed": lambda asked: made.problems.append(asked.url),
        "console": lambda message: message.type == "error" and made.problems.append(message.text),
        "request": lambda asked: made.asked.append(asked.url),
    }
    for name, note in events.items():
        tab.on(name, note)
    for width, scheme in ((1280, "light"), (360, "dark")):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        if not made.violations:
            tab.goto(KINDS[made.kind])
        made.violations[scheme] = axe.violations(tab)
        made.overflow[scheme] = tab.evaluate("document.documentElement.scrollWidth") - width
    for name, note in events.items():
        tab.remove_listener(name, note)
    return made


def test_axe_finds_nothing_in_either_scheme(visit):
    assert visit.violations == {"light": [], "dark": []}


def test_a_page_never_scrolls_sideways_and_fails_nothing(visit):
    assert visit.overflow["light"] <= 0
    assert visit.overflow["dark"] <= 0
    assert visit.kind == "nothing there" or visit.problems == []


def test_no_page_asks_any_other_host_for_anything(visit, site):
    assert visit.asked
    assert [url for url in visit.asked if not url.startswith((site, "data:"))] == []


def test_axe_sees_what_is_wrong_in_one_scheme_only(open_page):
    page = open_page("/en/about/", dark=True)
    page.evaluate(
        "document.querySelector('h1').style.color = 'light-dark(#000, #111)';"
        "document.documentElement.style.colorScheme = 'light dark'"
    )

    assert "color-contrast" in {rule for rule, *_where in axe.violations(page)}
    page.emulate_media(color_scheme="light")
    assert axe.violations(page) == []


def test_folds_open_and_show_the_table_by_keyboard(open_page):
    page = open_page("/en/states/georgia/")
    fold = page.locator("#known details summary")
    fold.focus()
    page.keyboard.press("Enter")

    assert page.locator("#known details table").is_visible()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(open_page):
    page = open_page("/en/states/georgia/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_every_state_on_the_map_is_reached_by_keyboard_in_alphabetical_order(open_page):
    page = open_page("/en/")
    names = page.evaluate(
        "[...document.querySelectorAll('#map svg a')].map(a => a.getAttribute('aria-label'))"
    )

    assert len(names) == 47
    assert names[0] == "Albania"
    assert names == sorted(names, key=lambda name: name.replace("ü", "u"))


@pytest.mark.parametrize("name", ["San Marino", "Monaco", "Malta", "Liechtenstein"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_smallest_states_can_be_seen_and_clicked_on_the_map(open_page, name, width):
    page = open_page("/en/", width=width)
    link = page.locator(f'#map svg a[aria-label="{name}"]')
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.wait_for_url(f"**/en/states/{name.lower().replace(' ', '-')}/", timeout=5000)


def test_the_language_link_keeps_the_page(open_page):
    page = open_page("/en/states/georgia/")
    page.get_by_role("link", name="Français").click()

    assert page.url.endswith("/fr/states/georgia/")
    assert page.locator("h1").inner_text() == "Géorgie"


def test_everything_is_there_without_scripts(open_page):
    page = open_page("/en/states/belmora/", scripts=False)

    assert page.locator("h1").inner_text() == "Belmora"
    assert page.locator("#profile svg").count() >= 1


@pytest.mark.parametrize("kind", ["home", "much known", "reviewed"])
def test_a_page_prints_without_its_navigation(open_page, kind):
    page = open_page(KINDS[kind])
    page.emulate_media(media="print")

    assert not page.locator("header.masthead").is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_matrix_scrolls_in_its_own_frame_and_its_headings_stay(open_page, width):
    page = open_page("/en/standards/treaties/", width=width)
    frame = page.locator("#matrix")
    frame.evaluate("frame => frame.scrollTo(300, 2000)")
    box = frame.bounding_box()
    column = frame.locator("thead th").nth(1).bounding_box()
    row = frame.locator("tbody th").nth(20).bounding_box()

    assert abs(column["y"] - box["y"]) < 3
    assert abs(row["x"] - box["x"]) < 3
    assert frame.evaluate("frame => frame.scrollTop") > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_matrix_is_reached_and_scrolled_by_keyboard(open_page):
    page = open_page("/en/standards/treaties/")
    page.locator("#matrix").focus()
    page.keyboard.press("End")

    page.wait_for_function("document.querySelector('#matrix').scrollTop > 0", timeout=5000)


def test_the_matrix_prints_whole(open_page):
    page = open_page("/en/standards/treaties/")
    page.emulate_media(media="print")
    frame = page.locator("#matrix")

    assert frame.evaluate("frame => frame.scrollHeight <= frame.clientHeight + 2")
