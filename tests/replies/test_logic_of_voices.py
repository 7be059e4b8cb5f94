"""An organisation is not asked what its own answers leave out; whatever it has not said leaves out nothing."""

import pytest
from django.urls import reverse

from endocsea.people.models import Appointment
from endocsea.replies.actions import invite_voice, save, speak
from endocsea.replies.answers.given import Given, Status
from endocsea.replies.models import Voice
from endocsea.support.actors import Role
from tests.people.helpers import signed_in

from .conftest import AT
from .thinking import thinking

__all__ = ["thinking"]

AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def voice(thinking, arden, cleo, sera):
    return invite_voice(
        round=thinking,
        state=arden,
        organisation="Childline",
        shown=Voice.Shown.NAMED,
        member=Appointment.objects.get(person=cleo, role=Role.CIVIL_SOCIETY),
        by=sera,
        at=AT,
    )


@pytest.fixture
def says(voice, cleo):
    def says(question, value, seen=0):
        speak(voice=voice, question=question, given=Given(Status.ANSWERED, value), seen=seen, by=cleo, at=AT)

    return says


@pytest.fixture
def page(voice, cleo):
    def page(section="line"):
        answer = signed_in(cleo).get(reverse("replies:voice-section", args=[voice.pk, section]))
        return answer.content.decode()

    return page


def test_what_its_own_answer_leaves_out_is_not_asked(says, page):
    says("line/there", "no")

    assert "Not asked, because of your answer to: Is there a hotline?" in page()
    assert 'name="question" value="line/calls"' not in page()


def test_it_is_asked_again_when_the_answer_has_changed(says, page):
    says("line/there", "no")
    says("line/there", "yes", seen=1)

    assert 'name="question" value="line/calls"' in page()


def test_what_it_has_not_said_leaves_out_nothing(page):
    """It answers what it likes: whoever skips the first question is asked the second."""
    assert 'name="question" value="line/calls"' in page()
    assert 'name="question" value="place/busy"' in page("place")
    assert 'value="alder"' in page("place")


def test_what_the_state_answers_leaves_out_nothing(page, thinking, arden, ana):
    given = Given(Status.ANSWERED, "no")
    save(round=thinking, state=arden, question="line/there", given=given, seen=0, by=ana, at=AT)

    assert 'name="question" value="line/calls"' in page()


def test_what_is_not_asked_does_not_count(says, voice, cleo):
    browser = signed_in(cleo)
    whole = reverse("replies:voice", args=[voice.pk])
    assert "0 of 3 answered" in browser.get(whole).content.decode()
    says("line/calls", "12")
    says("line/there", "no")

    assert "1 of 2 answered" in browser.get(whole).content.decode()


def test_the_script_is_told_that_something_follows(voice, cleo):
    browser, where = signed_in(cleo), reverse("replies:voice-answer", args=[voice.pk])

    def answered(value, seen, question="line/there"):
        sent = {"question": question, "seen": seen, "value": value}
        return browser.post(where, sent, headers=AUTOSAVE).json()

    assert "follows" not in answered("yes", "0")
    assert answered("no", "1")["follows"] is True
    assert "follows" not in answered("Words.", "0", "line/remark")
