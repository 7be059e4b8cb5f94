"""The same few people everywhere, so that each rule of access is tried from every chair.

Ana coordinates Arden. Beno coordinates Belmora. Ravi reviews, and speaks for no state. Sera is of
the secretariat. Otto has an account and no role. The visitor has none; the preview is the person
at the machine itself.
"""

import datetime

import pytest

from endocsea.people.models import Appointment, Person
from endocsea.states.models import State
from endocsea.support.actors import PREVIEW, VISITOR, Role

SINCE = datetime.date(2020, 1, 1)


def _person(name, role=None, state=None):
    person = Person.objects.create_user(f"{name}@example.org", name=name.capitalize())
    if role is not None:
        Appointment.objects.create(person=person, role=role, state=state, since=SINCE)
    return person


@pytest.fixture
def arden(db):
    return State.objects.get(iso3="XAA")


@pytest.fixture
def belmora(db):
    return State.objects.get(iso3="XAB")


@pytest.fixture
def georgia(db):
    return State.objects.get(iso3="GEO")


@pytest.fixture
def ana(arden):
    """Ana coordinates Arden."""
    return _person("ana", Role.COORDINATOR, arden)


@pytest.fixture
def beno(belmora):
    """Beno coordinates Belmora."""
    return _person("beno", Role.COORDINATOR, belmora)


@pytest.fixture
def ravi(db):
    """Ravi reviews; he speaks for no state."""
    return _person("ravi", Role.RAPPORTEUR)


@pytest.fixture
def sera(db):
    """Sera is of the secretariat."""
    return _person("sera", Role.SECRETARIAT)


@pytest.fixture
def otto(db):
    """Otto has an account and nothing to do with any state."""
    return _person("otto")


@pytest.fixture
def visitor():
    """Anybody."""
    return VISITOR


@pytest.fixture
def at_the_machine():
    """Whoever sits at the machine of a preview."""
    return PREVIEW


@pytest.fixture
def everybody(ana, beno, ravi, sera, otto, visitor, at_the_machine):
    return {
        "ana": ana,
        "beno": beno,
        "ravi": ravi,
        "sera": sera,
        "otto": otto,
        "visitor": visitor,
        "at the machine": at_the_machine,
    }
