"""A colleague without an account, in a hurry, on a phone: a link, three questions by keyboard, handed in."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHARES = "/workspace/replies/now/arden/shares/"


@pytest.fixture
def open_as(browser, seats):
    """A page in a browser of its own: of somebody who is signed in, or of nobody."""
    server, sessions = seats
    contexts = []

    def open_(address, name=None, *, width=360, scripts=True):
        context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
        contexts.append(context)
        home = f"http://127.0.0.1:{server.port}"
        if name:
            context.add_cookies([{"name": "sessionid", "value": sessions[name], "url": home}])
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(address if address.startswith("http") else home + address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def new_link(open_as, seats):
    """Ana shares questions with an institution that has no account, and makes a link."""
    server, _sessions = seats
    made = []

    def make(institution, *codes):
        page = open_as(SHARES, "ana", width=1280)
        page.locator("input[name=institution]").fill(institution)
        for code in codes:
            page.locator(f"input[name=questions][value$='/{code}']").evaluate("box => box.checked = true")
        page.get_by_role("button", name="Share", exact=True).click()
        page.get_by_role("link", name=f"Link without an account {institution}").click()
        page.get_by_role("button", name="Make the link").click()
        made.append(page)
        # a letter names the site as it was set up; the test's server listens on a port of its own
        address = page.get_by_label("Link to copy").input_value()
        return f"http://127.0.0.1:{server.port}/workspace/{address.split('/workspace/')[1]}"

    make.pages = made
    return make


def question(page, code):
    return page.locator(f"form[data-question$='/{code}']")


def wait_for(form, state):
    form.page.wait_for_function(
        "([selector, state]) => document.querySelector(selector).dataset.state === state",
        arg=[f"form[data-question='{form.get_attribute('data-question')}']", state],
    )


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def press(page, name):
    """The button by keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_a_colleague_answers_three_questions_by_keyboard_at_360_pixels_and_hands_in(
    open_as, new_link, violations
):
    address = new_link("Ministry of Education", "C3-11", "C3-12", "C3-19")
    assert violations(new_link.pages[0]) == []
    page = open_as(address)
    assert violations(page) == []
    assert fits(page)
    press(page, "Open the questions")
    page.locator("form.question").first.wait_for()
    assert address.rsplit("/", 2)[1] not in page.url

    assert page.locator("form.question").count() == 3
    assert violations(page) == []
    assert fits(page)
    for code in ("C3-11", "C3-12"):
        form = question(page, code)
        form.locator("[name=value]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        wait_for(form, "saved")
    question(page, "C3-19").locator("[name=status][value=not_known]").focus()
    page.keyboard.press("Space")
    press(page, "I am done: hand in")  # before the last answer has been saved by itself

    page.get_by_role("heading", name="Thank you").wait_for()
    assert page.locator("main").inner_text().count("level 2") == 2
    assert "not known" in page.locator("main").inner_text()
    assert violations(page) == []
    assert fits(page)
    assert page.problems == []
    shares = open_as(SHARES, "ana", width=1280)
    assert "Handed in" in shares.locator("li", has_text="Ministry of Education").first.inner_text()
    assert violations(shares) == []


def test_without_a_connection_and_without_its_cookie_nothing_typed_is_lost(open_as, new_link):
    page = open_as(new_link("Prosecution", "C3-20", "C3-21"))
    press(page, "Open the questions")
    page.locator("form.question").first.wait_for()
    first, second = question(page, "C3-20"), question(page, "C3-21")
    page.context.set_offline(True)
    first.locator("summary", has_text="Say more").click()
    first.locator("[name=explanation]").fill("Typed in a train.")
    first.locator("[name=value][value='1']").check()
    wait_for(first, "kept")
    page.context.set_offline(False)
    wait_for(first, "saved")

    page.context.clear_cookies()
    second.locator("[name=value][value='2']").check()
    wait_for(second, "kept")
    assert "no longer known here" in second.locator("[data-saved-line]").inner_text()
    press(page, "I am done: hand in")
    page.locator("[data-hand-in-waits]").wait_for()
    assert second.locator("[name=value]:checked").get_attribute("value") == "2"


def test_without_scripts_it_works_by_its_buttons(open_as, new_link):
    address = new_link("Police", "C3-22")
    page = open_as(address, scripts=False)
    page.get_by_role("button", name="Open the questions").click()
    form = question(page, "C3-22")
    form.locator("[name=value][value='1']").check()
    form.get_by_role("button", name="Save").click()
    assert question(page, "C3-22").locator("[name=value]:checked").get_attribute("value") == "1"
    page.get_by_role("button", name="I am done: hand in").click()
    assert page.get_by_role("heading", name="Thank you").is_visible()


def test_pages_of_letters_and_versions_are_silent_to_axe_and_fit(open_as, violations):
    page = open_as(SHARES, "ana", width=360)
    page.get_by_role("link", name="Enter its answers from a letter Ministry of the Interior").click()
    assert violations(page) == []
    page.get_by_label("Number of the letter").fill("12/2021")
    page.get_by_label("Dated").fill("2021-03-01")
    page.get_by_role("button", name="Go on to the questions").click()
    assert violations(page) == []
    assert fits(page)
    form = question(page, "C3-07")
    form.locator("[name=value][value='3']").check()
    wait_for(form, "saved")
    page.reload()
    assert "by letter no. 12/2021, 01.03.2021" in question(page, "C3-07").inner_text()
    question(page, "C3-07").get_by_role("link", name="Versions").click()
    assert "by letter no. 12/2021" in page.inner_text("main")
    assert violations(page) == []
    assert fits(page)


@pytest.fixture
def link_of_voice(open_as, seats, violations):
    """Sera adds an organisation for which nobody has an account, and makes its link."""
    server, _sessions = seats

    def make(organisation):
        page = open_as("/workspace/rounds/now/voices/", "sera")
        assert violations(page) == []
        page.get_by_label("About the state").select_option(label="Arden")
        page.get_by_label("Organisation").fill(organisation)
        press(page, "Add it")
        page.get_by_role("button", name="Make the link").click()
        address = page.get_by_label("Link to copy").input_value()
        assert violations(page) == []
        assert fits(page)
        page.goto(page.url.rsplit("/", 3)[0] + "/")
        assert "Not opened yet" in page.inner_text("main")
        assert violations(page) == []
        assert fits(page)
        return f"http://127.0.0.1:{server.port}/workspace/{address.split('/workspace/')[1]}"

    return make


def test_an_organisation_answers_by_section_at_360_pixels_and_hands_in(open_as, link_of_voice, violations):
    page = open_as(link_of_voice("Childline of Arden"))
    assert violations(page) == []
    assert fits(page)
    press(page, "Open the questions")
    page.get_by_role("heading", name="Sections").wait_for()
    assert violations(page) == []
    assert fits(page)
    sections = page.locator(".entries a")
    sections.nth(2).click()
    form = question(page, "C3-07")
    form.locator("[name=value]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    wait_for(form, "saved")
    assert violations(page) == []
    assert fits(page)

    section, whole = page.url.split("#")[0], page.url.split("section/")[0]
    page.route("**/answer/", lambda asked: asked.abort())
    form = question(page, "C3-08")
    form.locator("[name=status][value=not_known]").focus()
    page.keyboard.press("Space")
    wait_for(form, "kept")
    page.goto(whole)
    page.get_by_role("button", name="I am done: hand in").click()
    assert page.get_by_text("something that you typed in a section was not saved").is_visible()
    page.unroute("**/answer/")
    page.goto(section)
    wait_for(question(page, "C3-08"), "saved")
    page.goto(whole)
    press(page, "I am done: hand in")

    page.get_by_role("heading", name="Thank you").wait_for()
    assert "level 1" in page.locator("main").inner_text()
    assert "not known" in page.locator("main").inner_text()
    assert violations(page) == []
    assert fits(page)
    assert page.problems == []
