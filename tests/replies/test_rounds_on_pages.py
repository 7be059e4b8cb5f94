"""A round on the secretariat's pages: its reminders, progress, more time, letters; never a draft."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse

from endocsea.questionnaires.actions import extend
from endocsea.questionnaires.models import Reminder, Round, Version
from endocsea.replies.actions import remind, save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.progress import reminded
from endocsea.support.actors import MACHINE
from tests.people.helpers import signed_in

from .conftest import AT
from .thinking import thinking

__all__ = ["thinking"]

LEVEL = "C3/C3-07"
WHERE = "/workspace/rounds/new/"


def page_of(person, round="spring-2021"):
    return signed_in(person).get(reverse("replies:round", args=[round])).content.decode()


def row_of(page, state):
    """The cells of a state in the table by section."""
    table = page.split("by-section", 1)[1].split("</table>", 1)[0]
    row = re.search(rf'<th scope="row">{state}</th>(.*?)</tr>', table, re.DOTALL)
    return re.findall(r"<td>(.*?)</td>", row[1])


class TestMakingOne:
    @pytest.fixture
    def plan(self, arden, belmora):
        return {
            "version": Version.objects.get(content_key="2020 core").pk,
            "code": "autumn-2021",
            "name_en": "Autumn 2021",
            "states": [arden.pk, belmora.pk],
            "languages": ["en"],
            "opens_on": "2021-09-01",
            "answers_until": "2021-10-31",
            "closes_on": "2021-11-30",
        }

    def test_the_form_proposes_days(self, sera):
        assert 'value="14, 3, 0"' in signed_in(sera).get(WHERE).content.decode()

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("14, 3, 0", [14, 3, 0]),
            ("0,7 , 30, 7", [30, 7, 0]),
            ("365", [365]),
            ("", []),
            ("  ", []),
        ],
    )
    def test_the_person_chooses_the_days(self, plan, sera, typed, kept):
        answer = signed_in(sera).post(WHERE, plan | {"reminders": typed})

        assert answer.status_code == 302
        assert Round.objects.get(code="autumn-2021").reminders == kept

    @pytest.mark.parametrize(
        "typed",
        ["a week", "14; 3", "14,,3", "-3", "3.5", "366", "99999999", "١٤", "²", "14 3", ", ",
         "1,2,3,4,5,6,7,8,9,10,11,12,13", "<script>"],
    )  # fmt: skip
    def test_anything_else_is_refused_at_its_field_and_kept(self, plan, sera, typed):
        answer = signed_in(sera).post(WHERE, plan | {"reminders": typed})
        page = answer.content.decode()

        assert answer.status_code == 400
        assert 'href="#id_reminders"' in page
        assert "does not say on which days to remind" in page
        assert answer.context["form"]["reminders"].value() == typed
        assert "Autumn 2021" in page
        assert not Round.objects.filter(code="autumn-2021").exists()


class TestHowFar:
    def test_each_state_stands_with_each_section(self, spring, arden, ana, sera):
        save(round=spring, state=arden, question=LEVEL, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
        page = page_of(sera)

        sections = [each.label["en"] for each in spring.version.form.items]
        heads = page.split("by-section", 1)[1].split("</thead>", 1)[0]
        assert heads.count('<th scope="col">') == len(sections) + 1
        names = [each.name for each in spring.version.form.items]
        assert row_of(page, "Arden")[names.index("C3")].startswith("1 of ")
        assert all(cell.startswith("0 of ") for cell in row_of(page, "Belmora"))

    def test_the_parts_make_the_whole(self, spring, sera):
        cells = row_of(page_of(sera), "Arden")

        assert sum(int(cell.split(" of ")[1]) for cell in cells) == 129

    def test_counts_tell_nothing_of_what_a_draft_says(self, thinking, arden, ana, sera):
        """Whether a follow-up question is asked would tell how the first was answered."""
        before = row_of(page_of(sera, "thinking-2021"), "Arden")
        told = set()
        for seen, value in enumerate(("yes", "no")):
            given = Given(Status.ANSWERED, value)
            save(round=thinking, state=arden, question="line/there", given=given, seen=seen, by=ana, at=AT)
            page = page_of(sera, "thinking-2021")
            told.add(tuple(row_of(page, "Arden")))
            assert f"<td>{value}</td>" not in page

        assert before == ["0 of 1", "0 of 1"]
        assert told == {("1 of 1", "0 of 1")}

    def test_a_round_without_a_questionnaire_has_no_sections(self, spring, sera):
        Round.objects.filter(pk=spring.pk).update(version=None)

        assert "by-section" not in page_of(sera)

    def test_nobody_else_sees_it(self, spring, people):
        for name, person in people.items():
            expected = 200 if name == "sera" else 404
            page = signed_in(person).get(reverse("replies:round", args=["spring-2021"]))
            assert page.status_code == expected, name


class TestDays:
    def test_more_time_is_told_with_its_reason(self, spring, arden, sera):
        until = datetime.date(2021, 5, 20)
        extend(round=spring, state=arden, until=until, reason="Elections <in> May.", by=sera, at=AT)
        page = page_of(sera)

        assert "until 20 May 2021" in page
        assert "Elections &lt;in&gt; May." in page
        assert "given on 1 March 2021" in page

    def test_letters_are_told_with_their_days(self, spring, ana, beno, sera):
        spring.reminders = [14, 3, 0]
        spring.save()
        remind(by=MACHINE, at=AT)
        remind(by=MACHINE, at=AT + datetime.timedelta(days=46))
        assert len(mail.outbox) == 4
        page = page_of(sera)

        assert "14, 3, 0" in page
        assert "60 days before the due day" in page
        assert "14 days before the due day" in page
        assert [each.state.iso3 for each in reminded(spring)] == ["XAA", "XAB"]

    def test_a_letter_after_the_due_day_says_so(self, spring, arden, sera):
        Reminder.objects.create(round=spring, state=arden, due_on="2021-02-20", days=0, sent_at=AT)

        assert "after the due day" in page_of(sera)

    def test_where_nothing_happened_it_says_so(self, spring, sera):
        page = page_of(sera)

        assert "No state was given more time." in page
        assert "no reminder after it" in page
        assert "None went out yet." in page
