"""The guard's script in a real browser: it finds what the server finds, and says so to everybody."""

from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils.translation import override

import endocsea
from endocsea.support.guard import texts
from tests.support.guard.examples import HARMLESS, SUSPICIOUS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = Path(endocsea.__file__).parent / "support/static/endocsea/guard.js"
ADDRESS = "http://guard.example.org"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'"
PAGE = """<!doctype html><html lang="{{ language }}"><head><title>A form</title>{% load guard %}
{% guard_script %}</head><body><main><h1>A form</h1>
<form method="post" action="/sent" data-guard>
<p><label for="title">Title</label><input id="title" name="title"></p>
<p><label for="text">Text</label><textarea id="text" name="text"></textarea></p>
<p><label for="mail">E-mail</label><input id="mail" name="mail" type="email"></p>
<p><label for="open">Open</label><input id="open" name="open" data-unguarded></p>
{% guard refusal=refusal reason=reason %}
<p><button>Send</button> <button name="away" value="1" data-unguarded>Cancel</button></p></form>
</main></body></html>"""


@pytest.fixture
def form(browser):
    """Open a page with a guarded form, under the site's own policy; what it sends is in ``sent``."""
    contexts = []

    def open_(*, scripts=True, language="en", refusal=None, reason=""):
        context = browser.new_context(java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.sent, page.problems = [], []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.problems.append(message.text))
        engine = Engine(
            dirs=[str(Path(endocsea.__file__).parent / "support/templates")],
            libraries={
                "guard": "endocsea.support.templatetags.guard",
                "static": "django.templatetags.static",
            },
            builtins=["django.templatetags.i18n"],
        )
        with override(language):
            html = engine.from_string(PAGE).render(
                Context({"language": language, "refusal": refusal, "reason": reason})
            )

        def answer(route):
            if route.request.method == "POST":
                page.sent.append(route.request.post_data)
                route.fulfill(body="<!doctype html><title>Sent</title>Sent", content_type="text/html")
            elif "guard" in route.request.url.removeprefix(ADDRESS):
                route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
            else:
                route.fulfill(
                    body=html,
                    content_type="text/html; charset=utf-8",
                    headers={"Content-Security-Policy": POLICY},
                )

        page.route("**/*", answer)
        page.goto(ADDRESS + "/")
        return page

    yield open_
    for context in contexts:
        context.close()


FOUND = """texts => {
  const form = document.querySelector("form"), field = document.querySelector("#text");
  return texts.map(text => {
    field.value = text;
    const allowed = form.dispatchEvent(new Event("autosave", { bubbles: true, cancelable: true }));
    const items = [...form.querySelectorAll("[role=alert] li")];
    return allowed ? [] : items.map(item => [
      item.firstChild.textContent, item.textContent.slice(item.firstChild.textContent.length + 1)]);
  });
}"""


def on_the_server(text):
    return [[text[one.start : one.end], one.sentence] for one in texts.suspicions(text)]


def test_the_browser_finds_what_the_server_finds_in_every_example(form):
    page = form()
    asked = [text for text, _expected in SUSPICIOUS] + HARMLESS
    asked += [f"Before it. {text} And after it." for text in asked]

    found = page.evaluate(FOUND, asked)

    assert [text for text, got in zip(asked, found, strict=True) if got != on_the_server(text)] == []
    assert page.problems == []


def test_the_browser_finds_what_the_server_finds_in_the_content_of_the_programme(form):
    from tests.support.guard.content import TEXTS

    page = form()
    joined = ["\n".join(TEXTS[start : start + 50]) for start in range(0, len(TEXTS), 50)]

    found = page.evaluate(FOUND, joined)

    assert [text for text, got in zip(joined, found, strict=True) if got != on_the_server(text)] == []


def test_a_suspicious_text_is_not_sent_and_the_writer_is_led_to_it(form, violations):
    page = form()
    page.fill("#title", "ana@example.org")
    page.fill("#text", "She lives in Arden. Call 03 88 12 34 56 <b>")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")

    assert page.sent == []
    assert alert.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert "nothing was sent" in alert.inner_text()
    assert "ana@example.org This looks like an e-mail address." in alert.inner_text()
    assert page.locator("#title").get_attribute("aria-invalid") == "true"
    assert page.locator("#mail").get_attribute("aria-invalid") is None
    assert violations(page) == []

    page.get_by_role("link", name="03 88 12 34 56").click()
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.evaluate("[text.selectionStart, text.selectionEnd]") == [25, 39]
    assert page.problems == []


def test_a_mended_text_is_sent(form):
    page = form()
    page.fill("#text", "ana@example.org")
    page.get_by_role("button", name="Send").click()
    page.fill("#text", "The ministry's office.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")

    assert len(page.sent) == 1


def test_a_reason_lets_the_form_go_by_keyboard_alone(form):
    page = form()
    page.focus("#text")
    page.keyboard.type("children.office@example.org")
    page.keyboard.press("Tab")  # e-mail
    page.keyboard.press("Tab")  # open
    page.keyboard.press("Tab")  # send: the reason is not there yet
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the shown words
    page.keyboard.press("Tab")  # the reason
    page.keyboard.type("the office's public address")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent")

    assert "not_case_data=the+office%27s+public+address" in page.sent[0]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("it is fine", None),
        ("no", "three words or more"),
        (". . . . .", "three words or more"),
        ("it is ana@example.org only", "without repeating it"),
    ],
)
def test_a_reason_has_words_and_is_no_case_data_itself(form, reason, said):
    page = form()
    page.fill("#text", "ana@example.org")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("This is not case data").fill(reason)
    page.get_by_role("button", name="Send").click()

    if said is None:
        page.wait_for_url("**/sent")
    else:
        assert page.sent == []
        assert said in page.get_by_role("alert").inner_text()


def test_saving_by_itself_is_stopped_without_taking_the_writer_away(form):
    page = form()
    page.focus("#text")
    page.keyboard.type("ana@example.org")
    asked = "document.forms[0].dispatchEvent(new Event('autosave', {bubbles: true, cancelable: true}))"

    assert page.evaluate(asked) is False
    assert page.get_by_role("alert").is_visible()
    assert page.evaluate("document.activeElement.id") == "text"

    page.fill("#text", "All is well.")
    assert page.evaluate(asked) is True
    assert not page.get_by_role("alert").is_visible()


def test_fields_meant_for_addresses_and_buttons_that_send_nothing_are_free(form):
    page = form()
    page.fill("#mail", "ana@example.org")
    page.fill("#open", "ana@example.org")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/sent")

    page = form()
    page.fill("#text", "ana@example.org")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url("**/sent")


def test_without_the_script_the_server_says_the_same(form):
    with pytest.raises(texts.LooksLikeCaseData) as refused:
        texts.check("Write to ana@example.org <b>", None)
    page = form(scripts=False, refusal=refused.value, reason="of <b>")
    alert = page.get_by_role("alert")

    assert "nothing was kept" in alert.inner_text()
    assert "ana@example.org" in alert.inner_text()
    assert "This looks like an e-mail address." in alert.inner_text()
    assert page.get_by_label("This is not case data").input_value() == "of <b>"


def test_a_long_text_is_read_without_being_felt(form):
    page = form()
    took = page.evaluate(
        """text => {
        const start = performance.now();
        document.querySelector("#text").value = text;
        document.forms[0].dispatchEvent(new Event("autosave", { bubbles: true, cancelable: true }));
        return performance.now() - start;
    }""",
        "In 2018, 12 of 47 states had a plan (Law No. 23/2017). " * 1800,
    )

    assert took < 2000
