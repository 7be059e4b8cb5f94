"""Runs: calculated once for each input, kept for good, and the one of today's input is the one that pages show."""

import datetime

import pytest

from endocsea.assessment import engines
from endocsea.findings.models import Finding
from endocsea.profiles.actions import bring_up_to_date
from endocsea.profiles.models import Level, Run
from endocsea.profiles.queries import current_public_run
from endocsea.support.actors import CONTENT

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 1, 15, 9, 0, tzinfo=datetime.UTC)


def calculate():
    return bring_up_to_date(by=CONTENT, at=NOW)


def level_of(run):
    return Level.objects.get(run=run, state__iso3="XAB", capability__number=14, dimension="").level


def test_the_same_findings_are_calculated_once():
    assert calculate() == 0
    assert Run.objects.filter(current=True).count() == 1


def test_changed_findings_make_a_new_run_and_the_old_one_stays():
    old = current_public_run(training=True)
    Finding.objects.filter(state__iso3="XAB", indicator__code="C14-07").update(level=1)

    assert calculate() == 1

    new = current_public_run(training=True)
    assert new.pk != old.pk
    assert level_of(old) == pytest.approx(9 / 8)  # the case worked by hand
    assert level_of(new) == pytest.approx(10 / 8)  # one finding a level higher


def test_findings_that_come_back_are_shown_by_the_run_that_they_had():
    old = current_public_run(training=True)
    finding = Finding.objects.filter(state__iso3="XAB", indicator__code="C14-07")
    finding.update(level=1)
    calculate()
    finding.update(level=0)

    assert calculate() == 0
    assert current_public_run(training=True) == old


def test_where_no_finding_is_left_no_run_is_current():
    Finding.objects.all().update(retired_on=NOW.date())

    assert calculate() == 0
    assert current_public_run(training=True) is None


def test_a_run_keeps_the_method_with_which_it_can_be_calculated_again():
    method = current_public_run(training=True).method

    assert f"engine: {engines.name()}" in method
    assert "seed: 20200601" in method
    assert "replicates: 20000" in method
