"""The cases worked by hand: which provision carries a proposal about a made-up state, and how strongly."""

import datetime

import pytest

from endocsea.findings.models import Finding
from endocsea.recommendations.proposals import proposals_of
from endocsea.recommendations.rules import Grade, Why
from endocsea.standards.models import Edition
from endocsea.standards.rules import Reason, Verdict
from endocsea.states.models import State

pytestmark = pytest.mark.django_db

ON = datetime.date(2020, 5, 31)


def proposals(iso3, on=ON):
    state = State.objects.get(iso3=iso3)
    levels = dict(
        Finding.objects.filter(state=state)
        .order_by("indicator__position")
        .values_list("indicator__code", "level")
    )
    found = proposals_of(state.pk, levels, edition=Edition.objects.get().pk, on=on, training=state.training)
    return {proposal.indicator: proposal for proposal in found}


@pytest.mark.parametrize(
    ("state", "indicator", "provision", "verdict", "since", "line", "level", "grade"),
    [
        ("XAC", "C3-07", "LANZ:23", Verdict.DOES_NOT_BIND, None, 3, 0, Grade.INVITES),
        ("XAC", "C3-21", "BUDA:15", Verdict.BINDS, "2015-08-01", 3, 1, Grade.REQUIRES),
        ("XAC", "C5-11", "OPSC:8(1)", Verdict.BINDS, "2006-03-21", 2, 0, Grade.REQUIRES),
        ("XAB", "C3-07", "LANZ:23", Verdict.BINDS, "2014-01-01", 3, 2, Grade.REQUIRES),
        ("XAB", "C14-03", "LANZ:9(1)", Verdict.BINDS, "2014-01-01", None, 1, Grade.INVITES),
    ],
)
def test_the_cases_worked_by_hand(state, indicator, provision, verdict, since, line, level, grade):
    proposal = proposals(state)[indicator]
    carrier = next(c for c in proposal.carriers if c.provision.key == provision)

    assert proposal.level == level
    assert proposal.grade is grade
    assert carrier.grade is grade
    assert carrier.provision.applies.verdict is verdict
    assert carrier.provision.line == line
    if since:
        assert carrier.provision.applies.since == datetime.date.fromisoformat(since)


def test_the_case_that_requires_at_level_2_is_proposed_by_its_line_alone():
    assert proposals("XAB")["C3-07"].below_line


def test_the_duty_to_encourage_says_that_it_is_no_unqualified_duty():
    carrier = proposals("XAB")["C14-03"].carriers[0]

    assert (carrier.provision.key, carrier.why) == ("LANZ:9(1)", Why.NO_DUTY)


def test_a_real_state_without_reviewed_levels_has_no_proposal():
    assert proposals("GEO", on=datetime.date(2021, 6, 30)) == {}


def test_lines_made_up_for_training_never_reach_a_real_state():
    state = State.objects.get(iso3="GEO")
    found = proposals_of(
        state.pk, {"C3-07": 0, "C3-21": 1}, edition=Edition.objects.get().pk, on=ON, training=False
    )

    assert all(c.provision.line is None for proposal in found for c in proposal.carriers)
    assert all(proposal.grade is Grade.INVITES for proposal in found)


def test_nothing_requires_before_the_check_of_the_lawyer():
    early = proposals("XAC", on=datetime.date(2020, 1, 31))

    assert all(proposal.grade is not Grade.REQUIRES for proposal in early.values())
    carrier = next(c for c in early["C3-21"].carriers if c.provision.key == "BUDA:15")
    assert carrier.provision.applies.reason is Reason.RESERVATIONS_UNCHECKED


def test_a_document_that_a_committee_adopted_later_carries_nothing():
    keys = {c.provision.key for proposal in proposals("XAA").values() for c in proposal.carriers}

    assert "LCOP:2024" not in keys
