"""Making a questionnaire in a real browser: by keyboard, at 360 pixels, without JavaScript; axe finds nothing."""

import pytest

from tests.questionnaires.test_making import LOOP
from tests.questionnaires.workbooks import workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "/workspace/questionnaires/"
CORE = f"{LIST}core-2020/1/"
FULL = f"{LIST}full-2020/1/"
PAGES = (
    LIST,
    f"{LIST}build/",
    f"{LIST}import/",
    CORE,
    f"{CORE}item/C1/C1-01/",
    f"{CORE}languages/",
    f"{CORE}preview/?as=team&section=C3",
    FULL,
    f"{LIST}full-2020/compare/1/1/",
)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_cut_off(sit, violations, width):
    page = sit("sera", LIST, width=width)
    base = page.url.removesuffix(LIST)
    for address in PAGES:
        page.goto(f"{base}{address}")
        assert violations(page) == [], address
        assert page.problems == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_workbook_with_a_loop_is_taken_by_keyboard_and_the_loop_is_shown(sit, violations, tmp_path):
    file = tmp_path / "loop.xlsx"
    file.write_bytes(workbook(LOOP))
    page = sit("sera", f"{LIST}import/", width=360)
    page.get_by_label("Workbook").set_input_files(file)
    page.get_by_label("Short name").fill("custody")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What the workbook holds").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Take it").press("Enter")
    page.get_by_role("heading", name="This cannot be meant").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_moved_and_worded_anew_with_and_without_scripts(sit, scripts):
    page = sit("sera", CORE, scripts=scripts)
    first, second = (page.locator("tbody tr th a").nth(number).inner_text() for number in (1, 2))
    page.get_by_role("button", name=f"Down {first}", exact=True).press("Enter")
    page.wait_for_url("**#i-*")
    names = [page.locator("tbody tr th a").nth(number).inner_text() for number in (1, 2)]
    assert names == [second, first]

    page.get_by_role("link", name=second, exact=True).press("Enter")
    page.get_by_label("Wording (English)").fill(f"Is it so, scripts {scripts}?")
    page.get_by_role("button", name="Save").press("Enter")
    page.wait_for_url("**#i-*")
    assert f"Is it so, scripts {scripts}?" in page.locator("tbody").inner_text()
