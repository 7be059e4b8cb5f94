"""The binding part of the cases worked by hand, on the shipped content."""

import datetime

import pytest

from endocsea.standards.applicability import law_of
from endocsea.standards.models import Instrument, LegalLine, Provision
from endocsea.standards.rules import Reason, Verdict
from endocsea.states.models import State

pytestmark = pytest.mark.django_db

ROUND = datetime.date(2020, 5, 31)
PICTURE = datetime.date(2021, 6, 30)


def binding(iso3, reference, on):
    """(verdict, since, force) of a provision for a state on a day."""
    state = State.objects.get(iso3=iso3)
    instrument, _, article = reference.partition(":")
    provision = Provision.objects.get(instrument__code=instrument, article=article)
    law = law_of(state.pk, on=on, training=state.training)
    found = law.of_provision(provision.instrument_id, article)
    return found.verdict, found.since and found.since.isoformat(), provision.force


@pytest.mark.parametrize(
    ("state", "provision", "expected"),
    [
        ("XAC", "LANZ:23", (Verdict.DOES_NOT_BIND, None, "duty")),  # signed, not ratified
        ("XAC", "BUDA:15", (Verdict.BINDS, "2015-08-01", "duty")),
        ("XAC", "OPSC:8(1)", (Verdict.BINDS, "2006-03-21", "duty")),
        ("XAB", "LANZ:23", (Verdict.BINDS, "2014-01-01", "duty")),
        ("XAB", "LANZ:9(1)", (Verdict.BINDS, "2014-01-01", "duty to encourage")),
        ("XAB", "LANZ:20(3)", (Verdict.DOES_NOT_BIND, "2014-01-01", "reservation clause")),
        ("XAA", "EU93:6", (Verdict.BINDS, None, "EU law")),
        ("XAB", "EU93:6", (Verdict.DOES_NOT_BIND, None, "EU law")),
        ("XAA", "REC7:4.3", (Verdict.DOES_NOT_BIND, None, "none")),
    ],
)
def test_the_cases_worked_by_hand(state, provision, expected):
    assert binding(state, provision, ROUND) == expected


@pytest.mark.parametrize("reference", ["LANZ:23", "BUDA:15", "OPSC:8(1)", "CRC:34"])
def test_of_georgia_we_cannot_tell_while_reservations_are_unchecked(reference):
    verdict, since, _force = binding("GEO", reference, PICTURE)

    assert verdict is Verdict.CANNOT_TELL
    assert since is not None


def test_no_provision_of_a_treaty_is_said_to_bind_any_real_state():
    for state in State.objects.real():
        law = law_of(state.pk, on=PICTURE, training=False)
        assert Verdict.BINDS not in {verdict.verdict for verdict in law.verdicts.values()}, state.iso3


def test_the_second_protocol_was_not_open_for_signature_during_the_project():
    georgia = State.objects.get(iso3="GEO")
    protocol = Instrument.objects.get(code="BUDA2")

    found = law_of(georgia.pk, on=PICTURE, training=False).verdicts[protocol.pk]

    assert (found.verdict, found.reason) == (Verdict.DOES_NOT_BIND, Reason.NOT_OPEN_YET)


def test_sweden_was_not_yet_bound_by_budapest_on_the_day_of_the_picture():
    assert binding("SWE", "BUDA:15", PICTURE)[0] is Verdict.DOES_NOT_BIND


def test_no_real_pair_of_indicator_and_provision_has_a_legal_line():
    assert not LegalLine.objects.filter(training=False).exists()
    assert LegalLine.objects.filter(training=True).count() == 15
