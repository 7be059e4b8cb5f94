"""Histories: what the journal tells of a record, to whom, in words."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import endocsea
from endocsea.journal import rules
from endocsea.questionnaires.actions import close_round
from endocsea.replies.actions import save
from endocsea.replies.answers.given import Given, Status
from endocsea.workspace.told import DEEDS
from tests.people.helpers import signed_in
from tests.replies.conftest import AT

LEVEL = "C3/C3-07"


def history(desk, state="arden"):
    return desk.get(reverse("workspace:history-of-reply", args=["spring-2021", state]))


@pytest.fixture
def answered(spring, arden, ana):
    return save(
        round=spring, state=arden, question=LEVEL, given=Given(Status.ANSWERED, "3"), seen=0, by=ana, at=AT
    )


def test_a_coordinator_reads_what_was_done_to_the_reply_in_words(answered, ana):
    page = history(signed_in(ana)).content.decode()

    assert "Answer saved" in page
    assert "C3-07" in page
    assert "National coordinator" in page
    assert "kind of answer: answered" in page


def test_nothing_of_it_names_who_it_was(answered, ana):
    page = history(signed_in(ana)).content.decode()
    main = page.split("<main", 1)[1]

    assert ana.email not in main


def test_the_secretariat_follows_no_draft(answered, sera):
    assert history(signed_in(sera)).status_code == 404


def test_the_history_of_another_state_is_not_there(answered, beno):
    assert history(signed_in(beno)).status_code == 404


def test_the_list_names_only_what_the_reader_may_follow(answered, spring, ana, beno):
    mine = signed_in(ana).get(reverse("workspace:histories")).content.decode()
    others = signed_in(beno).get(reverse("workspace:histories")).content.decode()

    assert "/history/replies/spring-2021/arden/" in mine
    assert "/history/replies/spring-2021/arden/" not in others


def test_the_secretariat_reads_the_history_of_a_round(spring, sera):
    close_round(round=spring, reason="Everybody has answered.", by=sera, at=AT)
    page = signed_in(sera).get(reverse("workspace:history-of-round", args=[spring.code])).content.decode()

    assert "Round closed" in page
    assert "why: Everybody has answered." in page


def test_the_data_protection_officer_reads_what_a_person_did(answered, ana, dario):
    page = signed_in(dario).get(reverse("workspace:history-of-person", args=[ana.pk])).content.decode()

    assert "Answer saved" in page


def test_a_page_far_behind_the_last_is_the_last(answered, ana):
    page = signed_in(ana).get(
        reverse("workspace:history-of-reply", args=["spring-2021", "arden"]), {"page": "9999"}
    )

    assert page.status_code == 200


def test_every_deed_that_the_code_records_has_words():
    code = "\n".join(
        file.read_text()
        for file in Path(endocsea.__file__).parent.rglob("*.py")
        if "journal" not in file.parts
    )
    recorded = set(re.findall(r"_?record\(\s*\"([a-z -]+)\"", code))

    assert recorded - set(DEEDS) == set()
    assert {rules.EXPORTED, rules.READ, rules.ERASING} <= set(DEEDS)
