"""One section of a reply as a workbook: it goes out with a click, and comes back the way that the whole does."""

import pytest
from django.test import Client
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.replies import refusals
from endocsea.replies.actions import workbook_file
from endocsea.replies.models import Answer
from endocsea.support.guard.kinds import MEDIA_TYPES, Kind
from tests.people.helpers import signed_in

from .conftest import AT
from .test_exchange_pages import at, brought, in_page, take
from .workbook_hand import Hand

LEVEL = "C3/C3-07"


@pytest.fixture
def desk(ana):
    """Ana's browser."""
    return signed_in(ana)


def codes(spring, section):
    return {path.rsplit("/", 1)[-1] for path in spring.version.form.by_path() if path.startswith(section)}


def test_it_holds_the_questions_of_its_section_and_no_other(desk, spring):
    answer = desk.get(at("section-workbook", "C3"))

    assert answer["Content-Type"] == MEDIA_TYPES[Kind.XLSX]
    assert "arden-spring-2021-C3.xlsx" in answer["Content-Disposition"]
    hand = Hand(answer.content)
    for code in codes(spring, "C3/"):
        hand.row(code)
    for code in codes(spring, "C1/"):
        with pytest.raises(AssertionError):
            hand.row(code)


def test_its_first_sheet_names_the_section(desk, spring):
    label = next(each.label["en"] for each in spring.version.form.items if each.name == "C3")
    front = Hand(desk.get(at("section-workbook", "C3")).content).book.worksheets[0]
    facts = {row[0].value: row[1].value for row in front.iter_rows(max_row=12)}

    assert facts["Section"] == label
    whole = Hand(desk.get(at("workbook")).content).book.worksheets[0]
    assert "Section" not in {row[0].value for row in whole.iter_rows(max_row=12)}


def test_it_comes_back_and_says_nothing_of_other_sections(desk, spring, arden):
    hand = Hand(desk.get(at("section-workbook", "C3")).content)
    hand.write("C3-07", "3")
    page = brought(desk, hand.saved(), "section.xlsx")

    assert [row.difference.path for row in page.context["rows"]] == [LEVEL]
    assert "not in the workbook any more" not in in_page(page)
    take(desk, page, [LEVEL])
    assert Answer.objects.get(round=spring, state=arden).value == "3"


def test_its_page_leads_to_it(desk, spring):
    found = desk.get(at("section", "C3")).content.decode()

    assert at("section-workbook", "C3") in found
    assert at("bring-back") in found


def test_it_is_in_the_journal(desk, spring):
    desk.get(at("section-workbook", "C3"))

    assert Entry.objects.with_parts().order_by("-number").first().facts["section"] == "C3"


@pytest.mark.parametrize("section", ["C99", "c3", "C3-07", "%00", "C3[1]"])
def test_a_section_that_is_not_asked_is_not_there(desk, spring, section):
    assert desk.get(at("section-workbook", "C3").replace("/C3/", f"/{section}/")).status_code == 404


def test_a_section_of_no_name_is_refused(spring, arden, ana):
    with pytest.raises(refusals.NoSuchSection):
        workbook_file(round=spring, state=arden, language="en", section="C99", by=ana, at=AT)


def test_only_the_coordinator_of_the_state_has_it(spring, shared, tara, beno, sera, ravi, otto, adam, arden):
    for person in (tara, beno, sera, ravi, otto, adam):
        assert signed_in(person).get(at("section-workbook", "C3")).status_code == 404
        with pytest.raises(refusals.MayNotTakeOut):
            workbook_file(round=spring, state=arden, language="en", section="C3", by=person, at=AT)
    assert Client().get(at("section-workbook", "C3")).status_code == 302
    assert at("section-workbook", "C3") not in signed_in(tara).get(at("section", "C3")).content.decode()
    assert reverse("replies:section-workbook", args=["spring-2021", "belmora", "C3"])
