"""Which provision binds which state on which day: the rules alone, without a database."""

import datetime

import pytest

from endocsea.standards.rules import (
    Applicability,
    Reason,
    Status,
    Verdict,
    provision_applies,
    treaty_applies,
    union_law_applies,
)

DAY = datetime.date(2020, 5, 31)
EARLIER = datetime.date(2014, 1, 1)


def status(**changes):
    """A Party since 2014, read in a source and checked against the depositary in February 2020."""
    facts = {
        "status": "party",
        "in_force_on": EARLIER,
        "ended_on": None,
        "reservations": "",
        "as_of": "2020-02-01",
        "verified": "seen",
        "known_by": {"in_force_on": "seen"},
        "checked_on": datetime.date(2020, 2, 1),
    }
    return Status(**(facts | changes))


UNCHECKED = {"checked_on": None, "as_of": "2021-06-30"}


@pytest.mark.parametrize(
    ("known", "verdict", "reason"),
    [
        (status(), Verdict.BINDS, Reason.IN_FORCE),
        (status(in_force_on=datetime.date(2020, 6, 1)), Verdict.DOES_NOT_BIND, Reason.NOT_YET_IN_FORCE),
        (status(in_force_on=DAY), Verdict.BINDS, Reason.IN_FORCE),
        (status(ended_on=DAY), Verdict.DOES_NOT_BIND, Reason.ENDED),
        (status(ended_on=datetime.date(2020, 6, 1)), Verdict.BINDS, Reason.IN_FORCE),
        (status(status="signatory", in_force_on=None), Verdict.DOES_NOT_BIND, Reason.NOT_A_PARTY),
        (status(**UNCHECKED), Verdict.CANNOT_TELL, Reason.RESERVATIONS_UNCHECKED),
        (
            status(**UNCHECKED, known_by={"in_force_on": "derived"}),
            Verdict.CANNOT_TELL,
            Reason.RESERVATIONS_UNCHECKED,
        ),
        (
            status(**UNCHECKED, known_by={"in_force_on": "memory"}),
            Verdict.CANNOT_TELL,
            Reason.DATE_FROM_MEMORY,
        ),
        (status(**UNCHECKED, verified="conflict"), Verdict.CANNOT_TELL, Reason.SOURCES_DIFFER),
        (status(**UNCHECKED, in_force_on=None), Verdict.CANNOT_TELL, Reason.DATE_UNKNOWN),
        (status(**UNCHECKED, in_force_on=None, status="none"), Verdict.DOES_NOT_BIND, Reason.NOT_A_PARTY),
        (
            status(checked_on=None, as_of="2015-03-14", in_force_on=None, status="none"),
            Verdict.CANNOT_TELL,
            Reason.READ_EARLIER,
        ),
        (
            status(**UNCHECKED, in_force_on=None, status="signatory", verified="memory"),
            Verdict.CANNOT_TELL,
            Reason.STATUS_FROM_MEMORY,
        ),
        (
            status(**UNCHECKED, in_force_on=None, status="signatory", verified="conflict"),
            Verdict.CANNOT_TELL,
            Reason.SOURCES_DIFFER,
        ),
        (status(status="unknown", in_force_on=None), Verdict.CANNOT_TELL, Reason.NOTHING_KNOWN),
        (None, Verdict.CANNOT_TELL, Reason.NOTHING_KNOWN),
    ],
)
def test_each_state_of_knowledge_has_its_verdict_and_its_reason(known, verdict, reason):
    found = treaty_applies(known, opened="2007-10-25", on=DAY)

    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_check_that_comes_after_the_day_does_not_count_for_it():
    later = status(checked_on=datetime.date(2020, 6, 1))

    assert treaty_applies(later, opened="2007-10-25", on=DAY).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("opened", ["2022-05-12", "2022-05", "2022"])
def test_a_treaty_that_was_opened_later_binds_nobody_that_day(opened):
    found = treaty_applies(status(), opened=opened, on=DAY)

    assert (found.verdict, found.reason) == (Verdict.DOES_NOT_BIND, Reason.NOT_OPEN_YET)


@pytest.mark.parametrize(
    ("article", "verdict", "limits"),
    [
        ("20(3)", Verdict.DOES_NOT_BIND, ()),  # named by the reservation
        ("20(3)(a)", Verdict.DOES_NOT_BIND, ()),  # below the one that it names
        ("20", Verdict.BINDS, ("20(3) own private images",)),
        ("20(1)", Verdict.BINDS, ("20(3) own private images",)),
        ("2", Verdict.BINDS, ()),  # another article that begins with the same digit
        ("23", Verdict.BINDS, ()),
    ],
)
def test_a_reservation_takes_out_what_it_names_and_limits_the_rest_of_the_article(article, verdict, limits):
    treaty = treaty_applies(status(), opened="2007-10-25", on=DAY)

    found = provision_applies(treaty, article=article, reservations="20(3) own private images")

    assert (found.verdict, found.limits) == (verdict, limits)


def test_a_declaration_that_names_no_article_first_limits_nothing():
    treaty = Applicability(Verdict.BINDS, Reason.IN_FORCE, EARLIER)

    found = provision_applies(
        treaty, article="37", reservations="declaration: 37 authority Ministry of Justice"
    )

    assert found == treaty


def test_two_reservations_count_both():
    treaty = Applicability(Verdict.BINDS, Reason.IN_FORCE, EARLIER)

    found = provision_applies(treaty, article="20", reservations="20(3) own images; 20(4) access")

    assert found.limits == ("20(3) own images", "20(4) access")


def test_what_does_not_bind_as_a_whole_binds_in_no_part():
    treaty = Applicability(Verdict.CANNOT_TELL, Reason.RESERVATIONS_UNCHECKED, EARLIER)

    assert provision_applies(treaty, article="20(3)", reservations="20(3) own images") == treaty


@pytest.mark.parametrize(
    ("member", "checked", "verdict"),
    [
        (True, True, Verdict.BINDS),
        (True, False, Verdict.CANNOT_TELL),  # some acts leave members out: nobody has checked
        (False, False, Verdict.DOES_NOT_BIND),
        (False, True, Verdict.DOES_NOT_BIND),
    ],
)
def test_union_law_is_for_members_of_the_union(member, checked, verdict):
    assert union_law_applies(member, checked=checked).verdict is verdict
