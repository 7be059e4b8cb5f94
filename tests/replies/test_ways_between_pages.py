"""Sections of a reply: each that is listed opens, and one that is signed off says so before its questions."""

import re

import pytest
from django.urls import reverse

from endocsea.replies.actions import sign_section
from endocsea.replies.models import Answer, Reply
from tests.people.helpers import signed_in

from .conftest import AT


def at(name, *more):
    return reverse(f"replies:{name}", args=["spring-2021", "arden", *more])


def words(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("chair", ["ana", "tara"])
def test_every_section_that_the_page_of_a_reply_names_opens(shared, request, chair):
    desk = signed_in(request.getfixturevalue(chair))
    listed = re.findall(
        r'href="(/workspace/replies/spring-2021/arden/section/[^"]+)"', words(desk.get(at("reply")))
    )

    assert len(listed) == 8
    for address in listed:
        words(desk.get(address))


def test_where_nothing_was_shared_with_a_member_of_the_team_the_whole_section_is_shown(shared, tara):
    desk = signed_in(tara)

    assert "You see the questions that were shared with you." in words(desk.get(at("section", "C3")))
    whole = words(desk.get(at("section", "C2")))
    assert "You see the questions that were shared with you." not in whole
    assert 'id="q-C2-C2-01"' in whole
    assert 'name="value"' not in whole, "it is read, and not answered"


def test_a_section_that_is_signed_off_says_so_before_its_questions(spring, arden, ana):
    paths = [path for path in spring.version.form.by_path() if path.startswith("C3/")]
    Reply.objects.create(round=spring, state=arden)
    Answer.objects.bulk_create(
        Answer(round=spring, state=arden, question=path, status="not_known", number=1) for path in paths
    )
    sign_section(round=spring, state=arden, section="C3", signed_as="Head of the unit", by=ana, at=AT)
    above = words(signed_in(ana).get(at("section", "C3"))).partition('class="question"')[0]

    assert "Signed off on 1 March 2021 by: Head of the unit." in above
    assert "saved by itself" not in above
    assert 'href="#sign-off"' in above
