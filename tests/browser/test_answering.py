"""Answering in a real browser: nothing typed is lost, whatever happens to the connection, the session, the server."""

import pytest

from tests.config.test_up import running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPLY = "/workspace/replies/now/arden/"
SECTION = f"{REPLY}section/C3/"


def question(page, code):
    return page.locator(f"form[data-question$='/{code}']")


def wait_for(form, state):
    form.page.wait_for_function(
        "([selector, state]) => document.querySelector(selector).dataset.state === state",
        arg=[f"form[data-question='{form.get_attribute('data-question')}']", state],
    )


def level_of(form):
    return form.locator("[name=value]:checked").get_attribute("value")


def test_an_answer_is_saved_by_itself_and_is_there_in_another_browser(sit):
    page = sit("ana")
    form = question(page, "C3-17")
    form.locator("[name=value][value='3']").check()
    wait_for(form, "saved")

    assert form.locator("[name=status]:checked").get_attribute("value") == "answered"
    assert level_of(question(sit("ana"), "C3-17")) == "3"
    assert page.problems == []


def test_two_people_at_one_question_see_both_answers_and_nothing_is_written_over(sit):
    ana, tara = sit("ana"), sit("tara")
    hers = question(ana, "C3-07")
    hers.locator("[name=value][value='2']").check()
    wait_for(hers, "saved")

    theirs = question(tara, "C3-07")
    theirs.locator("summary", has_text="Say more").click()
    theirs.locator("[name=explanation]").fill("The law of 2019 covers it.")
    theirs.locator("[name=value][value='4']").check()
    wait_for(theirs, "refused")

    assert "level 2" in theirs.locator("[data-conflict-theirs]").inner_text()
    assert level_of(question(sit("ana"), "C3-07")) == "2"
    theirs.get_by_role("button", name="Keep mine").click()
    wait_for(theirs, "saved")
    again = question(sit("ana"), "C3-07")
    assert level_of(again) == "4"
    assert again.locator("[name=explanation]").input_value() == "The law of 2019 covers it."


def test_what_was_typed_without_a_connection_is_sent_when_there_is_one(sit):
    page = sit("ana")
    form = question(page, "C3-08")
    page.context.set_offline(True)
    form.locator("summary", has_text="Say more").click()
    form.locator("[name=explanation]").fill("Typed in a train.")
    form.locator("[name=value][value='1']").check()
    wait_for(form, "kept")
    assert "No connection" in form.locator("[data-saved-line]").inner_text()

    page.context.set_offline(False)
    wait_for(form, "saved")
    assert question(sit("ana"), "C3-08").locator("[name=explanation]").input_value() == "Typed in a train."


def test_a_window_that_was_closed_without_a_connection_finds_its_text_again(sit):
    page = sit("ana")
    form = question(page, "C3-11")
    page.context.set_offline(True)
    form.locator("[name=value][value='2']").check()
    wait_for(form, "kept")
    address, context = page.url, page.context
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    form = question(again, "C3-11")
    wait_for(form, "saved")
    assert level_of(form) == "2"


def type_without_a_connection(page, code, level, text):
    """What somebody types in a train; then they close the lid."""
    form = question(page, code)
    page.context.set_offline(True)
    form.locator("summary", has_text="Say more").click()
    form.locator("[name=explanation]").fill(text)
    form.locator(f"[name=value][value='{level}']").check()
    wait_for(form, "kept")


def test_a_browser_that_comes_back_after_a_week_finds_what_was_typed_and_what_others_did(sit, seats):
    """By then the session is over, a colleague has answered one of the two questions, and the page is another one."""
    server, sessions = seats
    page = sit("ana")
    type_without_a_connection(page, "C3-01", 4, "Typed a week ago.")
    type_without_a_connection(page, "C3-16", 2, "This one, too.")
    context, address = page.context, page.url
    page.close()
    context.clear_cookies()
    theirs = question(sit("tara"), "C3-01")
    theirs.locator("[name=value][value='1']").check()
    wait_for(theirs, "saved")

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    assert again.locator("[data-answering]").count() == 0
    context.add_cookies(
        [{"name": "sessionid", "value": sessions["ana"], "url": f"http://127.0.0.1:{server.port}"}]
    )
    again.goto(address)
    alone, both = question(again, "C3-16"), question(again, "C3-01")
    wait_for(alone, "saved")
    wait_for(both, "refused")
    assert level_of(question(sit("ana"), "C3-16")) == "2"
    assert "Lanzarote Convention" in both.locator("[data-conflict-theirs]").inner_text()
    assert both.locator("[name=explanation]").input_value() == "Typed a week ago."
    both.get_by_role("button", name="Keep mine").click()
    wait_for(both, "saved")
    assert level_of(question(sit("tara"), "C3-01")) == "4"


def test_a_lost_session_keeps_what_was_typed_in_the_browser(sit):
    page = sit("ana")
    page.context.clear_cookies()
    form = question(page, "C3-12")
    form.locator("[name=value][value='1']").check()
    wait_for(form, "kept")

    assert "sign in again" in form.locator("[data-saved-line]").inner_text()
    assert level_of(form) == "1"


def test_case_data_is_stopped_in_the_browser_before_it_is_sent(sit):
    page = sit("ana")
    form = question(page, "C3-14")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    form.locator("summary", has_text="Say more").click()
    form.locator("[name=explanation]").fill("Write to somebody.else@example.org about the victim.")
    form.locator("[name=value][value='1']").check()
    wait_for(form, "stopped")

    assert sent == []
    assert "somebody.else@example.org" in form.locator("[data-guard-notice]").inner_text()


def test_a_member_of_the_team_sees_three_questions_and_not_129(sit):
    page = sit("tara")

    assert page.locator(".question").count() == 2
    assert page.get_by_text("You see the questions that were shared with you.").is_visible()


