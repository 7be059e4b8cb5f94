"""How strong a recommendation may be: every row of the table, and what may not be."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endocsea.recommendations.rules import (
    GRADES,
    WHYS,
    Grade,
    GradeTooStrong,
    Provision,
    Why,
    check_grade,
    propose,
    strongest,
)
from endocsea.standards.rules import Applicability, Reason, Verdict

BINDS = Applicability(Verdict.BINDS, Reason.IN_FORCE, datetime.date(2014, 1, 1))
NOT = Applicability(Verdict.DOES_NOT_BIND, Reason.NOT_A_PARTY)
UNSURE = Applicability(Verdict.CANNOT_TELL, Reason.RESERVATIONS_UNCHECKED)


def provision(kind="treaty", force="duty", applies=BINDS, line=2, party=False):
    return Provision("LANZ:23", kind, force, applies, line, party)


@pytest.mark.parametrize(
    ("given_", "level", "grade", "why"),
    [
        (provision(), 1, Grade.REQUIRES, Why.DUTY_NOT_MET),
        (provision(), 2, Grade.INVITES, Why.ABOVE_LINE),
        (provision(line=3), 2, Grade.REQUIRES, Why.DUTY_NOT_MET),
        (provision(line=None), 0, Grade.INVITES, Why.NO_LINE),
        (provision(applies=NOT), 0, Grade.INVITES, Why.DOES_NOT_BIND),
        (provision(applies=UNSURE), 0, Grade.INVITES, Why.CANNOT_TELL),
        (provision(force="duty to encourage"), 0, Grade.INVITES, Why.NO_DUTY),
        (provision(force="qualified duty"), 0, Grade.INVITES, Why.NO_DUTY),
        (provision(force="option"), 0, Grade.INVITES, Why.NO_DUTY),
        (provision(force="mixed"), 0, Grade.INVITES, Why.NO_DUTY),
        (provision("recommendation", "none", NOT, None), 0, Grade.INVITES, Why.NOT_LAW),
        (provision("guidelines", "none", NOT, None), 0, Grade.INVITES, Why.NOT_LAW),
        (provision("opinion", "none", NOT, None, party=True), 0, Grade.REQUESTS, Why.COMMITTEE),
        (provision("opinion", "none", NOT, None), 0, Grade.INVITES, Why.NO_PARTY),
        (provision("EU law", "EU law", BINDS, None), 0, Grade.OBLIGATION, Why.UNION_LAW),
        (provision("EU law", "EU law", UNSURE, None), 0, Grade.INVITES, Why.CANNOT_TELL),
        (provision("EU law", "EU law", NOT, None), 0, Grade.INVITES, Why.DOES_NOT_BIND),
    ],
)
def test_the_table_of_strongest_grades(given_, level, grade, why):
    assert strongest(given_, level) == (grade, why)


@given(
    kind=st.sampled_from(["treaty", "EU law", "opinion", "recommendation", "guidelines", "framework"]),
    force=st.sampled_from(
        ["duty", "qualified duty", "duty to encourage", "option", "mixed", "none", "EU law"]
    ),
    applies=st.sampled_from([BINDS, NOT, UNSURE]),
    line=st.sampled_from([None, 1, 2, 3, 4]),
    party=st.booleans(),
    level=st.integers(0, 4),
)
def test_requires_needs_a_treaty_that_binds_a_duty_and_a_level_below_a_set_line(
    kind, force, applies, line, party, level
):
    grade, _ = strongest(Provision("X:1", kind, force, applies, line, party), level)

    may = kind == "treaty" and force == "duty" and applies is BINDS and line is not None and level < line
    assert (grade is Grade.REQUIRES) == may


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize("line", [None, 3])
def test_a_level_of_0_or_1_or_below_a_line_proposes_and_nothing_else_does(level, line):
    found = propose("C3-07", level, [provision(line=line)])

    assert (found is not None) == (level <= 1 or (line is not None and level < line))


def test_a_line_that_does_not_bind_proposes_nothing_above_level_1():
    assert propose("C3-07", 2, [provision(line=3, applies=NOT)]) is None


def test_the_strongest_provision_carries_and_those_that_bind_come_first():
    weak = Provision("REC7:1", "recommendation", "none", NOT)
    unbound = Provision("CRC:1", "treaty", "duty", NOT)
    bound = Provision("LANZ:9(1)", "treaty", "duty to encourage", BINDS)
    strong = Provision("BUDA:15", "treaty", "duty", BINDS, line=3)

    found = propose("C3-21", 1, [weak, unbound, bound, strong])

    assert [carrier.provision.key for carrier in found.carriers] == [
        "BUDA:15",
        "LANZ:9(1)",
        "REC7:1",
        "CRC:1",
    ]
    assert found.grade is Grade.REQUIRES


def test_without_any_provision_good_practice_invites():
    found = propose("C2-01", 0, [])

    assert found.grade is Grade.INVITES
    assert found.carrier is None


def test_union_law_is_stated_and_carries_no_grade():
    found = propose("C3-07", 0, [provision("EU law", "EU law", BINDS, None)])

    assert found.grade is Grade.INVITES
    assert found.carrier is None
    assert found.carriers[0].why is Why.UNION_LAW


def test_a_stronger_grade_than_the_table_allows_is_refused_with_the_reason():
    found = propose("C3-07", 0, [provision(applies=NOT, line=3)])

    check_grade(found, Grade.INVITES)
    with pytest.raises(GradeTooStrong) as refused:
        check_grade(found, Grade.REQUIRES)
    assert "the provision does not bind the state on that day" in str(refused.value)
    assert "invites" in str(refused.value)


def test_every_grade_and_every_reason_has_its_words():
    assert set(GRADES) == set(Grade)
    assert set(WHYS) == set(Why)
