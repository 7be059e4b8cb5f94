"""States stand in the order of their names, as the page's language writes them; the made-up ones last."""

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from endocsea.people import forms, queries
from endocsea.people.models import Appointment
from endocsea.states.models import State
from endocsea.support.actors import Role
from endocsea.support.texts import plain
from tests.cast import SINCE


def choices():
    form = forms.Invite(roles=[Role.TEAM], states=queries.states_with_people(on=localdate()))
    return [label for _value, label in form.fields["state"].choices]


@pytest.mark.parametrize(
    ("language", "pairs"),
    [
        ("en", [("Germany", "Greece"), ("Austria", "Spain"), ("Switzerland", "Türkiye")]),
        ("fr", [("Albanie", "Allemagne"), ("Espagne", "Estonie"), ("Royaume-Uni", "Serbie")]),
    ],
)
def test_the_form_offers_states_by_name(db, language, pairs):
    with override(language):
        found = choices()

    real = [name for name in found[1:] if name not in made_up(language)]
    assert found[1:] == real + [name for name in found if name in made_up(language)]
    for before, after in pairs:
        assert real.index(before) < real.index(after)


def made_up(language):
    with override(language):
        return [plain(state.name) for state in State.objects.for_training()]


def test_an_accent_does_not_send_a_name_to_the_end(db):
    with override("fr"):
        names = [plain(state.name) for state in queries.states_without_coordinator(on=localdate())]

    assert names.index("Estonie") < names.index("Géorgie") < names.index("Grèce")
    assert names.index("Slovénie") < names.index("Suède") < names.index("Suisse")
    assert names.index("Tchéquie") < names.index("Ukraine")


def test_people_stand_by_state_role_and_name_and_those_of_the_programme_first(people, georgia, sera):
    Appointment.objects.create(person=people["otto"], role=Role.TEAM, state=georgia, since=SINCE)
    found = [
        (each.appointment.state and plain(each.appointment.state.name), each.appointment.person.name)
        for each in queries.appointments(on=localdate(), seen_by=sera)
    ]

    programme = [(None, name) for name in ("Sera", "Ravi", "Petra", "Dora", "Tim", "Sofia", "Dario", "Adam")]
    states = [
        ("Georgia", "Otto"),
        ("Arden", "Ana"),
        ("Arden", "Tara"),
        ("Arden", "Cleo"),
        ("Belmora", "Beno"),
    ]
    assert found == programme + states
