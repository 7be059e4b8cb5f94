"""The desk-research note as data: what public sources say, and nothing that would pose as a finding."""

import datetime
import re

import pytest

from endocsea.findings.models import Observation
from endocsea.standards.models import TreatyStatus
from endocsea.states.models import State
from endocsea.support.actors import VISITOR
from tests.reports.reading import chapter, everything, grids, rows, words

TEN = ["ALB", "ARM", "AZE", "BIH", "GEO", "MDA", "MNE", "SRB", "TUR", "UKR"]


def told(document):
    return [row for grid in grids(chapter(document, "observed")) for row in rows(grid)]


@pytest.mark.parametrize("state", TEN)
def test_every_observation_but_the_restricted_is_told_once_and_numbered(desk_note_of, state):
    found = told(desk_note_of(state))
    visible = Observation.objects.filter(state__iso3=state).exclude(confidentiality="restricted")

    assert [row[0] for row in found] == [str(n) for n in range(1, visible.count() + 1)]
    text = "\n".join(row[1] for row in found)
    assert all(statement in text for statement in visible.values_list("statement", flat=True))


@pytest.mark.parametrize("state", TEN)
def test_no_level_no_verdict_and_no_grade_of_our_own_is_in_it(desk_note_of, state):
    document = desk_note_of(state)
    statements = list(Observation.objects.filter(state__iso3=state).values_list("statement", "note"))
    statements += TreatyStatus.objects.filter(state__iso3=state).values_list("reservations", "note")
    text = "\n".join([document.title, document.running, words(document.cover), words(document.blocks)])
    for quoted in (part for pair in statements for part in pair if part):
        text = text.replace(quoted, "")

    assert not re.search(r"\bgap\b|\brequires\b|\binvites\b|\bLevel:", text)
    assert not re.search(r"\b[0-4]\.\d\b", "\n".join(row[2] for row in told(document)))


@pytest.mark.parametrize("state", TEN)
def test_nothing_restricted_is_in_it_not_even_a_count(desk_note_of, state):
    text = everything(desk_note_of(state))
    restricted = Observation.objects.filter(state__iso3=state, confidentiality="restricted")

    assert not any(statement in text for statement in restricted.values_list("statement", flat=True))
    assert not any(code in text for code in restricted.values_list("code", flat=True))


def test_it_says_on_every_page_what_it_is(desk_note_of):
    document = desk_note_of("GEO")

    assert document.running == "Desk research for comment by Georgia. Not a finding; not for publication."
    assert "it holds no level, no conclusion and no recommendation" in words(document.cover)


def test_each_statement_has_a_free_column_for_the_states_comment(desk_note_of):
    document = desk_note_of("GEO")
    for grid in grids(chapter(document, "observed")):
        assert grid.columns[-1].name == "Comment of Georgia"
        assert grid.empty_column_height
        assert all(row[-1] == "" for row in rows(grid))


def test_what_nobody_speaks_to_is_what_a_visit_should_ask(desk_note_of):
    document = desk_note_of("GEO")
    asked = set(re.findall(r"\bC\d+-\d+\b", words(chapter(document, "ask"))))
    spoken = set(re.findall(r"\((C\d+-\d+)\)", "\n".join(row[1] for row in told(document))))

    assert asked
    assert not asked & spoken
    assert len(asked | spoken) == 119  # 129 questions without the ten restricted ones


def test_a_state_without_any_observation_gets_a_note_that_says_so(desk_note_of):
    document = desk_note_of("SMR")

    assert "No public source on San Marino was read for this note" in words(chapter(document, "short"))
    assert told(document) == []
    assert len(re.findall(r"\bC\d+-\d+\b", words(chapter(document, "ask")))) == 119


def test_somebody_who_may_see_nothing_yet_gets_no_observation(desk_note_of):
    assert told(desk_note_of("GEO", actor=VISITOR)) == []


def test_a_state_with_600_observations_and_a_long_name_is_told_whole(desk_note_of, georgia):
    name = "The United Principalities of Upper and Lower Northern Georgia"
    assert len(name) >= 60
    State.objects.filter(pk=georgia.pk).update(name={"en": name})
    model = Observation.objects.filter(state=georgia, confidentiality="state").first()
    Observation.objects.bulk_create(
        Observation(
            code=f"T-{n}",
            state=georgia,
            capability_id=model.capability_id,
            statement=f"Statement number {n}.",
            as_of="2019",
            basis=model.basis,
            citation_id=model.citation_id,
            confidentiality="state",
        )
        for n in range(572)
    )
    document = desk_note_of("GEO")

    assert len(told(document)) == 600
    assert name in document.title


def test_a_day_before_any_treaty_existed_is_told_as_such(desk_note_of):
    treaties, _counted = grids(chapter(desk_note_of("GEO", on=datetime.date(1950, 1, 1)), "obligations"))

    verdicts = [row[3] for row in rows(treaties)]
    assert all(
        verdict.startswith("does not bind: not yet open") or "Union" in verdict for verdict in verdicts
    )


def test_a_date_from_memory_is_marked_unverified(desk_note_of):
    text = "\n".join(row[1] for row in rows(grids(chapter(desk_note_of("ALB"), "obligations"))[0]))

    assert "(unverified)" in text
