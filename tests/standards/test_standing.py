"""How instruments stand with all states at once: the same as state by state, in few statements."""

import datetime

import pytest

from endocsea.standards.applicability import law_of, laws_of
from endocsea.standards.meanings import (
    ANSWERS_MEAN,
    FORCES_MEAN,
    KINDS,
    KINDS_MEAN,
    NOT_IN_FORCE,
    TEXT_KNOWN_BY,
    articles_named,
)
from endocsea.standards.models import Indicator, Instrument, Provision, TreatyStatus
from endocsea.standards.rules import Applicability, Reason, Verdict
from endocsea.standards.standing import Standing, everywhere, standing
from endocsea.states.models import State

pytestmark = pytest.mark.django_db

PICTURE = datetime.date(2021, 6, 30)
ROUND = datetime.date(2020, 5, 31)


@pytest.mark.parametrize(("training", "on"), [(False, PICTURE), (True, ROUND)])
def test_all_at_once_says_the_same_as_state_by_state(training, on):
    over = everywhere(on=on, training=training)

    for state in over.states:
        assert over.laws[state.pk] == law_of(state.pk, on=on, training=training), state.name


def test_one_instrument_is_the_same_part_of_the_whole():
    lanzarote = Instrument.objects.get(code="LANZ").pk
    whole = everywhere(on=PICTURE, training=False)
    part = everywhere(on=PICTURE, training=False, instrument=lanzarote)

    for state in whole.states:
        assert part.laws[state.pk].verdicts == {lanzarote: whole.laws[state.pk].verdicts[lanzarote]}
        assert part.laws[state.pk].statuses[lanzarote] == whole.laws[state.pk].statuses[lanzarote]


def test_the_law_of_all_states_takes_four_statements(django_assert_num_queries):
    with django_assert_num_queries(4):
        everywhere(on=PICTURE, training=False)


def test_states_without_any_record_are_there_with_nothing_known():
    TreatyStatus.objects.filter(state__iso3="GEO").delete()
    georgia = State.objects.get(iso3="GEO").pk
    law = laws_of([georgia], on=PICTURE, training=False)[georgia]

    assert law.verdicts[Instrument.objects.get(code="LANZ").pk].reason is Reason.NOTHING_KNOWN


def test_real_and_made_up_states_are_never_in_one_picture():
    real = {state.code for state in everywhere(on=PICTURE, training=False).states}
    made_up = {state.code for state in everywhere(on=ROUND, training=True).states}

    assert len(real) == 47
    assert made_up == {"XAA", "XAB", "XAC", "XAD"}


def test_without_training_material_there_are_no_made_up_states(settings):
    settings.WITH_TRAINING = False

    assert everywhere(on=ROUND, training=True).states == ()


def test_states_go_by_name():
    names = [state.name for state in everywhere(on=PICTURE, training=False).states]

    assert names[:3] == ["Albania", "Andorra", "Armenia"]
    assert names.index("Türkiye") < names.index("Ukraine")


def test_a_provision_puts_every_state_into_one_of_three_groups():
    lanzarote = Instrument.objects.get(code="LANZ").pk
    groups = everywhere(on=ROUND, training=True).by_verdict(lanzarote, "23")

    assert [state.code for state, _found in groups[Verdict.BINDS]] == ["XAA", "XAB", "XAD"]
    assert [(state.code, found.reason) for state, found in groups[Verdict.DOES_NOT_BIND]] == [
        ("XAC", Reason.NOT_A_PARTY)
    ]
    assert groups[Verdict.CANNOT_TELL] == []


@pytest.mark.parametrize(
    ("verdict", "reason", "expected"),
    [
        (Verdict.BINDS, Reason.IN_FORCE, Standing.IN_FORCE),
        (Verdict.CANNOT_TELL, Reason.RESERVATIONS_UNCHECKED, Standing.IN_FORCE),
        (Verdict.DOES_NOT_BIND, Reason.NOT_A_PARTY, Standing.NOT_IN_FORCE),
        (Verdict.DOES_NOT_BIND, Reason.NOT_OPEN_YET, Standing.NOT_IN_FORCE),
        (Verdict.DOES_NOT_BIND, Reason.ENDED, Standing.NOT_IN_FORCE),
        (Verdict.CANNOT_TELL, Reason.DATE_FROM_MEMORY, Standing.CANNOT_TELL),
        (Verdict.CANNOT_TELL, Reason.SOURCES_DIFFER, Standing.CANNOT_TELL),
        (Verdict.CANNOT_TELL, Reason.STATUS_FROM_MEMORY, Standing.CANNOT_TELL),
        (Verdict.CANNOT_TELL, Reason.NOTHING_KNOWN, Standing.CANNOT_TELL),
        (Verdict.CANNOT_TELL, Reason.UNION_UNCHECKED, Standing.CANNOT_TELL),
    ],
)
def test_in_force_needs_a_date_that_was_read_or_follows_from_one(verdict, reason, expected):
    assert standing(Applicability(verdict, reason)) is expected


def test_every_code_of_the_content_has_its_words():
    assert set(Instrument.objects.values_list("kind", flat=True)) <= KINDS.keys() == KINDS_MEAN.keys()
    assert set(Provision.objects.values_list("verified", flat=True)) <= TEXT_KNOWN_BY.keys()
    assert FORCES_MEAN.keys() == set(Provision.Force)
    assert ANSWERS_MEAN.keys() == set(Indicator.Answer)
    assert {
        Reason.NOT_OPEN_YET,
        Reason.NOT_A_PARTY,
        Reason.NOT_YET_IN_FORCE,
        Reason.ENDED,
    } <= NOT_IN_FORCE.keys()


@pytest.mark.parametrize(
    ("kind", "articles", "words"),
    [
        ("treaty", ["23"], "article 23"),
        ("treaty", ["9", "10(1)"], "articles 9, 10(1)"),
        ("recommendation", ["4.3"], "4.3"),
    ],
)
def test_only_law_has_articles(kind, articles, words):
    assert articles_named(kind, articles) == words
