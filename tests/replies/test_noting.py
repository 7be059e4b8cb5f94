"""Reading a restricted answer is noted in the journal, before it is shown; reading one's own is not."""

import pytest
from django.urls import reverse

from endocsea.journal.models import Entry
from endocsea.journal.rules import READ
from endocsea.replies.actions import save
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Reply
from tests.people.helpers import signed_in

from .conftest import AT


@pytest.fixture
def restricted(spring):
    return next(
        path for path, question in spring.version.form.questions() if question.restricted and question.name
    )


@pytest.fixture
def sent(spring, arden, ana, restricted):
    save(round=spring, state=arden, question=restricted, given=Given(Status.NOT_KNOWN), seen=0, by=ana, at=AT)
    Reply.objects.filter(round=spring, state=arden).update(
        step=Reply.Step.SUBMITTED, submitted_at=AT, signed_as="Deputy Minister"
    )


def pages_of(path):
    at = ["spring-2021", "arden"]
    return (
        reverse("replies:section", args=[*at, path.split("/")[0]]),
        reverse("replies:versions", args=[*at, path]),
        reverse("replies:evidence", args=[*at, path]),
    )


def noted():
    return list(Entry.objects.filter(deed=READ).values_list("about_key", flat=True))


def test_each_page_that_shows_a_restricted_answer_to_the_review_is_noted(sent, sera, restricted):
    reader = signed_in(sera)
    for number, page in enumerate(pages_of(restricted), 1):
        assert reader.get(page).status_code == 200
        assert noted() == [f"spring-2021/XAA/{restricted}"] * number


def test_a_state_that_reads_its_own_is_not_noted(sent, ana, restricted):
    reader = signed_in(ana)
    for page in pages_of(restricted):
        assert reader.get(page).status_code == 200
    assert noted() == []


def test_a_section_without_an_answer_to_a_restricted_question_is_not_noted(sent, sera):
    section = reverse("replies:section", args=["spring-2021", "arden", "C1"])

    assert signed_in(sera).get(section).status_code == 200
    assert noted() == []