def test_the_secretariat_sees_how_far_it_is_and_no_draft(sit):
    page = sit("sera", REPLY)

    assert "of 129 questions" in page.inner_text("main") or "129 questions" in page.inner_text("main")
    assert page.locator(f"a[href='{SECTION}']").count() == 0
    assert page.goto(page.url + "section/C3/").status == 404


def test_without_scripts_the_button_saves_and_a_refusal_keeps_what_was_typed(sit):
    page = sit("ana", scripts=False)
    form = question(page, "C3-09")
    form.locator("[name=value][value='1']").check()
    form.get_by_role("button", name="Save").click()
    form = question(page, "C3-09")
    assert page.url.endswith("#q-C3-C3-09")
    assert level_of(form) == "1"

    form.locator("[name=explanation]").evaluate("field => field.closest('details').open = true")
    form.locator("[name=explanation]").fill("Call +32 2 123 45 67 about the case.")
    form.get_by_role("button", name="Save").click()
    form = question(page, "C3-09")
    assert form.locator("[name=explanation]").input_value() == "Call +32 2 123 45 67 about the case."
    assert "phone number" in form.inner_text()


CORE, SENT, ROUNDS = (
    "/workspace/replies/core/arden/",
    "/workspace/replies/core/belmora/",
    "/workspace/rounds/",
)
PAGES = {
    "ana": (
        "/workspace/",
        "/workspace/replies/",
        REPLY,
        SECTION,
        f"{REPLY}shares/",
        f"{CORE}clearance/",
        f"{CORE}clear/",
        f"{CORE}sign/",
        f"{CORE}wishes/",
        f"{CORE}bring-back/",
        f"{CORE}comments/",
        f"{CORE}sources/",
        f"{CORE}evidence/C3/C3-07/",
        f"{CORE}versions/C3/C3-07/",
        f"{CORE}section/C1/last-time/",
        f"{REPLY}shares/ a[href$='/letter/']",
        "/workspace/history/",
        "/workspace/history/replies/core/arden/",
        "/en/rounds/core/",
    ),
    "sera": (
        "/workspace/",
        ROUNDS,
        f"{ROUNDS}new/",
        f"{ROUNDS}now/",
        SENT,
        f"{SENT}section/C3/",
        f"{SENT}evidence/C3/C3-07/",
        f"{SENT}open-again/",
        "/workspace/replies/now/belmora/voices/",
        "/workspace/domains/",
        f"{ROUNDS}late/",
        f"{ROUNDS}late/draft/corvia/C1/",
        f"{ROUNDS}now/voices/",
        f"{ROUNDS}core/by-question/",
        f"{ROUNDS}core/by-question/C3/C3-07/",
        "/workspace/history/rounds/now/",
    ),
    "cleo": (
        "/workspace/voices/",
        "/workspace/voices/ main li a",
        "/workspace/voices/ main li a; a[href$='/section/C2/']",
    ),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_a_reply_or_a_round_is_left_out(sit, violations, name, width):
    """Where an address has numbers in it, the page before it and the links that lead there are named."""
    page = sit(name, "/workspace/", width=width)
    home = page.url.removesuffix("/workspace/")
    for place in PAGES[name]:
        address, _space, links = place.partition(" ")
        assert page.goto(f"{home}{address}").status == 200, place
        for link in filter(None, links.split("; ")):
            page.goto(home + page.locator(link).first.get_attribute("href"))
        assert violations(page) == [], place
        assert page.problems == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        assert page.locator("h1").count() == 1, place


def test_a_section_is_answered_with_the_keyboard_alone(sit):
    page = sit("ana", f"{REPLY}section/C2/")
    form = page.locator("form.question").first
    form.locator("[name=value]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    wait_for(form, "saved")

    assert level_of(form) == "2"


def test_what_was_typed_is_shown_where_the_reply_was_sent_meanwhile(sit):
    """Nothing can be saved any more; whoever typed it can still copy it."""
    core = "/workspace/replies/core/arden/"
    page = sit("ana", f"{core}section/C1/")
    code = page.locator("form.question").first.get_attribute("data-question").partition("/")[2]
    type_without_a_connection(page, code, 1, "Typed in the last week.")
    context, address = page.context, page.url
    page.close()

    other = sit("ana", f"{core}section/C3/")
    last = question(other, "C3-07")
    last.locator("[name=value][value='1']").check()
    wait_for(last, "saved")
    other.goto(other.url.partition("/workspace/")[0] + f"{core}sign/")
    other.get_by_label("Signed in the state's name by (function)").fill("Deputy Minister of Justice")
    other.get_by_role("button", name="Sign and send").click()
    other.wait_for_url(f"**{core}")

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    box = again.locator("section [data-left]")
    assert "Typed in the last week." in box.inner_text()
    again.reload()
    assert "Typed in the last week." in box.inner_text()
    box.get_by_role("button", name="Forget it").click()
    assert box.count() == 0
    again.reload()
    assert box.count() == 0


def test_a_server_that_was_killed_loses_nothing(sit, seats):
    """What the page called saved is there afterwards; the rest was kept, and is sent once the server is back."""
    server, _sessions = seats
    page = sit("ana")
    form, later = question(page, "C3-21"), question(page, "C3-22")
    form.locator("[name=value][value='3']").check()
    wait_for(form, "saved")
    server.kill()
    later.locator("[name=value][value='1']").check()
    wait_for(later, "kept")

    with running(server.folder, port=server.port):
        later.get_by_role("button", name="Save").click()
        wait_for(later, "saved")
        again = sit("ana")
        assert (level_of(question(again, "C3-21")), level_of(question(again, "C3-22"))) == ("3", "1")
